"""The servers of all proofs, and the table: every figure, what was to be reached and what was seen."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import asdict, replace

import pytest

from tests.chaos import book
from tests.chaos.figure import Figure
from tests.chaos.scale import Scale, chosen
from tests.chaos.stage import Servers

_SHOWN = "figure"  # the name under which a figure travels from the process that ran its test to the one that writes
_ALL: list[book.Row] = []
Show = Callable[[Figure], None]
Red = Callable[[str, Figure], None]


def pytest_configure() -> None:
    """SIGTERM ends a proof as Ctrl-C does: with everything that it has started."""
    signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGINT))


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """PostgreSQL and Redis that can be stopped in the worst way."""
    made = Servers()
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgres"])
def house(request: pytest.FixtureRequest) -> Servers | None:
    """Both ways to run: None is embedded."""
    return None if request.param == "sqlite" else request.getfixturevalue("servers")


@pytest.fixture(scope="session")
def scale() -> Scale:
    """Short, or full with CHAOS=full."""
    return chosen()


@pytest.fixture
def show(request: pytest.FixtureRequest) -> Show:
    """Take a figure into the table; it must be good."""
    began = time.monotonic()

    def take(figure: Figure) -> None:
        _take(request.node, replace(figure, seconds=time.monotonic() - began))
        assert figure.good, str(figure)

    return take


@pytest.fixture
def red(request: pytest.FixtureRequest) -> Red:
    """Take a figure without one safeguard: it must be red."""
    began = time.monotonic()

    def take(mutant: str, figure: Figure) -> None:
        seconds = time.monotonic() - began
        _take(request.node, replace(figure, name=f"without {mutant}", target="red", seconds=seconds), True)
        assert not figure.good, f"nobody misses {mutant}: {figure}"

    return take


def _take(test: pytest.Item, figure: Figure, mutant: bool = False) -> None:
    nth = sum(name == _SHOWN for name, _ in test.user_properties)
    row = book.row(chosen().name, test.name, nth, figure, mutant=mutant)
    test.user_properties.append((_SHOWN, asdict(row)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A figure that did not come to its end is a red one, and stands in the table too."""
    if call.excinfo is not None and not item.user_properties and "/test_figures.py" in item.nodeid:
        _take(item, _unfinished(item, call.excinfo, call.duration))
    return (yield)


def _unfinished(item: pytest.Item, error: pytest.ExceptionInfo[BaseException], seconds: float) -> Figure:
    words = item.name.partition("[")[0].removeprefix("test_").replace("_", " ")
    params = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    where = "SQLite" if params.get("house") == "sqlite" else "PostgreSQL and Redis"
    why = (str(error.value).splitlines() or [""])[0][:300]
    seen = f"did not come to its end: {error.typename}: {why}"
    return Figure(words, where, params.get("seed", 1), "its end", seen, good=False, seconds=seconds)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """In the process that writes: keep what a test has shown, at once."""
    if report.when != "call" and not (report.when == "setup" and report.failed):
        return
    for name, values in report.user_properties:
        if name == _SHOWN:
            _ALL.append(book.loaded(values))  # type: ignore[arg-type]
            if (
                chosen().name in book.COMMANDS
                and os.environ.get("CHAOS_WRITE")
                and not os.environ.get("PYTEST_XDIST_WORKER")
            ):
                book.keep(_ALL[-1])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests that ask for `seed` run on each seed of the scale."""
    if "seed" in metafunc.fixturenames:
        once = metafunc.definition.get_closest_marker("once") is not None
        seeds = chosen().seeds[: 1 if once else None]
        metafunc.parametrize("seed", seeds, ids=[f"seed{one}" for one in seeds])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table."""
    if _ALL:
        terminalreporter.section(f"the figures ({chosen().name})")
        terminalreporter.write_line(book.tables(_ALL))
