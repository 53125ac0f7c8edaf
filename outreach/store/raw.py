"""Statements of the hot path as text, run on the driver's own cursor: a lane asks twenty of them.

SQLAlchemy's Core costs 100 to 250 microseconds a statement (building it, its cache key, its result), which for a lane of
sixteen touches is more than everything else together. These cost a tenth of that. Only what a worker asks for every
touch is here (and in bulk.py, which writes); all else is Core. Each statement is written once for both databases:

    :name        a value; datetimes and lists are turned into what the driver takes
    IN :name     one of a list: `= ANY(...)` on PostgreSQL, `IN (SELECT value FROM json_each(...))` on SQLite
    {share} {update} {skip}   FOR SHARE, FOR UPDATE, FOR UPDATE SKIP LOCKED; nothing on SQLite, which has one writer
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from outreach.store.bulk import text_of

_WORDS = {"share": "FOR SHARE", "update": "FOR UPDATE", "skip": "FOR UPDATE SKIP LOCKED"}
# How a statement is written for each way of locking its rows.
LOCKS: dict[str | None, str] = {None: "", "share": "{share}", "update": "{update}"}
_PARAMETER = re.compile(r"(?<!:):([a-z_]+)")


class Query:
    """One statement, in the words of both drivers. PostgreSQL prepares it by itself after a few uses."""

    def __init__(self, sql: str) -> None:
        sql = " ".join(sql.split())
        plain = sql.format(**dict.fromkeys(_WORDS, ""))
        self._sqlite = re.sub(r"\bIN :([a-z_]+)", r"IN (SELECT value FROM json_each(:\1))", plain)
        locked = re.sub(r"\bIN :([a-z_]+)", r"= ANY(:\1)", sql.format(**_WORDS))
        self._postgres = _PARAMETER.sub(r"%(\1)s", locked.replace("%", "%%"))

    def rows(self, db: Connection, **values: Any) -> list[tuple[Any, ...]]:
        """What the statement finds."""
        cursor = self._run(db, values)
        found = cursor.fetchall()
        cursor.close()
        return list(found)

    def run(self, db: Connection, **values: Any) -> int:
        """Carry it out; returns how many rows it changed."""
        cursor = self._run(db, values)
        changed = int(cursor.rowcount)
        cursor.close()
        return changed

    def _run(self, db: Connection, values: Mapping[str, Any]) -> Any:
        cursor: Any = db.connection.cursor()
        if db.dialect.name == "sqlite":
            cursor.execute(self._sqlite, {name: _for_sqlite(value) for name, value in values.items()})
        else:
            cursor.execute(self._postgres, values)
        return cursor


def instant(value: Any) -> Any:
    """A stored time as a UTC instant; None stays None."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value.astimezone(UTC) if value is not None else None


def from_json(value: Any) -> Any:
    """A stored JSON value: PostgreSQL's driver has read it already."""
    return json.loads(value) if isinstance(value, str) else value


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, datetime):
        return text_of(value)
    if isinstance(value, list):
        return json.dumps(value)
    return value
