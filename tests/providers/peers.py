"""Servers on loopback that behave as they are told, well or badly."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit


@dataclass
class Seen:
    """One request as it came."""

    line: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.line.split()[1]).path

    @property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.line.split()[1]).query)

    @property
    def form(self) -> dict[str, list[str]]:
        return parse_qs(self.body.decode())


Behaviour = Callable[[socket.socket, "Peer", Seen], None]


@dataclass
class Peer:
    """A server that reads whole requests and then behaves; keeps all that came over the wire."""

    behave: Behaviour
    tls: ssl.SSLContext | None = None
    seen: list[Seen] = field(default_factory=list)
    wire: bytes = b""
    connections: int = 0

    def __enter__(self) -> Self:
        self.stopped = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept)]
        self._open: list[socket.socket] = []
        self._threads[0].start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.stopped.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for sock in self._open:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        for thread in self._threads:
            thread.join()

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        return self._listener.getsockname()[1]

    def _accept(self) -> None:
        while not self.stopped.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(sock)
            thread = threading.Thread(target=self._serve, args=(sock,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.ExitStack() as open_until_done:
            open_until_done.callback(sock.close)
            try:
                if self.tls:
                    sock = open_until_done.enter_context(self.tls.wrap_socket(sock, server_side=True))
                    self._open.append(sock)
                while (request := self._read(sock)) is not None:
                    self.seen.append(request)
                    self.behave(sock, self, request)
            except OSError:
                return

    def _read(self, sock: socket.socket) -> Seen | None:
        data = b""
        while b"\r\n\r\n" not in data:
            got = sock.recv(65536)
            if not got:
                return None
            data += got
            self.wire += got
        head, _, body = data.partition(b"\r\n\r\n")
        line, *rest = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in rest)}
        while len(body) < int(headers.get("content-length", "0")):
            got = sock.recv(65536)
            body += got
            self.wire += got
        return Seen(line, headers, body)


def answer(status: int, body: bytes = b"", **headers: str) -> Behaviour:
    """Answer every request alike."""

    def behave(sock: socket.socket, peer: Peer, request: Seen) -> None:
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", f"Content-Length: {len(body)}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        sock.sendall("\r\n".join([*lines, "", ""]).encode() + body)

    return behave


def raw(data: bytes) -> Behaviour:
    """Answer with exactly these bytes and hang up."""

    def behave(sock: socket.socket, peer: Peer, request: Seen) -> None:
        sock.sendall(data)
        sock.shutdown(socket.SHUT_RDWR)

    return behave


def reset(sock: socket.socket, peer: Peer, request: Seen) -> None:
    """Take the whole request, then break the connection."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def silent(sock: socket.socket, peer: Peer, request: Seen) -> None:
    """Take the request and say nothing."""
    peer.stopped.wait()


def drip(head: bytes) -> Behaviour:
    """Say `head`, then a byte now and then, for as long as anybody listens."""

    def behave(sock: socket.socket, peer: Peer, request: Seen) -> None:
        sock.sendall(head)
        while not peer.stopped.wait(0.02):
            sock.sendall(b"x")

    return behave


def by_path(routes: dict[str, Behaviour]) -> Behaviour:
    """Behave by the end of the path."""

    def behave(sock: socket.socket, peer: Peer, request: Seen) -> None:
        for end, one in routes.items():
            if request.path.endswith(end):
                one(sock, peer, request)
                return
        answer(404)(sock, peer, request)

    return behave


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
