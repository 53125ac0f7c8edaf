"""A mail server that is real, the little theatre, and somebody who reads the mail."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from outreach.engine.mailbox import follow
from outreach.inbox.mailbox import mailboxes
from outreach.store.database import Store
from tests.dovecot.server import MISSING, Dovecot, program
from tests.world import World


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """One server for all tests; each test is a user of its own. Missing, it fails: a skipped check says nothing."""
    if program() is None:
        pytest.fail(MISSING)
    # Not below pytest's own folder, which only its owner may enter: the server's users are not ours.
    with tempfile.TemporaryDirectory(prefix="outreach-dovecot-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        server = Dovecot(Path(name))
        server.start()
        yield server
        server.stop()


@pytest.fixture
def world(tmp_path: Path, sqlite_url: str) -> Iterator[World]:
    """The little theatre, embedded."""
    store = Store.open(sqlite_url)
    try:
        with World(tmp_path, store, None) as theatre:
            yield theatre
    finally:
        store.close()


@contextmanager
def reading(world: World, url: str) -> Iterator[threading.Thread]:
    """Somebody follows this mailbox as long as the block lasts."""
    [box] = mailboxes(url)
    done = threading.Event()
    thread = threading.Thread(target=follow, args=(world.house, box, done), name="postman")
    thread.start()
    try:
        yield thread
    finally:
        done.set()
        thread.join(20)
        assert not thread.is_alive()
