"""INSERT that does nothing, or updates, when the row is there: both databases say it alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

_CHUNK = 500  # SQLite takes at most 32,766 parameters in a statement


def ignore(db: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows that are not there yet; returns how many were new."""
    added = 0
    for start in range(0, len(rows), _CHUNK):
        chunk = list(rows[start : start + _CHUNK])
        # RETURNING, because a driver's row count may be -1 for "not known", which must not pass for "it was new".
        statement = _insert(db, table).values(chunk).on_conflict_do_nothing()
        added += len(db.execute(statement.returning(*table.primary_key)).all())
    return added


def put(db: Connection, table: Table, row: Mapping[str, Any], *, key: str) -> None:
    """Insert the row, or update the one with the same `key` column."""
    changed = {name: value for name, value in row.items() if name != key}
    db.execute(_insert(db, table).values(dict(row)).on_conflict_do_update(index_elements=[key], set_=changed))


def _insert(db: Connection, table: Table) -> Any:
    return postgresql.insert(table) if db.dialect.name == "postgresql" else sqlite.insert(table)
