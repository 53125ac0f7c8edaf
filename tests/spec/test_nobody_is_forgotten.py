"""Every open enrollment has a next action with a time: one query proves it."""

from __future__ import annotations

from outreach.domain.errors import Uncertain
from outreach.domain.message import Message
from outreach.engine import pause
from outreach.store import overview
from tests.world import World


def forgotten(world: World) -> list[int]:
    with world.store.read() as db:
        return overview.forgotten(db)


def test_at_every_moment_of_a_walk_something_is_planned(world: World) -> None:
    world.enroll("Ada")
    for _ in range(8):
        world.pass_time(hours=18)
        assert forgotten(world) == []


def test_paused_uncertain_and_waiting_ones_have_a_review(world: World) -> None:
    def lose(message: Message, token: str) -> None:
        raise Uncertain("read timeout")

    world.write(
        "cadences:\n  trial:\n    window: always\n    steps: [{id: call, call: call.md}]\n  mails:\n    window: always\n    steps: [{id: hello, email: hello.md}]\n"
    )
    world.enroll("Ada")  # a rep task
    world.provider.on_send = lose
    world.enroll("Ben", "mails")  # uncertain
    cleo = world.enroll("Cleo")
    pause.pause(world.house, [cleo.id], by="rosa", because="asked for time")

    assert forgotten(world) == []


def test_the_query_finds_whom_it_should(world: World) -> None:
    """The proof of the proof: a row with nothing planned is found."""
    from sqlalchemy import text

    ada = world.enroll("Ada")
    with world.store.begin() as db:
        db.execute(text("UPDATE enrollments SET due_at = NULL"))

    assert forgotten(world) == [world.enrollment(ada).id]
