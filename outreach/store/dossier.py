"""Every row about one person, as it is stored."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from outreach.store.personal import HELD, Subject


def rows(db: Connection, who: Subject) -> dict[str, list[dict[str, Any]]]:
    """table -> its rows about this person, column by column, in the order they were written."""
    found: dict[str, list[dict[str, Any]]] = {}
    for held in HELD:
        first = next(iter(held.table.primary_key))
        query = select(held.table).where(held.whose(who)).order_by(first)
        found[held.table.name] = [dict(row) for row in db.execute(query).mappings()]
    return found
