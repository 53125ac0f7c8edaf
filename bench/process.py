"""A process of ours or beside us, and what families of them use: processor time and memory."""

from __future__ import annotations

import re
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import psutil  # type: ignore[import-untyped]

PATIENCE: Final = (
    60.0  # seconds a process may take to be ready, on a machine that is busy with something else
)
_SAMPLE: Final = 1.0  # seconds between two looks at memory: each one walks through the pages of a process
Family = Sequence[psutil.Process]


class Process:
    """What it says goes to a file. Ended by its own id when the stage is struck."""

    def __init__(self, name: str, command: list[str], env: Mapping[str, str], folder: Path) -> None:
        self.name, self.said = name, folder / f"{name}.log"
        with self.said.open("wb") as log:
            self._process = subprocess.Popen(
                command, env=dict(env), cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self.usage = psutil.Process(self._process.pid)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def until(self, words: str, patience: float = PATIENCE) -> str:
        """Wait until it has said something that matches; returns the match."""
        found: list[str] = []

        def heard() -> bool:
            if match := re.search(words, self.said.read_text()):
                found.append(match[0])
            elif self._process.poll() is not None:
                raise RuntimeError(f"{self.name} ended:\n{self.said.read_text()}")
            return match is not None

        wait_until(heard, f"{self.name} never said {words!r}", patience)
        return found[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, e: BaseException | None, t: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ask it to end, and make it end when it does not."""
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Meter:
    """What named families of processes use while it is open, each with all its children."""

    def __init__(self, **families: Family) -> None:
        self._families = families
        self._over = threading.Event()
        self._sampler = threading.Thread(target=self._sample, name="meter", daemon=True)
        self._before: dict[str, float] = {}
        self.cpu: dict[str, float] = {}  # seconds of processor time, by family
        self.memory: dict[str, float] = {}  # the most at one time, in MB, by family

    def look(self) -> float:
        """The memory of all families at this moment, in MB; the most of each family is kept."""
        now = {name: memory(family) for name, family in self._families.items()}
        self.memory = {name: max(now[name], self.memory.get(name, 0.0)) for name in now}
        return sum(now.values())

    def __enter__(self) -> Self:
        self._before = {name: cpu(family) for name, family in self._families.items()}
        self._sampler.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cpu = {name: cpu(family) - self._before[name] for name, family in self._families.items()}
        self._over.set()
        self._sampler.join()

    def _sample(self) -> None:
        while True:
            self.look()
            if self._over.wait(_SAMPLE):
                return


def cpu(family: Family) -> float:
    """Seconds of processor time used so far, children included, also those that have ended."""
    return sum(sum(one.cpu_times()[:4]) for one in _all(family))


def memory(family: Family) -> float:
    """Memory in MB; what processes share (PostgreSQL's buffers) is counted once."""
    total = 0
    for one in _all(family):
        try:
            full = one.memory_full_info()
        except psutil.NoSuchProcess:
            continue  # a server's child that has just ended
        total += getattr(full, "pss", full.uss)
    return total / 1e6


def _all(family: Family) -> Iterable[psutil.Process]:
    return [one for parent in family for one in (parent, *parent.children(recursive=True))]


def wait_until(ready: Callable[[], bool], complaint: str, patience: float = PATIENCE) -> None:
    """Ask until it is so. Raises TimeoutError."""
    limit = time.monotonic() + patience
    while not ready():
        if time.monotonic() > limit:
            raise TimeoutError(complaint)
        time.sleep(0.02)
