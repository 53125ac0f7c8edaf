"""Retention: erase what has been kept long enough, at night and a little at a time (rule R16).

How long is a setting for each kind: the words of what was sent, the raw content of what we were told, and leads of whom
nothing was heard. Unset, it is kept. What a lead asked for outlives them: their suppressions stay, by hash.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from outreach.casework.house import House
from outreach.store import erasure, permissions, retention, scrub
from outreach.store.database import Db

log = structlog.get_logger()
NIGHT: Final = range(1, 5)  # hours in the team's time zone
EVERY: Final = 300.0  # seconds between two looks of the clock
_BATCH: Final = 500  # rows in one transaction: others get their turn in between
_A_LITTLE: Final = 20  # batches of a kind in one look
_LEADS: Final = 100  # leads in one look
_SPAN: Final = 5000  # numbers of leads that are looked at in one query
_COMES_BACK: Final = timedelta(days=30)  # callbacks and bounces of the last message


@dataclass(slots=True)
class Purged:
    """How many of each kind were erased."""

    texts: int = 0
    notes: int = 0
    events: int = 0
    leads: int = 0
    again: int = 0  # people who were forgotten, and of whom something came back

    @property
    def anything(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.texts or self.notes or self.events or self.leads)


def purge_at_night(house: House) -> Purged:
    """A little of it, if it is night where the team is. Any number of clocks may call it."""
    with house.store.read() as db:
        zone = ZoneInfo(house.library.team(db).timezone)
    if house.now().astimezone(zone).hour not in NIGHT:
        return Purged()
    return purge(house)


def purge(house: House, *, all_of_it: bool = False) -> Purged:
    """Erase what is over its time, now: a little of it, or all."""
    settings, now, most = house.settings, house.now(), 10**9 if all_of_it else _A_LITTLE
    done = Purged()
    if settings.keep_texts is not None:
        before = now - timedelta(days=settings.keep_texts)
        done.texts = _in_batches(house, lambda db: retention.empty_texts(db, before, _BATCH), most)
        done.notes = _in_batches(house, lambda db: retention.empty_notes(db, before, _BATCH), most)
    if settings.keep_events is not None:
        past = now - timedelta(days=settings.keep_events)
        done.events = _in_batches(house, lambda db: retention.empty_events(db, past, _BATCH), most)
    if settings.keep_leads is not None:
        done.leads = _leads(house, now - timedelta(days=settings.keep_leads), 10**9 if all_of_it else _LEADS)
    done.again = _again(house, now)
    if done.anything:
        if house.store.sqlite:  # elsewhere autovacuum comes by itself, and need not come every five minutes
            scrub.scrub(house.store)
        log.info("purged", texts=done.texts, notes=done.notes, events=done.events, leads=done.leads)
    return done


def _in_batches(house: House, work: Callable[[Db], int], most: int) -> int:
    total = 0
    for _ in range(most):
        emptied = house.store.run(work)
        total += emptied
        if emptied < _BATCH:
            break
    return total


def _leads(house: House, before: datetime, most: int) -> int:
    total, after = 0, 0
    while total < most:
        with house.store.read() as db:
            found, last = retention.idle(db, before, after, _SPAN)
        for lead_id in found[: most - total]:
            total += house.store.run(lambda db, one=lead_id: _erase(db, house, one, before))  # type: ignore[misc]
        if last is None:
            break
        after = last
    return total


def _erase(db: Db, house: House, lead_id: int, before: datetime) -> bool:
    """One lead; not when something happened between the look and the lock."""
    permissions.lock_people(db, [lead_id])
    found, _ = retention.idle(db, before, lead_id - 1, 1)
    if found != [lead_id]:
        return False
    erasure.erase(db, erasure.subject(db, lead_id), (), at=house.now(), forgotten=False)
    return True


def _again(house: House, now: datetime) -> int:
    with house.store.read() as db:
        ids = retention.came_back(db, now - _COMES_BACK)
    for lead_id in ids:
        house.store.run(lambda db, one=lead_id: retention.empty_again(db, one))  # type: ignore[misc]
    return len(ids)
