"""The playbook we ship is read, and keeps what it promises to leads and to ops people."""

from datetime import timedelta
from pathlib import Path

import pytest

from outreach.cadences import read_file
from outreach.domain.cadence import Cadence, Outcome, Unit
from outreach.domain.calendar import ALWAYS
from outreach.domain.channel import Channel

PLAYBOOK = read_file(Path(__file__).parents[2] / "cadences.yaml")
CADENCES = PLAYBOOK.cadences


def length(cadence: Cadence) -> timedelta:
    """The least that a cadence takes in calendar days, five business days being a week."""
    total = timedelta()
    for step in cadence.steps:
        match step.after.unit:
            case Unit.BUSINESS_DAYS:
                total += timedelta(days=step.after.amount * 7 / 5)
            case unit:
                total += timedelta(**{unit.value: step.after.amount})
    return total


def test_it_has_a_cadence_for_every_part_of_a_lead_s_life():
    assert list(CADENCES) == ["inbound", "outbound", "after-meeting", "nurture", "post-purchase", "win-back"]


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("inbound", 12, 16), ("outbound", 19, 26), ("nurture", 330, 366), ("post-purchase", 60, 60)],
)
def test_a_cadence_is_as_long_as_its_description_says(name, least, most):
    assert timedelta(days=least) <= length(CADENCES[name]) <= timedelta(days=most)


def test_who_asked_for_us_is_answered_at_once_day_and_night():
    first = CADENCES["inbound"].steps[0]
    assert (first.channel, str(first.after), first.window) == (Channel.EMAIL, "at once", ALWAYS)


def test_no_cadence_gives_up_before_five_touches():
    assert all(len(cadence.steps) >= 5 for cadence in CADENCES.values())


def test_whoever_did_not_answer_is_looked_after():
    handed = {name for name, cadence in CADENCES.items() if cadence.then.get(Outcome.FINISHED) == "nurture"}
    assert handed == {"inbound", "outbound", "after-meeting", "win-back"}


def test_every_channel_is_shown_at_work():
    assert {step.channel for cadence in CADENCES.values() for step in cadence.steps} == set(Channel)


def test_texts_and_voicemails_go_only_to_some():
    ringing = [s for c in CADENCES.values() for s in c.steps if s.channel.rings and not s.channel.by_rep]
    assert ringing
    assert all(step.when for step in ringing)


def test_work_for_reps_never_blocks_a_cadence_for_ever():
    assert all(s.skip_after for c in CADENCES.values() for s in c.steps if s.channel.by_rep)


def test_every_template_is_used_once_and_lies_in_the_folder_of_its_cadence():
    used = [(c.name, s.template) for c in CADENCES.values() for s in c.steps]
    assert len({template for _, template in used}) == len(used)
    assert all(template.startswith(f"{name}/") for name, template in used)
