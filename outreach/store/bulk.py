"""Many rows written by one statement: those of a lane would otherwise cost a hundred.

PostgreSQL is handed all rows as one JSON value, which is one execution instead of one for each row; SQLite's driver
loops over them in C. A statement is written once for both, with `{name}` for a value of the row:

    UPDATE caps SET used = {used} WHERE caps.key = {key}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from sqlalchemy import JSON, Connection, Table

from outreach.store.schema import Instant

_VALUE: Final = re.compile(r"\{(\w+)\}")
_GUARD: Final = "b_revision"  # the revision that was read: only exactly that one is written over


class Bulk:
    """One statement for many rows of `table`."""

    def __init__(self, table: Table, sql: str) -> None:
        sql = " ".join(sql.split())
        self._order = _VALUE.findall(sql)
        self._table, self._sql = table, sql
        columns = {name: table.c[name].type for name in dict.fromkeys(self._order) if name in table.c}
        self._sqlite = _VALUE.sub("?", sql)
        self._converted = [(name, _converter(columns.get(name))) for name in self._order]
        self._postgres = ""

    @classmethod
    def insert(cls, table: Table, names: Iterable[str], *, unless_there: bool = False) -> Bulk:
        """New rows. `unless_there`: those whose unique key is taken are left out."""
        wanted = list(names)
        columns, values = ", ".join(f'"{n}"' for n in wanted), ", ".join(f"{{{n}}}" for n in wanted)
        conflict = " ON CONFLICT DO NOTHING" if unless_there else ""
        return cls(table, f"INSERT INTO {table.name} ({columns}) VALUES ({values}){conflict}")

    @classmethod
    def guarded(cls, table: Table, names: Iterable[str], *, also: str = "") -> Bulk:
        """Rows written over exactly the revision that was read, `b_revision` of the row."""
        sets = ", ".join(f'"{name}" = {{{name}}}' for name in names) + (f", {also}" if also else "")
        where = f"{table.name}.id = {{id}} AND {table.name}.revision = {{{_GUARD}}}"
        return cls(table, f"UPDATE {table.name} SET {sets} WHERE {where}")

    def write(self, db: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
        """Carry it out for each row; returns how many rows it changed in all."""
        if not rows:
            return 0
        cursor: Any = db.connection.cursor()
        if db.dialect.name == "sqlite":
            cursor.executemany(self._sqlite, [self._tuple(row) for row in rows])
        else:
            self._postgres = self._postgres or self._for_postgres(db)
            cursor.execute(self._postgres, {"rows": _encoded(rows)})
        changed = int(cursor.rowcount)
        cursor.close()
        return changed

    def _tuple(self, row: Mapping[str, Any]) -> list[Any]:
        return [convert(row[name]) if convert else row[name] for name, convert in self._converted]

    def _for_postgres(self, db: Connection) -> str:
        names = dict.fromkeys(self._order)
        kinds = ", ".join(f'"{name}" {self._kind(name, db)}' for name in names)
        rows = f"json_to_recordset(%(rows)s::json) AS r({kinds})"
        sql = self._sql.replace("%", "%%")
        if sql.startswith("INSERT"):
            head, _, tail = sql.partition(" VALUES (")
            values, _, rest = tail.partition(")")
            sql = f"{head} SELECT {values} FROM {rows}{rest}"
        else:
            head, where, rest = sql.rpartition(" WHERE ")
            sql = f"{head} FROM {rows}{where}{rest}"
        return _VALUE.sub(r'r."\1"', sql)

    def _kind(self, name: str, db: Connection) -> str:
        return "integer" if name == _GUARD else self._table.c[name].type.compile(db.dialect)


def text_of(moment: datetime | None) -> str | None:
    """An instant as SQLite keeps it: UTC, of fixed width, so that it sorts."""
    if moment is None:
        return None
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return utc.isoformat(" ", "microseconds")[:26]


def _converter(kind: Any) -> Callable[[Any], Any] | None:
    """How a value of this type is handed to SQLite; None: as it is."""
    if isinstance(kind, Instant):
        return text_of
    return _text_of_json if isinstance(kind, JSON) else None


def _text_of_json(value: Any) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def _encoded(rows: Sequence[Mapping[str, Any]]) -> str:
    # PostgreSQL keeps no NUL in a text; what a vendor or a lead wrote must not void its neighbours for one.
    return msgspec.json.encode(rows).decode().replace("\\u0000", "\\ufffd")
