"""The figures as a page: docs/performance.md is this, with the words around it kept."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from bench.latency import Latency
from bench.stage import ROOT
from bench.starting import Start
from bench.throughput import Throughput

PAGE: Final = ROOT / "docs" / "performance.md"
BEGIN: Final = "<!-- figures: written by `make bench`, do not edit -->"
END: Final = "<!-- end of figures -->"
MEDIAN, P99 = 250, 1000  # milliseconds from commit to accept: what we promise


def latency(found: Iterable[Latency]) -> str:
    """From the enrollment's commit to the vendor's yes."""
    rows = [
        (one.mode, str(one.count), _held(one.median, MEDIAN), _held(one.p99, P99), f"{one.worst:.0f}")
        for one in found
    ]
    targets = ("target", "", f"{MEDIAN} or less", f"{P99} or less", "")
    return _table(("from commit to accept, ms", "enrollments", "median", "p99", "worst"), [*rows, targets])


def starts(found: Iterable[Start]) -> str:
    """Whole commands."""
    rows = [
        (f"`{s.command}`", s.mode, _held(s.seconds, s.most, 2), f"{s.most} or less", f"{s.cpu:.2f}")
        for s in found
    ]
    return _table(("command, s", "mode", "median of 5", "target", "CPU"), rows)


def throughput(found: Sequence[Throughput]) -> str:
    """Texts due at once; each of ours is followed by the bare client in the same run, and compared with it."""
    rows = []
    for ours, bare in zip(found[::2], found[1::2], strict=True):
        rows += [_load(ours, bare), _load(bare, bare)]
    head = (
        "texts due at once",
        "count",
        "touches/s",
        "ratio",
        "last 1 %, s",
        "CPU ms each",
        "ratio",
        "clock",
        "servers",
        "vendor",
    )
    return _table(head, rows)


def write(sections: Iterable[str], command: str) -> None:
    """Put the figures, the command, the date and the machine into the page."""
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    machine += f", load average {os.getloadavg()[2]:.1f}"  # an idle machine would show 1 or 2
    said = f"`{command}` on {datetime.now(UTC):%Y-%m-%d}: {machine}."
    text = PAGE.read_text()
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    PAGE.write_text("\n\n".join([before + BEGIN, said, *sections, END]) + after)


def _load(one: Throughput, bare: Throughput) -> tuple[str, ...]:
    return (
        one.what,
        f"{one.count:,}",
        f"{one.rate:,.0f}",
        f"{one.rate / bare.rate:.2f}",
        f"{one.tail:.1f}",
        f"{one.ours:.2f}",
        f"{one.ours / bare.ours:.1f}",
        f"{one.clock:.2f}",
        f"{one.servers:.2f}",
        f"{one.vendor:.2f}",
    )


def _held(value: float, most: float, digits: int = 0) -> str:
    return f"{value:.{digits}f}" + ("" if value <= most else " (missed)")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    wide = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, wide, strict=True)) + " |"
        for line in lines
    )
