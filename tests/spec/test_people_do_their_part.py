"""Calls, letters and social touches are people's work: the walk waits, and what came of it decides."""

from __future__ import annotations

import pytest

from outreach.domain.errors import Mistake, Unknown
from outreach.domain.touch import Disposition
from outreach.engine.tasks import done
from tests.world import World

CALLS = (
    "cadences:\n  calls:\n    window: always\n    channels: {call: {window: {days: mon-sun, hours: '08:00-21:00'}}}\n"
    "    steps:\n      - {id: call, call: call.md, skip_after: 3 days}\n"
    "      - {id: missed, after: 1 hour, email: hello.md, when: 'outcome.call == \"no_answer\"'}\n"
    "      - {id: later, after: 2 days, email: other.md}\n"
)


def test_a_task_opens_for_the_rep_with_its_script_and_holds_the_walk(world: World) -> None:
    world.write(CALLS)
    ada = world.enroll("Ada", "calls")
    world.pass_time(days=2)

    task = world.touch(ada, "call")
    assert (task.state, task.rep) == ("open", "rosa")
    assert "Ask how it went." in (task.note or "")
    assert world.messages(ada) == []


def test_its_disposition_decides_how_the_walk_goes_on(world: World) -> None:
    world.write(CALLS)
    ada, ben = world.enroll("Ada", "calls"), world.enroll("Ben", "calls")

    done(world.house, world.touch(ada, "call").id, Disposition.NO_ANSWER, by="rosa")
    done(world.house, world.touch(ben, "call").id, Disposition.LEFT_VOICEMAIL, by="rosa")
    world.pass_time(days=9)

    assert world.timeline(ada) == [
        "day 0  call  open",
        "day 0  call  done",
        "day 0  email  sent",
        "day 2  email  sent",
    ]
    assert world.timeline(ben)[2:] == ["day 0  email  skipped", "day 2  email  sent"]


def test_a_conversation_counts_as_a_reply(world: World) -> None:
    world.write(CALLS)
    ada = world.enroll("Ada", "calls")

    done(world.house, world.touch(ada, "call").id, Disposition.CONNECTED, by="rosa", note="wants a quote")
    world.pass_time(days=9)

    assert world.enrollment(ada, "calls").state == "replied"
    assert world.messages(ada) == []


def test_a_meeting_is_the_goal(world: World) -> None:
    world.write(CALLS)
    ada = world.enroll("Ada", "calls")

    done(world.house, world.touch(ada, "call").id, Disposition.MEETING, by="rosa")

    assert world.enrollment(ada, "calls").state == "converted"


def test_said_stop_on_the_telephone_is_an_opt_out_of_everything(world: World) -> None:
    world.write(CALLS)
    ada = world.enroll("Ada", "calls")

    done(world.house, world.touch(ada, "call").id, Disposition.OPTED_OUT, by="rosa")
    world.pass_time(days=9)

    assert world.enrollment(ada, "calls").state == "opted_out"
    assert world.messages(ada) == []


def test_a_task_nobody_does_is_skipped_in_time_when_its_step_says_so(world: World) -> None:
    world.write(CALLS)
    ada = world.enroll("Ada", "calls")

    world.pass_time(days=30)

    assert world.timeline(ada)[:2] == ["day 0  call  open", "day 3  call  skipped"]
    assert world.enrollment(ada, "calls").state == "finished"


def test_a_task_is_done_once(world: World) -> None:
    world.write(CALLS)
    ada = world.enroll("Ada", "calls")
    task = world.touch(ada, "call").id
    done(world.house, task, Disposition.NO_ANSWER, by="rosa")

    with pytest.raises(Mistake, match="done already"):
        done(world.house, task, Disposition.CONNECTED, by="sam")
    with pytest.raises(Unknown, match="no task"):
        done(world.house, 4711, Disposition.CONNECTED, by="sam")
