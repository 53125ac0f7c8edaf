"""A wire between our processes and a server, that can be cut, slowed down, or made to swallow the answer to a commit."""

from __future__ import annotations

import contextlib
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Self

_COMMIT: Final = b"COMMIT\x00"  # how PostgreSQL's protocol ends both the question and its answer
_PIECE: Final = 65536


class Wire:
    """Listens where our processes connect, and passes everything on. Use as a context."""

    def __init__(
        self, listener: socket.socket, reach: Callable[[], socket.socket], folder: Path | None = None
    ) -> None:
        self._listener, self._reach, self._folder = listener, reach, folder
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._closed = False
        self.down = False
        self.delay = 0.0  # seconds that each answer takes longer
        self.swallow: Callable[[], bool] = lambda: False  # whether the answer to this commit is lost
        self.swallowed = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Break every connection, and let none be made."""
        self.down = True
        with self._lock:
            broken, self._open = self._open, set()
        for one in broken:
            _hang_up(one)

    def heal(self) -> None:
        """Let connections be made again."""
        self.down = False

    def _accept(self) -> None:
        while not self._closed:
            try:
                ours, _ = self._listener.accept()
            except OSError:
                return
            if self.down:
                _hang_up(ours)
                continue
            try:
                theirs = self._reach()
            except OSError:
                _hang_up(ours)
                continue
            with self._lock:
                self._open |= {ours, theirs}
            lost = threading.Event()  # set once: the answer to a commit shall not arrive
            for work in (self._asks, self._answers):
                threading.Thread(target=work, args=(ours, theirs, lost), daemon=True).start()

    def _asks(self, ours: socket.socket, theirs: socket.socket, lost: threading.Event) -> None:
        with self._both(ours, theirs):
            while asked := ours.recv(_PIECE):
                if _COMMIT in asked and self.swallow():
                    lost.set()
                theirs.sendall(asked)

    def _answers(self, ours: socket.socket, theirs: socket.socket, lost: threading.Event) -> None:
        with self._both(ours, theirs):
            while answer := theirs.recv(_PIECE):
                if lost.is_set() and _COMMIT in answer:
                    self.swallowed += 1
                    return  # it is committed, and nobody will say so
                if self.delay:
                    time.sleep(self.delay)
                ours.sendall(answer)

    @contextlib.contextmanager
    def _both(self, *ends: socket.socket):  # type: ignore[no-untyped-def]
        with contextlib.suppress(OSError):
            yield
        with self._lock:
            self._open -= set(ends)
        for one in ends:
            _hang_up(one)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._closed = True
        _hang_up(self._listener)
        self.cut()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)


def to_port(port: int) -> tuple[Wire, int]:
    """A wire to a loopback port, and the port on which it listens."""
    listener = socket.create_server(("127.0.0.1", 0))
    return Wire(listener, lambda: socket.create_connection(("127.0.0.1", port))), listener.getsockname()[1]


def to_postgres(folder: Path) -> tuple[Wire, Path]:
    """A wire to the PostgreSQL of this folder, and the folder that stands for it in an address."""
    name = ".s.PGSQL.5432"
    place = Path(tempfile.mkdtemp(prefix="outreach-wire-", dir="/tmp"))
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(place / name))
    listener.listen(64)

    def reach() -> socket.socket:
        found = socket.socket(socket.AF_UNIX)
        found.connect(str(folder / name))
        return found

    return Wire(listener, reach, place), place


def _hang_up(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        one.close()
