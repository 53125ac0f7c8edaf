"""How many texts a second leave when thousands are due at once, and what each costs; next to Twilio's bare client."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bench.stage import NOON, Process, Stage, a_lead, stage, wait_until
from outreach.engine.enroll import enroll_in
from outreach.sandbox import Accepted

READY: Final = 6.0  # seconds for our processes to be ready before noon strikes
THREADS: Final = 16  # of the bare client; one lane of ours
CHUNK: Final = 250  # people taken in by one transaction


@dataclass(frozen=True, slots=True)
class Throughput:
    """Touches a second by the vendor's clock, and milliseconds of processor time for each, by who used it."""

    what: str
    count: int
    rate: float  # of the first 99 %
    tail: float  # seconds that the last 1 % took: what was given back waits half a minute
    ours: float  # workers (embedded: the one process), or the bare client
    clock: float
    servers: float  # PostgreSQL and Redis
    vendor: float


def measure(
    count: int, *, embedded: bool, workers: int = 2, watch: Callable[[list[Process]], None] = lambda _: None
) -> list[Throughput]:
    """Ours, then the bare client with as many processes, against the same vendor."""
    with stage(embedded=embedded) as scene:
        _prepare(scene, count)
        ours = _ours(scene, count, workers, watch)
        bare = _bare(scene, count, 1 if embedded else workers)
    return [ours, bare]


def _prepare(scene: Stage, count: int) -> None:
    """Everybody is enrolled an hour before noon, for noon."""
    house = scene.house(clock=lambda: NOON - timedelta(hours=1))
    for first in range(0, count, CHUNK):
        with house.store.begin() as db:
            for number in range(first, min(first + CHUNK, count)):
                enroll_in(db, house, a_lead(db, house, number), "texts", by="bench")


def _ours(scene: Stage, count: int, workers: int, watch: Callable[[list[Process]], None]) -> Throughput:
    scene.noon_in(READY)
    noon = datetime.now(UTC) + timedelta(seconds=READY)
    processes = scene.start(workers)
    clock, crew = ([], processes) if scene.embedded else (processes[:1], processes[1:])
    watch(crew)
    time.sleep(max((noon - datetime.now(UTC)).total_seconds() - 0.5, 0.0))
    before = _cpu(scene, crew, clock)
    log = scene.folder / "vendor.jsonl"
    wait_until(lambda: _lines(log) >= count, "not everybody was written to", patience=300)
    time.sleep(0.5)  # the last results are still being recorded
    used = [(b - a) * 1000 / count for a, b in zip(before, _cpu(scene, crew, clock), strict=True)]
    name = "embedded: `outreach up`" if scene.embedded else f"PostgreSQL + Redis: clock, {workers} workers"
    return Throughput(name, count, *_pace(scene.accepted()), *used)


def _bare(scene: Stage, count: int, processes: int) -> Throughput:
    already, before = len(scene.accepted()), scene.vendor.cpu()
    each = count // processes
    with ExitStack() as stack:
        crew = [
            stack.enter_context(_bare_client(scene, f"bare-{number}", each)) for number in range(processes)
        ]
        used = sum(float(one.until(r"cpu [\d.]+\n").split()[1]) for one in crew)
    sent = scene.accepted()[already:]
    vendor = (scene.vendor.cpu() - before) * 1000 / len(sent)
    name = f"Twilio's client alone: {processes} x {THREADS} threads"
    return Throughput(name, len(sent), *_pace(sent), used * 1000 / len(sent), 0.0, 0.0, vendor)


def _bare_client(scene: Stage, name: str, count: int) -> Process:
    command = [sys.executable, "-m", "bench.stock", scene.env["TWILIO_URL"], str(count), str(THREADS)]
    return Process(name, command, scene.env, scene.folder)


def _cpu(scene: Stage, crew: list[Process], clock: list[Process]) -> tuple[float, float, float, float]:
    return (
        sum(one.cpu() for one in crew),
        sum(one.cpu() for one in clock),
        scene.servers_cpu(),
        scene.vendor.cpu(),
    )


def _pace(accepted: list[Accepted]) -> tuple[float, float]:
    """Touches a second of the first 99 %, and the seconds of the rest."""
    times = sorted(line.at for line in accepted)
    most = len(times) * 99 // 100
    return most / (times[most] - times[0]), times[-1] - times[most]


def _lines(log: Path) -> int:
    return log.read_bytes().count(b"\n")
