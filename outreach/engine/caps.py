"""Caps: let through what there is room for, in the claim's own transaction, and give the rest a time to come back.

The rows of the caps are locked until the claim commits, so however many workers claim at once, no cap is exceeded by
one. They are the last locks of a claim: after people and touches, so that they are held for as short as can be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from outreach.casework.gather import Case
from outreach.casework.house import House
from outreach.casework.room import WAITED, Counts
from outreach.domain.limits import DAY, Cap, Room
from outreach.domain.reason import Reason
from outreach.store import caps
from outreach.store.database import Db

KEPT = timedelta(days=9)  # a week of calendar days, and what zones and clocks may differ


class Allotment:
    """Who of one lane gets the room there is. Without caps it does nothing and asks nothing."""

    def __init__(self, db: Db, house: House, cases: Sequence[Case], now: datetime) -> None:
        self.db, self.now, self.cases = db, now, cases
        limits = cases[0].facts.team.limits if cases else None
        self.counts = Counts(db, house, cases, now, hold=True) if limits and limits.bind else None
        self._marks: list[tuple[str, datetime, str]] = []

    def in_order(self) -> Iterator[Case]:
        """The cases with the room there is for each, when its turn has come: follow-ups first, then by their times."""
        if self.counts is None:
            yield from self.cases
            return
        for case in sorted(self.cases, key=_turn):
            yield self.counts.seen(case)

    def take(self, case: Case, token: str) -> None:
        """This one goes: it counts."""
        if self.counts is None:
            return
        for cap in self.counts.of(case):
            row = self.counts.rows[cap.key]
            if cap.rolls:
                row.used += 1
                self.counts.taken[cap.key] += 1
            if cap.by_day:
                self.counts.times.setdefault(cap.key, []).append(self.now)
            if cap.rolls or cap.by_day:
                self._marks.append((cap.key, self.now, token))
            if cap.paced:
                row.first_at, row.last_at = row.first_at or self.now, self.now
            if cap.rolls or cap.paced:
                self.counts.changed.add(cap.key)

    def defer(self, case: Case, why: Reason) -> bool:
        """This one waits. If for room: it is promised a place of its own, so that those that wait come back one by one.

        Returns whether its lateness counts from there. A mail that waits for room is not late by that; a text (or a
        step that says `late`) is: what was meant for this morning does not go tomorrow.
        """
        if self.counts is None or why.rule != WAITED:
            return False
        for cap, room in zip(self.counts.of(case), case.facts.rooms, strict=True):
            if room.until is not None:
                self._promise(self.counts, cap, room)
        step = case.facts.step
        return step.late is None and step.lateness >= DAY

    def flush(self) -> None:
        """Write what was counted; before the commit that lets these touches go."""
        if self.counts is None:
            return
        caps.mark(self.db, self._marks)
        caps.save(self.db, [self.counts.rows[key] for key in self.counts.changed])

    def _promise(self, counts: Counts, cap: Cap, room: Room) -> None:
        row, places = counts.rows[cap.key], counts.places.get(cap.key)
        if room.slot is not None:
            row.slot_at = room.slot
        elif places and room.until == places[0][1] + counts.span:
            row.promised = places.pop(0)[0]
        else:
            return
        counts.changed.add(cap.key)


def forget(house: House) -> int:
    """Remove marks that no cap looks at any more; returns how many. The clock calls this."""
    with house.store.read() as db:
        old = caps.stale(db, house.now() - KEPT)
    return house.store.run(lambda db: caps.forget(db, old)) if old else 0


def _turn(case: Case) -> tuple[bool, datetime, int]:
    assert case.touch is not None
    return case.facts.first != case.facts.team.limits.new_first, case.touch.planned_at, case.touch.id
