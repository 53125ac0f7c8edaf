"""One step, taken once, for one lead: whatever is doubled, late, killed or unsure."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from outreach.domain.errors import Refused, Unavailable, Uncertain
from outreach.domain.event import Delivered, Progressed
from outreach.domain.message import Message
from outreach.engine import dispatch
from outreach.engine.deliver import deliver
from tests.world import World


def test_a_bell_rung_a_hundred_times_sends_once(world: World) -> None:
    world.deaf = True
    ada = world.enroll("Ada")
    touch = world.touch(ada, "hello")
    world.deaf = False

    world.ring([(touch.id, touch.channel)] * 100)
    world.quiet()

    assert len(world.messages(ada)) == 1


def test_many_workers_at_the_same_moment_send_once(world: World) -> None:
    world.deaf = True
    leads = [world.enroll(name) for name in ("Ada", "Ben", "Cleo", "Dan", "Eve")]
    ids = [world.touch(lead, "hello").id for lead in leads]
    start = threading.Barrier(8)

    def work() -> None:
        start.wait()
        deliver(world.house, ids, pool)

    with ThreadPoolExecutor(16) as pool:
        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert [len(world.messages(lead)) for lead in leads] == [1] * 5


def test_five_clocks_make_one_touch(world: World) -> None:
    ada = world.enroll("Ada")
    world.deaf = True
    world.pass_time(days=2)
    clocks = [threading.Thread(target=dispatch.dispatch, args=(world.house,)) for _ in range(5)]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join()

    assert [touch.step_id for touch in world.touches(ada)] == ["hello", "text"]


@pytest.mark.parametrize("error", [Uncertain("the answer never came"), RuntimeError("the library broke")])
def test_what_may_have_gone_out_is_uncertain_and_never_sent_again(world: World, error: Exception) -> None:
    def lose(message: Message, token: str) -> None:
        raise error

    world.provider.on_send = lose
    ada = world.enroll("Ada")
    world.provider.on_send = lambda message, token: None
    world.pass_time(days=30)

    assert world.timeline(ada) == ["day 0  email  uncertain"]
    assert world.messages(ada) == []
    assert world.touch(ada, "hello").due_at is not None  # somebody looks at it again: nobody is forgotten


def test_a_callback_settles_the_doubt_and_the_walk_goes_on(world: World) -> None:
    tokens: list[str] = []

    def lose(message: Message, token: str) -> None:
        tokens.append(token)
        raise Uncertain("read timeout")

    world.provider.on_send = lose
    ada = world.enroll("Ada")
    world.provider.on_send = lambda message, token: None

    world.tell(Delivered(key="late", token=tokens[0], reference="ref-1"))
    world.pass_time(days=3)

    assert world.timeline(ada) == ["day 0  email  uncertain", "day 0  email  delivered", "day 2  sms  sent"]


def test_a_callback_may_be_faster_than_the_answer(world: World) -> None:
    """The provider calls back before it has answered: the touch is matched by its token, and nothing is done twice."""

    def call_back_first(message: Message, token: str) -> None:
        world.tell(Progressed(key=f"p-{token}", token=token, status="queued", reference="ref-early"))
        world.tell(Delivered(key=f"d-{token}", token=token, reference="ref-early"))

    world.provider.on_send = call_back_first
    ada = world.enroll("Ada")
    world.pass_time(days=30)

    assert [line for line in world.timeline(ada) if "delivered" in line] == [
        "day 0  email  delivered",
        "day 2  sms  delivered",
        "day 5  email  delivered",
    ]
    assert len(world.messages(ada)) == 3
    assert world.enrollment(ada).state == "finished"


def test_certainly_not_sent_is_tried_again_until_it_goes(world: World) -> None:
    tries: list[str] = []

    def busy_at_first(message: Message, token: str) -> None:
        tries.append(token)
        if len(tries) < 4:
            raise Unavailable("429 too many requests")

    world.provider.on_send = busy_at_first
    ada = world.enroll("Ada")
    world.pass_time(hours=3)

    assert len(tries) == 4
    assert len(set(tries)) == 4  # each try has its own token
    assert world.timeline(ada) == ["day 0  email  sent"]


def test_a_refusal_fails_the_touch_and_the_walk_goes_on(world: World) -> None:
    def refuse(message: Message, token: str) -> None:
        raise Refused("the message is not acceptable", code="400")

    world.provider.on_send = refuse
    ada = world.enroll("Ada")
    world.provider.on_send = lambda message, token: None
    world.pass_time(days=3)

    assert world.timeline(ada) == ["day 0  email  failed", "day 2  sms  sent"]
    assert world.touch(ada, "hello").reason == "400: the message is not acceptable"


def test_a_status_never_goes_down(world: World) -> None:
    ada = world.enroll("Ada")
    token = world.token(ada)

    world.tell(Delivered(key="1", token=token))
    world.tell(Progressed(key="2", token=token, status="sent"))

    assert world.touch(ada, "hello").state == "delivered"
