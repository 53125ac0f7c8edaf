"""What a rep waits for at the prompt: whole commands, from the shell's fork to their end.

The processor time stands beside it: on a machine that is busy with something else only that can be compared.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

from bench.figure import table
from bench.stage import stage

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds of one command, and of its processor time: the medians of a few."""

    command: str
    mode: str
    seconds: float
    cpu: float
    most: float  # what it may take


def run() -> str:
    """A line for each command."""
    rows = [
        (
            f"`{one.command}`",
            one.mode,
            f"{one.seconds:.2f}",
            f"{one.most} or less",
            "held" if one.seconds <= one.most else "**missed**",
            f"{one.cpu:.2f}",
        )
        for one in measure()
    ]
    return table(("command, s", "mode", f"median of {ROUNDS}", "target", "", "CPU"), rows)


def measure() -> Iterator[Start]:
    """Time `outreach --help` and `outreach enroll` in both modes."""
    for embedded in (True, False):
        with ExitStack() as stack:
            scene = stack.enter_context(stage(embedded=embedded))
            mode = "embedded" if embedded else "PostgreSQL + Redis"
            if embedded:
                yield Start("outreach --help", "", *_medians(scene.env, lambda _: ["--help"]), 0.3)
            yield Start("outreach enroll", mode, *_medians(scene.env, _enrolling), 0.6 if embedded else 0.9)


def _enrolling(number: int) -> list[str]:
    return [
        "enroll",
        f"ada{number}@client.example",
        "mails",
        "--name",
        "Ada Moreau",
        "--company",
        "QuickCool",
    ]


def _medians(env: dict[str, str], arguments: Callable[[int], list[str]]) -> tuple[float, float]:
    times: list[tuple[float, float]] = []
    for number in range(ROUNDS + 1):
        command = [sys.executable, "-m", "outreach", *arguments(number)]
        began, used = time.perf_counter(), _used()
        subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
        times.append((time.perf_counter() - began, _used() - used))
    walls, cpus = zip(*times[1:], strict=True)  # the first one reads the files from the disk
    return median(walls), median(cpus)


def _used() -> float:
    """Processor time of the commands that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime
