"""Opening the store, and the two kinds of transaction: one that writes, one that only reads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, OperationalError

from outreach.domain.errors import Misconfigured, Taken
from outreach.store import keyed, migrate
from outreach.store.raw import Query

T = TypeVar("T")
Db = Connection  # what a transaction hands out; the rooms above need no other name for it
BUSY = 30_000  # milliseconds an SQLite connection waits for another one's lock
_TRIES = 5
_CLOCK = Query("SELECT clock_timestamp()")
_FORMS = "sqlite:///outreach.db or postgresql://user:password@host/name"
LOG_KEPT = (
    16 * 2**20
)  # bytes that SQLite's log keeps of its file when it begins anew; a long reader may make it grow
_AGAIN = (
    "40001",
    "40P01",
)  # serialization failure, deadlock: PostgreSQL's own advice is to try the transaction again


class Store:
    """One database. Every write transaction is short; none is open while a provider is called."""

    def __init__(self, engine: Engine, url: str, key: str | None = None) -> None:
        self.engine, self.url = engine, url
        self._key = key.encode() if key else None
        keyed.give(engine, self._key)
        self.sqlite = engine.dialect.name == "sqlite"
        # SQLAlchemy wraps the driver's errors; the statements of raw.py meet them bare.
        self._taken = (IntegrityError, engine.dialect.loaded_dbapi.IntegrityError)
        # SQLite has one writer. Queueing inside the process is fair; its busy handler, which polls, is not.
        self._turn = threading.Lock()
        name = engine.url.database
        self.file = Path(name).resolve() if self.sqlite and name and name != ":memory:" else None
        self._gone = False
        self.remember_file()

    @classmethod
    def connect(cls, url: str, key: str | None = None) -> Store:
        """Open without looking at the tables. Raises Misconfigured when the address makes no sense."""
        try:
            parsed = make_url(url)
            if parsed.drivername in ("postgres", "postgresql"):
                parsed = parsed.set(drivername="postgresql+psycopg")
            engine = _sqlite(parsed) if parsed.drivername.startswith("sqlite") else _postgres(parsed)
        except ModuleNotFoundError:
            raise Misconfigured(f"DATABASE_URL cannot be used: {_missing(url)}") from None
        except (ArgumentError, NoSuchModuleError) as error:
            raise Misconfigured(f"DATABASE_URL cannot be used: {error}; write {_FORMS}") from None
        return cls(engine, url, key)

    @classmethod
    def open(cls, url: str, key: str | None = None) -> Store:
        """Open a database that this program understands, with the key of those who were forgotten (keyed.py).

        A new or older SQLite file is brought up to date (the embedded way has no operator); PostgreSQL wants
        `outreach migrate`. Raises Misconfigured when it cannot be reached, is older, or is newer than the program, or the
        key is not the one it was made with.
        """
        store = cls.connect(url, key)
        try:
            migrate.ensure(store.engine, upgrade=store.sqlite)
            with store.read() as db:
                keyed.check(db)
        except OperationalError as error:
            store.close()
            raise Misconfigured(f"the database cannot be reached: {_first_line(error)}") from None
        except Misconfigured:
            store.close()
            raise
        store.remember_file()  # it may only just have been made
        return store

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction that writes: all of it, or nothing. Raises Taken when a unique key is in use already.

        Raises Misconfigured once `replaced` has seen another file in the place of this one.
        """
        if self._gone:
            raise Misconfigured(f"{self.file} was replaced by another file: start again")
        try:
            with self._turn if self.sqlite else nullcontext(), self.engine.begin() as db:
                yield db
        except self._taken as error:
            raise Taken(_first_line(error)) from error

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self.engine.connect().execution_options(outreach_reads=True) as db, db.begin():
            yield db

    def run(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a write transaction, again when the database asks for it (deadlock, serialization failure).

        `work` must have no effect but on the database.
        """
        for last in [False] * (_TRIES - 1) + [True]:
            try:
                with self.begin() as db:
                    return work(db)
            except Exception as error:
                # SQLAlchemy wraps the driver's errors; the hot path's own statements (raw.py) meet them bare.
                if last or getattr(getattr(error, "orig", error), "sqlstate", None) not in _AGAIN:
                    raise
        raise AssertionError("unreachable")

    def machine_now(self, db: Connection) -> datetime:
        """The database's clock (UTC): it decides leases, so that hosts whose clocks differ agree."""
        if self.sqlite:
            return datetime.now(UTC)  # one machine, one clock
        now = _CLOCK.rows(db)[0][0]
        assert isinstance(now, datetime)
        return now.astimezone(UTC)

    @property
    def has_key(self) -> bool:
        """Whether this process can recognise those who were forgotten, and forget others."""
        return self._key is not None

    def hashed(self, scope: str, value: str) -> str | None:
        """The keyed hash by which a forgotten address is recognised; None while there is no key."""
        return keyed.hashed(self._key, scope, value) if self._key else None

    def watcher(self) -> Callable[[], bool]:
        """A function that tells whether another connection has written since it was last called (SQLite only)."""
        raw = (
            self.engine.raw_connection()
        )  # data_version counts per connection: this one is kept, and never writes
        seen = 0

        def written() -> bool:
            nonlocal seen
            before, seen = seen, int(raw.cursor().execute("PRAGMA data_version").fetchone()[0])
            return before != seen

        return written

    def remember_file(self) -> None:
        """From now on the file that lies there is the right one."""
        self._opened = self._identity()

    def replaced(self) -> bool:
        """Whether another file lies, or none, where the SQLite file was when it was opened. From then on nothing writes.

        What this process would write goes to a file that nobody finds again, and what it reads is no longer true.
        """
        if self.file is not None and self._identity() != self._opened:
            self._gone = True
        return self._gone

    def _identity(self) -> tuple[int, int] | None:
        """Which file it is, whatever it is called (device and inode); None when there is none."""
        try:
            found = self.file.stat() if self.file else None
        except FileNotFoundError:
            return None
        return (found.st_dev, found.st_ino) if found else None

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _sqlite(url: Any) -> Engine:
    if url.database and url.database != ":memory:":
        folder = Path(url.database).resolve().parent
        if not folder.is_dir():
            raise Misconfigured(f"DATABASE_URL: the folder {folder} does not exist")
    # An error repeats its statement in the log; what leads wrote must not come along.
    engine = create_engine(
        url, hide_parameters=True, connect_args={"check_same_thread": False, "timeout": 30}
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # an intent must survive a power cut
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY}")
        cursor.execute("PRAGMA secure_delete=ON")  # what a person had erased must not stay in free pages
        cursor.execute(f"PRAGMA journal_size_limit={LOG_KEPT}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(db: Connection) -> None:
        # IMMEDIATE takes the write lock first: a transaction that read and then wants to write can never deadlock.
        reads = db.get_execution_options().get("outreach_reads")
        db.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _postgres(url: Any) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=10,
        max_overflow=30,
        pool_pre_ping=True,
        connect_args={"options": "-c idle_in_transaction_session_timeout=30000 -c timezone=UTC"},
    )


def _missing(url: str) -> str:
    if url.startswith("postgres"):
        return "PostgreSQL's driver is not installed: pip install 'outreach[postgres]'"
    return f"only SQLite and PostgreSQL are supported; write {_FORMS}"


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", error)).strip().splitlines()[0]
