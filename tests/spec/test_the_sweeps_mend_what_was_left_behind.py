"""What a death, a lost webhook or a bug leaves behind is found, counted and, where that can be, mended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from outreach.domain.event import Delivered, Progressed
from outreach.domain.message import Message
from outreach.domain.people import Lead
from outreach.engine import pause, sweep
from outreach.engine.forgotten import remember
from outreach.engine.sweep import Mended
from outreach.insight.status import status
from outreach.store import history, overview, replies, schema, sweeping
from tests.world import World


def grow_old(world: World, **span: float) -> None:
    """Let machine time pass for every attempt: as if it had begun that much earlier."""
    ago = timedelta(**span)
    table = schema.attempts
    with world.store.begin() as db:
        for row in db.execute(select(table.c.id, table.c.started_at, table.c.lease_until)).all():
            earlier = {"started_at": row.started_at - ago, "lease_until": row.lease_until - ago}
            db.execute(update(table).where(table.c.id == row.id).values(**earlier))


def causes(world: World, lead: Lead) -> list[str]:
    with world.store.read() as db:
        return [entry.cause for entry in history.of_lead(db, lead.id)]


# -- claimed and dead -------------------------------------------------------------------------------------------------------


def test_what_a_dead_worker_was_sending_becomes_uncertain_once(world: World) -> None:
    ada = world.enroll("Ada")
    with world.store.begin() as db:
        db.execute(update(schema.attempts).values(state="started", ended_at=None))
        db.execute(update(schema.touches).values(state="sending", sent_at=None))
        db.execute(update(schema.enrollments).values(step_id="hello", channel="email", due_at=None))
    assert sweep.sweep(world.house) == Mended()
    grow_old(world, seconds=31)

    assert [sweep.sweep(world.house) for _ in range(2)] == [Mended(expired=1), Mended()]
    assert world.touch(ada, "hello").reason == "its worker died or hung: no result within the lease"


# -- sent and never heard of ------------------------------------------------------------------------------------------------


def test_what_was_never_heard_of_is_noted_once_and_counted(world: World) -> None:
    ada, ben, cleo = (world.enroll(name) for name in ("Ada", "Ben", "Cleo"))
    world.tell(Delivered(key="d", token=world.token(ben)))
    world.tell(Progressed(key="p", token=world.token(cleo), status="sent"))
    grow_old(world, hours=23)
    assert sweep.sweep(world.house) == Mended()
    grow_old(world, hours=2)

    assert [sweep.sweep(world.house) for _ in range(3)] == [Mended(silent=1), Mended(), Mended()]

    assert (world.touch(ada, "hello").state, world.touch(ada, "hello").reason) == ("sent", "no receipt")
    assert causes(world, ada).count("no receipt") == 1
    assert status(world.house).no_receipt == 1


def test_a_late_receipt_takes_the_note_back(world: World) -> None:
    ada = world.enroll("Ada")
    grow_old(world, days=2)
    sweep.sweep(world.house)
    world.tell(Delivered(key="d", token=world.token(ada)))

    assert world.touch(ada, "hello").state == "delivered"
    assert status(world.house).no_receipt == 0


def test_a_provider_that_never_reports_is_not_missed(world: World) -> None:
    """An SMTP server or the outbox tells nothing: its silence says nothing."""
    world.provider.webhooks = frozenset()
    world.enroll("Ada")
    grow_old(world, days=2)

    assert sweep.sweep(world.house) == Mended()


def test_a_backlog_is_looked_at_piece_by_piece(world: World) -> None:
    for name in ("Ada", "Ben", "Cleo", "Dan", "Eve"):
        world.enroll(name)
    grow_old(world, days=2)

    assert [sweep.sweep(world.house, limit=2).silent for _ in range(4)] == [2, 2, 1, 0]


# -- enrolled and nothing planned -------------------------------------------------------------------------------------------


def lost_before(world: World, ada: Lead) -> None:
    """Nothing was ever queued for the next step."""
    with world.store.begin() as db:
        db.execute(update(schema.enrollments).values(due_at=None))


def lost_after(world: World, ada: Lead) -> None:
    """The step was taken, and the walk did not move on."""
    with world.store.begin() as db:
        db.execute(update(schema.enrollments).values(due_at=None, step_id="hello", channel="email"))


@pytest.mark.parametrize("way", [lost_before, lost_after])
def test_who_was_forgotten_is_planned_anew_and_walks_on(
    world: World, way: Callable[[World, Lead], None]
) -> None:
    ada = world.enroll("Ada")
    way(world, ada)
    assert remember(world.house) == 1
    assert remember(world.house) == 0
    assert "planned anew" in causes(world, ada)
    with world.store.read() as db:
        assert overview.forgotten(db) == []

    world.pass_time(days=6)

    assert world.timeline(ada) == ["day 0  email  sent", "day 2  sms  sent", "day 5  email  sent"]


def test_who_is_on_the_way_or_paused_is_left_alone(world: World) -> None:
    seen: list[int] = []

    def meanwhile(message: Message, token: str) -> None:
        seen.append(remember(world.house))

    world.provider.on_send = meanwhile
    world.enroll("Ada")
    ben = world.enroll("Ben")
    pause.pause(world.house, [ben.id], by="rosa", because="asked for time")

    assert seen == [0, 0]
    assert remember(world.house) == 0


# -- holds past their time ----------------------------------------------------------------------------------------------------


def test_a_hold_past_its_time_is_shown_and_not_released(world: World) -> None:
    """A hold waits for somebody who understands: after its time a person is asked, nothing goes out by itself."""
    ada = world.enroll("Ada")
    with world.store.begin() as db:
        until = world.at + timedelta(hours=1)
        replies.hold(db, None, [ada.id], "an answer nobody has read", since=world.at, until=until)
    assert status(world.house).holds_overdue == 0
    world.pass_time(days=3)

    seen = status(world.house)

    assert seen.holds_overdue == 1
    assert any("held" in worry for worry in seen.worries)
    assert len(world.messages(ada)) == 1
    with world.store.read() as db:
        assert sweeping.overdue_holds(db, world.at) == 1
