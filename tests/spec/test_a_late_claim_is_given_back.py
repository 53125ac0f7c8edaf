"""A claim that could not begin within its deadline goes back at once: we were slow, the provider was not."""

from __future__ import annotations

from datetime import timedelta

from outreach.domain.errors import TooLate
from outreach.domain.message import Message
from outreach.domain.touch import State
from tests.world import World


def test_a_request_that_came_too_late_is_tried_again_within_seconds(world: World) -> None:
    """However often it happened before: a busy machine must not put its leads off for an hour."""
    late = iter([True] * 5)

    def slow(message: Message, token: str) -> None:
        if next(late, False):
            raise TooLate("the time to begin this request had passed; nothing was written")

    world.provider.on_send = slow
    ada = world.enroll("Ada")

    world.pass_time(seconds=10)

    touch = world.touch(ada, "hello")
    assert touch.state is State.SENT
    assert touch.tries == 6
    assert touch.sent_at is not None
    assert touch.sent_at - world.day_zero < timedelta(seconds=10)
