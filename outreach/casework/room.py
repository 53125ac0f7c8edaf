"""How much room the caps leave to a case: read from the counts, judged by the domain.

A claim holds the rows of its caps while it counts (`hold`), so nobody else counts meanwhile; `why` only looks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from outreach.casework.gather import Case
from outreach.casework.house import House
from outreach.domain.limits import DAY, Cap, Count, Room, Turn, caps_of, chance, room, week_begins
from outreach.store import caps
from outreach.store.database import Db

WAITED = "cap"  # the rule by which a touch waits for room


def with_room(db: Db, house: House, case: Case, now: datetime) -> Case:
    """A case with what the caps say at this moment. Locks and changes nothing."""
    if not case.facts.team.limits.bind:
        return case
    return Counts(db, house, [case], now, hold=False).seen(case)


class Counts:
    """What has been counted under every cap of some cases; `hold` locks the rows until the transaction ends."""

    def __init__(self, db: Db, house: House, cases: Sequence[Case], now: datetime, *, hold: bool) -> None:
        self.db, self.now = db, now
        self.margin = timedelta(seconds=house.settings.call_timeout)
        self.span = DAY + self.margin
        self.edge = now - self.span
        self.many = len(cases)
        self._caps = {_number(case): _caps(case) for case in cases}
        every = {cap.key: cap for found in self._caps.values() for cap in found}
        self.rows = self._read(every, hold)
        self.changed: set[str] = set()
        self._count_off([key for key, cap in every.items() if cap.rolls])
        by_day = [key for key, cap in every.items() if cap.by_day]
        self.times: dict[str, list[datetime]] = {}
        if by_day:
            weeks = [week_begins(now, zone) for zone in {case.facts.zone for case in cases}]
            apart = max(every[key].days.gap for key in by_day)
            self.times = caps.times(db, by_day, min(min(weeks) - self.margin, now - apart))
        self.places: dict[str, list[tuple[int, datetime]]] = {}
        self.taken: Counter[str] = Counter()  # in this transaction
        self._sure: set[str] = set()  # counted one by one in this transaction

    def of(self, case: Case) -> tuple[Cap, ...]:
        """The caps that a case comes under."""
        return self._caps[_number(case)]

    def seen(self, case: Case) -> Case:
        """The case with what each of its caps says now, in their order."""
        if not self.of(case):
            return case
        return replace(case, facts=replace(case.facts, rooms=self._rooms(case)))

    def _rooms(self, case: Case) -> tuple[Room, ...]:
        touch = case.touch
        turn = Turn(
            now=self.now,
            zone=case.facts.zone,
            first=case.facts.first != case.facts.team.limits.new_first,
            returning=touch is not None and touch.waiting_for == WAITED,
            chance=chance(touch.id if touch else case.facts.enrollment.id, self.now),
            margin=self.margin,
        )
        return tuple(room(cap, self._count(cap), turn) for cap in self.of(case))

    def _read(self, every: dict[str, Cap], hold: bool) -> dict[str, caps.Row]:
        if hold:
            return caps.held(self.db, every, since=self.edge) if every else {}
        known = caps.read(self.db, every) if every else {}
        return {key: known.get(key) or caps.Row(key) for key in every}

    def _count_off(self, rolling: Sequence[str]) -> None:
        gone = caps.left(self.db, rolling, self.edge)
        for key in rolling:
            row = self.rows[key]
            if gone.get(key):
                row.used = max(row.used - gone[key], 0)
                self.changed.add(key)
            row.since = max(row.since or self.edge, self.edge)

    def _count(self, cap: Cap) -> Count:
        row = self.rows[cap.key]
        frees = self._frees(cap, row) if cap.rolls else None  # first: it may count anew
        return Count(
            used=row.used,
            frees=frees,
            times=tuple(self.times.get(cap.key, ())),
            first_at=row.first_at,
            last_at=row.last_at,
            slot_at=row.slot_at,
        )

    def _frees(self, cap: Cap, row: caps.Row) -> datetime | None:
        """When the next place frees that is promised to nobody; asked only of a cap that is full."""
        allowed = cap.allowed(row.first_at, self.now)
        if row.used < allowed:
            return None
        if cap.key not in self._sure:
            self._sure.add(cap.key)
            # Some may have been taken back since; and this lane's own are not written yet.
            row.used = caps.counted(self.db, cap.key, self.edge) + self.taken[cap.key]
            self.changed.add(cap.key)
            excess = max(row.used - allowed, 0)
            self.places[cap.key] = caps.places(self.db, row, self.edge, excess=excess, many=self.many)
        waiting = self.places.get(cap.key)
        return waiting[0][1] + self.span if waiting else None


def _number(case: Case) -> int:
    return case.touch.id if case.touch else -case.facts.enrollment.id


def _caps(case: Case) -> tuple[Cap, ...]:
    facts = case.facts
    to = next((address.value for address in facts.open_addresses), "")
    return caps_of(
        facts.team.limits,
        channel=facts.step.channel,
        lead_id=facts.lead.id,
        account_id=facts.lead.account_id,
        sender=facts.sender.key if facts.sender else None,
        rep=facts.rep.key if facts.rep else None,
        domain=to.rpartition("@")[2] if "@" in to else None,
        prefix=to[:-4] if to.startswith("+") else None,
    )
