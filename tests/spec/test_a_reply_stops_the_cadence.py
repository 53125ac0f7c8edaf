"""Nobody is touched after they answered."""

from outreach.domain.channel import Channel
from tests.world import TRIAL, World


def test_a_reply_stops_every_later_touch(world: World) -> None:
    """The one rule a lead would notice if we broke it."""
    ada = world.enroll("Ada")

    world.pass_time(days=2)
    world.reply(ada, "Sounds good, call me Thursday")
    world.pass_time(days=30)

    assert world.timeline(ada) == ["day 0  email  sent", "day 2  sms  sent", "day 2  email  reply  human"]
    assert world.enrollment(ada).state == "replied"


def test_a_reply_on_one_channel_stops_all_channels(world: World) -> None:
    ada = world.enroll("Ada")

    world.pass_time(days=2)
    world.reply(ada, "Who is this?", Channel.SMS)
    world.pass_time(days=30)

    assert [message.channel for message in world.messages(ada)] == [Channel.EMAIL, Channel.SMS]


def test_a_reply_from_an_unknown_address_is_known_by_its_token(world: World) -> None:
    """A colleague answers from another mailbox: the Reply-To address carries the enrollment's token."""
    ada = world.enroll("Ada")

    token = world.enrollment(ada).reply_token
    world.reply(
        ada, "Ada asked me to answer", sender="colleague@elsewhere.example", reply_token=token.upper()
    )

    assert world.enrollment(ada).state == "replied"


def test_a_reply_is_known_by_the_message_it_answers(world: World) -> None:
    ada = world.enroll("Ada")

    answered = world.messages(ada)[0].headers["Message-ID"]  # type: ignore[attr-defined]
    world.reply(ada, "Yes", sender="ada.private@home.example", message_ids=(answered,))

    assert world.enrollment(ada).state == "replied"


def test_a_reply_ends_all_cadences_of_the_person(world: World) -> None:
    world.write(TRIAL + TRIAL.removeprefix("cadences:\n").replace("trial", "second"))
    ada = world.enroll("Ada")
    world.enroll(ada, "second")

    world.reply(ada, "Stop by any time")

    assert world.enrollment(ada).state == world.enrollment(ada, "second").state == "replied"


def test_a_shared_number_stops_everybody_who_has_it(world: World) -> None:
    ada = world.enroll("Ada", phone="+12125550199")
    ben = world.enroll("Ben", phone="+12125550199")

    world.reply(ada, "Call me", Channel.SMS)

    assert (world.enrollment(ada).state, world.enrollment(ben).state) == ("replied", "replied")


def test_by_choice_a_reply_stops_the_whole_account(world: World) -> None:
    world.write(TRIAL.replace("window: always", "window: always\n    stop_scope: account"))
    ada = world.enroll("Ada", company="Client Inc")
    ben = world.enroll("Ben", company="client  inc")
    eve = world.enroll("Eve", company="Other Ltd")

    world.reply(ada, "We are looking into it")

    assert (world.enrollment(ben).state, world.enrollment(ben).reason) == ("replied", "a colleague replied")
    assert world.enrollment(eve).state == "active"


def test_a_reply_after_the_end_still_counts(world: World) -> None:
    ada = world.enroll("Ada")
    world.pass_time(days=10)
    assert world.enrollment(ada).state == "finished"

    world.reply(ada, "Sorry for the delay. Yes!")

    assert world.enrollment(ada).state == "replied"


def test_a_reply_told_three_times_has_one_effect(world: World) -> None:
    ada = world.enroll("Ada")

    first = world.reply(ada, "Yes", key="the same")
    again = [world.reply(ada, "Yes", key="the same") for _ in range(2)]

    assert [first.new, *(got.new for got in again)] == [1, 0, 0]
    assert world.timeline(ada).count("day 0  email  reply  human") == 1
