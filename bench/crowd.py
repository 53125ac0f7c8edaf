"""A crowd: people, walks and past touches by the hundred thousand, written by the database itself.

The verbs write one person in milliseconds; a measurement that needs a million of them would never begin.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, text

from bench.playbook import CADENCE
from outreach.casework.house import House
from outreach.store import playbook
from outreach.store.schema import Instant

_PEOPLE: Final = """
INSERT INTO leads (id, source, name, company, timezone, country, owner, fields, token, epoch, created_at)
SELECT n, 'crowd', 'Ada' || n || ' Moreau', '', 'America/New_York', 'US', 'rosa', '{}', 'l' || n, 0, :at
FROM numbers
"""
_MAILS: Final = """
INSERT INTO addresses (lead_id, kind, value, domain, state, country, zones)
SELECT n, 'email', 'ada' || n || '@client.example', 'client.example', 'usable', NULL, '[]' FROM numbers
"""
_PHONES: Final = """
INSERT INTO addresses (lead_id, kind, value, domain, state, country, zones)
SELECT n, 'phone', '+1' || (2125550000 + n), NULL, 'usable', 'US', '["America/New_York"]' FROM numbers
"""
_WALKS: Final = """
INSERT INTO enrollments (id, lead_id, cadence, version_id, state, step_id, channel, occurrence, due_at, anchor_at,
                         rep, sender, reply_token, enrolled_at, revision)
SELECT n, n, :cadence, :version, 'active', 'hello', :channel, 1, {due}, :at, 'rosa', 'main', 'w' || n, :at, 1
FROM numbers
"""
_TOLD: Final = """
INSERT INTO history (at, lead_id, enrollment_id, cause, became, "by", because)
SELECT :at, n, n, 'enroll', 'active', 'bench', :cadence FROM numbers
"""
_PAST: Final = """
INSERT INTO touches (enrollment_id, lead_id, step_id, occurrence, channel, state, planned_at, first, tries, sender,
                     "to", reference, sent_at, revision)
SELECT n, n, 'past-{step}', 1, 'email', 'delivered', :at, {yes}, 1, 'main', 'ada' || n || '@client.example',
       'past-{step}-' || n, :at, 3
FROM numbers
"""
_LATER: Final = {
    "postgresql": "CAST(:due AS timestamptz) + (n - :first) * CAST(:apart AS float) * INTERVAL '1 second'",
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f', :due, '+' || ((n - :first) * :apart) || ' seconds') || '000'",
}


def gather(
    house: House,
    count: int,
    channel: str,
    *,
    due: datetime,
    apart: float = 0.0,
    past: int = 0,
    first: int = 1,
) -> None:
    """Enroll people `first` and on; their first step is due at `due`, each `apart` seconds after the one before.

    Each has had `past` touches before. Everything is as enrolling leaves it, with simpler tokens.
    """
    kind = house.store.engine.dialect.name
    values: dict[str, Any] = {"first": first, "last": first + count - 1, "cadence": CADENCE[channel]}
    values |= {"channel": channel, "apart": apart}
    with house.store.begin() as db:
        values["version"] = playbook.live(db)[CADENCE[channel]]
        values |= {"at": _bound(db, due - timedelta(days=40)), "due": _bound(db, due)}
        db.execute(
            text("INSERT INTO domains (name, epoch) VALUES ('client.example', 0) ON CONFLICT DO NOTHING")
        )
        for statement in (_PEOPLE, _MAILS, _PHONES, _WALKS, _TOLD):
            _write(db, statement.replace("{due}", _LATER[kind]), values)
        for step in range(past):
            yes = "true" if step == 0 else "false"
            _write(db, _PAST.replace("{step}", str(step)).replace("{yes}", yes), values)
        if kind == "postgresql":  # its counters do not follow numbers that were given
            for table in ("leads", "enrollments"):
                db.execute(
                    text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), MAX(id)) FROM {table}")
                )
    settle(house)


def settle(house: House) -> None:
    """What a database that grew slowly has done by itself: statistics, and a log that was written back."""
    raw: Any = house.store.engine.raw_connection()  # none of these may stand in a transaction
    try:
        if house.store.sqlite:
            raw.cursor().execute("ANALYZE")
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        else:
            raw.driver_connection.autocommit = True
            raw.cursor().execute("VACUUM (ANALYZE)")
            raw.driver_connection.autocommit = False
    finally:
        raw.close()


def _write(db: Connection, statement: str, values: Mapping[str, Any]) -> None:
    numbers = (
        "WITH RECURSIVE numbers(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM numbers WHERE n < :last)"
    )
    if db.dialect.name == "postgresql":
        numbers = "WITH numbers(n) AS (SELECT generate_series(CAST(:first AS bigint), CAST(:last AS bigint)))"
    # SQLite wants the WITH after INSERT INTO, PostgreSQL takes it there too.
    into, select, rest = statement.partition("SELECT")
    db.execute(text(f"{into}{numbers} {select}{rest}"), values)


def _bound(db: Connection, at: datetime) -> Any:
    return Instant().process_bind_param(at, db.dialect)
