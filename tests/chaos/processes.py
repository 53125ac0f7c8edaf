"""Processes that are started to be killed. Only those started here, and only by their number."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_PATIENCE = 60.0  # seconds a process may take to say that it is ready: the machine may be busy


def wait_until(ready: Callable[[], bool], complaint: Callable[[], str], patience: float = _PATIENCE) -> None:
    """Ask again and again until it is so. Raises TimeoutError with the complaint."""
    limit = time.monotonic() + patience
    while not ready():
        if time.monotonic() > limit:
            raise TimeoutError(complaint())
        time.sleep(0.02)


class Process:
    """One process of the house. What it says is kept in a file, which outlives it."""

    def __init__(
        self, name: str, command: Sequence[str], env: Mapping[str, str], folder: Path, ready: str = ""
    ) -> None:
        self.name, self.said, self._ready = name, folder / f"{name}.log", ready
        with self.said.open("ab") as log:
            self._from = log.tell()
            self._process = subprocess.Popen(
                list(command),
                env=dict(env),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs (or is frozen)."""
        return self._process.poll() is None

    @property
    def code(self) -> int | None:
        """What it ended with; None while it runs."""
        return self._process.poll()

    @property
    def started(self) -> bool:
        """Whether it has said the words that mean it is ready."""
        return self.heard(self._ready) is not None

    @property
    def frozen(self) -> bool:
        """Whether it has stopped itself, or was."""
        with contextlib.suppress(OSError):
            return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"
        return False

    def heard(self, words: str) -> re.Match[str] | None:
        """What it said that matches, if it did."""
        with self.said.open("rb") as log:
            log.seek(self._from)
            return re.search(words, log.read().decode("utf-8", "replace"))

    def until_ready(self) -> None:
        """Wait for its words. Raises RuntimeError when it ends before."""

        def ready() -> bool:
            if not self.alive:
                raise RuntimeError(f"{self.name} ended at its start:\n{self.tail()}")
            return self.started

        wait_until(ready, lambda: f"{self.name} did not begin:\n{self.tail()}")

    def kill(self) -> None:
        """SIGKILL: no goodbye."""
        if self.alive:
            self._process.kill()
        self._process.wait()

    def freeze(self) -> None:
        """SIGSTOP."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT."""
        os.kill(self.pid, signal.SIGCONT)

    @property
    def events(self) -> int:
        """How many events it has logged since it began; the lines of a traceback are one."""
        with self.said.open("rb") as log:
            log.seek(self._from)
            return len(re.findall(rb"^(?:\{|(?:WARNING|ERROR|CRITICAL):)", log.read(), re.MULTILINE))

    def ask_to_end(self) -> None:
        """SIGTERM, and no waiting."""
        if self.alive:
            self._process.terminate()

    def ended(self, patience: float) -> int | None:
        """Its exit code, as soon as it has one; None, and SIGKILL, when that takes too long."""
        try:
            return self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self.kill()
            return None

    def end(self, patience: float = 20.0) -> None:
        """SIGTERM, and SIGKILL if it does not come to an end."""
        self.ask_to_end()
        self.ended(patience)

    def tail(self, size: int = 3000) -> str:
        """The last it said."""
        return self.said.read_text(errors="replace")[-size:]
