"""The referee's book: every request that was accepted or refused, by the sandbox's own clock, for ever.

A line is written to the file before the answer leaves, so whatever a client has seen accepted is in the book,
and so is what was accepted and never answered. Lines are never changed.
"""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import msgspec

Raw = dict[str, Any]


class Line(msgspec.Struct, kw_only=True, tag_field="what", rename={"from_": "from"}):
    seq: int = 0  # 1, 2, 3, ... given by the ledger
    at: float = 0.0  # unix seconds by the sandbox's clock, given by the ledger


class Accepted(Line, kw_only=True, tag="accepted"):
    """The vendor took it: this message, call or mail exists from now on."""

    provider: str  # twilio, sendgrid
    kind: str  # sms, call, mail
    reference: str  # message sid, call sid, X-Message-Id
    to: str
    from_: str
    body: str = ""
    subject: str = ""
    custom_args: dict[str, str] = {}
    callbacks: dict[str, str] = {}  # parameter name -> URL: StatusCallback, Url, AsyncAmdStatusCallback
    raw: Raw = {}
    accepted: bool = True
    verdict: str = "accepted"  # or what happened to the answer: "accepted, then dropped"


class Refused(Line, kw_only=True, tag="refused"):
    """The vendor said no, or a fault struck before anything was accepted."""

    provider: str
    kind: str
    status: int  # 0: the socket was cut or left without an answer
    verdict: str
    to: str = ""
    code: int = 0
    accepted: bool = False
    raw: Raw = {}


class Heard(Line, kw_only=True, tag="heard"):
    """What the person or the machine at the other end of a call heard, verb by verb."""

    reference: str
    to: str
    answered_by: str
    verbs: list[tuple[str, str]]


class Posted(Line, kw_only=True, tag="posted"):
    """A webhook we posted; `at` is when its last answer came, so nothing may be accepted against it later."""

    provider: str
    kind: str  # status, call, twiml, amd, inbound, events, mail, one-click
    about: str  # the sid or message id it speaks of
    url: str
    status: int  # 0: no answer
    attempts: int
    seconds: float  # how long the last attempt took


AnyLine = Accepted | Refused | Heard | Posted
L = TypeVar("L", bound=Line)


class Ledger:
    def __init__(
        self, path: Path | None, *, now: Callable[[], float], fsync: bool = False, remember_raw: bool = True
    ) -> None:
        self.lines: list[Line] = []
        self._now = now
        self._fsync = fsync
        self._remember_raw = remember_raw
        self._changed = threading.Condition()
        self._encoder = msgspec.json.Encoder()
        # One write() per line, no buffer in this process: a line survives the end of the sandbox itself.
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644) if path else None

    def write(self, line: Line) -> None:
        with self._changed:
            line.seq, line.at = len(self.lines) + 1, self._now()
            if self._file is not None:
                os.write(self._file, self._encoder.encode(line) + b"\n")
                if self._fsync:
                    os.fsync(self._file)
            if not self._remember_raw:
                forget_raw(line)
            self.lines.append(line)
            self._changed.notify_all()

    def of(self, kind: type[L]) -> list[L]:
        return [line for line in self.lines if isinstance(line, kind)]

    def since(self, seq: int, limit: int = 10_000) -> list[Line]:
        return self.lines[seq : seq + limit]

    def wait(self, condition: Callable[[], bool], timeout: float) -> bool:
        """Wait until the condition holds, looking again after each new line."""
        end = monotonic() + timeout
        with self._changed:
            return self._changed.wait_for(condition, max(0.0, end - monotonic()))

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def forget_raw(line: Line) -> None:
    """Keep in memory what listings and comparisons need; a hundred thousand mails would fill it otherwise."""
    if isinstance(line, (Accepted, Refused)):
        line.raw = {}
    if isinstance(line, Accepted) and line.kind == "mail":
        line.body = ""


def read_log(path: Path) -> list[AnyLine]:
    """The book as it was written to the file; a last line that is still being written is left out."""
    whole, _, _ = path.read_bytes().rpartition(b"\n")
    decoder = msgspec.json.Decoder(AnyLine)
    return [decoder.decode(line) for line in whole.split(b"\n") if line]
