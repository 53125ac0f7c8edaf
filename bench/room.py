"""How much memory: of a worker over many touches, and of everybody when a million touches are due at once."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Final

import psutil  # type: ignore[import-untyped]

from bench import crowd
from bench.figure import Figure, table, targets
from bench.playbook import NOON
from bench.process import wait_until
from bench.stage import Stage, stage
from bench.throughput import strike

WORKER, GROWTH = 160, 20  # MB
WARM: Final = 2000  # touches after which caches are full
WATCHED: Final = 30.0  # seconds over which the backlog is worked at


def run(touches: int, backlog: int) -> str:
    """Both measurements, in one life of the processes."""
    with stage(embedded=False) as scene:
        crowd.gather(scene.house(), WARM + touches, "sms", due=NOON)
        strike(scene, workers=2)
        wait_until(lambda: scene.count() >= WARM, "not everybody was written to", patience=120)
        warm = _private(scene)
        wait_until(lambda: scene.count() >= WARM + touches, "not everybody was written to", patience=3600)
        time.sleep(2)
        worn, resident = _private(scene), _resident(scene)
        crowd.gather(scene.house(), backlog, "sms", due=NOON, first=WARM + touches + 1)
        most = _most(scene)
    names = sorted(warm)
    rows = [(n, f"{warm[n]:.0f}", f"{worn[n]:.0f}", f"{most[n]:.0f}") for n in names]
    head = (
        "private memory, MB",
        f"after {WARM:,} touches",
        f"after {touches:,} more",
        f"with {backlog:,} due",
    )
    grown = max(worn[n] - warm[n] for n in names if n.startswith("worker"))
    swollen = max(most[n] - worn[n] for n in names)
    figures = [
        Figure("a worker, resident, MB", resident, WORKER, digits=0),
        Figure(f"its growth over {touches:,} touches, MB", grown, GROWTH, digits=1),
        Figure(f"growth of any process while {backlog:,} are due, MB", swollen, GROWTH, digits=1),
    ]
    return f"{table(head, rows)}\n\n{targets(figures, 'memory')}"


def _private(scene: Stage) -> dict[str, float]:
    """process -> MB that it shares with nobody; of PostgreSQL's many processes the largest."""
    ours: Mapping[str, psutil.Process] = {one.name: one.usage for one in (*scene.clock, *scene.crew)}
    found = {name: one.memory_full_info().uss / 1e6 for name, one in ours.items()}
    for server in scene.servers:
        family = [server, *server.children(recursive=True)]
        found[f"{server.name()} (the largest)"] = max(_uss(one) for one in family)
    return found


def _uss(one: psutil.Process) -> float:
    try:
        return float(one.memory_full_info().uss) / 1e6
    except psutil.NoSuchProcess:
        return 0.0


def _resident(scene: Stage) -> float:
    return max(float(one.usage.memory_info().rss) / 1e6 for one in scene.crew)


def _most(scene: Stage) -> dict[str, float]:
    """The most of each while they work at the backlog."""
    most = _private(scene)
    limit = time.monotonic() + WATCHED
    while time.monotonic() < limit:
        time.sleep(1)
        most = {name: max(now, most[name]) for name, now in _private(scene).items()}
    return most
