"""Times are UTC instants, in the database and out of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import exc, insert, select, text

from outreach.store.database import Store
from outreach.store.schema import heartbeats
from tests.store.rows import NOW

TIMES = [
    datetime(2026, 12, 1, 16, 0, 0, 123456, tzinfo=UTC),
    datetime(2026, 12, 1, 16, 0, 0, 0, tzinfo=UTC),
    datetime(1999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    datetime(2026, 12, 1, 11, 0, tzinfo=ZoneInfo("America/New_York")),
    datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=ZoneInfo("America/New_York")),
    datetime(2026, 12, 1, 12, 0, tzinfo=timezone(timedelta(hours=5, minutes=45))),
]


def write(store: Store, at: datetime) -> None:
    with store.begin() as db:
        db.execute(insert(heartbeats).values(name="x", role="clock", at=at))


@pytest.mark.parametrize("moment", TIMES)
def test_an_instant_comes_back_as_it_was_in_utc(store: Store, moment: datetime) -> None:
    """The tests' PostgreSQL lives in Apia on purpose, and its clients in UTC."""
    write(store, moment)
    with store.read() as db:
        found = db.scalars(select(heartbeats.c.at)).one()
    assert found.tzinfo is UTC
    assert found == moment.astimezone(UTC)


def test_the_zone_of_the_server_or_the_session_changes_nothing(postgres: Store) -> None:
    write(postgres, NOW)
    with postgres.engine.connect() as db:
        assert db.execute(text("SHOW timezone")).scalar() == "UTC"
        assert db.execute(text("SELECT reset_val FROM pg_settings WHERE name = 'TimeZone'")).scalar() == "UTC"
        db.execute(text("SET timezone = 'Asia/Kathmandu'"))
        assert db.scalars(select(heartbeats.c.at)).one() == NOW
        assert db.scalars(select(heartbeats.c.name).where(heartbeats.c.at == NOW)).all() == ["x"]


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(exc.StatementError, match="a time without a zone cannot be stored"):
        write(store, datetime(2026, 12, 1, 16, 0))


def test_instants_sort_and_compare_to_the_microsecond(store: Store) -> None:
    """SQLite keeps them as text of one width: with and without microseconds, they must still sort."""
    moments = [NOW + timedelta(microseconds=n) for n in (0, 1, 10, 500_000, 999_999, 1_000_000)]
    with store.begin() as db:
        rows = [{"name": str(n), "role": "clock", "at": at} for n, at in enumerate(moments)]
        db.execute(insert(heartbeats), list(reversed(rows)))
    with store.read() as db:
        assert db.scalars(select(heartbeats.c.at).order_by(heartbeats.c.at)).all() == moments
        later = select(heartbeats.c.at).where(heartbeats.c.at > moments[1]).order_by(heartbeats.c.at)
        assert db.scalars(later).all() == moments[2:]


def test_the_databases_clock_says_utc_and_runs_within_a_transaction(store: Store) -> None:
    with store.begin() as db:
        first, second = store.machine_now(db), store.machine_now(db)
    assert first.tzinfo is UTC
    assert first < second or store.sqlite
    assert abs(datetime.now(UTC) - first) < timedelta(minutes=1)
