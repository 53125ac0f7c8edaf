"""The servers of all proofs, and the table at the end: every figure, what was to be reached and what was seen."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.chaos.figure import Figure, table
from tests.chaos.scale import Scale, chosen
from tests.chaos.stage import ROOT, Servers

_BEGIN, _END = "<!-- figures -->", "<!-- /figures -->"
_FIGURES: list[Figure] = []
_MUTANTS: list[Figure] = []
Show = Callable[[Figure], None]


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """PostgreSQL and Redis that can be stopped in the worst way."""
    made = Servers()
    yield made
    made.close()


@pytest.fixture(params=["SQLite", "PostgreSQL and Redis"])
def house(request: pytest.FixtureRequest) -> Servers | None:
    """Both ways to run: None is embedded."""
    return None if request.param == "SQLite" else request.getfixturevalue("servers")


@pytest.fixture(scope="session")
def scale() -> Scale:
    """Short, or full with CHAOS=full."""
    return chosen()


@pytest.fixture
def show() -> Show:
    """Take a figure into the table; it must be good."""
    began = time.monotonic()

    def take(figure: Figure) -> None:
        _FIGURES.append(replace(figure, seconds=time.monotonic() - began))
        assert figure.good, str(figure)

    return take


@pytest.fixture
def red() -> Callable[[str, Figure], None]:
    """Take a figure without one safeguard: it must be red."""
    began = time.monotonic()

    def take(mutant: str, figure: Figure) -> None:
        _MUTANTS.append(
            replace(figure, name=f"without {mutant}", target="red", seconds=time.monotonic() - began)
        )
        assert not figure.good, f"nobody misses {mutant}: {figure}"

    return take


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests that ask for `seed` run on each seed of the scale."""
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", chosen().seeds)


def _write(page: Path) -> None:
    """Put the tables between the marks of the page, with what they were measured on."""
    before, _, rest = page.read_text().partition(_BEGIN)
    _, _, after = rest.partition(_END)
    command = "make chaos-full" if chosen().name == "full" else "make chaos"
    where = f"`{command}`, {time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}."
    tables = f"{where}\n\n{table(_FIGURES)}\n\n{table(_MUTANTS, red=True)}"
    page.write_text(f"{before}{_BEGIN}\n{tables}\n{_END}{after}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table."""
    if _FIGURES or _MUTANTS:
        terminalreporter.section(
            f"the figures ({chosen().name}, {platform.machine()}, Python {platform.python_version()})"
        )
        terminalreporter.write_line(table(_FIGURES))
        if _MUTANTS:
            terminalreporter.section("one safeguard taken away")
            terminalreporter.write_line(table(_MUTANTS, red=True))
    if _MUTANTS and _FIGURES and (chosen().name == "full" or os.environ.get("CHAOS") == "write"):
        _write(ROOT / "docs" / "reliability.md")
