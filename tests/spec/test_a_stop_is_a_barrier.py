"""When a stop, a reply or a pause has been answered, nothing it does not name begins any more."""

from __future__ import annotations

import threading

from outreach.domain.channel import Channel
from outreach.domain.event import Replied
from outreach.domain.message import Message
from outreach.engine import pause, stop
from tests.world import World


def test_nothing_begins_after_a_stop(world: World) -> None:
    ada = world.enroll("Ada")

    stopped = stop.stop(world.house, [ada.id], by="rosa", because="she called")
    world.pass_time(days=30)

    assert [walk.state for walk in stopped.ended] == ["stopped"]
    assert world.timeline(ada) == ["day 0  email  sent"]


def test_a_stop_waits_for_what_is_on_the_wire(world: World) -> None:
    """The touch that was already being sent ends before the stop answers; it is not named as crossed."""
    on_the_wire, go_on = threading.Event(), threading.Event()

    def slow(message: Message, token: str) -> None:
        on_the_wire.set()
        go_on.wait(10)

    world.provider.on_send = slow
    ada = world.lead("Ada")
    sender = threading.Thread(target=world.enroll, args=(ada,))
    sender.start()
    assert on_the_wire.wait(10)
    threading.Timer(0.2, go_on.set).start()

    stopped = stop.stop(world.house, [ada.id], by="rosa", because="she called")

    assert go_on.is_set()
    assert stopped.crossed == ()
    sender.join()
    world.pass_time(days=30)
    assert len(world.messages(ada)) == 1


def test_what_outlasts_the_wait_is_named(world: World) -> None:
    on_the_wire, go_on = threading.Event(), threading.Event()

    def stuck(message: Message, token: str) -> None:
        on_the_wire.set()
        go_on.wait(20)

    world.provider.on_send = stuck
    ada = world.lead("Ada")
    sender = threading.Thread(target=world.enroll, args=(ada,))
    sender.start()
    assert on_the_wire.wait(10)

    got = world.tell(Replied(key="r", channel=Channel.EMAIL, sender="ada@client.example", text="Hello"))

    assert [(touch.step_id, touch.state) for touch in got.crossed] == [("hello", "sending")]
    go_on.set()
    sender.join()
    world.pass_time(days=30)
    assert len(world.messages(ada)) == 1
    assert world.enrollment(ada).state == "replied"


def test_a_reply_cancels_what_was_queued_on_every_channel(world: World) -> None:
    ada = world.enroll("Ada")
    world.deaf = True
    world.pass_time(days=2)
    queued = world.touch(ada, "text")

    world.reply(ada, "Yes please")
    world.deaf = False
    world.ring([(queued.id, queued.channel)])
    world.quiet()

    assert world.touch(ada, "text").state == "skipped"
    assert len(world.messages(ada)) == 1


def test_the_kill_switch_holds_everybody_and_lets_them_go_on(world: World) -> None:
    crossed = pause.turn(world.house, "all", stop=True, by="ops", because="wrong price in the mail")
    ada = world.enroll("Ada")
    world.pass_time(hours=5)
    assert crossed == ()
    assert world.messages(ada) == []
    assert world.touch(ada, "hello").waiting_for == "switch"

    pause.turn(world.house, "all", stop=False, by="ops")
    world.settle()

    assert world.timeline(ada) == ["day 0  email  sent"]


def test_one_channel_may_be_stopped(world: World) -> None:
    ada = world.enroll("Ada")
    pause.turn(world.house, "channel:sms", stop=True, by="ops", because="carrier trouble")

    world.pass_time(days=2, hours=1)

    assert world.touch(ada, "text").state == "queued"
    pause.turn(world.house, "channel:sms", stop=False, by="ops")
    world.pass_time(hours=2)
    assert world.timeline(ada)[-1] == "day 2  sms  sent"
