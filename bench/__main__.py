"""Measures and prints; `--write` also puts the figures into docs/performance.md."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Callable, Sequence

from bench import latency, report, starting, throughput
from bench.stage import Process

PARTS = ("latency", "starts", "throughput")


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"some of {', '.join(PARTS)}; all without it"
    )
    parser.add_argument("--enrollments", type=int, default=200, help="for the latency (default: 200)")
    parser.add_argument("--touches", type=int, default=5000, help="for the throughput (default: 5000)")
    parser.add_argument("--mode", choices=("embedded", "servers"), help="only one of the two ways to run")
    parser.add_argument("--write", action="store_true", help="update docs/performance.md")
    given = parser.parse_args(argv)
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    if given.write and (given.parts or given.mode):
        parser.error("--write wants all parts in both modes")
    return given


def main(argv: Sequence[str]) -> None:
    """Run the parts one after the other; each prints its table as soon as it is done."""
    given = arguments(argv)
    modes = [mode == "embedded" for mode in ("embedded", "servers") if given.mode in (None, mode)]
    parts: dict[str, Callable[[], str]] = {
        "latency": lambda: report.latency([latency.measure(given.enrollments, embedded=e) for e in modes]),
        "starts": lambda: report.starts(starting.measure()),
        "throughput": lambda: report.throughput(
            [row for e in modes for row in throughput.measure(given.touches, embedded=e, watch=_name)]
        ),
    }
    sections = []
    for name in given.parts or PARTS:
        sections.append(parts[name]())
        say(sections[-1] + "\n")
    if given.write:
        report.write(sections, shlex.join(["python", "-m", "bench", *argv]))


def _name(processes: Sequence[Process]) -> None:
    """A profiler wants to know whom to look at: `py-spy record --pid ...`."""
    sys.stderr.write("".join(f"{one.name}: pid {one.pid}\n" for one in processes))


def say(text: str) -> None:
    """To standard output, at once: the whole takes minutes."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
