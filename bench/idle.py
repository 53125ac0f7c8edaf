"""What it costs to wait: a system that has nothing to do, over a minute."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bench import crowd
from bench.figure import Figure, table, targets
from bench.playbook import NOON
from bench.process import Meter
from bench.stage import stage

SETTLE: Final = 8.0  # seconds after the start that are not counted
MOST: Final = {True: 2.0, False: 5.0}  # percent of a core: embedded, servers
WALKS: Final = 1000  # that wait for another day


def run(seconds: float, modes: Sequence[bool]) -> str:
    """Percent of one core, of each of our processes and of the servers."""
    rows: list[tuple[str, ...]] = []
    figures: list[Figure] = []
    for embedded in modes:
        mode = "embedded" if embedded else "PostgreSQL + Redis"
        used = measure(seconds, embedded=embedded)
        rows += [(mode, name, f"{percent:.2f}") for name, percent in used.items()]
        what = "one process" if embedded else "web, clock, 2 workers, PostgreSQL, Redis"
        figures.append(Figure(f"{mode}: {what}, % of a core", sum(used.values()), MOST[embedded]))
    return f"{table(('idle', 'process', '% of a core'), rows)}\n\n{targets(figures, 'idle')}"


def measure(seconds: float, *, embedded: bool) -> dict[str, float]:
    """process -> percent of a core."""
    with stage(embedded=embedded) as scene:
        crowd.gather(scene.house(), WALKS, "sms", due=NOON + timedelta(days=1))
        scene.start(web=True)
        families = {one.name: [one.usage] for one in (*scene.clock, *scene.crew, *scene.web)}
        families |= {server.name(): [server] for server in scene.servers}
        time.sleep(SETTLE)
        with Meter(**families) as meter:
            time.sleep(seconds)
        return {name: 100 * used / seconds for name, used in meter.cpu.items()}
