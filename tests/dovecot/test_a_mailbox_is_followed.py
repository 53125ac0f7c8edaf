"""What somebody answers to a plain mailbox is taken in as any reply, once, whatever happens to the server."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage

import pytest

from outreach.domain.channel import Channel
from outreach.domain.event import Replied
from outreach.domain.people import Lead
from outreach.engine.receive import take_reply
from outreach.inbox.imap import Lost, Post
from outreach.inbox.mailbox import mailboxes
from outreach.insight.status import status
from outreach.store import mailboxes as places
from tests.dovecot.conftest import reading
from tests.dovecot.server import Dovecot
from tests.world import World

pytestmark = pytest.mark.dovecot


def mail(lead: Lead, number: int, words: str = "Sounds good, call me Thursday", **headers: str) -> bytes:
    message = EmailMessage()
    message["From"] = f"{lead.name} <{lead.addresses[0].value}>"
    message["To"] = "team@mail.acme.example"
    message["Subject"] = "Re: Hello"
    message["Message-ID"] = f"<{lead.id}.{number}@client.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(words)
    return message.as_bytes()


def eventually(true: Callable[[], bool]) -> None:
    """Wait for another thread, which has all the time it needs."""
    for _ in range(600):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it never happened")


def stands(world: World, url: str) -> int:
    [box] = mailboxes(url)
    with world.store.read() as db:
        place = places.get(db, box.name)
    return place.uid if place else -1


def ready(world: World, url: str) -> None:
    """The mailbox was looked at for the first time: from now on its mail is ours."""
    eventually(lambda: stands(world, url) >= 0)


def replied(world: World, lead: Lead) -> bool:
    return str(world.enrollment(lead).state) == "replied"


def replies(world: World, lead: Lead) -> int:
    return len([line for line in world.timeline(lead) if "reply" in line])


def test_a_mail_stops_its_sender_as_soon_as_it_arrives(world: World, dovecot: Dovecot) -> None:
    """IDLE: nobody waits for the next look."""
    ada, url = world.enroll("Ada"), dovecot.url("idle")
    with reading(world, url):
        ready(world, url)
        dovecot.deliver("idle", mail(ada, 1))
        eventually(lambda: replied(world, ada))

    [flags] = dovecot.flags("idle")
    assert rb"\Seen" not in flags


def test_old_mail_is_left_alone(world: World, dovecot: Dovecot) -> None:
    ada, ben, url = world.enroll("Ada"), world.enroll("Ben"), dovecot.url("old")
    dovecot.deliver("old", mail(ada, 1))
    with reading(world, url):
        ready(world, url)
        dovecot.deliver("old", mail(ben, 1))
        eventually(lambda: replied(world, ben))

    assert world.enrollment(ada).state == "active"


def test_marked_as_read_when_asked(world: World, dovecot: Dovecot) -> None:
    ada, url = world.enroll("Ada"), dovecot.url("mark", query="?mark=read")
    with reading(world, url):
        ready(world, url)
        dovecot.deliver("mark", mail(ada, 1))
        eventually(lambda: rb"\Seen" in dovecot.flags("mark")[0])

    assert replied(world, ada)


def test_whoever_comes_back_goes_on_where_it_stopped(world: World, dovecot: Dovecot) -> None:
    ada, ben, url = world.enroll("Ada"), world.enroll("Ben"), dovecot.url("resume")
    with reading(world, url):
        ready(world, url)
        dovecot.deliver("resume", mail(ada, 1))
        eventually(lambda: replied(world, ada))
    dovecot.deliver("resume", mail(ben, 1))

    with reading(world, url):
        eventually(lambda: replied(world, ben))

    assert (replies(world, ada), replies(world, ben)) == (1, 1)


def test_a_mailbox_that_is_numbered_anew_is_read_again_and_nothing_counts_twice(
    world: World, dovecot: Dovecot
) -> None:
    ada, ben, url = world.enroll("Ada"), world.enroll("Ben"), dovecot.url("anew")
    with reading(world, url):
        ready(world, url)
        dovecot.deliver("anew", mail(ada, 1))
        eventually(lambda: replied(world, ada))
    dovecot.deliver("anew", mail(ben, 1))
    with Post(mailboxes(url)[0]) as post:
        before = post.validity
    dovecot.number_anew("anew")
    with Post(mailboxes(url)[0]) as post:
        assert post.validity != before

    with reading(world, url):
        eventually(lambda: replied(world, ben))

    assert (replies(world, ada), replies(world, ben)) == (1, 1)


def test_a_server_that_goes_away_is_waited_for(world: World, dovecot: Dovecot) -> None:
    ada, url = world.enroll("Ada"), dovecot.url("away")
    with reading(world, url):
        ready(world, url)
        dovecot.stop()
        eventually(lambda: trouble(world))
        dovecot.start()
        dovecot.deliver("away", mail(ada, 1))
        eventually(lambda: replied(world, ada))
        eventually(lambda: not trouble(world))


def trouble(world: World) -> bool:
    with world.store.read() as db:
        return any(place.error for place in places.every(db))


def test_a_mail_that_inbound_parse_brought_too_counts_once(world: World, dovecot: Dovecot) -> None:
    ada, url = world.enroll("Ada"), dovecot.url("twice")
    words = "Sounds good, call me Thursday"
    posted = Replied(
        key="posted",
        channel=Channel.EMAIL,
        sender=ada.addresses[0].value,
        text=f"{words}\r\n",
        headers={"message-id": f"<{ada.id}.1@client.example>"},
    )
    with reading(world, url):
        ready(world, url)
        take_reply(world.house, "sendgrid", posted)
        dovecot.deliver("twice", mail(ada, 1, words))
        eventually(lambda: stands(world, url) == 1)

    assert replies(world, ada) == 1


def test_an_automatic_answer_is_told_by_its_headers(world: World, dovecot: Dovecot) -> None:
    ada, url = world.enroll("Ada"), dovecot.url("auto")
    with reading(world, url):
        ready(world, url)
        answer = mail(ada, 1, "I am out of the office until Monday", Auto_Submitted="auto-replied")
        dovecot.deliver("auto", answer)
        eventually(lambda: str(world.enrollment(ada).state) == "paused")


def test_a_huge_mail_is_read_by_its_beginning(world: World, dovecot: Dovecot) -> None:
    ada, url = world.enroll("Ada"), dovecot.url("huge")
    with reading(world, url):
        ready(world, url)
        message = mail(ada, 1, "Yes please.\n" + "x" * 70 + "\n")
        dovecot.deliver("huge", message + b"y" * 70 + b"\r\n" + (b"z" * 70 + b"\r\n") * 100_000)
        eventually(lambda: replied(world, ada))


def test_what_we_sent_ourselves_is_not_read(dovecot: Dovecot) -> None:
    with pytest.raises(Lost, match="sent mail, drafts or waste"):
        Post(mailboxes(dovecot.url("sent", "Sent"))[0])


def test_a_wrong_password_is_shown_without_it(world: World, dovecot: Dovecot) -> None:
    url = dovecot.url("wrong").replace("secret", "hush-hush")
    world.house = replace(world.house, settings=replace(world.house.settings, imap=url))
    with reading(world, url):
        eventually(lambda: trouble(world))

    worries = " ".join(status(world.house).worries)
    assert "mailbox wrong@127.0.0.1/INBOX" in worries
    assert "hush-hush" not in worries
