"""From the commit of an enrollment to the vendor's yes: what a lead who has just left their address waits."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Final

from bench.figure import Figure, table, targets
from bench.playbook import a_lead
from bench.process import wait_until
from bench.stage import Stage, stage
from outreach.domain.channel import Channel
from outreach.engine.enroll import enroll

PAUSES: Final = (
    0.02,
    0.2,
)  # seconds between two enrollments: at random, so that no tick of ours is in step with them


MEDIAN, P99 = 250, 1000  # milliseconds: what we promise


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from commit to accept."""

    mode: str
    count: int
    median: float
    p99: float
    worst: float


def run(count: int, modes: Sequence[bool]) -> str:
    """Both tables, for the modes that are asked for (embedded or not)."""
    found = [measure(count, embedded=embedded) for embedded in modes]
    head = ("from commit to accept, ms", "enrollments", "median", "p99", "worst")
    rows = [
        (one.mode, str(one.count), f"{one.median:.0f}", f"{one.p99:.0f}", f"{one.worst:.0f}") for one in found
    ]
    figures = [
        figure
        for one in found
        for figure in (
            Figure(f"{one.mode}: median, ms", one.median, MEDIAN, digits=0),
            Figure(f"{one.mode}: p99, ms", one.p99, P99, digits=0),
        )
    ]
    return f"{table(head, rows)}\n\n{targets(figures, 'from commit to accept')}"


def measure(count: int, *, embedded: bool) -> Latency:
    """Enroll so many people one by one, half by mail and half by text, while our processes run."""
    with stage(embedded=embedded) as scene:
        committed = _enrolled(scene, count)
        wait_until(lambda: len(scene.accepted()) >= count, "not everybody was written to")
        accepted = {line.to: line.at for line in scene.accepted()}
    waits = sorted(1000 * (accepted[to] - at) for to, at in committed.items())
    p99 = quantiles(waits, n=100, method="inclusive")[98]
    return Latency(
        "embedded" if embedded else "PostgreSQL + Redis", len(waits), median(waits), p99, waits[-1]
    )


def _enrolled(scene: Stage, count: int) -> dict[str, float]:
    """address -> when its enrollment was committed (seconds since 1970)."""
    stamps: list[float] = []
    plain = scene.house()
    ring = plain.ring

    def stamped(waiting: Sequence[tuple[int, Channel]]) -> None:
        stamps.append(time.time())  # the bell is rung right after the commit
        ring(waiting)

    house = scene.house(ring=stamped)
    with house.store.begin() as db:
        people = [a_lead(db, house, number) for number in range(count)]
    scene.start(workers=2)
    committed: dict[str, float] = {}
    dice = random.Random(1)
    for number, lead in enumerate(people):
        cadence, kind = ("mails", "email") if number % 2 else ("texts", "phone")
        enroll(house, lead, cadence, by="bench")
        committed[next(a.value for a in lead.addresses if a.kind == kind)] = stamps[-1]
        time.sleep(dice.uniform(*PAUSES))
    return committed
