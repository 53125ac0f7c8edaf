"""Business time of the demo: it flows while everybody waits, and stands still while anything is on its way.

So weeks pass in seconds, nothing is ever late because a machine is slow, and two runs are alike.
"""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic, sleep


@dataclass(eq=False, slots=True)
class _Waiting:
    """Somebody in an event loop who waits for a business instant."""

    until: datetime
    loop: asyncio.AbstractEventLoop
    woken: asyncio.Future[None]


class DemoClock:
    """A clock that only `flow` moves, at a pace that can be watched.

    From one instant to the next it takes at least `breath` real seconds, and `pace` for each business second between.
    """

    def __init__(self, start: datetime, *, breath: float, pace: float) -> None:
        self._breath, self._pace = breath, pace
        self._from, self._until = start, start
        self._left = self._arrives = monotonic()
        self._lock = threading.Lock()
        self._waiting: list[_Waiting] = []

    def __call__(self) -> datetime:
        """The business time (UTC)."""
        with self._lock:
            span, gone = self._arrives - self._left, monotonic() - self._left
            if span <= 0 or gone >= span:
                return self._until
            return self._from + (self._until - self._from) * (gone / span)

    def flow(self, until: datetime) -> None:
        """Let time pass until an instant (UTC), and not beyond; then wake whoever waited for it.

        What was done since the last instant counts: whoever is behind the pace does not wait.
        """
        with self._lock:
            arrived, self._left = self._arrives, monotonic()
            self._from, self._until = self._until, until
            self._arrives = arrived + self._breath + (until - self._from).total_seconds() * self._pace
        sleep(max(0.0, self._arrives - self._left))
        with self._lock:
            self._left = self._arrives = monotonic()  # arrived: it stands
        self._wake(until)

    async def wait(self, seconds: float) -> None:
        """Wait so many business seconds, from any event loop."""
        if seconds <= 0:
            return
        loop = asyncio.get_running_loop()
        one = _Waiting(self() + timedelta(seconds=seconds), loop, loop.create_future())
        with self._lock:
            self._waiting.append(one)
        await one.woken

    def alarms(self) -> list[datetime]:
        """The instants for which somebody waits."""
        with self._lock:
            return [one.until for one in self._waiting]

    def _wake(self, now: datetime) -> None:
        with self._lock:
            woken = [one for one in self._waiting if one.until <= now]
            self._waiting = [one for one in self._waiting if one.until > now]
        for one in woken:
            one.loop.call_soon_threadsafe(_set, one.woken)


def _set(future: asyncio.Future[None]) -> None:
    if not future.done():  # cancelled when the demo ends first
        future.set_result(None)
