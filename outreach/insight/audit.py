"""Did anything begin after a stop? The proof, for any period, and how long a stop took."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from outreach.casework.house import House
from outreach.store import audit as records


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """An attempt that was claimed although a stop was in force. Compare the epochs: the stop raised its own first."""

    touch_id: int
    attempt_id: int
    lead_id: int
    channel: str
    provider: str
    stop: str  # which stop: an enrollment's end, an opt-out, a switch
    epoch: int  # the attempt was claimed under this one
    stop_epoch: int  # and from this one on nothing might begin
    started_at: datetime  # machine time, for whoever looks into logs; it proves nothing


@dataclass(frozen=True, slots=True)
class Delay:
    """How long something took, in seconds of machine time: of how many, the median, the 99th percentile, the longest."""

    count: int = 0
    median: float = 0.0
    p99: float = 0.0
    longest: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What was compared, what was found. `since` and `until` are machine time (UTC); None is without bound."""

    since: datetime | None
    until: datetime | None
    attempts: int  # begun in the period
    ended: int  # enrollments ended by an answer, an opt-out, a goal or a hand, ever
    turned: int  # switches turned to stop, ever
    to_commit: Delay  # from a reply's or opt-out's arrival until its stop was written
    to_answer: Delay  # and until nothing of theirs was on the wire, when the webhook was answered
    crossed: int  # touches that were on the wire before and outlasted the wait: the answers named them
    violations: tuple[Violation, ...]


def audit(house: House, since: datetime | None = None, until: datetime | None = None) -> Audit:
    """Compare every attempt of the period (machine time) with every stop there ever was. Reads whole tables."""
    with house.store.read() as db:
        found = [
            *records.after_an_end(db, since, until),
            *records.after_an_opt_out(db, since, until),
            *records.while_stopped(db, since, until),
        ]
        measured = records.delays(db, since, until)
        return Audit(
            since=since,
            until=until,
            attempts=records.examined(db, since, until),
            ended=records.stops(db),
            turned=records.turned(db),
            to_commit=_delay([(row.machine_at, row.settled_at) for row in measured]),
            to_answer=_delay([(row.machine_at, row.answered_at) for row in measured]),
            crossed=sum(row.crossed or 0 for row in measured),
            violations=tuple(_violation(row) for row in found),
        )


def _violation(row: Any) -> Violation:
    return Violation(**{name: getattr(row, name) for name in Violation.__dataclass_fields__})


def _delay(spans: Sequence[tuple[datetime, datetime | None]]) -> Delay:
    taken = sorted(max((end - begin).total_seconds(), 0.0) for begin, end in spans if end is not None)
    if not taken:
        return Delay()
    return Delay(len(taken), _rank(taken, 0.5), _rank(taken, 0.99), taken[-1])


def _rank(ordered: Sequence[float], part: float) -> float:
    """The nearest rank: a value that was measured, none in between."""
    return ordered[max(math.ceil(part * len(ordered)) - 1, 0)]
