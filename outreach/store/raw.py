"""Statements of the hot path as text, run on the driver's own cursor: a lane asks twenty of them.

SQLAlchemy's Core costs 100 to 250 microseconds a statement (building it, its cache key, its result), which for a lane of
sixteen touches is more than everything else together. These cost a tenth of that. Only what a worker asks for every
touch is here; all else is Core. Each statement is written once for both databases:

    :name        a value; datetimes, lists of numbers and JSON are turned into what the driver takes
    IN :name     one of a list: `= ANY(...)` on PostgreSQL, `IN (SELECT value FROM json_each(...))` on SQLite
    {share} {update} {skip}   FOR SHARE, FOR UPDATE, FOR UPDATE SKIP LOCKED; nothing on SQLite, which has one writer
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

_WORDS = {"share": "FOR SHARE", "update": "FOR UPDATE", "skip": "FOR UPDATE SKIP LOCKED"}
# How a statement is written for each way of locking its rows.
LOCKS: dict[str | None, str] = {None: "", "share": "{share}", "update": "{update}"}
_PARAMETER = re.compile(r"(?<!:):([a-z_]+)")
_FORMAT = "%Y-%m-%d %H:%M:%S.%f"


class Json:
    """Marks a value that is stored as JSON."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


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

    def each(self, db: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
        """Carry it out for each row (on PostgreSQL in one round trip); returns how many rows it changed in all."""
        if not rows:
            return 0
        sqlite = db.dialect.name == "sqlite"
        convert = _for_sqlite if sqlite else _for_postgres
        cursor: Any = db.connection.cursor()
        cursor.executemany(self._sqlite if sqlite else self._postgres, [_all(row, convert) for row in rows])
        changed = int(cursor.rowcount)
        cursor.close()
        return changed

    def _run(self, db: Connection, values: Mapping[str, Any]) -> Any:
        cursor: Any = db.connection.cursor()
        if db.dialect.name == "sqlite":
            cursor.execute(self._sqlite, _all(values, _for_sqlite))
        else:
            cursor.execute(self._postgres, _all(values, _for_postgres))
        return cursor


def instant(value: Any) -> Any:
    """A stored time as a UTC instant; None stays None."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value.astimezone(UTC) if value is not None else None


def from_json(value: Any) -> Any:
    """A stored JSON value: PostgreSQL's driver has read it already."""
    return json.loads(value) if isinstance(value, str) else value


def _all(values: Mapping[str, Any], convert: Any) -> dict[str, Any]:
    return {name: convert(value) for name, value in values.items()}


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(_FORMAT)
    if isinstance(value, Json):
        return json.dumps(value.value)
    if isinstance(value, list):
        return json.dumps(value)
    return value


def _for_postgres(value: Any) -> Any:
    if isinstance(value, Json):
        from psycopg.types.json import Json as Written

        return Written(value.value)
    return value
