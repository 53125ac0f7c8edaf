"""Mailbox: follow a mailbox, and take in what comes through the same door as a webhook. Never twice, nothing lost."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Final, Protocol

import structlog

from outreach import inbox
from outreach.casework.house import House
from outreach.engine.receive import take_reply
from outreach.inbox.imap import Lost, Post
from outreach.inbox.mailbox import Mailbox
from outreach.store import events, mailboxes
from outreach.store.database import Db
from outreach.store.mailboxes import Place
from outreach.store.replies import Raw
from outreach.timekeeping import real_now

log = structlog.get_logger()
SOURCE: Final = "imap"
_BACK: Final = timedelta(days=2)  # read again when the server has given all mails new numbers
_FIRST_REST, _LONGEST_REST = 1.0, 300.0  # seconds between two tries to connect
_TRIES: Final = 5  # a mail that cannot be taken in so often is put aside, so that the next ones come in


class Open(Protocol):
    """What is asked of an open mailbox: `inbox.imap.Post` over IMAP."""

    validity: int
    next_uid: int

    def after(self, uid: int) -> Iterator[tuple[int, bytes]]:
        """The mails that came after this one, oldest first."""
        ...

    def since(self, day: date) -> Iterator[tuple[int, bytes]]:
        """The mails since a day."""
        ...

    def mark(self, uid: int) -> None:
        """Mark a mail as read, where that is asked for."""
        ...

    def wait(self, done: threading.Event) -> None:
        """Wait until something may have come."""
        ...


Opener = Callable[[Mailbox], AbstractContextManager[Open]]


def follow(house: House, mailbox: Mailbox, done: threading.Event, *, opener: Opener = Post) -> None:
    """Read a mailbox until `done`; whatever breaks, it comes again and goes on where it stopped."""
    rest = _FIRST_REST
    reader = Reader(house, mailbox.name)
    while not done.is_set():
        try:
            with opener(mailbox) as post:
                while not done.is_set():
                    reader.read(post)
                    rest = _FIRST_REST
                    post.wait(done)
        except Lost as error:
            log.warning("mailbox lost", mailbox=mailbox.name, why=str(error), again_in=rest)
            reader.troubled(str(error))
        except Exception as error:
            log.exception("mailbox not read", mailbox=mailbox.name)
            reader.troubled(f"{type(error).__name__} in outreach itself: see its log")
        if done.wait(rest):
            return
        rest = min(rest * 2, _LONGEST_REST)


class Reader:
    """Takes in what a mailbox holds, from where the database says it was left."""

    def __init__(self, house: House, name: str) -> None:
        self.house, self.name = house, name
        self._failed: tuple[int, int] = (0, 0)  # a mail, and how often it could not be taken in

    def read(self, post: Open) -> int:
        """Take in what is new; returns how many mails. A mailbox that was never read begins with what comes from now on."""
        with self.house.store.read() as db:
            place = mailboxes.get(db, self.name)
        if place is None or place.validity == 0:
            self._stand(post.validity, post.next_uid - 1)
            return 0
        if place.validity == post.validity:
            return self._take(post, post.after(place.uid), place.uid)
        # All numbers are new (RFC 3501, 2.3.1.1). What was taken in before is known by its Message-ID and words.
        log.warning("mailbox numbered anew", mailbox=self.name)
        last = post.next_uid - 1
        count = self._take(post, post.since((place.read_at - _BACK).date()), 0)
        self._stand(post.validity, last)
        return count

    def troubled(self, why: str) -> None:
        """Note, for `status`, that the mailbox cannot be read."""
        try:
            with self.house.store.begin() as db:
                mailboxes.troubled(db, self.name, why, real_now())
        except Exception:  # the database is away too: the log has both
            log.exception("trouble not noted", mailbox=self.name)

    def _take(self, post: Open, mails: Iterator[tuple[int, bytes]], last: int) -> int:
        count = 0
        for uid, raw in mails:
            self._take_one(uid, raw)
            post.mark(uid)
            count, last = count + 1, max(last, uid)
            self._stand(post.validity, last)
        if not count:
            self._stand(post.validity, last)
        return count

    def _take_one(self, uid: int, raw: bytes) -> None:
        try:
            take_reply(self.house, SOURCE, inbox.read(raw), Raw(raw, "message/rfc822"))
        except Exception as error:
            before, times = self._failed
            self._failed = (uid, times + 1 if before == uid else 1)
            if self._failed[1] < _TRIES:
                raise  # most likely the database: it is read again
            log.exception("mail put aside", mailbox=self.name, uid=uid)
            why = f"{type(error).__name__}: {error}"
            self.house.store.run(lambda db: self._aside(db, raw, why))

    def _aside(self, db: Db, raw: bytes, why: str) -> None:
        """Keep what could not be taken in, for somebody to look at."""
        kept = {"kind": "mail", "body": raw[:64_000].decode("utf-8", "backslashreplace").replace("\x00", "")}
        now, machine = self.house.now(), self.house.store.machine_now(db)
        key = hashlib.sha256(raw).hexdigest()
        event_id = events.keep(
            db, SOURCE, f"aside {key}", "Unrecognised", kept, received_at=now, machine_at=machine, at=None
        )
        if event_id is not None:
            events.settle(db, event_id, lead_id=None, touch_id=None, effect=f"no effect: {why}")

    def _stand(self, validity: int, uid: int) -> None:
        with self.house.store.begin() as db:
            mailboxes.put(db, Place(self.name, validity, uid, real_now()))
