"""Nothing that comes in can be lost: it is kept, and its people are held, before anybody tries to read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from outreach.domain import reply
from outreach.domain.channel import Channel
from outreach.domain.event import Replied
from outreach.domain.people import Lead
from outreach.domain.reply import Reading
from outreach.engine import inbox, receive
from outreach.engine.hold import hold
from outreach.engine.receive import take_reply
from outreach.engine.sweep import sweep
from outreach.insight import replies as looking
from outreach.insight.status import status
from outreach.store import events, permissions, replies
from outreach.store.replies import Raw
from tests.world import World

# Long enough not to be read in the transaction that keeps it.
LONG = "We have talked about it at length, and this is what we think of it. " * 4


class Broken(Exception):
    """A mistake in our own code."""


@pytest.fixture
def broken(world: World) -> World:
    """The theatre, where whatever reads replies has a bug."""

    def read(reply: Replied, ours: Sequence[str]) -> Reading:
        raise Broken

    world.house = replace(world.house, read=read)
    return world


def mend(world: World) -> None:
    """The bug is found."""
    world.house = replace(world.house, read=reply.read)


def held(world: World, lead: Lead) -> list[str]:
    with world.store.read() as db:
        return [hold.because for hold in permissions.holds_of(db, [lead.id]).get(lead.id, [])]


def test_when_reading_breaks_the_hold_stays_and_a_person_is_asked(broken: World) -> None:
    world = broken
    ada = world.enroll("Ada")

    got = world.reply(ada, LONG)
    world.pass_time(days=30)

    assert got.new == 1
    assert held(world, ada) == ["email from ada@client.example"]
    assert len(world.messages(ada)) == 1
    [waits] = looking.waiting(world.house)
    assert (waits.kept.because, waits.people[0].lead_id) == ("it could not be read: Broken", ada.id)
    assert any("outreach inbox" in worry for worry in status(world.house).worries)


def test_a_person_reads_what_no_machine_could(broken: World) -> None:
    world = broken
    ada = world.enroll("Ada")
    world.reply(ada, LONG)
    [waits] = looking.waiting(world.house)
    mend(world)

    inbox.assign(world.house, waits.kept.id, None, by="rosa")

    assert world.enrollment(ada).state == "replied"
    assert held(world, ada) == []


def test_a_hold_keeps_back_what_is_due_and_a_release_lets_it_go(world: World) -> None:
    """What came due in between does not wait for the hold's review."""
    ada = world.enroll("Ada")
    with world.store.begin() as db:
        permissions.lock_people(db, [ada.id])
    world.pass_time(days=1, hours=23)
    kept = keep_only(world, ada)
    world.pass_time(hours=2)
    assert len(world.messages(ada)) == 1

    inbox.dismiss(world.house, kept, by="rosa")
    world.settle()

    assert [message.channel for message in world.messages(ada)] == [Channel.EMAIL, Channel.SMS]


def keep_only(world: World, lead: Lead) -> int:
    """A reply was kept by a process that died before it could read it."""
    told = Replied(key="the last one", channel=Channel.EMAIL, sender="ada@client.example", text=LONG)
    with world.store.begin() as db:
        machine = world.store.machine_now(db)
        raw = {"event": {"key": told.key, "channel": "email", "sender": told.sender, "text": LONG}}
        at = world.at
        event_id = events.keep(
            db, "fake", told.key, "Replied", raw, received_at=at, machine_at=machine, at=None
        )
        assert event_id is not None
        kept = hold(db, world.house, event_id, told, None, by="fake")
    assert kept.reply_id is not None
    return kept.reply_id


def test_what_was_kept_by_somebody_who_died_is_read_by_the_sweep(world: World) -> None:
    ada = world.enroll("Ada")
    keep_only(world, ada)
    assert sweep(world.house).unread == 0, "whoever keeps a reply has half a minute to read it"
    with world.store.begin() as db:
        earlier = world.store.machine_now(db) - timedelta(minutes=1)
        value = earlier.strftime("%Y-%m-%d %H:%M:%S.%f") if world.store.sqlite else earlier
        db.execute(text("UPDATE events SET machine_at = :at WHERE key = 'the last one'"), {"at": value})

    assert sweep(world.house).unread == 1
    assert world.enrollment(ada).state == "replied"
    assert held(world, ada) == []


def test_an_opt_out_in_so_many_words_is_committed_with_the_event_itself(world: World) -> None:
    """It needs no second transaction, which might not come."""
    ada = world.enroll("Ada")

    with world.store.begin() as db:
        machine = world.store.machine_now(db)
        told = Replied(key="stop", channel=Channel.SMS, sender="+12125550101", text="STOP")
        at, raw = world.at, {"event": {}}
        event_id = events.keep(db, "fake", "stop", "Replied", raw, received_at=at, machine_at=machine, at=at)
        assert event_id is not None
        kept = hold(db, world.house, event_id, told, None, by="fake")

    assert (kept.reply_id, kept.stopped) == (None, {ada.id})
    assert world.enrollment(ada).state == "opted_out"
    assert held(world, ada) == []


def test_what_came_in_is_kept_as_it_came(world: World) -> None:
    """A later version may read it again, and better."""
    ada = world.enroll("Ada")
    told = Replied(key="raw", channel=Channel.EMAIL, sender="ada@client.example", text="Ja, gern")
    mail = "From: ada@client.example\r\n\r\nJa, gérn\r\n".encode("latin-1")

    take_reply(world.house, "imap", told, Raw(mail + b"x" * 1_000_000, "message/rfc822"))

    with world.store.read() as db:
        [kept] = [replies.get(db, n) for n in (1, 2) if replies.get(db, n)]
        assert kept is not None
        raw = replies.raw(db, kept.id)
        assert raw is not None
        assert raw.content_type == "message/rfc822"
        assert raw.body.startswith(mail)
        assert len(raw.body) == 256_000
        words = replies.words(db, kept.id)
        assert words is not None
        assert words.text == "Ja, gern"
    assert world.enrollment(ada).state == "replied"


def test_one_mail_that_comes_in_two_ways_is_one_reply(world: World) -> None:
    """The same mailbox may be read by IMAP and forwarded to Inbound Parse."""
    ada = world.enroll("Ada")
    mail = {"headers": {"message-id": "<1@client.example>"}}

    world.reply(ada, "Yes,\r\n please \r\n", **mail)
    again = Replied(
        key="uid 7", channel=Channel.EMAIL, sender="ada@client.example", text="Yes,\nplease", **mail
    )
    take_reply(world.house, "imap", again)
    other = Replied(key="uid 8", channel=Channel.EMAIL, sender="ada@client.example", text="And no", **mail)
    take_reply(world.house, "imap", other)

    with world.store.read() as db:
        effects = (
            db.execute(text("SELECT effect FROM events WHERE kind = 'Replied' ORDER BY id")).scalars().all()
        )
    assert effects[1] == "came in before, by another way"
    assert [line for line in world.timeline(ada) if "reply" in line] == ["day 0  email  reply  human"] * 2


@pytest.mark.parametrize("sender", ["team@mail.acme.example", "rosa@acme.example", "+15005550006"])
def test_what_we_sent_ourselves_is_never_a_reply(world: World, sender: str) -> None:
    """A copy in a shared mailbox, a test to our own number: nobody is stopped by it."""
    ada = world.enroll("Ada")
    channel = Channel.SMS if sender.startswith("+") else Channel.EMAIL

    token = world.enrollment(ada).reply_token
    world.reply(ada, "A tip for you", channel, sender=sender, reply_token=token)

    assert world.enrollment(ada).state == "active"
    assert held(world, ada) == []


def test_nul_and_half_characters_are_survived(world: World) -> None:
    ada = world.enroll("Ada")

    world.reply(ada, "yes\x00 \udc80 please" + LONG, subject="a\x00b")

    assert world.enrollment(ada).state == "replied"


def test_a_request_that_is_told_again_after_a_crash_finds_it_kept(world: World) -> None:
    ada = world.enroll("Ada")
    kept = keep_only(world, ada)

    told = Replied(key="the last one", channel=Channel.EMAIL, sender="ada@client.example", text=LONG)
    got = receive.receive(world.house, "fake", world.provider.request(told))

    assert got.new == 0
    assert held(world, ada) != []
    with world.store.read() as db:
        found = replies.get(db, kept)
    assert found is not None
    assert found.state == "held"


def test_what_is_held_for_too_long_asks_a_person_although_no_machine_gave_up(world: World) -> None:
    """Whoever should have read it hangs, or no clock runs that would read what was left."""
    ada = world.enroll("Ada")
    kept = keep_only(world, ada)
    assert looking.waiting(world.house) == []

    world.at += timedelta(hours=2)

    [waits] = looking.waiting(world.house)
    assert (waits.kept.id, waits.kept.state) == (kept, "held")
    assert status(world.house).holds_overdue == 1
