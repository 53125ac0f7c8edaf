"""Which mailboxes are read, and how what they hold is taken in: without a server, and so with every mishap."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
from sqlalchemy import text

from outreach.domain.errors import Misconfigured
from outreach.engine.mailbox import Reader, follow
from outreach.inbox.imap import Lost
from outreach.inbox.mailbox import Mailbox, mailboxes
from outreach.store import mailboxes as places
from outreach.store.database import Store
from tests.world import World

URL = "imaps://team%40acme.example:s%2Fecret@imap.acme.example/Replies%20here?mark=read"


def test_everything_stands_in_one_address() -> None:
    [box] = mailboxes(URL)

    assert (box.host, box.port, box.tls, box.user, box.password) == (
        "imap.acme.example", 993, True, "team@acme.example", "s/ecret",
    )  # fmt: skip
    assert (box.folder, box.marks) == ("Replies here", True)
    assert "s/ecret" not in repr(box)
    assert box.name == "team@acme.example@imap.acme.example/Replies here"


def test_any_number_of_them_with_blanks_between() -> None:
    assert [box.port for box in mailboxes(f"{URL} \n imap://a:b@127.0.0.1:1143 ")] == [993, 1143]
    assert mailboxes(None) == mailboxes("  ") == ()


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("pop3://a:hush@h", "address 1: it begins with neither"),
        (f"{URL} imaps://imap.acme.example", "address 2: user, password or host is missing"),
        ("imaps://a@b:hush@", "user, password or host"),
        ("imaps://a:hush@h:port/INBOX", "the port is no number"),
        ("imaps://a:hush@h/INBOX?mark=deleted", "only .mark=read"),
        ("imaps://a:hush@h imaps://a:hush@h/INBOX", "names a@h/INBOX twice"),
    ],
)
def test_a_wrong_address_is_named_without_its_password(setting: str, words: str) -> None:
    with pytest.raises(Misconfigured, match=words) as caught:
        mailboxes(setting)
    assert "hush" not in str(caught.value)


# -- taking in ----------------------------------------------------------------------------------------------------------


@dataclass
class Shelf:
    """A mailbox in memory. `broken` mails make whoever fetches them stumble."""

    validity: int = 1
    mails: dict[int, bytes] = field(default_factory=dict)
    seen: list[int] = field(default_factory=list)
    gone: bool = False

    @property
    def next_uid(self) -> int:
        return max(self.mails, default=0) + 1

    def after(self, uid: int) -> Iterator[tuple[int, bytes]]:
        if self.gone:
            raise Lost("the line is dead")
        yield from [(number, raw) for number, raw in sorted(self.mails.items()) if number > uid]

    def since(self, day: date) -> Iterator[tuple[int, bytes]]:
        yield from sorted(self.mails.items())

    def mark(self, uid: int) -> None:
        self.seen.append(uid)

    def wait(self, done: threading.Event) -> None:
        done.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        pass


@pytest.fixture
def world(tmp_path: Path, store_url: str) -> Iterator[World]:
    store = Store.open(store_url)
    try:
        with World(tmp_path, store, None) as theatre:
            yield theatre
    finally:
        store.close()


def mail(name: str, words: str = "Sounds good") -> bytes:
    head = (
        f"From: {name}@client.example\r\nMessage-ID: <{words[:9].replace(' ', '')}@{name}>\r\nSubject: Re: Hi"
    )
    return f"{head}\r\n\r\n{words}\r\n".encode()


def stands(world: World) -> tuple[int, int] | None:
    with world.store.read() as db:
        place = places.get(db, "box")
    return (place.validity, place.uid) if place else None


def test_a_mailbox_begins_with_what_comes_from_now_on(world: World) -> None:
    ada, ben = world.enroll("Ada"), world.enroll("Ben")
    shelf = Shelf(mails={7: mail("ada")})
    reader = Reader(world.house, "box")
    assert reader.read(shelf) == 0
    shelf.mails[8] = mail("ben")

    assert reader.read(shelf) == 1

    assert (world.enrollment(ada).state, world.enrollment(ben).state) == ("active", "replied")
    assert stands(world) == (1, 8)
    assert shelf.seen == [8]


def test_another_process_goes_on_where_this_one_stopped(world: World) -> None:
    ada = world.enroll("Ada")
    shelf = Shelf()
    Reader(world.house, "box").read(shelf)
    shelf.mails[1] = mail("ada")
    Reader(world.house, "box").read(shelf)

    assert Reader(world.house, "box").read(shelf) == 0
    assert world.enrollment(ada).state == "replied"


def test_new_numbers_for_the_same_mails_change_nothing(world: World) -> None:
    ada, ben = world.enroll("Ada"), world.enroll("Ben")
    shelf = Shelf()
    reader = Reader(world.house, "box")
    reader.read(shelf)
    shelf.mails[1] = mail("ada")
    reader.read(shelf)

    anew = Shelf(validity=2, mails={1: mail("ada"), 2: mail("ben")})
    reader.read(anew)

    assert stands(world) == (2, 2)
    assert world.enrollment(ben).state == "replied"
    assert len([line for line in world.timeline(ada) if "reply" in line]) == 1


def test_when_the_database_is_away_the_mail_is_read_again(world: World) -> None:
    ada = world.enroll("Ada")
    shelf = Shelf()
    reader = Reader(world.house, "box")
    reader.read(shelf)
    shelf.mails[1] = mail("ada")
    with world.store.begin() as db:
        db.execute(text("ALTER TABLE replies RENAME TO away"))
    with pytest.raises(Exception, match="replies"):
        reader.read(shelf)
    assert stands(world) == (1, 0)
    with world.store.begin() as db:
        db.execute(text("ALTER TABLE away RENAME TO replies"))

    assert reader.read(shelf) == 1
    assert world.enrollment(ada).state == "replied"


def test_a_mail_that_never_can_be_taken_in_does_not_block_the_next(world: World) -> None:
    """It is put aside, as it came, for somebody to look at."""
    ben = world.enroll("Ben")
    shelf = Shelf()
    reader = Reader(world.house, "box")
    reader.read(shelf)
    shelf.mails = {1: mail("ada", "poison"), 2: mail("ben")}
    asked = itertools.count(1)

    def clock() -> datetime:
        """Whatever it is that breaks: it breaks five times, on the first mail."""
        if next(asked) <= 5:
            raise ZeroDivisionError
        return world.at

    reader.house = replace(world.house, clock=clock)
    for _ in range(4):
        with pytest.raises(ZeroDivisionError):
            reader.read(shelf)
    reader.read(shelf)

    assert world.enrollment(ben).state == "replied"
    with world.store.read() as db:
        aside = db.execute(text("SELECT raw, effect FROM events WHERE kind = 'Unrecognised'")).all()
    assert len(aside) == 1
    assert "poison" in str(aside[0].raw)
    assert "ZeroDivisionError" in aside[0].effect


def test_trouble_is_noted_and_forgotten_when_it_is_over(world: World) -> None:
    box = Mailbox(host="h", port=1, tls=True, user="u", password="p", folder="box")
    shelf = Shelf(gone=True)
    with world.store.begin() as db:
        places.put(db, places.Place(box.name, 1, 0, world.store.machine_now(db)))
    done = threading.Event()

    class Once(threading.Event):
        """Ends when somebody wants to rest."""

        def wait(self, timeout: float | None = None) -> bool:
            self.set()
            return True

    follow(world.house, box, Once(), opener=lambda _: shelf)
    with world.store.read() as db:
        place = places.get(db, box.name)
    assert place is not None
    assert place.error == "the line is dead"

    shelf.gone = False
    follow(world.house, box, done, opener=lambda _: shelf)
    with world.store.read() as db:
        place = places.get(db, box.name)
    assert place is not None
    assert place.error is None
