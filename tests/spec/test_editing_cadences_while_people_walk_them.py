"""Nobody is surprised by an edit: who is inside finishes the version they entered."""

import pytest

from outreach.domain.errors import Unknown
from outreach.domain.problem import Problems
from tests.world import TRIAL, World


def test_those_inside_finish_their_version_and_new_ones_enter_the_new(world: World) -> None:
    ada = world.enroll("Ada")

    world.write(TRIAL.replace("after: 2 days", "after: 1 day").replace("after: 3 days", "after: 1 day"))
    ben = world.enroll("Ben")
    world.pass_time(days=30)

    assert world.timeline(ada) == ["day 0  email  sent", "day 2  sms  sent", "day 5  email  sent"]
    assert world.timeline(ben) == ["day 0  email  sent", "day 1  sms  sent", "day 2  email  sent"]


def test_a_template_belongs_to_the_version(world: World) -> None:
    ada = world.enroll("Ada")

    world.write(TRIAL, {"again.md": "A very different text.\n"})
    ben = world.enroll("Ben")
    world.pass_time(days=6)

    assert "One more tip." in world.messages(ada)[-1].text_sent
    assert "A very different text." in world.messages(ben)[-1].text_sent


def test_a_step_taken_out_is_still_walked_by_those_inside(world: World) -> None:
    ada = world.enroll("Ada")

    world.write("cadences:\n  trial:\n    window: always\n    steps: [{id: hello, email: hello.md}]\n")
    world.pass_time(days=30)

    assert world.timeline(ada) == ["day 0  email  sent", "day 2  sms  sent", "day 5  email  sent"]


def test_a_broken_file_never_loads_and_the_last_good_one_runs_on(world: World) -> None:
    ada = world.enroll("Ada")

    with pytest.raises(Problems):
        world.write(TRIAL.replace("email: again.md", "email: agian.md"))
    world.pass_time(days=30)

    assert len(world.messages(ada)) == 3
    assert world.enroll("Ben")  # new ones enter the last good version


def test_a_cadence_that_is_gone_takes_nobody_new_and_loses_nobody(world: World) -> None:
    ada = world.enroll("Ada")
    world.write("cadences:\n  other:\n    window: always\n    steps: [{id: hello, email: hello.md}]\n")

    with pytest.raises(Unknown, match="trial"):
        world.enroll("Ben")
    world.pass_time(days=30)

    assert len(world.messages(ada)) == 3


def test_the_senders_are_never_pinned(world: World) -> None:
    """A new postal address must be in the very next mail, whichever version it belongs to."""
    ada = world.enroll("Ada")
    path = world.folder / "cadences.yaml"

    from outreach.engine import apply

    path.write_text(path.read_text().replace("1 Main St", "2 Side St"))
    applied = apply.apply(world.house, by="ops")
    world.pass_time(days=6)

    assert (applied.team, applied.changed) == (True, ())
    assert "2 Side St" in world.messages(ada)[-1].text_sent


def test_applying_the_same_files_again_changes_nothing(world: World) -> None:
    from outreach.engine import apply

    applied = apply.apply(world.house, by="ops")

    assert not applied.anything


def test_a_file_that_lost_a_cadence_retires_it_only_when_a_person_says_so(world: World) -> None:
    """Cut off between two cadences a file is whole to every reader: what takes changed files by itself must not retire."""
    from outreach.engine import apply

    both = TRIAL + "  other:\n    window: always\n    steps: [{id: hello, email: hello.md}]\n"
    world.write(both)
    path = world.folder / "cadences.yaml"
    path.write_text(path.read_text()[: path.read_text().index("  other:")])

    by_itself = apply.apply(world.house, by="up", retire=False)
    ada = world.enroll("Ada", "other")

    assert by_itself.retired == {"other": 0}
    assert len(world.messages(ada)) == 1
    apply.apply(world.house, by="ops")
    with pytest.raises(Unknown, match="other"):
        world.enroll("Ben", "other")
