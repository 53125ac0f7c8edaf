"""Storms: when failures of a provider are so many that asking it again only makes it worse.

The tally is kept in the memory of each process: counting must cost nothing. What it finds is written down, for all.
"""

from __future__ import annotations

import threading
from collections import deque
from datetime import datetime, timedelta
from typing import Final

ROW: Final = 5  # failures one after the other
LATEST: Final = 20  # answers looked at,
HALF: Final = 10  # and how many of them may not have failed
SPAN: Final = timedelta(seconds=60)  # within which all that must have happened, in real time
FIRST: Final = timedelta(
    seconds=15
)  # how long a breaker stays open the first time; then twice as long, each time
LONGEST: Final = timedelta(minutes=15)
LONGEST_ASKED: Final = timedelta(hours=1)  # however long a provider asks us to stay away


class Storms:
    """The latest answers by name. Safe to share between threads."""

    def __init__(self) -> None:
        self._answers: dict[str, deque[tuple[datetime, bool]]] = {}
        self._turn = threading.Lock()

    def note(self, name: str, at: datetime, *, failed: bool, span: timedelta = SPAN) -> str:
        """Note one answer (UTC); returns what storm it completes, in words, and forgets it; empty when there is none."""
        with self._turn:
            answers = self._answers.setdefault(name, deque(maxlen=LATEST))
            answers.append((at, failed))
            if not failed:
                return ""
            recent = [bad for when, bad in answers if when > at - span]
            storm = _storm(recent)
            if storm:
                answers.clear()
            return storm

    def forget(self, ending: str) -> None:
        """Forget what was noted under all names with this ending."""
        with self._turn:
            for name in [name for name in self._answers if name.endswith(ending)]:
                del self._answers[name]


def _storm(recent: list[bool]) -> str:
    if len(recent) >= ROW and all(recent[-ROW:]):
        return f"{ROW} failures in a row"
    if len(recent) == LATEST and sum(recent) >= HALF:
        return f"{sum(recent)} of the last {LATEST} answers were failures"
    return ""


def stays_open(openings: int, asked: timedelta | None, chance: float) -> timedelta:
    """How long a breaker stays open in real time: longer each time, jittered, and at least as long as the provider asks."""
    grown: timedelta = min(FIRST * int(2 ** min(openings - 1, 20)), LONGEST)
    return max(grown, min(asked or timedelta(), LONGEST_ASKED)) * (1 + chance / 4)
