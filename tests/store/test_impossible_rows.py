"""The database refuses what must not be, whoever writes it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import CheckConstraint, UniqueConstraint, exc, text

from outreach.domain.errors import Taken
from outreach.store import schema
from outreach.store.database import Store
from tests.store import rows
from tests.store.rows import NOW

CHECKS: list[tuple[str, dict[str, Any], str]] = [
    # (table, what is changed of a row that would be accepted, the CHECK that refuses it)
    ("addresses", {"kind": "fax"}, "ck_addresses_kind"),
    ("addresses", {"state": "odd"}, "ck_addresses_state"),
    ("suppressions", {"scope": "planet"}, "ck_suppressions_scope"),
    ("consents", {"kind": "verbal"}, "ck_consents_kind"),
    ("leads", {"subscriber_kind": "robot"}, "ck_leads_subscriber_kind"),
    ("leads", {"lawful_basis": "because"}, "ck_leads_lawful_basis"),
    ("enrollments", {"state": "odd", "due_at": None, "ended_at": NOW}, "ck_enrollments_state"),
    ("enrollments", {"state": "paused", "paused_at": NOW}, "ck_enrollments_due_only_while_active"),
    (
        "enrollments",
        {"state": "finished", "step_id": None, "channel": None, "ended_at": NOW},
        "ck_enrollments_due_only_while_active",
    ),
    ("enrollments", {"state": "replied", "due_at": None}, "ck_enrollments_ended_at"),
    ("enrollments", {"ended_at": NOW}, "ck_enrollments_ended_at"),
    ("enrollments", {"step_id": None}, "ck_enrollments_open_has_a_step"),
    ("enrollments", {"channel": None}, "ck_enrollments_open_has_a_step"),
    ("enrollments", {"state": "paused", "due_at": None}, "ck_enrollments_paused_at"),
    ("enrollments", {"paused_at": NOW}, "ck_enrollments_paused_at"),
    ("touches", {"state": "odd", "due_at": None}, "ck_touches_state"),
    ("touches", {"channel": "fax"}, "ck_touches_channel"),
    ("touches", {"due_at": None}, "ck_touches_next_action_has_a_time"),
    ("touches", {"state": "open", "due_at": None}, "ck_touches_next_action_has_a_time"),
    ("touches", {"state": "uncertain", "due_at": None}, "ck_touches_next_action_has_a_time"),
    ("touches", {"state": "sent"}, "ck_touches_next_action_has_a_time"),
    ("touches", {"state": "skipped", "due_at": None}, "ck_touches_skipped_says_why"),
    ("touches", {"state": "failed", "due_at": None}, "ck_touches_failed_says_why"),
    ("touches", {"state": "done", "due_at": None}, "ck_touches_done_has_a_disposition"),
    ("touches", {"disposition": "connected"}, "ck_touches_done_has_a_disposition"),
    ("attempts", {"state": "odd"}, "ck_attempts_state"),
    ("breakers", {"state": "odd"}, "ck_breakers_state"),
    ("replies", {"channel": "fax"}, "ck_replies_channel"),
    ("replies", {"state": "odd"}, "ck_replies_state"),
    ("replies", {"state": "settled"}, "ck_replies_decided_at"),
    ("replies", {"decided_at": NOW}, "ck_replies_decided_at"),
    ("tasks", {"kind": "odd"}, "ck_tasks_kind"),
    ("tasks", {"done_at": NOW}, "ck_tasks_done_has_an_outcome"),
]

TAKEN: list[tuple[str, dict[str, Any], str]] = [
    # (table, what makes it like a row that is there, the key it would share)
    ("accounts", {"key": "acme"}, "uq_accounts_key"),
    ("leads", {"token": "lead1"}, "uq_leads_token"),
    ("leads", {}, "uq_leads_source_external_id"),
    ("addresses", {}, "uq_addresses_lead_id_kind_value"),
    ("suppressions", {}, "uq_suppressions_in_force"),
    ("versions", {}, "uq_versions_cadence_hash"),
    ("enrollments", {"reply_token": "reply1"}, "uq_enrollments_reply_token"),
    ("enrollments", {"reply_token": "other", "cadence": "other"}, "uq_enrollments_idempotency_key"),
    ("enrollments", {"cadence": "trial", "idempotency_key": None}, "uq_enrollments_open"),
    (
        "enrollments",
        {"cadence": "trial", "idempotency_key": None, "state": "paused", "due_at": None, "paused_at": NOW},
        "uq_enrollments_open",
    ),
    ("touches", {"step_id": "hello"}, "uq_touches_enrollment_id_step_id_occurrence"),
    ("attempts", {}, "uq_attempts_token"),
    ("events", {}, "uq_events_provider_key"),
    ("replies", {"fingerprint": "other"}, "uq_replies_event_id"),
    ("replies", {"event_id": 2}, "uq_replies_fingerprint"),
]

MISSING: list[tuple[str, str]] = [
    ("attempts", "token"),
    ("enrollments", "reply_token"),
    ("enrollments", "anchor_at"),
    ("touches", "planned_at"),
    ("leads", "token"),
]


@pytest.fixture
def possible(store: Store) -> dict[str, dict[str, Any]]:
    """Rows that would be accepted, in a database where Ada walks and has one touch."""
    with store.begin() as db:
        walk = rows.add_walk(db)
        rows.dispatched(db, NOW, 10)
        rows.add(db, "events", rows.SEEN)
        rows.add(db, "events", rows.SEEN | {"key": "also seen"})
    return rows.possible(walk)


def test_the_rows_these_tests_change_are_accepted_as_they_are(
    store: Store, possible: dict[str, dict[str, Any]]
) -> None:
    with store.begin() as db:
        for table, row in possible.items():
            rows.add(db, table, row)
        assert db.execute(text("SELECT count(*) FROM touches")).scalar() == 2


@pytest.mark.parametrize(("table", "change", "check"), CHECKS)
def test_an_impossible_row_is_refused(
    store: Store, possible: dict[str, dict[str, Any]], table: str, change: dict[str, Any], check: str
) -> None:
    with pytest.raises(exc.IntegrityError, match=check), store.engine.begin() as db:
        rows.add(db, table, possible[table] | change)


@pytest.mark.parametrize(("table", "change", "key"), TAKEN)
def test_a_key_in_use_is_taken(
    store: Store, possible: dict[str, dict[str, Any]], table: str, change: dict[str, Any], key: str
) -> None:
    firsts = {
        "uq_enrollments_idempotency_key": {"cadence": "first"},
        "uq_replies_event_id": {"fingerprint": "first"},
        "uq_replies_fingerprint": {"event_id": 1},
    }
    first = firsts.get(key, {})
    if first or not change:
        with store.begin() as db:
            rows.add(db, table, possible[table] | first)
    with pytest.raises(Taken) as caught, store.begin() as db:
        rows.add(db, table, possible[table] | change)
    if not store.sqlite:  # SQLite names the columns instead
        assert key in str(caught.value)


@pytest.mark.parametrize(("table", "column"), MISSING)
def test_what_must_be_known_is_never_missing(
    store: Store, possible: dict[str, dict[str, Any]], table: str, column: str
) -> None:
    with pytest.raises(exc.IntegrityError, match=column), store.engine.begin() as db:
        rows.add(db, table, possible[table] | {column: None})


def test_a_touch_of_nobody_is_refused(store: Store, possible: dict[str, dict[str, Any]]) -> None:
    with pytest.raises(exc.IntegrityError, match=r"(?i)foreign key"), store.engine.begin() as db:
        rows.add(db, "touches", possible["touches"] | {"lead_id": 4711})


def test_what_is_over_makes_room(store: Store, possible: dict[str, dict[str, Any]]) -> None:
    """A lifted suppression and an ended enrollment may come again."""
    ended = {"cadence": "trial", "state": "finished", "due_at": None, "ended_at": NOW, "step_id": None}
    lifted = possible["suppressions"] | {"lifted_at": NOW}
    with store.begin() as db:
        rows.add(db, "enrollments", possible["enrollments"] | ended)
        rows.add(db, "suppressions", lifted)
        rows.add(db, "suppressions", lifted)
        rows.add(db, "suppressions", possible["suppressions"])


def test_every_check_and_every_unique_key_has_an_example() -> None:
    checks: set[str] = set()
    keys: set[str] = set()
    for table in schema.metadata.sorted_tables:
        checks |= {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
        keys |= {str(c.name) for c in table.constraints if isinstance(c, UniqueConstraint)}
        keys |= {str(index.name) for index in table.indexes if index.unique}
    assert {check for _, _, check in CHECKS} == checks
    assert {key for _, _, key in TAKEN} == keys
