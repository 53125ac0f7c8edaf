"""Keys that do not work stop their provider at the first answer; touches stay due until somebody mends them."""

from __future__ import annotations

import pytest

from outreach.domain.errors import Fault, Unavailable
from outreach.domain.message import Message
from outreach.engine import pause
from outreach.store import permissions
from tests.world import World


@pytest.mark.parametrize(
    ("fault", "switch"), [(Fault.ACCOUNT, "provider:fake"), (Fault.SENDER, "sender:main")]
)
def test_one_refused_key_is_asked_once_and_nothing_is_lost(world: World, fault: Fault, switch: str) -> None:
    asked: list[str] = []

    def wrong_key(message: Message, token: str) -> None:
        asked.append(token)
        raise Unavailable("authentication failed", code="20003", fault=fault)

    world.provider.on_send = wrong_key
    ada = world.enroll("Ada")
    ben = world.enroll("Ben")
    world.pass_time(hours=6)

    assert len(asked) == 1
    with world.store.read() as db:
        assert [one.name for one in permissions.stopped(db)] == [switch]
    assert world.touch(ben, "hello").waiting_for == "switch"

    world.provider.on_send = lambda message, token: None
    pause.turn(world.house, switch, stop=False, by="ops")
    world.pass_time(hours=1)

    assert [len(world.messages(lead)) for lead in (ada, ben)] == [1, 1]
