"""INSERT that does nothing, or updates, when the row is there: both databases say it alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table


def ignore(db: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows that are not there yet; returns how many were new."""
    if not rows:
        return 0
    # Many parameter sets, because a VALUES list as long as the rows would be compiled anew every time. RETURNING,
    # because a driver's row count may be -1 for "not known", which must never pass for "it was new".
    statement = _insert(db, table).on_conflict_do_nothing().returning(*table.primary_key)
    return len(db.execute(statement, [dict(row) for row in rows]).all())


def put(db: Connection, table: Table, row: Mapping[str, Any], *, key: str) -> None:
    """Insert the row, or update the one with the same `key` column."""
    changed = {name: value for name, value in row.items() if name != key}
    db.execute(_insert(db, table).values(dict(row)).on_conflict_do_update(index_elements=[key], set_=changed))


def _insert(db: Connection, table: Table) -> Any:
    if db.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert  # 40 ms, which an embedded `enroll` need not pay

        return insert(table)
    from sqlalchemy.dialects.sqlite import insert as insert_lite

    return insert_lite(table)
