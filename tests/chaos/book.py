"""The book of what was measured: docs/reliability.json, one row a figure, and the tables of docs/reliability.md made of it.

A row is written the moment its figure is known, so that a run of hours that is interrupted keeps what it has; it takes
the place of the row that the same test left before. Rows of the full version go before those of the short one.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from tests.chaos.figure import Figure

DOCS: Final = Path(__file__).parents[2] / "docs"
BOOK, PAGE = DOCS / "reliability.json", DOCS / "reliability.md"
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"
COMMANDS: Final = {"full": "make chaos-full", "short": "make chaos WRITE=1"}
_TITLES: Final = {
    "full": "True times and large numbers",
    "short": "Short: times scaled down by settings, small numbers",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as it was measured. `test` and `nth` say where it comes from."""

    scale: str
    test: str
    nth: int
    mutant: bool
    figure: Figure
    day: str
    machine: str

    @property
    def key(self) -> tuple[str, str, int]:
        """What a later run of the same test replaces."""
        return self.scale, self.test, self.nth


def row(scale: str, test: str, nth: int, figure: Figure, *, mutant: bool = False) -> Row:
    """A figure, measured today on this machine."""
    day = time.strftime("%Y-%m-%d", time.gmtime())
    return Row(scale, test, nth, mutant, figure, day, machine())


def machine() -> str:
    """What it was measured on."""
    python = ".".join(map(str, sys.version_info[:3]))
    return f"{os.cpu_count()} cores {platform.machine()}, {platform.system()}, Python {python}"


def read(path: Path = BOOK) -> list[Row]:
    """Every row, in the order in which they were first written."""
    return [loaded(one) for one in json.loads(path.read_text())] if path.exists() else []


def loaded(values: Mapping[str, Any]) -> Row:
    """A row from its values, as `asdict` tells them."""
    return Row(**{**values, "figure": Figure(**values["figure"])})


def keep(new: Row, *, book: Path = BOOK, page: Path = PAGE) -> None:
    """Write a row into the book, whole or not at all, and the tables of the page anew."""
    rows = read(book)
    places = {one.key: place for place, one in enumerate(rows)}
    if new.key in places:
        rows[places[new.key]] = new
    else:
        rows.append(new)
    _write(book, json.dumps([asdict(one) for one in rows], indent=1) + "\n")
    _write(page, with_tables(page.read_text(), rows))


def with_tables(text: str, rows: Iterable[Row]) -> str:
    """A page with these rows between its marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{tables(rows)}\n{END}{after}"


def tables(rows: Iterable[Row]) -> str:
    """Markdown: a table of figures and one of mutants, for each version and machine."""
    groups: dict[tuple[str, bool, str], list[Row]] = {}
    for one in rows:
        groups.setdefault((one.scale, one.mutant, one.machine), []).append(one)
    order = sorted(groups, key=lambda group: (group[0] != "full", group[1]))
    return "\n\n".join(_table(*group, groups[group]) for group in order) or "Nothing yet."


def _table(scale: str, mutant: bool, where: str, rows: list[Row]) -> str:
    title = _TITLES.get(scale, scale) + ("; one safeguard taken away" if mutant else "")
    lines = [f"**{title}.** `{COMMANDS.get(scale, scale)}`, {where}.", ""]
    lines += ["| figure | where | seed | target | seen | | s | day |", "|---|---|---|---|---|---|---|---|"]
    return "\n".join(lines + [_line(one) for one in rows])


def _line(one: Row) -> str:
    figure = one.figure
    cells: Mapping[bool, str] = {True: "good", False: "**RED**"}
    if one.mutant:
        cells = {True: "**NOBODY NOTICED**", False: "red, as it must be"}
    seen = figure.seen.replace("|", "/").replace("\n", " ")
    return (
        f"| {figure.name} | {figure.where} | {figure.seed} | {figure.target} | {seen} | {cells[figure.good]} | "
        f"{figure.seconds:.0f} | {one.day} |"
    )


def _write(path: Path, text: str) -> None:
    half = path.with_name(f"{path.name}.half")
    half.write_text(text)
    half.replace(path)


if __name__ == "__main__":
    _write(PAGE, with_tables(PAGE.read_text(), read()))
