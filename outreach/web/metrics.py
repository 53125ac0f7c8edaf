"""Figures for Prometheus: how the work stands, asked of the database at each scrape, and what this process counted.

The same whichever process is asked, except for the counters. Labels are states, channels, rules and roles, nothing of
a person.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool
from prometheus_client import CONTENT_TYPE_LATEST, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.registry import Collector

import outreach
from outreach.casework.house import House
from outreach.domain import enrollment, touch
from outreach.domain.channel import Channel
from outreach.store import enrollments, events, overview, replies, reply_tasks, sweeping, touches
from outreach.store.database import Db
from outreach.web.armour import told
from outreach.web.health import pulses
from outreach.web.tally import Tally

_KEPT: Final = 60.0  # seconds that counts over whole tables are kept: with a million touches they take two
_UNSETTLED: Final = (touch.State.SENDING, touch.State.UNCERTAIN, touch.State.OPEN)

Census = tuple[dict[str, int], dict[str, int]]  # touches and enrollments by state


def routes(house: House, tally: Tally) -> APIRouter:
    """GET /metrics."""
    tally.registry.register(Standing(house))
    ProcessCollector(registry=tally.registry)
    router = APIRouter()

    @router.get("/metrics")
    async def metrics() -> Response:
        text = await run_in_threadpool(generate_latest, tally.registry)
        return Response(text, media_type=CONTENT_TYPE_LATEST)

    return router


class Standing(Collector):
    """How the work stands at this moment."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._census: tuple[float, Census] | None = None
        self._turn = threading.Lock()

    def describe(self) -> Iterable[Gauge]:
        """Nothing: registering must not ask the database."""
        return ()

    def collect(self) -> Iterator[Gauge]:
        """One scrape. A database that is away is a figure too."""
        yield _by("info", "The version that runs", "version", {outreach.__version__: 1})
        try:
            with self._house.store.read() as db:
                figures = list(self._figures(db))
        except Exception as error:  # noqa: BLE001 - a database that is away is a figure too
            told(error, "metrics found no database")
            yield _one("database_up", "Whether the database answers", 0)
            return
        yield _one("database_up", "Whether the database answers", 1)
        yield from figures

    def _figures(self, db: Db) -> Iterator[Gauge]:
        touched, walked = self._counted(db)
        yield from _touches(db, self._house.now(), touched)
        yield from _walks(db, walked)
        yield from _processes(db)

    def _counted(self, db: Db) -> Census:
        with self._turn:
            if self._census is None or time.monotonic() - self._census[0] > _KEPT:
                self._census = (time.monotonic(), (touches.counts(db), enrollments.counts(db)))
            return self._census[1]


def _touches(db: Db, now: datetime, counted: Mapping[str, int]) -> Iterator[Gauge]:
    queued = {row.channel: row.touches for row in overview.queues(db)}
    unsettled = overview.unsettled(db, now)
    # What changes by the second is asked anew each time; the ends only grow and may be a minute old.
    live = {state.value: 0 for state in _UNSETTLED} | {row.state: row.touches for row in unsettled}
    live[touch.State.QUEUED.value] = sum(queued.values())
    states = {state.value: 0 for state in touch.State} | dict(counted) | live
    yield _by("touches", "Touches by state", "state", states)
    channels = {channel.value: 0 for channel in Channel if not channel.by_rep}
    yield _by("queued_touches", "Touches that wait to be delivered", "channel", channels | queued)
    yield _one("overdue_touches", "Queued touches whose time has come", overview.overdue(db, now))
    yield _one("oldest_due_seconds", "Business time by which the most overdue one is late", _late(db, now))
    waiting = {row.rule: row.touches for row in overview.waiting(db)}
    yield _by("waiting_touches", "Queued touches that a rule holds back", "rule", waiting)
    late = {state.value: 0 for state in _UNSETTLED} | {row.state: row.late for row in unsettled}
    yield _by("late_touches", "Unsettled touches past their time", "state", late)
    answers, _ = reply_tasks.counts(db, now)
    yield _one("open_tasks", "Tasks that wait for a rep", live[touch.State.OPEN.value] + answers)
    yield _one("waiting_replies", "Replies that nobody could place", replies.count_waiting(db))
    uncertain = live[touch.State.UNCERTAIN.value]
    yield _one("uncertain_touches", "Touches of which nobody knows whether they went out", uncertain)
    silent = sweeping.silent_count(db)
    yield _one("no_receipt_touches", "Touches that were sent and never heard of", silent)
    held = sweeping.overdue_holds(db, now)
    yield _one("overdue_holds", "People held longer than anybody should need to understand why", held)


def _walks(db: Db, counted: Mapping[str, int]) -> Iterator[Gauge]:
    inside = {state.value: 0 for state in enrollment.OPEN}
    for row in overview.inside(db):
        inside[row.state] += row.leads
    states = {state.value: 0 for state in enrollment.State} | dict(counted) | inside
    yield _by("enrollments", "Enrollments by state", "state", states)
    stopped = {row.name: 1 for row in overview.stopped(db)}
    yield _by("stopped", "What is stopped for everybody", "switch", stopped)


def _processes(db: Db) -> Iterator[Gauge]:
    roles = pulses(events.alive(db))
    ages = {role: pulse.age for role, pulse in roles.items()}
    yield _by("heartbeat_age_seconds", "Since a process of this role last spoke", "role", ages)
    fresh = {role: pulse.fresh for role, pulse in roles.items()}
    yield _by("processes", "Processes that have spoken lately", "role", fresh)


def _one(name: str, help_: str, value: float) -> Gauge:
    return Gauge(f"outreach_{name}", help_, value=value)


def _by(name: str, help_: str, label: str, values: Mapping[str, float]) -> Gauge:
    gauge = Gauge(f"outreach_{name}", help_, labels=(label,))
    for key, value in sorted(values.items()):
        gauge.add_metric((key,), value)
    return gauge


def _late(db: Db, now: datetime) -> float:
    moments = [row.earliest for row in overview.queues(db)] + [overview.planned(db)]
    known = [moment for moment in moments if moment is not None]
    return max((now - min(known)).total_seconds(), 0.0) if known else 0.0
