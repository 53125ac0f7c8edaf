"""Words on a screen or in a pipe: plain lines, tables, JSON. What leads wrote can never move a terminal's cursor."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import typer


def line(text: str = "") -> None:
    """One line of words; control characters are shown, not obeyed."""
    typer.echo(clean(text, lines=True))


def emphasis(text: str) -> None:
    """A line that stands out on a terminal."""
    typer.secho(clean(text), bold=True)


def warn(text: str) -> None:
    """A doubt, on stderr: it must not get into somebody's pipe."""
    typer.secho(f"warning: {clean(text)}", fg="yellow", err=True)


def data(value: Any) -> None:
    """A value as JSON: times in ISO 8601 UTC, names as in the code."""
    typer.echo(as_json(value))


def as_json(value: Any) -> str:
    """The same as text."""
    return json.dumps(_json(value), indent=2, ensure_ascii=False)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Aligned columns: drawn on a terminal, plain lines otherwise. No rows: nothing."""
    shown = [[clean(_cell(value)) for value in row] for row in rows]
    if not shown:
        return
    if sys.stdout.isatty():
        _drawn(columns, shown)
        return
    widths = [max(len(row[n]) for row in [list(columns), *shown]) for n in range(len(columns))]
    for row in [[name.upper() for name in columns], *shown]:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def clean(text: str, *, lines: bool = False) -> str:
    """The text without anything a terminal would obey: escape sequences, cursor moves, direction marks."""
    return "".join(
        char
        if char.isprintable() or (lines and char == "\n")
        else " "
        if char in "\n\t"
        else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )


def number(count: int, one: str, many: str = "") -> str:
    """ "1 lead", "3 leads"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _drawn(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(*columns, box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))  # Text: brackets that leads wrote are no markup
    Console().print(drawn)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value.value if isinstance(value, Enum) else str(value)


def _json(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case Path() | ZoneInfo():
            return str(value)
        case Mapping():
            return {str(_json(key)): _json(one) for key, one in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_json(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _json(getattr(value, field.name)) for field in fields(value)}
    return value
