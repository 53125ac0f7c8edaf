"""Holds a call to its limits: it does not begin after its deadline, and no server can make it last longer than agreed.

A socket timeout bounds one read, not a call: a server that drips a byte now and then would hold a worker for ever.
So one thread per process watches all calls and shuts a socket down when its time is over. Only the system's own name
lookup is not bounded by it (resolv.conf is); a call that waited there too long finds its deadline passed.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import socket
import threading
from types import TracebackType
from typing import Final, Self

from outreach.domain.errors import ProviderError, TooLate, Unavailable, Uncertain
from outreach.providers.base import machine_time

_REST: Final = 60.0  # the watching thread goes home after this many seconds without a call


class Call:
    """One call to a provider: `deadline` (machine time) for its first byte, `seconds` for the whole of it.

    `begun` tells whether a byte of the message may have left: it decides between Unavailable and Uncertain.
    `cut` tells that the watch ended it: what was read until then is not an answer.
    """

    def __init__(self, *, deadline: float | None, seconds: float) -> None:
        self.deadline = deadline
        self.end = machine_time() + seconds
        self.begun = False
        self.cut = False
        self.done = False
        self._lock = threading.Lock()
        self._handle: socket.socket | None = None

    def __enter__(self) -> Self:
        self.check()
        _watchdog.add(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        with self._lock:
            self.done = True
            self._handle = None

    @property
    def left(self) -> float:
        """Seconds until the call must be over, never quite nothing: 0 would mean "do not block" to a socket."""
        return max(self.end - machine_time(), 0.001)

    @property
    def to_connect(self) -> float:
        """Seconds that connecting may take: after the deadline a connection would be of no use."""
        return (
            self.left if self.deadline is None else max(min(self.deadline, self.end) - machine_time(), 0.001)
        )

    def check(self) -> None:
        """Raise TooLate when the deadline has passed."""
        if self.deadline is not None and machine_time() > self.deadline:
            raise TooLate("the time to begin this request had passed; nothing was written")

    def begin(self) -> None:
        """The last look before the first byte. Raises TooLate."""
        self.check()
        self.begun = True

    def watch(self, handle: socket.socket) -> None:
        """From now on `handle` is shut down when the call's time is over."""
        with self._lock:
            self._handle = handle

    def release(self) -> None:
        """The call has read its answer, or failed: its socket is not ours to end any more."""
        with self._lock:
            self._handle = None

    def expire(self) -> None:
        """Called by the watch when the time is over."""
        with self._lock:
            if self.done:
                return
            self.cut = True
            if self._handle is not None:
                with contextlib.suppress(OSError):
                    self._handle.shutdown(socket.SHUT_RDWR)

    def failed(self, vendor: str, error: Exception | None = None) -> ProviderError:
        """The one translation of a broken call: by whether a byte of the message may have left."""
        why = (
            "no whole answer in time"
            if self.cut
            else type(error).__name__
            if error
            else "the answer was cut off"
        )
        if self.begun:
            return Uncertain(f"{vendor}: {why} after the request was written; it may have gone out", code=why)
        return Unavailable(f"{vendor} cannot be reached ({why}); nothing was sent", code=why)


class Watchdog:
    """Ends calls whose time is over. Its thread starts with the first call and ends when there are none."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._calls: list[tuple[float, int, Call]] = []
        self._count = itertools.count()
        self._thread: threading.Thread | None = None

    def add(self, call: Call) -> None:
        """Watch a call from now on."""
        with self._changed:
            heapq.heappush(self._calls, (call.end, next(self._count), call))
            if (
                self._thread is None or not self._thread.is_alive()
            ):  # also after a fork, which copies no threads
                self._thread = threading.Thread(target=self._run, name="provider-calls", daemon=True)
                self._thread.start()
            elif self._calls[0][2] is call:
                self._changed.notify()

    def _run(self) -> None:
        with self._changed:
            while True:
                while self._calls and (self._calls[0][2].done or self._calls[0][0] <= machine_time()):
                    heapq.heappop(self._calls)[2].expire()
                wait = self._calls[0][0] - machine_time() if self._calls else _REST
                if not self._changed.wait(max(wait, 0)) and not self._calls:
                    self._thread = None
                    return


_watchdog: Final = Watchdog()
