"""Who has used how much of each cap: a row to hold while counting, and a mark for each attempt.

Counting never walks through all marks of a day: the row keeps how many are in the window, and those that have left it
since are counted off. A mark that was taken back (certainly not sent) makes that number too high, never too low, and a
cap that seems full is counted anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from outreach.store.bulk import Bulk
from outreach.store.raw import LOCKS, Query, instant
from outreach.store.schema import caps as table
from outreach.store.schema import marks

_NAMES = ("key", "used", "since", "promised", "slot_at", "last_at", "first_at")
_ROWS = {
    lock: Query(f"SELECT {', '.join(_NAMES)} FROM caps WHERE key IN :keys ORDER BY key {LOCKS[lock]}")
    for lock in (None, "update")
}
_NEW = Bulk.insert(table, ("key", "since"), unless_there=True)
_LEFT = Query(
    """
    SELECT marks.cap, count(*) FROM caps JOIN marks ON marks.cap = caps.key AND marks.at > caps.since
    WHERE caps.key IN :keys AND marks.at <= :edge GROUP BY marks.cap
    """
)
_COUNTED = Query("SELECT count(*) FROM marks WHERE cap = :key AND at > :edge")
_PLACES = Query(
    """
    SELECT id, at FROM marks WHERE cap = :key AND at > :edge AND id > :promised AND id >= coalesce((
        SELECT id FROM marks WHERE cap = :key AND at > :edge ORDER BY at, id LIMIT 1 OFFSET :excess), 0)
    ORDER BY at, id LIMIT :many
    """
)
_TIMES = Query("SELECT cap, at FROM marks WHERE cap IN :keys AND at > :since ORDER BY at")
_SAVE = Bulk(
    table,
    """
    UPDATE caps SET used = {used}, since = {since}, promised = {promised}, slot_at = {slot_at}, last_at = {last_at},
        first_at = {first_at} WHERE caps.key = {key}
    """,
)
_MARK = Bulk.insert(marks, ("cap", "at", "token"))
# A callback may have proved meanwhile that it went out after all: then it counts.
_FREE = Query(
    """
    DELETE FROM marks WHERE token IN :tokens AND token NOT IN (
        SELECT token FROM attempts WHERE token IN :tokens AND state = 'accepted')
    """
)
_OLDEST = Query("SELECT id, at FROM marks ORDER BY id LIMIT :many")
_FORGET = Query("DELETE FROM marks WHERE id IN :ids")


@dataclass(slots=True)
class Row:
    """What is kept of one cap. Times are UTC instants of business time."""

    key: str
    used: int = 0  # marks younger than `since`, or more when some were taken back
    since: datetime | None = None
    promised: int = 0  # places that free when marks up to this one leave are promised to somebody
    slot_at: datetime | None = None
    last_at: datetime | None = None
    first_at: datetime | None = None


def held(db: Connection, keys: Collection[str], *, since: datetime) -> dict[str, Row]:
    """The rows of these caps, made if missing, and locked for change in the order of their keys."""
    found = read(db, keys, lock=True)
    missing = sorted(set(keys) - found.keys())
    if missing:
        _NEW.write(db, [{"key": key, "since": since} for key in missing])
        found = read(db, keys, lock=True)
    return found


def read(db: Connection, keys: Collection[str], *, lock: bool = False) -> dict[str, Row]:
    """The rows of these caps, as far as there are any."""
    rows = _ROWS["update" if lock else None].rows(db, keys=sorted(keys))
    return {
        key: Row(key, used, instant(since), promised, *map(instant, times))
        for key, used, since, promised, *times in rows
    }


def left(db: Connection, keys: Collection[str], edge: datetime) -> dict[str, int]:
    """key -> how many marks have left the window, which begins at `edge`, since they were last counted."""
    return dict(_LEFT.rows(db, keys=sorted(keys), edge=edge)) if keys else {}


def counted(db: Connection, key: str, edge: datetime) -> int:
    """How many marks are younger than `edge`, one by one."""
    return int(_COUNTED.rows(db, key=key, edge=edge)[0][0])


def places(db: Connection, row: Row, edge: datetime, *, excess: int, many: int) -> list[tuple[int, datetime]]:
    """The next marks whose leaving frees a place that is promised to nobody: (mark, its time), oldest first.

    `excess` is how many must leave before one frees a place, because the cap was lowered.
    """
    found = _PLACES.rows(db, key=row.key, edge=edge, promised=row.promised, excess=excess, many=many)
    return [(mark, instant(at)) for mark, at in found]


def times(db: Connection, keys: Collection[str], since: datetime) -> dict[str, list[datetime]]:
    """key -> the times of its marks after `since`, oldest first."""
    found: dict[str, list[datetime]] = {}
    for key, at in _TIMES.rows(db, keys=sorted(keys), since=since) if keys else ():
        found.setdefault(key, []).append(instant(at))
    return found


def save(db: Connection, rows: Iterable[Row]) -> None:
    """Write rows that are held."""
    _SAVE.write(
        db, [{name: getattr(row, name) for name in _NAMES} for row in sorted(rows, key=lambda r: r.key)]
    )


def mark(db: Connection, marks: Sequence[tuple[str, datetime, str]]) -> None:
    """Count attempts: (key, time, token of the attempt)."""
    _MARK.write(db, [{"cap": key, "at": at, "token": token} for key, at, token in marks])


def free(db: Connection, tokens: Collection[str]) -> None:
    """Take back the marks of attempts that certainly did not go out: their places are free again."""
    if tokens:
        _FREE.run(db, tokens=sorted(tokens))


def stale(db: Connection, before: datetime, *, many: int = 5000) -> list[int]:
    """Marks that no cap looks at any more, at most `many`. They are made in the order of time, so this is quick."""
    oldest = _OLDEST.rows(db, many=1)
    if not oldest or instant(oldest[0][1]) >= before:
        return []
    return [mark for mark, at in _OLDEST.rows(db, many=many) if instant(at) < before]


def forget(db: Connection, marks: Sequence[int]) -> int:
    """Remove marks; returns how many."""
    return _FORGET.run(db, ids=list(marks))
