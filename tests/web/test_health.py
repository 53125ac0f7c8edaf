"""/healthz says well only when something would really leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from outreach.casework.house import House
from outreach.store import events
from outreach.store.database import Store
from outreach.timekeeping import real_now
from outreach.web.app import create


def beats(house: House, ages: Sequence[tuple[str, float]]) -> None:
    """Processes of these roles spoke so many seconds ago."""
    with house.store.begin() as db:
        for number, (role, age) in enumerate(ages):
            at = real_now() - timedelta(seconds=age)
            events.beat(db, f"{role}:secret-host:{number}", role, at=at)


def test_it_is_well_when_a_clock_and_a_worker_have_spoken(door: TestClient, house: House) -> None:
    beats(house, [("clock", 1), ("worker", 2), ("worker", 3000), ("web", 0)])
    answer = door.get("/healthz")
    told = answer.json()
    assert (answer.status_code, told["ok"], told["problems"], told["database"]) == (200, True, [], "ok")
    assert told["roles"]["worker"]["fresh"] == 1
    assert told["migration"] == told["needs_migration"]
    assert "secret-host" not in answer.text


@pytest.mark.parametrize(
    ("ages", "missing"),
    [
        ([], ["clock", "worker"]),
        ([("clock", 1)], ["worker"]),
        ([("clock", 60), ("worker", 1)], ["clock"]),
        ([("clock", -3), ("worker", 60)], ["worker"]),
    ],
)
def test_it_names_who_is_missing(
    door: TestClient, house: House, ages: list[tuple[str, float]], missing: list[str]
) -> None:
    beats(house, ages)
    answer = door.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["problems"] == [f"no {role} has spoken for 20 s" for role in missing]


def test_a_process_without_a_database_is_alive_and_not_well(house: House, tmp_path: Path) -> None:
    away = replace(house, store=Store.connect(f"sqlite:///{tmp_path}/gone.db"))
    (tmp_path / "gone.db").mkdir()
    with TestClient(create(away)) as door:
        assert door.get("/healthz").json()["problems"] == ["the database does not answer"]
        assert door.get("/healthz").status_code == 503
        assert door.get("/healthz?live").status_code == 200


def test_a_database_of_another_shape_is_named(door: TestClient, house: House) -> None:
    beats(house, [("clock", 1), ("worker", 2)])
    with house.store.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    answer = door.get("/healthz")
    assert answer.status_code == 503
    assert "outreach migrate" in answer.json()["problems"][0]


def test_a_load_balancer_may_ask_for_the_head_only(door: TestClient) -> None:
    assert door.head("/healthz").status_code == 503
    assert door.head("/healthz?live").status_code == 200
