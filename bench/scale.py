"""What a tick costs when a thousand are due: among ten thousand walks, and among a million with five million touches."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any, Final

from sqlalchemy import text

from bench import crowd
from bench.figure import Figure, table, targets
from bench.playbook import NOON
from bench.stage import stage
from outreach.casework.house import House
from outreach.engine.caps import forget
from outreach.engine.dispatch import dispatch
from outreach.engine.forgotten import remember
from outreach.engine.reconcile import reconcile
from outreach.engine.sweep import sweep
from outreach.store.schema import Instant

DUE: Final = 1000
ROUNDS: Final = 9
PAST: Final = 5  # touches that each one had before
SMALL: Final = 10_000
APART: Final = 3.0  # seconds between two due times of the many that are not due yet


_SENT: Final = "UPDATE touches SET state = 'sent', due_at = NULL, sent_at = planned_at WHERE state = 'queued'"
_GONE_ON: Final = """
UPDATE enrollments SET step_id = 'later', channel = 'email', due_at = :later WHERE id BETWEEN :first AND :last
"""


@dataclass(frozen=True, slots=True)
class Ticks:
    """Milliseconds of each job of the clock."""

    mode: str
    walks: int
    dispatch: float
    nothing: float  # a dispatch that finds nothing due
    sweep: float
    reconcile: float
    forget: float
    remember: float


def run(walks: int, modes: Sequence[bool]) -> str:
    """A small and a large database each."""
    found: list[Ticks] = []
    figures: list[Figure] = []
    for embedded in modes:
        small, large = measure(SMALL, embedded=embedded), measure(walks, embedded=embedded)
        found += [small, large]
        name = f"{large.mode}: a tick that finds {DUE:,} due among {walks:,}"
        figures.append(Figure(f"{name} / among {SMALL:,}", large.dispatch / small.dispatch, 1.5))
        figures.append(Figure(f"{name}, ms", large.dispatch, 100, digits=0))
    return f"{_shown(found)}\n\n{targets(figures, 'scale')}"


def measure(walks: int, *, embedded: bool) -> Ticks:
    """Build it, then tick: the median of a few."""
    with stage(embedded=embedded) as scene:
        house = scene.house(clock=lambda: NOON, ring=lambda _: None)
        began = time.perf_counter()
        crowd.gather(house, walks, "sms", due=NOON + timedelta(days=1), apart=APART, past=PAST)
        sys.stderr.write(f"{walks:,} walks built in {time.perf_counter() - began:.0f} s\n")
        rounds = [_round(house, number) for number in range(ROUNDS)][1:]  # the first one warms the caches
        others = [_timed(lambda job=job: job(house)) for job in (sweep, reconcile, forget, remember)]  # type: ignore[misc]
    mode = "embedded" if embedded else "PostgreSQL + Redis"
    full, empty = (median(times) for times in zip(*rounds, strict=True))
    return Ticks(mode, walks, full, empty, *others)


def _round(house: House, number: int) -> tuple[float, float]:
    """A thousand fall due; one tick finds them, the next one nothing; then they are sent."""
    chosen = {"first": number * DUE + 1, "last": (number + 1) * DUE}
    with house.store.begin() as db:
        noon = Instant().process_bind_param(NOON - timedelta(minutes=1), db.dialect)
        db.execute(
            text("UPDATE enrollments SET due_at = :noon WHERE id BETWEEN :first AND :last"),
            chosen | {"noon": noon},
        )
    full = _timed(lambda: _found(house))
    empty = _timed(lambda: dispatch(house))
    with house.store.begin() as db:
        later = {"later": Instant().process_bind_param(NOON + timedelta(days=30), db.dialect)}
        db.execute(text(_SENT))
        db.execute(text(_GONE_ON), chosen | later)
    return full, empty


def _found(house: House) -> None:
    if (rang := dispatch(house)) != DUE:
        raise RuntimeError(f"{DUE} are due, and it rang for {rang}")


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _shown(found: Sequence[Ticks]) -> str:
    head = ("one tick, ms", "walks", "past touches", f"dispatch: {DUE:,} due", "nothing due", "sweep", "reconcile",
            "caps", "forgotten")  # fmt: skip
    rows = [
        (
            one.mode,
            f"{one.walks:,}",
            f"{one.walks * PAST:,}",
            *(
                f"{ms:.1f}"
                for ms in (one.dispatch, one.nothing, one.sweep, one.reconcile, one.forget, one.remember)
            ),
        )
        for one in found
    ]
    return table(head, rows)
