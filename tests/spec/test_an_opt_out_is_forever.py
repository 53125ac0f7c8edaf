"""Who asks us to stop is left alone, at once, on every cadence, now and later (rule R8)."""

import pytest

from outreach.domain.channel import Channel
from outreach.domain.errors import Forbidden
from outreach.domain.event import Complained, OptedIn
from outreach.engine import suppress
from tests.world import TRIAL, World


@pytest.mark.parametrize(
    "words", ["STOP", "Stop.", "stop!", "Unsubscribe", "please take me off your list", "QUIT"]
)
def test_stop_by_text_ends_everything_and_closes_telephones(world: World, words: str) -> None:
    ada = world.enroll("Ada")
    world.pass_time(days=2)

    world.reply(ada, words, Channel.SMS)
    world.pass_time(days=30)

    assert world.enrollment(ada).state == "opted_out"
    assert [m.channel for m in world.messages(ada)] == [Channel.EMAIL, Channel.SMS]


def test_unsubscribing_from_mail_closes_mail(world: World) -> None:
    ada = world.enroll("Ada")

    world.unsubscribe(ada)

    assert world.enrollment(ada).state == "opted_out"
    world.write("cadences:\n  mails:\n    steps: [{id: hello, email: hello.md}]\n")
    with pytest.raises(Forbidden, match="R8"):
        world.enroll(ada, "mails")


def test_a_later_cadence_uses_only_the_channels_that_stayed_open(world: World) -> None:
    ada = world.enroll("Ada")
    world.reply(ada, "STOP", Channel.SMS)

    world.enroll(ada)
    world.pass_time(days=9)

    assert world.timeline(ada)[-3:] == ["day 0  email  sent", "day 2  sms  skipped", "day 5  email  sent"]
    assert "R8" in (world.touches(ada)[-2].reason or "")


def test_an_opt_out_outlives_the_lead_it_came_from(world: World) -> None:
    """The number is suppressed, so another lead with the same number is left alone too."""
    ada = world.enroll("Ada", phone="+12125550199")
    world.reply(ada, "STOP", Channel.SMS)

    ben = world.enroll("Ben", phone="+12125550199")
    world.pass_time(days=9)

    assert world.timeline(ben) == ["day 0  email  sent", "day 2  sms  skipped", "day 5  email  sent"]


def test_start_lifts_what_stop_closed_and_nothing_else(world: World) -> None:
    ada = world.enroll("Ada")
    number = ada.addresses[1].value
    world.reply(ada, "STOP", Channel.SMS)
    world.unsubscribe(ada)

    world.tell(OptedIn(key="start", channel=Channel.SMS, address=number))

    world.write(TRIAL + "  texts:\n    window: always\n    steps: [{id: text, sms: text.txt}]\n")
    world.enroll(ada, "texts")
    assert world.timeline(ada)[-1] == "day 0  sms  sent"
    world.write("cadences:\n  mails:\n    steps: [{id: hello, email: hello.md}]\n")
    with pytest.raises(Forbidden, match="R8"):
        world.enroll(ada, "mails")


def test_a_complaint_is_never_lifted_by_start(world: World) -> None:
    """Who pressed "spam" must not be mailed again because of a word."""
    ada = world.enroll("Ada")
    world.tell(Complained(key="spam", token=world.token(ada), address="ada@client.example"))

    world.tell(OptedIn(key="start", channel=Channel.EMAIL, address="ada@client.example"))

    world.write("cadences:\n  mails:\n    steps: [{id: hello, email: hello.md}]\n")
    with pytest.raises(Forbidden, match="complaint"):
        world.enroll(ada, "mails")


@pytest.mark.parametrize("first", ["the lead", "we"])
def test_start_does_not_lift_what_we_closed_too(world: World, first: str) -> None:
    """Both closed the same number on the same channel: whoever came first, START takes back its own part only."""
    ada = world.enroll("Ada")
    number = ada.addresses[1].value
    closings = [
        lambda: world.reply(ada, "STOP", Channel.SMS),
        lambda: suppress.suppress(world.house, "phone", number, Channel.SMS, by="rosa", because="a mistake"),
    ]
    for close in closings if first == "the lead" else reversed(closings):
        close()

    world.tell(OptedIn(key="start", channel=Channel.SMS, address=number))

    world.write(TRIAL + "  texts:\n    window: always\n    steps: [{id: text, sms: text.txt}]\n")
    with pytest.raises(Forbidden, match="manual"):
        world.enroll(ada, "texts")


def test_yes_is_no_opt_in(world: World) -> None:
    """It may be the answer to a question."""
    ada = world.enroll("Ada")
    world.reply(ada, "STOP", Channel.SMS)

    world.reply(ada, "YES", Channel.SMS)

    world.enroll(ada)
    world.pass_time(days=3)
    assert world.timeline(ada)[-1] == "day 2  sms  skipped"


@pytest.mark.parametrize(
    "words", ["please don't stop", "I'll stop by tomorrow", "Can you stop at our office?"]
)
def test_a_reply_with_the_word_stop_in_it_is_a_reply(world: World, words: str) -> None:
    ada = world.enroll("Ada")

    world.reply(ada, words, Channel.SMS)

    assert world.enrollment(ada).state == "replied"
