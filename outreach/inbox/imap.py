"""A mailbox, read over IMAP (RFC 3501) and followed with IDLE (RFC 2177). Nothing in it is changed unless asked.

Every failure is a `Lost`: whoever reads comes again later, and goes on where it stopped.
"""

from __future__ import annotations

import imaplib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from outreach.inbox.mailbox import Mailbox

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

LONGEST: Final = 1_000_000  # bytes of a mail that are fetched: its words come before its attachments
_IDLE: Final = 60.0  # seconds: what a server forgot to announce is found after that
_LOOK: Final = 1.0  # seconds between two looks at whether we are to end
_TIMEOUT: Final = 30.0  # seconds for one answer of the server
_NOT_READ: Final = frozenset({"\\Sent", "\\Drafts", "\\Trash"})  # RFC 6154: what lies there is no reply


class Lost(Exception):
    """The mailbox cannot be read at this moment; the words say why, without a password."""


class Post:
    """An open connection to one folder. Use as a context."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox
        with _lost(mailbox):
            self._box = _connected(mailbox)
        try:
            with _lost(mailbox):
                self._enter()
        except Lost:
            self.__exit__(None, None, None)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        with suppress(Exception):  # the connection may be gone
            self._box.logout()
        with suppress(Exception):
            self._box.client.shutdown()

    def _enter(self) -> None:
        from imap_tools.folder import FolderInfo

        self._box.login(self.mailbox.user, self.mailbox.password, initial_folder=None)
        listed: list[FolderInfo] = self._box.folder.list(search_args=self.mailbox.folder)
        if any(_NOT_READ & set(one.flags) for one in listed):
            raise Lost(f"{self.mailbox.name} is not read: sent mail, drafts or waste lie there")
        status = self._box.folder.status(self.mailbox.folder, ["UIDVALIDITY", "UIDNEXT"])
        self.validity, self.next_uid = status["UIDVALIDITY"], status["UIDNEXT"]
        self._box.folder.set(self.mailbox.folder, readonly=not self.mailbox.marks)

    def after(self, uid: int) -> Iterator[tuple[int, bytes]]:
        """The mails that came after this one, oldest first, each with its number; the beginnings of long ones."""
        yield from self._fetched(f"UID {uid + 1}:*", above=uid)

    def since(self, day: date) -> Iterator[tuple[int, bytes]]:
        """The mails since a day."""
        yield from self._fetched(f"SINCE {day.day}-{_MONTHS[day.month - 1]}-{day.year}", above=0)

    def mark(self, uid: int) -> None:
        """Mark a mail as read, where that is asked for."""
        if self.mailbox.marks:
            with _lost(self.mailbox):
                self._box.client.uid("STORE", str(uid), "+FLAGS.SILENT", "(\\Seen)")

    def wait(self, done: threading.Event) -> None:
        """Wait until something comes, for a minute at most, or until `done`."""
        with _lost(self.mailbox):
            if "IDLE" not in self._box.client.capabilities:
                done.wait(_IDLE)
                self._box.client.noop()
                return
            until = time.monotonic() + _IDLE
            with self._box.idle as idle:
                while not done.is_set() and time.monotonic() < until:
                    began = time.monotonic()
                    if idle.poll(timeout=_LOOK) or time.monotonic() - began < _LOOK / 2:
                        return  # news; or nothing and at once: the server is gone, and ending IDLE says so

    def _fetched(self, criteria: str, *, above: int) -> Iterator[tuple[int, bytes]]:
        with _lost(self.mailbox):
            # `n:*` names the last mail even when it is older than n.
            uids = sorted(n for n in map(int, self._box.uids(criteria)) if n > above)
        for uid in uids:
            raw = self._raw(uid)
            if raw is not None:  # else it was deleted meanwhile
                yield uid, raw

    def _raw(self, uid: int) -> bytes | None:
        with _lost(self.mailbox):
            # PEEK: to look at a mail must not mark it as read.
            status, answer = self._box.client.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{LONGEST}>)")
            if status != "OK":
                raise Lost(f"{self.mailbox.name}: mail {uid} cannot be fetched")
            parts: list[Any] = [one for one in answer if isinstance(one, tuple)]
            return bytes(parts[0][1]) if parts else None


_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _connected(mailbox: Mailbox) -> BaseMailBox:
    """Never a password in the clear over a network."""
    from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted

    if mailbox.tls:
        return MailBox(mailbox.host, mailbox.port, timeout=_TIMEOUT)
    if mailbox.local:
        return MailBoxUnencrypted(mailbox.host, mailbox.port, timeout=_TIMEOUT)
    return MailBoxStartTls(mailbox.host, mailbox.port, timeout=_TIMEOUT)


@contextmanager
def _lost(mailbox: Mailbox) -> Iterator[None]:
    from imap_tools.errors import ImapToolsError

    try:
        yield
    except (imaplib.IMAP4.error, ImapToolsError, OSError, EOFError, ValueError, KeyError) as error:
        words = str(error).replace(mailbox.password, "***").strip() or "no answer"
        raise Lost(f"{mailbox.name}: {type(error).__name__}: {words[:200]}") from None
