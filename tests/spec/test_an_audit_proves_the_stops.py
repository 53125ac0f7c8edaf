"""An audit compares epochs, and finds any attempt that was claimed after a stop; clocks may say what they like."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from outreach.domain.channel import Channel
from outreach.domain.event import Bounced, Complained, OptedIn, Replied
from outreach.domain.message import Message
from outreach.domain.people import Lead
from outreach.domain.touch import Disposition
from outreach.engine import pause, stop, suppress, tasks, unsubscribe
from outreach.insight.audit import Audit, audit
from outreach.store import attempts, enrollments, schema
from tests.world import World

CALLS = "cadences:\n  trial:\n    window: always\n    steps: [{id: hello, email: hello.md}, {id: call, call: call.md}]\n"


def plant(world: World, lead: Lead, **values: object) -> None:
    """Write into the lead's first attempt what no engine should ever write."""
    with world.store.begin() as db:
        first = min(one.id for one in attempts.of_touches(db, [t.id for t in world.touches(lead)]))
        db.execute(update(schema.attempts).where(schema.attempts.c.id == first).values(**values))


def epoch(world: World, lead: Lead) -> int:
    with world.store.read() as db:
        return db.scalar(select(schema.leads.c.epoch).where(schema.leads.c.id == lead.id)) or 0


def switch_epoch(world: World) -> int:
    with world.store.read() as db:
        return db.scalar(select(schema.switches.c.epoch).where(schema.switches.c.name == "all")) or 0


def found(world: World) -> list[str]:
    return [one.stop for one in audit(world.house).violations]


# -- every way to stop somebody -----------------------------------------------------------------------------------------------


def by_hand(world: World, ada: Lead) -> None:
    stop.stop(world.house, [ada.id], by="rosa", because="she called")


def by_reply(world: World, ada: Lead) -> None:
    world.reply(ada, "Yes please")


def by_opt_out(world: World, ada: Lead) -> None:
    world.reply(ada, "STOP", Channel.SMS)


def by_link(world: World, ada: Lead) -> None:
    with world.store.read() as db:
        token = db.scalar(select(schema.leads.c.token).where(schema.leads.c.id == ada.id))
    assert token
    unsubscribe.unsubscribe(world.house, token, how="link")


def by_complaint(world: World, ada: Lead) -> None:
    world.tell(Complained(key="spam", token=world.token(ada)))


def by_task(world: World, ada: Lead) -> None:
    tasks.done(world.house, world.touch(ada, "call").id, Disposition.NOT_INTERESTED, by="rosa")


def by_meeting(world: World, ada: Lead) -> None:
    tasks.done(world.house, world.touch(ada, "call").id, Disposition.MEETING, by="rosa")


@pytest.mark.parametrize("way", [by_hand, by_reply, by_opt_out, by_link, by_complaint, by_task, by_meeting])
def test_every_way_to_stop_raises_the_epoch_before_it_ends(world: World, way: object) -> None:
    world.write(CALLS)
    ada = world.enroll("Ada")
    before = epoch(world, ada)

    way(world, ada)  # type: ignore[operator]

    walk = world.enrollment(ada)
    assert not walk.open
    assert walk.ended_epoch is not None
    assert walk.ended_epoch > before
    assert found(world) == []
    plant(world, ada, epoch=walk.ended_epoch)
    assert f"enrollment {walk.id} {walk.state.value}" in found(world)


def test_a_colleagues_reply_raises_the_epoch_of_the_whole_account(world: World) -> None:
    world.write(
        "cadences:\n  trial:\n    window: always\n    stop_scope: account\n    steps: [{id: hello, email: hello.md}, {id: more, after: 2 days, email: other.md}]\n"
    )
    ada, ben = world.enroll("Ada", company="Client"), world.enroll("Ben", company="Client")
    world.reply(ada, "We are talking to each other")

    walk = world.enrollment(ben)
    assert walk.state == "replied"
    assert found(world) == []
    plant(world, ben, epoch=walk.ended_epoch)
    assert found(world) == [f"enrollment {walk.id} replied"]


def test_an_end_that_a_claim_made_is_no_false_alarm(world: World) -> None:
    """A suppressed person is found out by the claim, which cannot raise the epoch that it shares."""
    ada = world.enroll("Ada")
    suppress.suppress(world.house, "person", str(ada.id), None, by="ops")
    world.pass_time(days=3)

    assert world.enrollment(ada).state == "opted_out"
    assert found(world) == []


# -- epochs, not timestamps -----------------------------------------------------------------------------------------------


def test_timestamps_alone_would_have_missed_it(world: World) -> None:
    """The worker's clock was an hour slow: by its timestamp the attempt began before the stop. It did not."""
    ada = world.enroll("Ada")
    by_hand(world, ada)
    with world.store.read() as db:
        before = world.store.machine_now(db) - timedelta(hours=1)
    plant(world, ada, epoch=epoch(world, ada), started_at=before)

    [violation] = audit(world.house).violations

    assert (violation.touch_id, violation.lead_id) == (world.touch(ada, "hello").id, ada.id)
    assert violation.epoch >= violation.stop_epoch


def test_timestamps_alone_would_have_raised_a_false_alarm(world: World) -> None:
    """The worker's clock was an hour fast: by its timestamp the attempt began after the stop. It did not."""
    ada = world.enroll("Ada")
    by_hand(world, ada)
    with world.store.read() as db:
        after = world.store.machine_now(db) + timedelta(hours=1)
    plant(world, ada, started_at=after)

    assert found(world) == []


# -- what was closed, and what was switched off ---------------------------------------------------------------------------


def test_an_opt_out_holds_for_every_later_enrollment_until_it_is_lifted(world: World) -> None:
    world.write(
        "cadences:\n  trial:\n    window: always\n    steps: [{id: text, sms: text.txt}, {id: more, after: 9 days, email: other.md}]\n"
    )
    ada = world.enroll("Ada")
    world.reply(ada, "STOP", Channel.SMS)
    world.tell(OptedIn(key="start", channel=Channel.SMS, address="+12125550101"))
    with world.store.begin() as db:  # as if another enrollment had sent it while the number was closed
        db.execute(update(schema.enrollments).values(ended_epoch=None))
        closed = db.scalar(select(schema.suppressions.c.epoch).where(schema.suppressions.c.scope == "person"))
    assert found(world) == []

    plant(world, ada, epoch=closed)
    assert found(world) == ["opt-out of sms"]
    plant(world, ada, epoch=epoch(world, ada))  # after START
    assert found(world) == []


@pytest.mark.parametrize("name", ["all", "channel:email", "provider:fake", "sender:main"])
def test_nothing_is_claimed_while_a_switch_stands_at_stop(world: World, name: str) -> None:
    ada = world.enroll("Ada")
    pause.turn(world.house, name, stop=True, by="ops", because="wrong price")
    stood = switch_epoch(world)
    pause.turn(world.house, "channel:letter", stop=True, by="ops")  # another one, which concerns nobody here
    world.pass_time(days=1)
    pause.turn(world.house, name, stop=False, by="ops")
    world.pass_time(days=6)
    assert found(world) == []

    for inside in (stood, stood + 1):
        plant(world, ada, switch_epoch=inside)
        assert found(world) == [f"switch {name}"]
    plant(world, ada, switch_epoch=stood + 2)  # it had been let go by then
    assert found(world) == []


@pytest.mark.parametrize("name", ["channel:sms", "provider:twilio", "sender:second"])
def test_a_switch_for_something_else_is_none_of_its_business(world: World, name: str) -> None:
    ada = world.enroll("Ada")
    pause.turn(world.house, name, stop=True, by="ops")
    plant(world, ada, switch_epoch=switch_epoch(world))

    assert found(world) == []


# -- the whole of it --------------------------------------------------------------------------------------------------------


def test_it_measures_how_long_a_stop_takes_and_names_what_crossed(world: World) -> None:
    on_the_wire, go_on = threading.Event(), threading.Event()

    def stuck(message: Message, token: str) -> None:
        on_the_wire.set()
        go_on.wait(20)

    world.provider.on_send = stuck
    ada = world.lead("Ada")
    sender = threading.Thread(target=world.enroll, args=(ada,))
    sender.start()
    assert on_the_wire.wait(10)
    world.tell(Replied(key="r", channel=Channel.EMAIL, sender="ada@client.example", text="Hello"))
    go_on.set()
    sender.join()

    told: Audit = audit(world.house)

    assert (told.crossed, told.to_commit.count, told.to_answer.count) == (1, 1, 1)
    waited = world.house.settings.stop_wait
    assert told.to_commit.longest < waited <= told.to_answer.longest
    assert told.violations == ()  # it was claimed before: that is what crossing means


def test_a_period_holds_the_attempts_that_began_in_it(world: World) -> None:
    ada = world.enroll("Ada")
    by_hand(world, ada)
    plant(world, ada, epoch=epoch(world, ada))
    with world.store.read() as db:
        now = world.store.machine_now(db)

    assert len(audit(world.house, now - timedelta(hours=1), now + timedelta(hours=1)).violations) == 1
    later = audit(world.house, now + timedelta(hours=1))
    assert (later.attempts, later.violations) == (0, ())


def test_a_walk_with_bounces_late_replies_and_hand_overs_is_clean(world: World) -> None:
    world.write(
        'cadences:\n  trial:\n    window: always\n    then: {finished: more, replied: more}\n    steps: [{id: hello, email: hello.md}, {id: text, after: 2 days, sms: text.txt, window: {days: mon-sun, hours: "08:00-21:00"}}]\n'
        "  more:\n    window: always\n    steps: [{id: a, email: other.md}, {id: b, after: 2 days, email: again.md}]\n"
    )
    ada, ben = world.enroll("Ada"), world.enroll("Ben")
    world.tell(Bounced(key="b", token=world.token(ben), hard=True, code="550"))
    world.pass_time(days=3)
    world.reply(ada, "Only now")
    world.pass_time(days=20)

    assert len(world.messages(ada)) >= 3
    told = audit(world.house)
    assert told.attempts >= 4
    assert told.violations == ()
    with world.store.read() as db:
        assert any(walk.ended_epoch is not None for walk in enrollments.of_leads(db, [ada.id]))
