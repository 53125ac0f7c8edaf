"""A pause keeps what was left of a wait; a resume does not burst."""

from __future__ import annotations

from datetime import timedelta

from outreach.engine.pause import pause, resume
from tests.world import World


def test_what_was_left_of_a_wait_goes_on_after_the_pause(world: World) -> None:
    ada = world.enroll("Ada")
    world.pass_time(days=1)
    pause(world.house, [ada.id], by="rosa", because="on holiday")
    world.pass_time(days=10)
    assert len(world.messages(ada)) == 1

    resume(world.house, [ada.id], by="rosa")
    world.pass_time(hours=23)
    assert len(world.messages(ada)) == 1
    world.pass_time(hours=2)

    assert world.timeline(ada) == ["day 0  email  sent", "day 12  sms  sent"]


def test_a_pause_with_a_date_ends_by_itself(world: World) -> None:
    ada = world.enroll("Ada")
    pause(world.house, [ada.id], by="rosa", because="on holiday", until=world.at + timedelta(days=7))

    world.pass_time(days=30)

    assert world.timeline(ada) == ["day 0  email  sent", "day 9  sms  sent", "day 12  email  sent"]


def test_a_touch_that_was_queued_when_the_pause_began_is_not_late_after_it(world: World) -> None:
    ada = world.enroll("Ada")
    world.deaf = True
    world.pass_time(days=2)
    pause(world.house, [ada.id], by="rosa", because="on holiday")
    world.deaf = False
    world.pass_time(days=5)

    resume(world.house, [ada.id], by="rosa")
    world.pass_time(hours=1)

    assert world.timeline(ada) == ["day 0  email  sent", "day 7  sms  sent"]


def test_a_reply_ends_a_paused_walk_too(world: World) -> None:
    ada = world.enroll("Ada")
    pause(world.house, [ada.id], by="rosa", because="on holiday")

    world.reply(ada, "I am back")

    assert world.enrollment(ada).state == "replied"
