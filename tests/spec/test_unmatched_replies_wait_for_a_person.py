"""A reply that nobody can place is never dropped: it waits in the inbox, and whoever it may be from is held."""

from __future__ import annotations

import pytest

from outreach.domain.channel import Channel
from outreach.domain.errors import Mistake, Unknown
from outreach.domain.event import Replied
from outreach.domain.people import Lead
from outreach.domain.reply import ReplyKind
from outreach.engine import inbox, suppress
from outreach.engine.receive import Received
from outreach.insight import replies as looking
from outreach.insight.status import status
from outreach.store import permissions
from tests.world import TRIAL, World

WORDS = "I have read what you sent to us and would like to hear more about the second point of it, please."


def write(world: World, sender: str, words: str = WORDS, **more: object) -> Received:
    """Somebody writes from an address that nobody has."""
    channel = Channel.SMS if sender.startswith("+") else Channel.EMAIL
    told = {"key": f"{sender} {words}", "channel": channel, "sender": sender, "text": words, **more}
    got = world.tell(Replied(**told))  # type: ignore[arg-type]
    world.settle()
    return got


def held(world: World, lead: Lead) -> bool:
    with world.store.read() as db:
        return bool(permissions.holds_of(db, [lead.id]))


@pytest.mark.parametrize(
    ("sender", "header", "because"),
    [
        ("ada+work@client.example", "", "has an address much like"),
        ("ada.jones@home.example", "", "is ada.jones@ elsewhere"),
        ("aj@home.example", '"Jones, Ada" <aj@home.example>', "is called Ada Jones"),
        ("assistant@client.example", "", "is at client.example too"),
    ],
)
def test_whoever_it_may_be_from_is_held_until_a_person_decides(
    world: World, sender: str, header: str, because: str
) -> None:
    local = "ada.jones" if "ada.jones" in sender else "ada"
    ada = world.enroll("Ada", email=f"{local}@client.example")
    ben = world.enroll("Ben", email="ben@elsewhere.example")

    write(world, sender, headers={"from": header})
    world.pass_time(days=30)

    [waits] = looking.waiting(world.house)
    assert [(one.lead_id, because in one.because, one.held) for one in waits.people] == [(ada.id, True, True)]
    assert len(world.messages(ada)) == 1
    assert world.enrollment(ben).state == "finished"
    assert status(world.house).replies_waiting == 1


def test_nobody_is_likely_only_because_both_use_a_free_mail_host(world: World) -> None:
    ada = world.enroll("Ada", email="ada@gmail.com")

    write(world, "somebody@gmail.com")

    [waits] = looking.waiting(world.house)
    assert waits.people == ()
    assert not held(world, ada)


def test_assigned_it_counts_as_that_leads_reply_and_the_others_go_on(world: World) -> None:
    ada, ben = world.enroll("Ada"), world.enroll("Ben")
    write(world, "assistant@client.example")
    [waits] = looking.waiting(world.house)

    inbox.assign(world.house, waits.kept.id, ada.id, by="rosa")

    assert (world.enrollment(ada).state, world.enrollment(ben).state) == ("replied", "active")
    assert not held(world, ben)
    assert looking.waiting(world.house) == []
    [answer] = looking.answers(world.house)
    assert (answer.task.lead_id, answer.task.sender, answer.task.text) == (
        ada.id,
        "assistant@client.example",
        WORDS,
    )
    assert [a.value for a in ada.addresses] == [a.value for a in world.lead("Ada").addresses]


def test_assigned_with_its_address_the_next_one_finds_its_way_by_itself(world: World) -> None:
    ada = world.enroll("Ada")
    write(world, "private@home.example")
    [waits] = looking.waiting(world.house)

    inbox.assign(world.house, waits.kept.id, ada.id, by="rosa", keep_address=True)
    write(world, "private@home.example", "One thing more: " + WORDS)

    assert looking.waiting(world.house) == []
    [answer] = looking.answers(world.house)
    assert "One thing more" in answer.task.text


def test_a_person_may_say_what_it_is(world: World) -> None:
    ada = world.enroll("Ada")
    write(world, "assistant@client.example")
    [waits] = looking.waiting(world.house)

    inbox.assign(world.house, waits.kept.id, ada.id, by="rosa", kind=ReplyKind.OPT_OUT)

    assert world.enrollment(ada).state == "opted_out"


def test_dismissed_it_lets_everybody_go_on(world: World) -> None:
    ada = world.enroll("Ada")
    write(world, "newsletter@client.example")
    [waits] = looking.waiting(world.house)
    world.pass_time(days=3)

    assert inbox.dismiss(world.house, waits.kept.id, by="rosa", because="newsletter") == [ada.id]
    world.pass_time(days=30)

    assert world.enrollment(ada).state == "finished"
    with pytest.raises(Mistake, match="dismissed already, by rosa"):
        inbox.assign(world.house, waits.kept.id, ada.id, by="rosa")


def test_a_number_that_is_not_there_says_where_to_look(world: World) -> None:
    with pytest.raises(Unknown, match="outreach inbox"):
        inbox.dismiss(world.house, 4711, by="rosa")


def test_what_machines_send_to_nobody_is_put_away(world: World) -> None:
    """Newsletters and tickets hold nobody for longer than it takes to read them."""
    ada = world.enroll("Ada")

    write(world, "tickets@client.example", headers={"auto-submitted": "auto-generated"}, subject="Ticket 12")

    assert looking.waiting(world.house) == []
    assert not held(world, ada)


def test_an_unknown_number_that_says_stop_is_never_texted(world: World) -> None:
    write(world, "+12125550177", "STOP")

    ada = world.enroll("Ada", phone="+12125550177")
    world.pass_time(days=30)

    assert looking.waiting(world.house) == []
    assert [message.channel for message in world.messages(ada)] == [Channel.EMAIL, Channel.EMAIL]


def test_an_unknown_address_that_opts_out_is_closed_and_a_person_looks_who_it_was(world: World) -> None:
    ada = world.enroll("Ada")

    write(world, "ada+private@client.example", "unsubscribe")

    with world.store.read() as db:
        assert permissions.suppressed(db, [("email", "ada+private@client.example")])
    assert held(world, ada)
    assert len(looking.waiting(world.house)) == 1


def test_by_choice_a_colleague_whom_nobody_knows_stops_the_account(world: World) -> None:
    world.write(TRIAL.replace("window: always", "window: always\n    stop_scope: account"))
    ada, ben = world.enroll("Ada"), world.enroll("Ben")
    eve = world.enroll("Eve", email="eve@gmail.com")

    write(world, "boss@client.example")

    assert (world.enrollment(ada).state, world.enrollment(ben).state) == ("replied", "replied")
    assert world.enrollment(ada).reason == "a colleague replied"
    assert world.enrollment(eve).state == "active"
    assert len(looking.answers(world.house)) == 1, "one answer for the whole company"


def test_a_token_cut_short_by_a_mail_system_is_known_while_it_is_unique(world: World) -> None:
    ada, ben = world.enroll("Ada"), world.enroll("Ben")
    token = world.enrollment(ada).reply_token

    write(world, "boss@elsewhere.example", reply_token=token[:20].upper())
    write(world, "else@elsewhere.example", reply_token=token[:8])

    assert (world.enrollment(ada).state, world.enrollment(ben).state) == ("replied", "active")
    assert len(looking.waiting(world.house)) == 1, "too short to be sure"


def test_a_suppression_by_hand_outlives_the_start_of_the_same_number(world: World) -> None:
    ada = world.enroll("Ada")
    world.reply(ada, "STOP", Channel.SMS)
    suppress.suppress(
        world.house, "phone", "+12125550101", Channel.SMS, by="rosa", because="the lawyer called"
    )

    world.reply(ada, "START", Channel.SMS)

    with world.store.read() as db:
        [kept] = permissions.suppressed(db, [("phone", "+12125550101")])
    assert (kept.reason, kept.source) == ("manual", "the lawyer called")
