"""The migrations build what the program expects, on both databases, and no other database is opened."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, inspect, text

from outreach import bootstrap
from outreach.domain.errors import Misconfigured
from outreach.engine.heartbeat import beat
from outreach.settings import Settings
from outreach.store import migrate, schema
from outreach.store.database import Store


@pytest.fixture
def empty(empty_url: str) -> Iterator[Store]:
    """A database without tables."""
    store = Store.connect(empty_url)
    yield store
    store.close()


def test_the_migrations_build_exactly_the_tables_of_the_schema(empty: Store) -> None:
    assert migrate.to_head(empty.engine) is None
    with empty.engine.connect() as db:
        context = MigrationContext.configure(db, opts={"compare_type": True, "compare_server_default": False})
        assert compare_metadata(context, schema.metadata) == []


def test_the_migrations_build_every_check_of_the_schema(empty: Store) -> None:
    """Alembic does not compare these."""
    migrate.to_head(empty.engine)
    found = inspect(empty.engine)
    for table in schema.metadata.sorted_tables:
        wanted = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
        assert {c["name"] for c in found.get_check_constraints(table.name)} == wanted, table.name


def test_the_newest_migration_is_the_one_the_program_asks_for() -> None:
    assert ScriptDirectory.from_config(migrate.config()).get_current_head() == migrate.HEAD


def test_the_global_switch_is_there_from_the_start(store: Store) -> None:
    """Every claim locks that row: without it a pause of everything would be no barrier."""
    with store.read() as db:
        assert db.execute(text("SELECT name, stopped FROM switches")).all() == [("all", False)]


def test_migrating_twice_changes_nothing(empty: Store) -> None:
    migrate.to_head(empty.engine)
    assert migrate.to_head(empty.engine) == migrate.HEAD


def test_an_empty_sqlite_file_is_brought_up_to_date_when_it_is_opened(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path / 'new.db'}")
    with store.read() as db:
        assert migrate.current(db) == migrate.HEAD
    store.close()


def test_an_empty_postgresql_database_asks_for_a_migration(postgres_server: object) -> None:
    """There an operator decides when: other machines may still run the older program."""
    url = postgres_server.create("empty")  # type: ignore[attr-defined]
    with pytest.raises(Misconfigured, match="the database is empty: run `outreach migrate`"):
        Store.open(url)


def test_a_newer_database_is_refused(store_url: str) -> None:
    store = Store.open(store_url)
    with store.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    try:
        with pytest.raises(Misconfigured, match=r"9999, newer than this program .* install the newer"):
            Store.open(store_url)
    finally:
        again = Store.connect(store_url)
        with again.begin() as db:
            db.execute(text(f"UPDATE alembic_version SET version_num = '{migrate.HEAD}'"))
        again.close()


def test_a_process_that_an_upgrade_has_left_behind_ends(store_url: str) -> None:
    """Machines are upgraded one after the other: what still runs the older program must not write into newer tables."""
    store = Store.open(store_url)
    house = bootstrap.house(Settings(), store=store)
    done, ended = threading.Event(), []

    def end() -> None:
        ended.append("ended")
        done.set()

    done.set()
    beat(house, "worker", done, end=end)
    assert ended == []
    with store.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    done.clear()
    try:
        beat(house, "worker", done, end=end)
        assert ended == ["ended"]
    finally:
        with store.begin() as db:
            db.execute(text(f"UPDATE alembic_version SET version_num = '{migrate.HEAD}'"))
        store.close()


def test_an_older_postgresql_database_names_both_migrations(postgres_url: str) -> None:
    store = Store.open(postgres_url)
    with store.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    store.close()
    try:
        with pytest.raises(Misconfigured, match=rf"at migration 0000, and this program needs {migrate.HEAD}"):
            Store.open(postgres_url)
    finally:
        again = Store.connect(postgres_url)
        with again.begin() as db:
            db.execute(text(f"UPDATE alembic_version SET version_num = '{migrate.HEAD}'"))
        again.close()


MIGRATE = """
import sys
from outreach.store import migrate
from outreach.store.database import Store
store = Store.connect(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
migrate.to_head(store.engine)
"""


def test_several_that_migrate_at_once_do_not_disturb_each_other(empty_url: str) -> None:
    """Machines come up together, each with `outreach migrate` in its start-up script."""
    command = [sys.executable, "-c", MIGRATE, empty_url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    machines = [subprocess.Popen(command, text=True, **pipes) for _ in range(3)]  # type: ignore[call-overload]
    for machine in machines:
        assert machine.stdout.readline() == "ready\n"
    for machine in machines:
        machine.stdin.write("go\n")
        machine.stdin.flush()
    assert [(machine.communicate()[1], machine.returncode) for machine in machines] == [("", 0)] * 3


DIE_HALFWAY = """
import os, signal, sys
from alembic.operations import Operations
from outreach.store import migrate
from outreach.store.database import Store
make, left = Operations.create_table, int(sys.argv[2])
def create_table(self, *args, **more):
    global left
    made = make(self, *args, **more)
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return made
Operations.create_table = create_table
migrate.to_head(Store.connect(sys.argv[1]).engine)
"""


@pytest.mark.parametrize("tables", [1, 7])
def test_a_death_in_the_middle_of_a_migration_leaves_nothing_half_done(empty_url: str, tables: int) -> None:
    """All of it or nothing: whoever starts next begins from where it stood before."""
    command = [sys.executable, "-c", DIE_HALFWAY, empty_url, str(tables)]
    died = subprocess.run(command, capture_output=True, text=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    store = Store.connect(empty_url)
    try:
        assert inspect(store.engine).get_table_names() == []
        assert migrate.to_head(store.engine) is None
        with store.read() as db:
            assert migrate.current(db) == migrate.HEAD
    finally:
        store.close()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "DATABASE_URL cannot be used"),
        ("oracle+nothing://x", "DATABASE_URL cannot be used"),
        ("sqlite:////no/such/folder/outreach.db", "the folder /no/such/folder does not exist"),
        ("postgresql://nobody@127.0.0.1:1/none", "the database cannot be reached"),
    ],
)
def test_an_address_that_leads_nowhere_says_so(url: str, words: str) -> None:
    with pytest.raises(Misconfigured, match=words):
        Store.open(url)
