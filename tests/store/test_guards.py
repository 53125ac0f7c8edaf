"""Rows are written over exactly what was read, and every move leaves its history."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from outreach.domain import enrollment, touch
from outreach.domain.channel import Channel
from outreach.domain.consent import Suppression, SuppressionReason
from outreach.domain.enrollment import Cause
from outreach.domain.errors import Stale, Taken
from outreach.store import enrollments, events, history, permissions, playbook, touches, upsert
from outreach.store.database import Store
from outreach.store.schema import accounts, heartbeats
from tests.store import rows
from tests.store.rows import NOW

LATER = NOW + timedelta(hours=1)


def test_an_enrollment_is_written_over_exactly_what_was_read(store: Store) -> None:
    with store.begin() as db:
        read = rows.add_walk(db)
        stopped = read.moved(Cause.STOP, at=NOW, reason="by hand")
        saved = enrollments.save(db, read, stopped, Cause.STOP, at=NOW, by="rosa")
        assert saved.revision == read.revision + 1
    with pytest.raises(Stale, match=f"enrollment {read.id} was changed"), store.begin() as db:
        enrollments.save(db, read, read.moved(Cause.REPLY, at=NOW), Cause.REPLY, at=NOW, by="web")
    with store.read() as db:
        assert enrollments.get(db, read.id) == saved


def test_a_touch_is_written_over_exactly_what_was_read(store: Store) -> None:
    with store.begin() as db:
        rows.add_walk(db)
        (read,) = rows.dispatched(db, NOW, 10)
        claimed = replace(read.moved(touch.Cause.CLAIM), due_at=None)
        saved = touches.save(db, read, claimed, touch.Cause.CLAIM, at=NOW, by="worker")
    with pytest.raises(Stale, match=f"touch {read.id} was changed"), store.begin() as db:
        skipped = replace(read.moved(touch.Cause.SKIP, reason="late"), due_at=None)
        touches.save(db, read, skipped, touch.Cause.SKIP, at=NOW, by="worker")
    with store.read() as db:
        assert touches.get(db, read.id) == saved


def test_what_is_stale_leaves_nothing_behind(store: Store) -> None:
    """Its history included."""
    with store.begin() as db:
        read = rows.add_walk(db)
    old = replace(read, revision=7)
    with pytest.raises(Stale), store.begin() as db:
        rows.add_lead(db, 2)
        enrollments.save(db, old, old.moved(Cause.STOP, at=NOW), Cause.STOP, at=NOW, by="rosa")
    with store.read() as db:
        assert [entry.cause for entry in history.of_lead(db, read.lead_id)] == ["enroll"]
        assert enrollments.of_leads(db, [read.lead_id + 1]) == []


def test_every_move_leaves_its_history(store: Store) -> None:
    with store.begin() as db:
        walk = rows.add_walk(db)
        (queued,) = rows.dispatched(db, NOW, 10)
        walk = enrollments.by_ids(db, [walk.id])[walk.id]
        skipped = replace(queued.moved(touch.Cause.SKIP, reason="late: by 17:00"), due_at=None)
        touches.save(db, queued, skipped, touch.Cause.SKIP, at=NOW, by="worker")
        ended = walk.moved(Cause.STEPS_EXHAUSTED, at=LATER)
        enrollments.save(
            db, walk, ended, Cause.STEPS_EXHAUSTED, at=LATER, by="worker", because="the last step"
        )
    with store.read() as db:
        told = [(e.at, e.was, e.cause, e.became, e.by, e.because) for e in history.of_lead(db, walk.lead_id)]
    assert told == [
        (NOW, None, "enroll", "active", "ops", "trial"),
        (NOW, "queued", "skip", "skipped", "worker", "late: by 17:00"),
        (LATER, "active", "steps exhausted", "finished", "worker", "the last step"),
    ]


def test_a_stored_value_is_the_value(store: Store) -> None:
    """All fields, both ways."""
    with store.begin() as db:
        walk = rows.add_walk(
            db, resume_at=LATER, rep="rosa", sender="main", thread_root="<1@x>", occurrence=2
        )
        stored = enrollments.get(db, walk.id)
        (queued,) = rows.dispatched(db, NOW, 10)
    assert stored == walk
    assert queued.planned_at == NOW
    assert queued.channel is Channel.EMAIL
    assert queued.state is touch.State.QUEUED


def test_what_is_due_becomes_a_touch_once(store: Store) -> None:
    with store.begin() as db:
        walks = [rows.add_walk(db, n, due_at=NOW + timedelta(minutes=n)) for n in range(4)]
        made = rows.dispatched(db, NOW + timedelta(minutes=2), 2)
        assert [one.enrollment_id for one in made] == [walks[0].id, walks[1].id], "the most overdue first"
        assert [one.enrollment_id for one in rows.dispatched(db, NOW + timedelta(minutes=2), 10)] == [
            walks[2].id
        ]
        assert rows.dispatched(db, NOW + timedelta(minutes=2), 10) == []
        assert enrollments.by_ids(db, [walks[0].id])[walks[0].id].due_at is None


def test_a_row_that_is_there_is_ignored_or_replaced(store: Store) -> None:
    with store.begin() as db:
        acme = {"name": "Acme", "key": "acme"}
        assert upsert.ignore(db, accounts, [acme]) == 1
        assert upsert.ignore(db, accounts, [acme, {"name": "Beta", "key": "beta"}]) == 1
        many = [{"name": f"Account {n}", "key": f"k{n}"} for n in range(1200)]
        assert upsert.ignore(db, accounts, many) == 1200

        events.beat(db, "clock:a:1", "clock", at=NOW)
        events.beat(db, "clock:a:1", "clock", at=LATER, detail="still")
        assert [(row.name, row.at, row.detail) for row in events.alive(db)] == [("clock:a:1", LATER, "still")]
        events.gone(db, "clock:a:1")
        assert db.execute(select(heartbeats)).all() == []


def test_an_event_is_kept_once(store: Store) -> None:
    with store.begin() as db:
        first = events.keep(
            db, "twilio", "SM1:delivered", "delivered", {"a": 1}, received_at=NOW, machine_at=NOW, at=None
        )
        assert first is not None
        assert (
            events.keep(
                db, "twilio", "SM1:delivered", "delivered", {}, received_at=NOW, machine_at=NOW, at=None
            )
            is None
        )
        assert events.keep(
            db, "sendgrid", "SM1:delivered", "delivered", {}, received_at=NOW, machine_at=NOW, at=None
        )


def test_a_suppression_is_in_force_once_until_it_is_lifted(store: Store) -> None:
    new = Suppression(
        id=0, scope="email", value="x@y.example", channel=None, reason=SuppressionReason.MANUAL, since=NOW
    )
    with store.begin() as db:
        assert permissions.suppress(db, [new, replace(new, channel=Channel.EMAIL)]) == 2
        assert permissions.suppress(db, [new]) == 0
        assert len(permissions.suppressed(db, [("email", "x@y.example")])) == 2
        assert permissions.lift(db, "email", "x@y.example", Channel.EMAIL, at=LATER) == 1
        assert [s.channel for s in permissions.suppressed(db, [("email", "x@y.example")])] == [None]


def test_a_team_and_a_version_are_stored_once_for_equal_content(store: Store) -> None:
    with store.begin() as db:
        first = playbook.put_version(db, rows.TRIAL, at=NOW, by="ops")
        again = playbook.put_version(db, rows.TRIAL, at=LATER, by="ops")
        assert (first[1], again) == (True, (first[0], False))
        changed = replace(rows.TRIAL, templates={**rows.TRIAL.templates, "nudge.txt": "Hello!"})
        assert playbook.put_version(db, changed, at=LATER, by="ops")[0] != first[0]
        assert playbook.version(db, first[0]) == rows.TRIAL
        playbook.retire(db, "trial", at=LATER)
        assert playbook.live(db) == {}


def test_a_failed_transaction_changes_nothing(store: Store) -> None:
    def broken() -> None:
        with store.begin() as db:
            db.execute(insert(accounts).values(name="Acme", key="acme"))
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError):
        broken()
    with pytest.raises(Taken), store.begin() as db:
        db.execute(insert(accounts).values(name="Acme", key="acme"))
        db.execute(insert(accounts).values(name="Acme again", key="acme"))
    with store.read() as db:
        assert db.execute(select(accounts)).all() == []


def test_the_states_in_the_database_are_those_of_the_tables(store: Store) -> None:
    """A state added to an enum and not to the CHECKs would be refused in the middle of the night."""
    with store.begin() as db:
        walk = rows.add_walk(db)
        for cause in (
            Cause.PAUSE,
            Cause.RESUME,
            Cause.STEPS_EXHAUSTED,
            Cause.REPLY,
            Cause.GOAL,
            Cause.OPT_OUT,
        ):
            after = replace(walk.moved(cause, at=NOW), due_at=None)
            walk = enrollments.save(db, walk, after, cause, at=NOW, by="test")
        assert walk.state is enrollment.State.OPTED_OUT
