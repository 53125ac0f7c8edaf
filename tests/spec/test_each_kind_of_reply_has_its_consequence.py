"""What a reply turned out to be decides what happens; a person's answer becomes work for a rep, a machine's never does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from outreach.domain.channel import AddressKind, Channel
from outreach.domain.event import Replied
from outreach.domain.people import Address, Lead
from outreach.domain.reply import Reading, ReplyKind
from outreach.engine import pause
from outreach.insight import replies as looking
from outreach.insight.timeline import story
from outreach.store import leads, permissions
from tests.world import TRIAL, World

WORDS = "What a machine makes of this is decided by each of these tests, so these words do not matter at all, you see."


def read_as(world: World, kind: ReplyKind, back_on: date | None = None) -> None:
    """From now on whoever reads replies finds this in each of them."""

    def read(reply: Replied, ours: Sequence[str]) -> Reading:
        return Reading(kind=kind, text=reply.text, because="says so", back_on=back_on)

    world.house = replace(world.house, read=read)


def reply(world: World, lead: Lead, kind: ReplyKind, **more: object) -> None:
    read_as(world, kind)
    world.reply(lead, WORDS, **more)


def tasks(world: World) -> list[str]:
    return [f"{one.lead}: {one.task.kind.value} for {one.task.rep}" for one in looking.answers(world.house)]


def test_a_persons_answer_becomes_a_task_for_the_rep_with_its_words(world: World) -> None:
    ada = world.enroll("Ada")

    world.reply(ada, "Sounds good, call me Thursday")

    [answer] = looking.answers(world.house)
    task = answer.task
    assert (answer.lead, answer.cadence, task.rep) == ("Ada Jones", "trial", "rosa")
    assert (task.sender, task.text) == ("ada@client.example", "Sounds good, call me Thursday")
    assert task.due_at == world.at + timedelta(days=1)


def test_two_answers_of_one_lead_are_one_task(world: World) -> None:
    ada = world.enroll("Ada")

    world.reply(ada, "Yes")
    world.reply(ada, "And one more question")

    [answer] = looking.answers(world.house)
    assert "Yes" in answer.task.text
    assert "And one more question" in answer.task.text


def test_the_answer_of_a_lead_who_is_in_no_cadence_is_a_task_too(world: World) -> None:
    ada = world.lead("Ada", owner="rosa")

    world.reply(ada, "I saw your talk")

    assert tasks(world) == ["Ada Jones: answer for rosa"]


@pytest.mark.parametrize(
    ("kind", "state", "work"),
    [
        (ReplyKind.HUMAN, "replied", ["Ada Jones: answer for rosa"]),
        (ReplyKind.WRONG_PERSON, "replied", ["Ada Jones: wrong person for rosa"]),
        (ReplyKind.LEFT_COMPANY, "stopped", ["Ada Jones: new contact for rosa"]),
        (ReplyKind.CHALLENGE, "paused", ["Ada Jones: challenge for rosa"]),
        (ReplyKind.OUT_OF_OFFICE, "paused", []),
        (ReplyKind.OPT_OUT, "opted_out", []),
        (ReplyKind.COMPLAINT, "opted_out", []),
        (ReplyKind.AUTO_OTHER, "active", []),
        (ReplyKind.BOUNCE_SOFT, "active", []),
        (ReplyKind.HELP, "active", []),
    ],
)
def test_every_kind_does_what_it_must_and_no_more(
    world: World, kind: ReplyKind, state: str, work: list[str]
) -> None:
    ada = world.enroll("Ada")

    reply(world, ada, kind)

    assert world.enrollment(ada).state == state
    assert tasks(world) == work
    with world.store.read() as db:
        assert permissions.holds_of(db, [ada.id]) == {}


def test_nothing_is_ever_answered_by_a_machine(world: World) -> None:
    """Two machines that answer each other never end."""
    ada = world.enroll("Ada")
    for kind in ReplyKind:
        reply(world, ada, kind)

    assert len(world.messages(ada)) == 1


def test_whoever_left_does_not_take_the_colleagues_along(world: World) -> None:
    world.write(TRIAL.replace("window: always", "window: always\n    stop_scope: account"))
    ada = world.enroll("Ada", company="Client Inc")
    ben = world.enroll("Ben", company="Client Inc")

    reply(world, ada, ReplyKind.LEFT_COMPANY)

    assert (world.enrollment(ada).state, world.enrollment(ben).state) == ("stopped", "active")


# -- away ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("back_on", "until"),
    [
        # It is Tuesday the first of December, ten in the morning in New York. Monday the seventh:
        (date(2026, 12, 7), datetime(2026, 12, 8, 14, 0, tzinfo=UTC)),
        (
            date(2026, 12, 4),
            datetime(2026, 12, 7, 14, 0, tzinfo=UTC),
        ),  # a Friday: the next working day is Monday
        (date(2026, 12, 24), datetime(2026, 12, 28, 14, 0, tzinfo=UTC)),  # over Christmas
        (date(2026, 12, 1), datetime(2026, 12, 2, 14, 0, tzinfo=UTC)),  # today
        (date(2026, 11, 20), datetime(2026, 12, 4, 15, 0, tzinfo=UTC)),  # past: three working days
        (None, datetime(2026, 12, 4, 15, 0, tzinfo=UTC)),
        (date(2027, 6, 1), datetime(2026, 12, 31, 15, 0, tzinfo=UTC)),  # half a year: thirty days, no more
    ],
)
def test_who_is_away_is_left_alone_until_a_working_day_after_the_return(
    world: World, back_on: date | None, until: datetime
) -> None:
    ada = world.enroll("Ada")

    read_as(world, ReplyKind.OUT_OF_OFFICE, back_on)
    world.reply(ada, WORDS)

    assert world.enrollment(ada).state == "paused"
    assert world.enrollment(ada).resume_at == until


def test_of_two_answers_from_the_holidays_the_later_return_counts(world: World) -> None:
    ada = world.enroll("Ada")

    for back_on in (date(2026, 12, 14), date(2026, 12, 7)):
        read_as(world, ReplyKind.OUT_OF_OFFICE, back_on)
        world.reply(ada, WORDS)

    assert world.enrollment(ada).resume_at == datetime(2026, 12, 15, 14, 0, tzinfo=UTC)


def test_what_a_rep_paused_by_hand_does_not_go_on_because_somebody_is_away(world: World) -> None:
    ada = world.enroll("Ada")
    pause.pause(world.house, [ada.id], by="rosa", because="waiting for the lawyers")

    reply(world, ada, ReplyKind.OUT_OF_OFFICE)
    world.pass_time(days=60)

    assert (world.enrollment(ada).state, world.enrollment(ada).resume_at) == ("paused", None)
    assert len(world.messages(ada)) == 1


def test_an_answer_from_the_holidays_changes_nothing_for_whoever_has_answered(world: World) -> None:
    ada = world.enroll("Ada")
    world.reply(ada, "Yes")

    reply(world, ada, ReplyKind.OUT_OF_OFFICE)

    assert world.enrollment(ada).state == "replied"


# -- mails that come back -----------------------------------------------------------------------------------------------


def test_a_bounce_that_comes_as_a_mail_closes_the_address_it_went_to(world: World) -> None:
    ada = world.enroll("Ada")
    answered = world.messages(ada)[0].headers["Message-ID"]  # type: ignore[attr-defined]

    reply(world, ada, ReplyKind.BOUNCE_HARD, sender="mailer-daemon@client.example", message_ids=(answered,))
    world.pass_time(days=30)

    assert world.touch(ada, "hello").state == "bounced"
    assert [message.channel for message in world.messages(ada)] == [Channel.EMAIL, Channel.SMS]
    with world.store.read() as db:
        [closed] = permissions.suppressed(db, [("email", "ada@client.example")])
    assert (closed.channel, closed.reason) == (Channel.EMAIL, "hard_bounce")
    assert tasks(world) == []


def test_a_complaint_closes_the_address_that_our_mail_went_to(world: World) -> None:
    ada = world.enroll("Ada")
    answered = world.messages(ada)[0].headers["Message-ID"]  # type: ignore[attr-defined]

    reply(world, ada, ReplyKind.COMPLAINT, sender="feedback@isp.example", message_ids=(answered,))

    with world.store.read() as db:
        [closed] = permissions.suppressed(db, [("email", "ada@client.example")])
    assert closed.reason == "complaint"


def test_the_timeline_tells_what_each_reply_was(world: World) -> None:
    ada = world.enroll("Ada")

    reply(world, ada, ReplyKind.AUTO_OTHER)

    told = [moment.because for moment in story(world.house, ada.id).timeline if "Replied" in moment.what]
    assert told == ["auto_other: not a reply"]


# -- START --------------------------------------------------------------------------------------------------------------


def closed(world: World, lead: Lead) -> set[str]:
    """The channels that are closed for a lead, with the reason."""
    names = [("person", str(lead.id)), *((a.kind.value, a.value) for a in lead.addresses)]
    with world.store.read() as db:
        return {f"{s.channel.value if s.channel else 'all'}" for s in permissions.suppressed(db, names)}


def test_start_lifts_what_stop_from_the_same_number_closed(world: World) -> None:
    ada = world.enroll("Ada")
    world.reply(ada, "STOP", Channel.SMS)
    assert closed(world, ada) == {"sms", "voicemail", "call"}

    world.pass_time(days=1)
    world.reply(ada, "START", Channel.SMS)

    assert closed(world, ada) == set()


def test_start_from_another_number_lifts_nothing(world: World) -> None:
    ada = world.enroll("Ada")
    other = Address(id=0, kind=AddressKind.PHONE, value="+12125550155", country="US")
    with world.store.begin() as db:
        leads.put_addresses(db, ada.id, [other])
    world.reply(ada, "STOP", Channel.SMS)

    world.reply(ada, "START", Channel.SMS, sender="+12125550155")

    assert closed(world, ada) == {"sms", "voicemail", "call"}


def test_start_lifts_no_request_to_stop_everything(world: World) -> None:
    from outreach.domain.event import OptedOut

    ada = world.enroll("Ada")
    world.tell(OptedOut(key="all", channel=Channel.EMAIL, address="ada@client.example", everything=True))
    world.pass_time(hours=1)
    world.reply(ada, "STOP", Channel.SMS)
    world.reply(ada, "START", Channel.SMS)

    assert "all" in closed(world, ada)


def test_yes_lifts_nothing(world: World) -> None:
    """It may be the answer to a question."""
    ada = world.enroll("Ada")
    world.reply(ada, "STOP", Channel.SMS)

    world.reply(ada, "YES", Channel.SMS)

    assert closed(world, ada) == {"sms", "voicemail", "call"}
