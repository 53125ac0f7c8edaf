"""Mail servers that misbehave: what is certain afterwards, and what is not."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import pytest

from outreach.domain.errors import TooLate, Unavailable, Uncertain
from outreach.providers.base import machine_time
from outreach.providers.smtp import Smtp

from .builders import an_email, some_settings, soon
from .peers import closed_port


def smtp(url: str | None, **changes: Any) -> Smtp:
    return Smtp(some_settings(smtp_url=url, **changes))


class Script:
    """A mail server that answers line by line from a list; None: hang up; a function: do that."""

    def __init__(self, *lines: str | Callable[[socket.socket, threading.Event], None] | None) -> None:
        self.lines = lines
        self.wire = b""

    def __enter__(self) -> Self:
        self.stopped = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.stopped.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.listener.getsockname()[1]}"

    def _serve(self) -> None:
        try:
            sock, _ = self.listener.accept()
        except OSError:
            return
        sock.settimeout(3)
        with sock:
            try:
                self._play(sock)
            except OSError:
                return

    def _play(self, sock: socket.socket) -> None:
        for line in self.lines:
            if line is None:
                return
            if callable(line):
                line(sock, self.stopped)
                return
            sock.sendall(line.encode() + b"\r\n")
            ends = b"\r\n.\r\n" if line.startswith("354") else b"\r\n"
            got = b""
            while not got.endswith(ends):
                chunk = sock.recv(65536)
                if not chunk:
                    return
                got += chunk
                self.wire += chunk


def drips(sock: socket.socket, stopped: threading.Event) -> None:
    while not stopped.wait(0.02):
        sock.sendall(b"2")


def silent(sock: socket.socket, stopped: threading.Event) -> None:
    stopped.wait()


TO_DATA = ("220 hello", "250 ok", "250 ok", "250 ok", "354 go on")  # greeting, EHLO, MAIL, RCPT, DATA


@pytest.mark.parametrize(
    "end", [None, silent, drips, "nonsense"], ids=["hangs up", "silence", "drips", "nonsense"]
)
def test_what_fails_after_the_mail_was_written_is_uncertain(end: Any) -> None:
    began = machine_time()
    with Script(*TO_DATA, end) as server, pytest.raises(Uncertain):
        smtp(server.url, call_timeout=0.2).send(an_email(), token="token-1", deadline=soon())
    assert machine_time() - began < 2
    assert b"Hello Ada" in server.wire


@pytest.mark.parametrize("end", [None, silent, drips], ids=["hangs up", "silence", "drips"])
@pytest.mark.parametrize("after", range(5))
def test_what_fails_before_it_was_written_is_not_sent(after: int, end: Any) -> None:
    began = machine_time()
    with Script(*TO_DATA[:after], end) as server, pytest.raises(Unavailable):
        smtp(server.url, call_timeout=0.2).send(an_email(), token="token-1", deadline=soon())
    assert machine_time() - began < 2
    assert b"Hello Ada" not in server.wire


@pytest.mark.parametrize("greeting", ["554 no", "421 not now"])
def test_a_server_that_does_not_want_us_is_unavailable(greeting: str) -> None:
    with Script(greeting) as server, pytest.raises(Unavailable):
        smtp(server.url).send(an_email(), token="token-1", deadline=soon())


def test_nobody_there_means_that_nothing_was_sent() -> None:
    with pytest.raises(Unavailable):
        smtp(f"smtp://127.0.0.1:{closed_port()}").send(an_email(), token="token-1", deadline=soon())


def test_after_the_deadline_nothing_is_written() -> None:
    with Script(*TO_DATA) as server, pytest.raises(TooLate):
        smtp(server.url).send(an_email(), token="token-1", deadline=machine_time() - 0.001)
    assert server.wire == b""


def test_a_deadline_that_passes_before_the_words_go_out_leaves_the_mail_unfinished() -> None:
    """Without the final dot the server forgets the mail: RFC 5321, 4.1.1.4."""
    deadline = machine_time() + 0.2

    def slow(sock: socket.socket, stopped: threading.Event) -> None:
        stopped.wait(0.3)
        sock.sendall(b"354 go on\r\n")
        server.wire += sock.recv(65536)

    with Script(*TO_DATA[:4], slow) as server, pytest.raises(TooLate):
        smtp(server.url).send(an_email(), token="token-1", deadline=deadline)
    assert b"Hello Ada" not in server.wire
