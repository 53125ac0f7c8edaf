"""/metrics tells how the work stands, and nothing about anybody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import httpx2
from fastapi.testclient import TestClient
from office import OURS, Office
from prometheus_client.parser import text_string_to_metric_families

from outreach.casework.house import House
from outreach.engine import pause
from outreach.engine.heartbeat import name_of
from outreach.store import events
from outreach.store.database import Store
from outreach.timekeeping import real_now
from outreach.web.app import create

Figures = dict[tuple[str, tuple[str, ...]], float]


def figures(page: str) -> Figures:
    """(name, label values in the order of their names) -> value."""
    return {
        (
            sample.name.removeprefix("outreach_"),
            tuple(value for _, value in sorted(sample.labels.items())),
        ): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


def test_the_figures_are_those_of_the_database(office: Office, client: httpx2.Client) -> None:
    office.sandbox.settings.callbacks = False
    office.enroll("Ada")
    office.enroll("Ben", "texts")
    pause.pause(office.house, [office.enroll("Cleo").id], by="rosa", because="away")
    with office.house.store.begin() as db:
        events.beat(db, name_of("clock"), "clock", at=real_now())
    pause.turn(office.house, "channel:sms", stop=True, by="rosa", because="Ben complained")

    told = figures(client.get("/metrics").text)

    assert told["touches", ("sent",)] == 3
    assert told["touches", ("queued",)] == 0
    assert told["enrollments", ("active",)] == 2
    assert told["enrollments", ("paused",)] == 1
    assert told["stopped", ("channel:sms",)] == 1
    assert told["heartbeat_age_seconds", ("clock",)] < 5
    assert told["processes", ("clock",)] == 1
    assert told["database_up", ()] == 1
    assert told["oldest_due_seconds", ()] == 0


def test_what_nobody_dispatches_shows_as_late(office: Office, client: httpx2.Client) -> None:
    """The clock has died: nothing is queued, and yet something is due."""
    office.enroll("Ada")
    office.now = office.now.replace(day=27)
    assert figures(client.get("/metrics").text)["oldest_due_seconds", ()] >= 86_400


def test_webhooks_and_unsubscribes_are_counted(office: Office, client: httpx2.Client) -> None:
    ada = office.enroll("Ada", "texts")
    office.sandbox.text("+12125550101", OURS, "Thanks")
    client.post("/webhooks/twilio/inbound", content=b"Body=STOP")
    client.post("/webhooks/mallory/inbound?x=1", content=b"x")
    client.post(office.link(ada), data={"List-Unsubscribe": "One-Click"})
    client.post(office.link(ada), data={"stop": "email"})

    told = figures(client.get("/metrics").text)

    assert told["webhooks_total", ("inbound", "new", "twilio")] == 1
    assert told["webhooks_total", ("inbound", "refused", "twilio")] == 1
    assert told["webhooks_total", ("unknown", "unknown", "unknown")] == 1
    assert told["webhook_seconds_count", ("inbound", "twilio")] == 2
    assert told["unsubscribes_total", ("new", "one-click")] == 1
    assert told["unsubscribes_total", ("repeated", "page")] == 1


def test_no_figure_says_anything_of_a_person(office: Office, client: httpx2.Client) -> None:
    ada = office.enroll("Ada")
    client.post(office.link(ada), data={"List-Unsubscribe": "One-Click"})
    client.post("/webhooks/mallory/inbound", content=b"x")
    page = client.get("/metrics").text.lower()
    for word in ("ada", "client.example", "+1212", "acme", "mallory", office.link(ada)):
        assert word not in page


def test_a_database_that_is_away_is_a_figure_too(house: House, tmp_path: Path) -> None:
    away = replace(house, store=Store.connect(f"sqlite:///{tmp_path}/gone.db"))
    (tmp_path / "gone.db").mkdir()
    with TestClient(create(away)) as door:
        told = figures(door.get("/metrics").text)
    assert told["database_up", ()] == 0
    assert ("touches", ("queued",)) not in told
