"""How late a touch is: from its due time to the vendor's yes, at half of the pace that is possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles
from typing import Final

from bench import crowd
from bench.figure import Figure, table, targets
from bench.playbook import NOON
from bench.process import wait_until
from bench.stage import Stage, stage

READY: Final = 15.0
BURST: Final = 2000  # all at once, to find the greatest pace
P99: Final = 2.0  # seconds


@dataclass(frozen=True, slots=True)
class Lateness:
    """Seconds from due to accept."""

    mode: str
    most: float  # touches/s, all at once
    pace: float  # touches/s, spread evenly
    median: float
    p99: float
    worst: float


def run(seconds: float, modes: Sequence[bool]) -> str:
    """For the modes that are asked for (embedded or not)."""
    found = [measure(seconds, embedded=embedded) for embedded in modes]
    rows = [
        (
            one.mode,
            f"{one.most:.0f}",
            f"{one.pace:.0f}",
            f"{one.median:.2f}",
            f"{one.p99:.2f}",
            f"{one.worst:.2f}",
        )
        for one in found
    ]
    head = ("from due to accept, s", "most, touches/s", "due, touches/s", "median", "p99", "worst")
    figures = [Figure(f"{one.mode}: p99 at half of the greatest pace, s", one.p99, P99) for one in found]
    return f"{table(head, rows)}\n\n{targets(figures, 'lateness')}"


def measure(seconds: float, *, embedded: bool) -> Lateness:
    """A burst tells the greatest pace; then people fall due one after the other at half of it."""
    with stage(embedded=embedded) as scene:
        crowd.gather(scene.house(), BURST, "sms", due=NOON)
        origin = scene.noon_in(READY)
        scene.start()
        wait_until(lambda: scene.count() >= BURST, "not everybody was written to", patience=300)
        times = sorted(line.at for line in scene.accepted())
        most = (BURST * 99 // 100) / (times[BURST * 99 // 100] - times[0])
        pace = most / 2
        waits = _spread(scene, origin, int(pace * seconds), pace)
    p99 = quantiles(waits, n=100, method="inclusive")[98]
    return Lateness(
        "embedded" if embedded else "PostgreSQL + Redis", most, pace, median(waits), p99, max(waits)
    )


def _spread(scene: Stage, origin: datetime, count: int, pace: float) -> list[float]:
    house = scene.house()
    # From a little later on, so that the crowd stands there before the first of them is due.
    due = house.now() + timedelta(seconds=5 + count / 5000)
    crowd.gather(house, count, "sms", due=due, apart=1 / pace, first=BURST + 1)
    if house.now() > due:
        raise RuntimeError("the crowd was not there in time")
    wait_until(lambda: scene.count() >= BURST + count, "not everybody was written to", patience=300)
    begin = origin.timestamp() + (due - NOON).total_seconds()
    accepted = {line.to: line.at for line in scene.accepted()[BURST:]}
    return [accepted[f"+1{2125550000 + BURST + 1 + n}"] - (begin + n / pace) for n in range(count)]
