"""The two state machines: one table each, and nothing moves except by its table."""

from __future__ import annotations

import itertools
from datetime import timedelta
from enum import StrEnum
from itertools import combinations, permutations
from types import ModuleType

import pytest

from outreach.domain import enrollment, touch
from outreach.domain.channel import Channel
from outreach.domain.enrollment import Cause as C
from outreach.domain.enrollment import State as S
from outreach.domain.errors import Mistake
from outreach.domain.touch import Touch
from tests.domain.people import NOW, walk

MACHINES = [enrollment, touch]


def a_touch(state: touch.State = touch.State.QUEUED) -> Touch:
    return Touch(
        id=1,
        enrollment_id=3,
        lead_id=7,
        step_id="hello",
        occurrence=1,
        channel=Channel.EMAIL,
        planned_at=NOW,
        state=state,
    )


def reached(machine: ModuleType, start: StrEnum) -> set[StrEnum]:
    found, edge = {start}, {start}
    while edge:
        edge = {to for (state, _), to in machine.TRANSITIONS.items() if state in edge} - found
        found |= edge
    return found


def final(machine: ModuleType) -> set[StrEnum]:
    return set(machine.State) - {state for state, _ in machine.TRANSITIONS}


@pytest.mark.parametrize("machine", MACHINES)
def test_every_state_can_be_reached_and_every_cause_is_used(machine: ModuleType) -> None:
    start = S.ACTIVE if machine is enrollment else touch.State.QUEUED
    assert reached(machine, start) == set(machine.State)
    assert {cause for _, cause in machine.TRANSITIONS} == set(machine.Cause)


@pytest.mark.parametrize("machine", MACHINES)
def test_from_every_state_a_final_one_can_be_reached(machine: ModuleType) -> None:
    for state in machine.State:
        assert reached(machine, state) & final(machine), f"{state} goes round in circles for ever"


def test_the_only_final_state_of_an_enrollment_is_the_opt_out() -> None:
    """Whoever asked us to stop is out; after any other end an answer still counts."""
    assert final(enrollment) == {S.OPTED_OUT}


def test_a_touch_is_final_once_nothing_more_can_be_learnt() -> None:
    assert final(touch) == {touch.State.BOUNCED, touch.State.SKIPPED, touch.State.DONE}


def test_what_providers_tell_of_a_touch_they_took_ends_alike_in_any_order() -> None:
    """Sent, given up, delivered, bounced: each says more than the one before, and none is taken back by a lesser one."""
    told = (touch.Cause.ACCEPTED, touch.Cause.REFUSED, touch.Cause.DELIVERED, touch.Cause.BOUNCED)
    for count in range(1, len(told) + 1):
        for some in combinations(told, count):
            ends = set()
            for order in permutations(some):
                one = a_touch(touch.State.SENT)
                for cause in order:
                    one = one.moved(cause) if one.allows(cause) else one
                ends.add(one.state)
            assert len(ends) == 1, f"{[cause.value for cause in some]} ends as {ends}"


def test_an_opt_out_is_heard_in_every_state_but_its_own() -> None:
    for state in set(S) - {S.OPTED_OUT}:
        assert enrollment.TRANSITIONS[state, C.OPT_OUT] is S.OPTED_OUT


def test_only_open_enrollments_may_still_touch_the_lead() -> None:
    """No cause brings an enrollment back from its end: a new one is enrolled instead."""
    ended = set(S) - enrollment.OPEN
    assert not [
        move for move in enrollment.TRANSITIONS.items() if move[0][0] in ended and move[1] in enrollment.OPEN
    ]


def test_a_touch_on_the_wire_never_goes_back_to_the_queue_without_evidence() -> None:
    """`put back` and `not sent` mean: certainly nothing went out. Nothing else leads back."""
    back = {cause for (_, cause), to in touch.TRANSITIONS.items() if to is touch.State.QUEUED}
    assert back == {touch.Cause.PUT_BACK, touch.Cause.NOT_SENT}
    gone = {touch.State.SENT, touch.State.DELIVERED, touch.State.BOUNCED, touch.State.FAILED}
    for state in gone:
        assert touch.State.QUEUED not in reached(touch, state)


@pytest.mark.parametrize(("state", "cause"), list(itertools.product(S, C)))
def test_an_enrollment_moves_by_its_table_or_refuses(state: S, cause: C) -> None:
    before = walk(state=state)
    became = enrollment.TRANSITIONS.get((state, cause))
    assert before.allows(cause) is (became is not None)
    if became is not None:
        assert before.moved(cause, at=NOW).state is became
        return
    with pytest.raises(Mistake, match=f"an enrollment that is {state.value} cannot move on {cause.value}"):
        before.moved(cause, at=NOW)


@pytest.mark.parametrize(("state", "cause"), list(itertools.product(touch.State, touch.Cause)))
def test_a_touch_moves_by_its_table_or_refuses(state: touch.State, cause: touch.Cause) -> None:
    before = a_touch(state)
    became = touch.TRANSITIONS.get((state, cause))
    assert before.allows(cause) is (became is not None)
    if became is not None:
        assert before.moved(cause, reason="so").state is became
        return
    with pytest.raises(Mistake, match=f"a touch that is {state.value} cannot move on {cause.value}"):
        before.moved(cause)


def test_an_end_clears_what_was_planned_and_keeps_its_first_time() -> None:
    before = walk(due_at=NOW, channel=Channel.EMAIL, paused_at=None)
    ended = before.moved(C.STEPS_EXHAUSTED, at=NOW)
    assert (ended.step_id, ended.channel, ended.due_at, ended.ended_at) == (None, None, None, NOW)
    later = ended.moved(C.REPLY, at=NOW + timedelta(days=3), reason="wrote back")
    assert (later.state, later.ended_at, later.reason) == (S.REPLIED, NOW, "wrote back")


def test_a_pause_remembers_when_it_began_and_a_resume_forgets_it() -> None:
    paused = walk().moved(C.PAUSE, at=NOW)
    longer = paused.moved(C.PAUSE, at=NOW + timedelta(days=1))
    assert longer.paused_at == NOW
    resumed = longer.moved(C.RESUME, at=NOW + timedelta(days=2))
    assert (resumed.state, resumed.paused_at, resumed.resume_at) == (S.ACTIVE, None, None)


def test_a_move_changes_a_copy() -> None:
    before = a_touch()
    before.moved(touch.Cause.CLAIM)
    assert before.state is touch.State.QUEUED
