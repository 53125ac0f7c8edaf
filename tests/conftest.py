"""What every test may ask for: a database of either kind, Redis, a mail server. See services.py for what they are.

`store_url`      a migrated and empty database; each test that asks runs twice, over SQLite and over PostgreSQL
`sqlite_url`     the same, SQLite only          `postgres_url`  the same, PostgreSQL only
`empty_url`      a database without any table, of both kinds
`redis_url`      Redis without any key          `mailbox`       an SMTP server that keeps what it gets
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import psycopg
import pytest

from outreach.store import migrate
from outreach.store.database import Store
from outreach.store.schema import metadata
from tests.services import Mailbox, Postgres, Redis

# A busy machine is slow; that is no fault of the code.
hypothesis.settings.register_profile(
    "outreach", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("outreach")

DIALECTS = ("sqlite", "postgres")


def migrated(url: str) -> str:
    """The database of this URL, brought to the newest shape."""
    store = Store.connect(url)
    migrate.to_head(store.engine)
    store.close()
    return url


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """PostgreSQL, one server per test process."""
    server = Postgres()
    yield server
    server.close()


@pytest.fixture(scope="session")
def redis_server() -> Iterator[Redis]:
    """Redis (Valkey), one server per test process."""
    server = Redis()
    yield server
    server.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file; tests get copies, which is a hundred times faster than migrating."""
    file = tmp_path_factory.mktemp("template") / "outreach.db"
    migrated(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_database(postgres_server: Postgres) -> str:
    """A migrated PostgreSQL database, one per test process."""
    return migrated(postgres_server.create("outreach"))


@pytest.fixture
def redis_url(redis_server: Redis) -> str:
    """REDIS_URL of a Redis without any key."""
    redis_server.empty()
    return redis_server.url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """DATABASE_URL of a migrated, empty SQLite file of this test's own."""
    file = tmp_path / "outreach.db"
    shutil.copyfile(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgres_url(postgres_database: str) -> str:
    """DATABASE_URL of the migrated PostgreSQL database, emptied for this test."""
    # DELETE takes a quarter of TRUNCATE's time when there is little to delete.
    clean = [f'DELETE FROM "{table.name}"' for table in reversed(metadata.sorted_tables)]
    clean += [
        f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), 1, false)"
        for table in metadata.sorted_tables
        if "id" in table.c
    ]
    with psycopg.connect(postgres_database) as db:
        # A connection that an earlier test left in a transaction must fail this one, not hang it.
        db.execute("SET lock_timeout = '5s'")
        db.execute("; ".join(clean))  # type: ignore[call-overload]
        db.execute("INSERT INTO switches (name, stopped) VALUES ('all', false)")
    return postgres_database


@pytest.fixture(params=DIALECTS)
def store_url(request: pytest.FixtureRequest) -> str:
    """DATABASE_URL of a migrated and empty database: the test runs over SQLite and over PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=DIALECTS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """DATABASE_URL of a database without tables, of both kinds."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    server: Postgres = request.getfixturevalue("postgres_server")
    return server.create("empty")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """An SMTP server on loopback that keeps the mails it is given."""
    box = Mailbox()
    box.start()
    yield box
    box.stop()
