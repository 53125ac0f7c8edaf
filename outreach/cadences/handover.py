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
    told: set[str] = set()
    for name in draft.cadences:
        circle = _circle(draft, name)
        if circle and told.isdisjoint(circle):
            told.update(circle)
            path = ("cadences", name, "then")
            text = f"cadences {' -> '.join([*circle, name])} hand over in a circle within a day"
            draft.document.problem(path, text, "let one of them wait, or end the circle", key=True)


def _circle(draft: Draft, start: str) -> list[str]:
    """The way from a cadence back to itself over quick hand-overs; empty when there is none."""
    ways, seen = [[start]], set[str]()
    while ways:
        way = ways.pop()
        for target in _quickly_follows(draft.cadences[way[-1]]):
            if target == start and len(way) > 1:
                return way
            if target in draft.cadences and target not in seen and target != start:
                seen.add(target)
                ways.append([*way, target])
    return []


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
