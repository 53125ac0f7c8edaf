"""Lines to a vendor: HTTP connections that are kept open, each used by one call at a time.

http.client speaks the protocol; what it lacks is here: keeping lines, the look at the deadline just before the first
byte, and head and body in one write. A request costs less than half of what it costs through a pool of urllib3.
"""

from __future__ import annotations

import os
import select
import socket
import ssl
import weakref
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPSConnection
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from outreach import crash
from outreach.providers.base import machine_time
from outreach.providers.bound import Call

_CONNECT: Final = 5.0  # seconds for one address of the vendor
_IDLE: Final = 20.0  # vendors close quiet connections; one that they close under a request makes it uncertain
_KEPT: Final = 64  # idle lines to one vendor
_LONGEST: Final = 32_000_000  # bytes of an answer: a page of a thousand messages is a tenth of it


@dataclass(frozen=True, slots=True)
class Said:
    """What came back over a line."""

    status: int
    body: bytes
    headers: HTTPMessage


class _Line(HTTPConnection):
    """A connection that looks at its call's deadline when it stands ready to write."""

    handle: socket.socket | None = None  # a second handle, by which the watch ends a call from another thread
    used = 0.0  # machine time of its last request
    idle = False  # it stands, and nothing is unread
    _call: Call
    _parts: list[bytes] | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._create_connection = self._opened  # what http.client opens its socket with

    def ask(self, call: Call, method: str, target: str, body: bytes | str | None, headers: Any) -> Said:
        """One exchange. The deadline is compared when the connection stands, before the first byte."""
        self._call, self.idle = call, False
        if self.sock is None:
            self.timeout = min(_CONNECT, call.to_connect)
            self.connect()
        if self.handle is not None:
            call.watch(self.handle)
        self.sock.settimeout(
            call.left
        )  # until here it was what connecting may take, too short for a large body
        self._parts = []
        self.request(method, target, body.encode() if isinstance(body, str) else body, headers)
        whole, self._parts = b"".join(self._parts), None
        crash.point("before_request")
        call.begin()
        if crash.armed("mid_request"):
            self.sock.sendall(whole[: len(whole) // 2])
            crash.point("mid_request")
            whole = whole[len(whole) // 2 :]
        self.sock.sendall(whole)
        self.used = machine_time()
        with self.getresponse() as answer:
            read = answer.read(_LONGEST)
            if not answer.isclosed():  # longer than anything a vendor says
                raise HTTPException("the answer is too long")
            self.idle = not answer.will_close
        return Said(answer.status, read, answer.headers)

    def send(self, data: Any) -> None:
        """Head and body are gathered: two writes would be two packets, two TLS records and two wake-ups there."""
        if self._parts is None:
            raise HTTPException("nothing is written outside of a call")
        self._parts.append(bytes(data))

    def _opened(self, address: Any, timeout: Any, source: Any) -> socket.socket:
        sock = socket.create_connection(address, timeout, source)
        # It ends reads on the original too, also after TLS has taken that over, and cannot meanwhile have become some
        # other connection's number. From here on, so that a handshake cannot hold a call either.
        self.handle = socket.socket(sock.family, sock.type, sock.proto, fileno=os.dup(sock.fileno()))
        self._call.watch(self.handle)
        return sock

    def usable(self) -> bool:
        """Whether it is open and was used lately: a vendor that closed it, or said something unasked, shows as readable."""
        if self.sock is None or machine_time() - self.used > _IDLE:
            return False
        waiting = select.poll()
        waiting.register(self.sock, select.POLLIN)
        return not waiting.poll(0)

    def drop(self) -> None:
        """Close both handles. http.client calls `close` as soon as it has read a head that says so, before the body."""
        self.close()
        handle, self.handle = self.handle, None
        if handle is not None:
            handle.close()


class _TlsLine(_Line, HTTPSConnection):
    pass


class Lines:
    """The idle lines of one vendor. Safe to share between threads: taking and putting back are single steps of a list."""

    def __init__(self) -> None:
        self._idle: dict[tuple[str, str], list[_Line]] = {}
        weakref.finalize(self, _hang_up, self._idle)

    def exchange(self, call: Call, method: str, url: str, body: bytes | str | None, headers: Any) -> Said:
        """One request on a line of its own. Raises OSError, HTTPException or ValueError; then the line is closed."""
        at = urlsplit(url)
        idle = self._idle.setdefault((at.scheme, at.netloc), [])
        line = _taken(idle) or _made(at)
        target = (at.path or "/") + (f"?{at.query}" if at.query else "")
        try:
            said = line.ask(call, method, target, body, headers)
        finally:
            call.release()  # the watch lets go of the line before anybody else may have it, or before it is closed
            if line.idle and len(idle) < _KEPT:
                idle.append(line)
            else:
                line.drop()
        return said

    def close(self) -> None:
        """Close what is idle."""
        _hang_up(self._idle)


def _hang_up(lines: dict[tuple[str, str], list[_Line]]) -> None:
    for idle in lines.values():
        while idle:
            idle.pop().drop()


def _taken(idle: list[_Line]) -> _Line | None:
    """The line that was used last and still stands; those that do not are closed."""
    while idle:
        try:
            line = idle.pop()
        except IndexError:  # another thread was quicker
            return None
        if line.usable():
            return line
        line.drop()
    return None


def _made(at: SplitResult) -> _Line:
    if not at.hostname or at.scheme not in ("http", "https"):
        raise ValueError(f"not an address of the web: {at.scheme}://{at.netloc}")
    if at.scheme == "https":
        return _TlsLine(at.hostname, at.port, context=tls())
    return _Line(at.hostname, at.port)


@cache
def tls() -> ssl.SSLContext:
    """One context for the whole process (reading the CA bundle costs 20 ms): the system's bundle, else certifi's."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not (paths.cafile or paths.capath):
        import certifi

        context.load_verify_locations(certifi.where())
    return context
