"""A backup was restored: stop everything, and hold what may have gone out since, instead of sending it twice.

A restored database has forgotten what was sent, and who answered, since its backup. Beside an SQLite file lies a note of
how far it has come (`outreach.db.generation`); a file that is behind its note is a restored one. For PostgreSQL nothing
of that kind can be known, and an operator says so: `outreach restored`.
"""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from outreach.casework.house import House
from outreach.domain import touch
from outreach.engine.walk import settle
from outreach.store import dispatching, generation, permissions, sweeping, touches
from outreach.store.database import Db

log = structlog.get_logger()
BECAUSE = "a backup was restored: settle what `outreach uncertain` lists, then run `outreach resume --all`"
HELD = "a backup was restored: it may have gone out since"
_GENERATION = "generation"
_PIECE = 1000  # touches moved by one statement's reading


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done about a restored backup."""

    held: int  # touches that were due: uncertain now
    stopped: bool  # False: everything stood at stop already


class Watch:
    """Keeps the note beside an SQLite file up with the database, and sees when the database falls behind it."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._seen: int | None = None  # the newest line of history when the note was last written

    def look(self) -> Restored | None:
        """Compare and go on. Call it before anything is sent, and every few seconds from then on.

        The database counts up first, then the note: whenever this dies, the database is never behind by itself.
        """
        file = self._house.store.file
        if file is None:
            return None
        noted = generation.noted(file)
        with self._house.store.read() as db:
            kept, newest = sweeping.counter(db, _GENERATION), sweeping.newest(db)
        if kept < noted:
            done = restored(self._house, by="up", generation_=noted + 1)
            generation.note(file, noted + 1)
            return done
        if self._seen != newest:
            with self._house.store.begin() as db:
                moved = sweeping.count_up(db, _GENERATION, seen=kept, to=kept + 1)
                self._seen = sweeping.newest(db)
            if moved:  # else somebody else's clock is at it
                generation.note(file, kept + 1)
        return None


def restored(house: House, *, by: str, generation_: int | None = None) -> Restored:
    """Stop everything, and call uncertain whatever a machine would send at once: nobody knows what went out since."""
    done = house.store.run(lambda db: _hold(db, house, by, generation_))
    log.critical("a backup was restored", held=done.held, then=BECAUSE)
    return done


def _hold(db: Db, house: House, by: str, generation_: int | None) -> Restored:
    now, machine = house.now(), house.store.machine_now(db)
    stopped = permissions.turn(db, "all", stop=True, because=BECAUSE, by=by, at=now, machine=machine)
    while dispatching.queue(db, now, _PIECE):
        pass  # every enrollment that is due gets its touch, so that it can be held
    held = 0
    while queued := sweeping.due_by_machine(db, now, _PIECE):
        for one in touches.by_ids(db, queued, lock=True).values():
            settle(db, one, touch.Cause.LOST, now=now, by=by, reason=HELD)
        held += len(queued)
    if generation_ is not None:
        kept = sweeping.counter(db, _GENERATION)
        sweeping.count_up(db, _GENERATION, seen=kept, to=generation_)
    return Restored(held, stopped)
