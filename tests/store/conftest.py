"""A store over either database, and one over PostgreSQL only."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from outreach.store.database import Store


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An open store, empty; the test runs over both databases."""
    opened = Store.open(store_url)
    yield opened
    opened.close()


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[Store]:
    """An open store over PostgreSQL, empty."""
    opened = Store.open(postgres_url)
    yield opened
    opened.close()
