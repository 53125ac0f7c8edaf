"""What is known of telephone numbers: how often they were called lately, and the do-not-call lists they are on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from outreach.domain.facts import Listing
from outreach.store import upsert
from outreach.store.raw import Query, instant
from outreach.store.schema import dnc, dnc_lists

INTERNAL = "internal"  # our own list, 47 CFR 64.1200(d): nothing outweighs it

# Locks, not rows: two leads may share a number, and no row stands for it. In the order of the numbers, as all locks.
_HOLD = Query(
    """
    SELECT pg_advisory_xact_lock(hashtextextended(number, 4)) FROM (
        SELECT number FROM unnest(:numbers ::text[]) AS wanted (number) ORDER BY number) AS numbers
    """
)
# One question for all of it: a lane asks it every time. What may have gone out counts as gone out.
_ASKED = Query(
    """
    SELECT number, list, as_of FROM dnc WHERE number IN :numbers
    UNION ALL SELECT "to", NULL, at FROM attempts
        WHERE "to" IN :limited AND at > :since AND channel IN ('sms', 'voicemail')
        AND state IN ('started', 'accepted', 'uncertain')
    UNION ALL SELECT "to", NULL, sent_at FROM touches
        WHERE "to" IN :limited AND sent_at > :since AND channel = 'call' AND state = 'done'
    """
)


# A statement for thousands of numbers: a row each would take a million rows of a national list ten times as long.
_FROM = {"sqlite": "json_each(:numbers)", "postgresql": "unnest(:numbers ::text[]) AS wanted (value)"}
_PUT = {
    dialect: Query(
        f"""
        INSERT INTO dnc (number, list, as_of) SELECT value, :name, :as_of FROM {values} WHERE true ORDER BY value
        ON CONFLICT (number, list) DO UPDATE SET as_of = excluded.as_of WHERE dnc.as_of < excluded.as_of
        """
    )
    for dialect, values in _FROM.items()
}


@dataclass(frozen=True, slots=True)
class DncList:
    """A do-not-call list as it was last imported. Times are UTC."""

    name: str
    numbers: int
    as_of: datetime  # the day the list is of
    imported_at: datetime
    imported_by: str
    source: str = ""


def hold(db: Connection, numbers: Collection[str]) -> None:
    """Until the end of the transaction, nobody else counts calls to these numbers. SQLite has one writer anyway."""
    if numbers and db.dialect.name == "postgresql":
        _HOLD.rows(db, numbers=sorted(numbers))


def asked(
    db: Connection, numbers: Collection[str], limited: Collection[str], since: datetime
) -> tuple[dict[str, tuple[Listing, ...]], dict[str, list[datetime]]]:
    """number -> the lists it is on; and for `limited`, number -> when it was called, texted or left a voicemail."""
    listed: dict[str, tuple[Listing, ...]] = {}
    dialled: dict[str, list[datetime]] = {number: [] for number in limited}
    for number, name, at in _ASKED.rows(db, numbers=sorted(numbers), limited=sorted(limited), since=since):
        if name is None:
            dialled[number].append(instant(at))
        else:
            listing = Listing(name, instant(at), internal=name == INTERNAL)
            listed[number] = (*listed.get(number, ()), listing)
    return listed, dialled


# -- the lists ----------------------------------------------------------------------------------------------------------


def put(db: Connection, name: str, numbers: Collection[str], *, as_of: datetime) -> None:
    """Put numbers on a list, or confirm them as of a later day."""
    _PUT[db.dialect.name].run(db, numbers=list(numbers), name=name, as_of=as_of)


def remove_older(db: Connection, name: str, before: datetime) -> int:
    """Take the numbers off a list that its newest edition does not hold any more; returns how many."""
    return db.execute(delete(dnc).where(dnc.c.list == name, dnc.c.as_of < before)).rowcount


def remove(db: Connection, name: str, numbers: Sequence[str]) -> int:
    """Take numbers off a list; returns how many were on it."""
    return db.execute(delete(dnc).where(dnc.c.list == name, dnc.c.number.in_(list(numbers)))).rowcount


def counted(db: Connection, name: str) -> int:
    """How many numbers are on a list."""
    return db.scalar(select(func.count()).select_from(dnc).where(dnc.c.list == name)) or 0


def note(db: Connection, name: str, *, as_of: datetime, at: datetime, by: str, source: str) -> None:
    """Remember that a list was imported, and count it."""
    many = counted(db, name)
    row = {
        "name": name,
        "numbers": many,
        "as_of": as_of,
        "imported_at": at,
        "imported_by": by,
        "source": source,
    }
    upsert.put(db, dnc_lists, row, key="name")


def lists(db: Connection) -> list[DncList]:
    """Every list, by name."""
    rows = db.execute(select(dnc_lists).order_by(dnc_lists.c.name))
    return [
        DncList(row.name, row.numbers, row.as_of, row.imported_at, row.imported_by, row.source)
        for row in rows
    ]


def on_lists(db: Connection, number: str) -> tuple[Listing, ...]:
    """The lists a number is on."""
    rows = db.execute(select(dnc).where(dnc.c.number == number).order_by(dnc.c.list))
    return tuple(Listing(row.list, row.as_of, internal=row.list == INTERNAL) for row in rows)
