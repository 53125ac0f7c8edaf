"""Whoever stops a lead keeps claims out, and nobody else: a record that adds its history must not wait for it.

Over PostgreSQL only: SQLite has one writer, and nothing to keep apart.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from psycopg.errors import LockNotAvailable
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from outreach.domain.channel import AddressKind
from outreach.domain.people import Address, Lead
from outreach.store import history, leads, permissions
from outreach.store.database import Db, Store

AT = datetime(2026, 11, 24, 15, tzinfo=UTC)


def ada(store: Store) -> int:
    address = Address(id=0, kind=AddressKind.EMAIL, value="ada@client.example")
    with store.begin() as db:
        return leads.add(db, Lead(id=0, name="Ada", addresses=(address,)), token="t" * 32, at=AT).id


def impatient(db: Db) -> None:
    db.execute(text("SET LOCAL lock_timeout = '200ms'"))


def test_history_is_added_beside_a_stop(postgres: Store) -> None:
    """Else a record, which holds the enrollment, and a stop, which holds the lead, would wait for each other."""
    lead_id = ada(postgres)
    with postgres.begin() as stopping:
        permissions.lock_people(stopping, [lead_id])
        with postgres.begin() as db:
            impatient(db)
            history.add(db, [history.Entry(at=AT, lead_id=lead_id, cause="lead changed", by="worker")])
    with postgres.read() as db:
        assert [one.cause for one in history.of_lead(db, lead_id)] == ["lead changed"]


def test_a_claim_waits_for_a_stop(postgres: Store) -> None:
    lead_id = ada(postgres)
    with postgres.begin() as stopping:
        permissions.lock_people(stopping, [lead_id])
        with pytest.raises((LockNotAvailable, DBAPIError), match="lock timeout"), postgres.begin() as db:
            impatient(db)
            leads.by_ids(db, [lead_id], lock="share")


def test_a_stop_waits_for_a_claim(postgres: Store) -> None:
    lead_id = ada(postgres)
    with postgres.begin() as claiming:
        leads.by_ids(claiming, [lead_id], lock="share")
        with pytest.raises((LockNotAvailable, DBAPIError), match="lock timeout"), postgres.begin() as db:
            impatient(db)
            permissions.lock_people(db, [lead_id])
