"""Webhooks get lost: an endpoint was down, a deployment took too long. The provider's own list has what they told."""

from __future__ import annotations

from datetime import timedelta

from outreach.domain.channel import Channel
from outreach.domain.errors import Unavailable
from outreach.domain.event import Replied
from outreach.engine.catch_up import GRACE, catch_up
from tests.fakes import FakeProvider
from tests.world import World

OURS = "+15005550006"


def wrote(world: World, words: str, *, ago: timedelta = timedelta(minutes=30), to: str = OURS) -> Replied:
    """Ada wrote some time ago, and the provider has it."""
    told = Replied(
        key=f"SM {words}", at=world.at - ago, channel=Channel.SMS, sender="+12125550101", to=to, text=words
    )
    world.provider.got.append(told)
    return told


def test_an_answer_that_no_webhook_told_stops_the_cadence(world: World) -> None:
    ada = world.enroll("Ada")
    wrote(world, "Call me")

    assert catch_up(world.house, world.at) == 1
    world.pass_time(days=30)

    assert world.enrollment(ada).state == "replied"
    assert len(world.messages(ada)) == 1


def test_a_stop_that_no_webhook_told_is_an_opt_out(world: World) -> None:
    ada = world.enroll("Ada")
    wrote(world, "STOP")

    catch_up(world.house, world.at)

    assert world.enrollment(ada).state == "opted_out"


def test_what_a_webhook_told_has_no_effect_twice_in_either_order(world: World) -> None:
    ada = world.enroll("Ada")
    first, second = wrote(world, "Call me"), wrote(world, "Please")
    world.tell(first)

    assert catch_up(world.house, world.at) == 1
    assert world.tell(second).new == 0
    assert catch_up(world.house, world.at) == 0
    assert len([line for line in world.timeline(ada) if "reply" in line]) == 2


def test_the_webhook_goes_first(world: World) -> None:
    """It may say more than the list does: that the provider took the text for an opt-out in the team's own words."""
    ada = world.enroll("Ada")
    wrote(world, "Call me", ago=timedelta(minutes=1))

    assert catch_up(world.house, world.at) == 0
    assert world.enrollment(ada).state == "active"
    assert catch_up(world.house, world.at + GRACE) == 1


def test_what_came_while_nobody_asked_is_found_afterwards(world: World) -> None:
    """From where it was last asked, with an hour to spare, and a week at most."""
    world.enroll("Ada")
    assert catch_up(world.house, world.at) == 0
    wrote(world, "Call me", ago=timedelta(minutes=-10))

    assert catch_up(world.house, world.at + timedelta(days=3)) == 1


def test_other_numbers_of_the_account_are_none_of_ours(world: World) -> None:
    wrote(world, "Call me", to="+15005550007")

    assert catch_up(world.house, world.at) == 0


def test_a_provider_that_cannot_be_asked_is_asked_again(world: World) -> None:
    ada = world.enroll("Ada")
    wrote(world, "Call me")
    well = world.provider.received

    def away(*_: object) -> list[Replied]:
        raise Unavailable("no route")

    world.provider.received = away  # type: ignore[method-assign, assignment]
    assert catch_up(world.house, world.at) == 0
    world.provider.received = well  # type: ignore[method-assign]

    assert catch_up(world.house, world.at + timedelta(hours=5)) == 1
    assert world.enrollment(ada).state == "replied"
    assert isinstance(world.provider, FakeProvider)
