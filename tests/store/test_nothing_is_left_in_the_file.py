"""What a person had erased is not in the file either: not in free pages, not in the journal."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rows import NOW, add_walk
from sqlalchemy import insert, update

from outreach.domain.channel import AddressKind
from outreach.domain.people import Address, Lead
from outreach.store import erasure, history, leads, schema, scrub
from outreach.store.database import Store

KEY = "a key that lies in no database at all"


@pytest.fixture
def lite(sqlite_url: str) -> Iterator[Store]:
    """An SQLite store with a key."""
    opened = Store.open(sqlite_url, KEY)
    yield opened
    opened.close()


def on_disk(store: Store) -> bytes:
    """Every byte of the database and its journal."""
    assert store.file is not None
    files = [store.file, Path(f"{store.file}-wal"), Path(f"{store.file}-journal")]
    return b"".join(file.read_bytes() for file in files if file.exists())


def test_two_hundred_people_who_were_written_over_many_times(lite: Store) -> None:
    """Pages are split, joined and packed: rows grow, shrink and move between them."""
    dice = random.Random(7)
    with lite.begin() as db:
        walk = add_walk(db)
        people = [leads.add(db, _canary(n), token=f"t{n}", at=NOW) for n in range(200)]
    for _ in range(20):
        with lite.begin() as db:
            for lead in dice.sample(people, 60):
                words = f"CANARY-{lead.id} " * dice.randint(1, 300)
                leads.change(db, replace(lead, fields={"notes": words}))
                history.add(db, [history.Entry(at=NOW, lead_id=lead.id, cause="x", by="y", because=words)])
                row = {
                    "provider": "p",
                    "kind": "k",
                    "received_at": NOW,
                    "machine_at": NOW,
                    "lead_id": lead.id,
                }
                raw = {"body": words}
                db.execute(insert(schema.events).values(key=f"{dice.random()}", raw=raw, **row))
                some = schema.events.c.lead_id == dice.choice(people).id
                db.execute(update(schema.events).where(some).values(raw={"body": words[: len(words) // 3]}))
    assert on_disk(lite).count(b"CANARY") > 1000

    for lead in people:
        with lite.begin() as db:
            erasure.erase(db, erasure.subject(db, lead.id), (), at=NOW)
    assert scrub.scrub(lite)

    assert b"CANARY" not in on_disk(lite)
    assert b"canary-" not in on_disk(lite)
    with lite.read() as db:
        assert leads.by_ids(db, [walk.lead_id])[walk.lead_id].name == "Ada 1"


def test_a_reader_who_holds_the_journal_is_told_of(lite: Store) -> None:
    """Forgetting is done all the same; the file is clean once the reader has gone."""
    with lite.begin() as db:
        lead = leads.add(db, _canary(1), token="t1", at=NOW)
    with lite.read() as reader:
        reader.execute(schema.leads.select()).all()
        with lite.begin() as db:
            erasure.erase(db, erasure.subject(db, lead.id), (), at=NOW)
        assert not scrub.scrub(lite, patience=0)
        assert b"canary-1@" in on_disk(lite)
    assert scrub.scrub(lite)
    assert b"canary-1@" not in on_disk(lite)


def _canary(number: int) -> Lead:
    mail = Address(id=0, kind=AddressKind.EMAIL, value=f"canary-{number}@client{number}.example")
    return Lead(id=0, name=f"CANARY {number}", company=f"CANARY {number} Ltd", addresses=(mail,))
