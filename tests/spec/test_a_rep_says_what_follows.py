"""What a lead wants only a rep can tell; the cadence says what follows, and nobody is forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outreach.domain.cadence import Outcome
from outreach.domain.channel import Channel
from outreach.domain.errors import Mistake
from outreach.engine.rep_outcome import set_outcome
from outreach.engine.reply_tasks import close_task
from outreach.insight import replies as looking
from outreach.insight.status import status
from tests.world import TRIAL, World

THEN = """\
    then: {interested: care, later: again, not_now: again, meeting: care}
"""
FOLLOWING = """\
  care:
    window: always
    steps: [{id: care, email: other.md}]
  again:
    window: always
    steps: [{id: again, after: 1 day, email: other.md}]
"""


@pytest.fixture
def answered(world: World) -> World:
    """Ada has answered, and the cadence says what may follow."""
    world.write(TRIAL.replace("    steps:", THEN + "    steps:") + FOLLOWING)
    world.reply(world.enroll("Ada"), "Let me think about it")
    return world


@pytest.mark.parametrize(
    ("outcome", "follows", "state"),
    [
        (Outcome.INTERESTED, "care", "replied"),
        (Outcome.NOT_NOW, "again", "replied"),
        (Outcome.MEETING, "care", "converted"),
    ],
)
def test_the_outcome_decides_the_hand_over(
    answered: World, outcome: Outcome, follows: str, state: str
) -> None:
    ada = answered.lead("Ada")

    decided = set_outcome(answered.house, ada.id, outcome, by="rosa")

    assert [walk.cadence for walk in decided.begun] == [follows]
    assert answered.enrollment(ada).state == state
    assert looking.answers(answered.house) == [], "its task is done"


def test_later_begins_at_its_date(answered: World) -> None:
    ada = answered.lead("Ada")
    until = answered.at + timedelta(days=90)

    set_outcome(answered.house, ada.id, Outcome.LATER, by="rosa", until=until)
    answered.until(until)
    assert len(answered.messages(ada)) == 1
    answered.pass_time(days=2)

    assert [message.channel for message in answered.messages(ada)] == [Channel.EMAIL, Channel.EMAIL]
    assert answered.enrollment(ada, "again").state == "finished"


def test_later_without_a_cadence_for_it_reminds_the_rep(world: World) -> None:
    ada = world.enroll("Ada")
    world.reply(ada, "Ask me again in spring")
    until = world.at + timedelta(days=90)

    set_outcome(world.house, ada.id, Outcome.LATER, by="rosa", until=until, note="budget")

    [reminder] = looking.answers(world.house)
    assert (reminder.task.kind, reminder.task.due_at, reminder.task.rep) == ("remind", until, "rosa")
    assert "Ask me again in spring" in reminder.task.text
    assert status(world.house).tasks_overdue == 0
    world.pass_time(days=91)
    assert status(world.house).tasks_overdue == 1


def test_an_outcome_ends_what_still_runs(world: World) -> None:
    """Said on the telephone: there is no reply to go by."""
    ada = world.enroll("Ada")

    set_outcome(world.house, ada.id, Outcome.NOT_NOW, by="rosa")
    world.pass_time(days=30)

    assert (world.enrollment(ada).state, world.enrollment(ada).reason) == ("replied", "not_now")
    assert len(world.messages(ada)) == 1


def test_two_cadences_that_lead_to_the_same_one_begin_it_once(world: World) -> None:
    trial = TRIAL.replace("    steps:", THEN + "    steps:")
    world.write(trial + trial.removeprefix("cadences:\n").replace("trial", "second") + FOLLOWING)
    ada = world.enroll("Ada")
    world.enroll(ada, "second")
    world.reply(ada, "Let me think about it")

    decided = set_outcome(world.house, ada.id, Outcome.NOT_NOW, by="rosa")

    assert [walk.cadence for walk in decided.begun] == ["again"]


def test_what_runs_beside_the_answered_one_ends_too(answered: World) -> None:
    ada = answered.lead("Ada")
    answered.enroll(ada, "again")

    decided = set_outcome(answered.house, ada.id, Outcome.INTERESTED, by="rosa")

    assert [walk.cadence for walk in decided.ended] == ["again"]
    assert [walk.cadence for walk in decided.begun] == ["care"]


@pytest.mark.parametrize(("outcome", "days"), [(Outcome.LATER, None), (Outcome.INTERESTED, 3)])
def test_later_has_a_date_and_only_later(answered: World, outcome: Outcome, days: int | None) -> None:
    until = answered.at + timedelta(days=days) if days else None
    with pytest.raises(Mistake, match="later"):
        set_outcome(answered.house, answered.lead("Ada").id, outcome, by="rosa", until=until)


def test_a_task_is_closed_once(answered: World) -> None:
    [answer] = looking.answers(answered.house)
    close_task(answered.house, answer.task.id, "done", by="rosa", note="wrote back")

    with pytest.raises(Mistake, match="closed already"):
        close_task(answered.house, answer.task.id, "done", by="sam")
    assert looking.answers(answered.house) == []


def test_an_answer_that_waits_too_long_is_overdue(answered: World) -> None:
    assert status(answered.house).tasks == 1

    answered.pass_time(days=2)

    assert status(answered.house).tasks_overdue == 1
    assert any("outreach tasks" in worry for worry in status(answered.house).worries)
