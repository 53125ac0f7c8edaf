"""Which cadence follows which, and that nobody is sent round in circles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from outreach.cadences.draft import CadenceDraft, Draft
from outreach.domain.cadence import Outcome, Unit, Wait
from outreach.domain.problem import did_you_mean

_SLOW: Final = timedelta(days=1)
_EACH: Final = {
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
    Unit.DAYS: timedelta(days=1),
    Unit.BUSINESS_DAYS: timedelta(days=1),
    Unit.UNTIL: timedelta(),  # the date may be over
}


def check_handovers(draft: Draft) -> None:
    """Every cadence in `then` exists, is another one, and no circle of them is walked in less than a day."""
    for name, cadence in draft.cadences.items():
        for outcome, target in (cadence.head.then if cadence.head else {}).items():
            path = ("cadences", name, "then", outcome)
            if target == name:
                fix = "name another cadence; to try again later, hand over to a nurture cadence"
                draft.document.problem(path, f"cadence {name!r} hands over to itself", fix)
            elif target not in draft.cadences:
                fix = did_you_mean(target, draft.cadences) or "add it under  cadences:"
                draft.document.problem(path, f"there is no cadence {target!r}", fix)
    _circles(draft)


def _circles(draft: Draft) -> None:
    for circle in _found(draft.cadences):
        path = ("cadences", circle[0], "then")
        text = f"cadences {' -> '.join([*circle, circle[0]])} hand over in a circle within a day"
        draft.document.problem(path, text, "let one of them wait, or end the circle", key=True)


def _found(cadences: dict[str, CadenceDraft]) -> Iterator[list[str]]:
    """The circles of quick hand-overs. Each cadence is visited once, without recursion: a chain may be long."""
    done: set[str] = set()
    for start, first in cadences.items():
        way: dict[str, Iterator[str]] = {} if start in done else {start: _quickly_follows(first)}
        while way:
            here = next(reversed(way))
            target = next(way[here], None)
            if target is None:
                done.add(here)
                del way[here]
            elif target in way and target != here:
                names = list(way)
                yield names[names.index(target) :]
            elif target in cadences and target not in done and target != here:
                way[target] = _quickly_follows(cadences[target])


def _quickly_follows(cadence: CadenceDraft) -> Iterator[str]:
    """The cadences that follow this one within a day.

    A bounce ends a walk at its first step, so a hand-over on bounce never waits. What was answered or converted waits
    for a person.
    """
    then = cadence.head.then if cadence.head else {}
    if Outcome.BOUNCED.value in then:
        yield then["bounced"]
    waits = [step.after for step in cadence.steps if step]
    if (
        Outcome.FINISHED.value in then
        and None not in cadence.steps
        and sum(map(_least, waits), timedelta()) < _SLOW
    ):
        yield then["finished"]


def _least(wait: Wait) -> timedelta:
    return wait.amount * _EACH[wait.unit]
