"""Each promise is held twice: embedded (SQLite, bell in memory) and on many machines' terms (PostgreSQL, Redis)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach.store.database import Store
from tests.world import KEY, World


@pytest.fixture(params=["embedded", "many machines"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """The little theatre."""
    if request.param == "embedded":
        url, redis_url = request.getfixturevalue("sqlite_url"), None
    else:
        url, redis_url = request.getfixturevalue("postgres_url"), request.getfixturevalue("redis_url")
    store = Store.open(url, KEY)
    try:
        with World(tmp_path, store, redis_url) as theatre:
            yield theatre
    finally:
        store.close()
