"""An error of the database says which statement failed, and nothing of what was to be stored."""

from __future__ import annotations

import traceback

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from outreach.store.database import Store


def test_a_failed_statement_does_not_repeat_its_values(store_url: str) -> None:
    """Tracebacks go to logs, and logs go everywhere."""
    store = Store.open(store_url)
    values = {"body": "Call me, ada@client.example"}
    with pytest.raises(DBAPIError) as caught, store.begin() as db:
        db.execute(text("INSERT INTO nowhere (body) VALUES (:body)"), values)
    told = "".join(traceback.format_exception(caught.value))
    assert "INSERT INTO nowhere" in told
    assert "ada@client.example" not in told
    store.close()
