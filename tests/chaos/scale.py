"""How large and how long a proof is: short for every change, full for the table of docs/reliability.md."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Numbers and times. `times` are settings of the house: they fit into each other like the true ones."""

    name: str
    seeds: tuple[int, ...]
    touches: int  # in a storm of kills
    workers: int
    kill_every: float  # seconds
    threads: int
    lane: int
    times: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, str] = field(
        default_factory=dict
    )  # how soon providers are asked, where a proof wants it
    speed: int  # business seconds in a second
    redis_touches: int
    emptied: int  # times Redis is emptied
    away: float  # seconds without a server, or with one that is no good
    slow_redis: float  # seconds that Redis takes to answer, when it is slow
    stops: int  # of PostgreSQL
    replies: int
    near: int  # so many of them at least begin within 5 ms of a send
    answered_in: float  # seconds within which 99 of 100 replies are answered
    events: int  # of providers, each told again and again
    crash_leads: int  # at each crash point
    jumps: int
    day: float  # real seconds that the simulated day takes
    day_touches: int
    patience: float  # seconds until a run that does not come to its end is called lost

    @property
    def lease(self) -> float:
        """Seconds."""
        return float(self.times.get("OUTREACH_LEASE", "30"))

    @property
    def at_most_held_by(self) -> int:
        """Touches that one kill may leave uncertain: one lane a thread."""
        return self.threads * self.lane


SHORT: Final = Scale(
    name="short",
    seeds=(1,),
    touches=450,
    workers=2,
    kill_every=1.5,
    threads=4,
    lane=8,
    times={
        "OUTREACH_SEND_DEADLINE": "0.5",
        "OUTREACH_STOP_WAIT": "1.0",
        "OUTREACH_CALL_TIMEOUT": "1.5",
        "OUTREACH_LEASE": "3",
        "OUTREACH_UNHEARD": "2",
        "OUTREACH_TICK": "0.2",
    },
    doubts={"OUTREACH_RECONCILE_EVERY": "0.5", "OUTREACH_GRACE": "4", "OUTREACH_GRACE_MAIL": "4"},
    speed=60,
    redis_touches=600,
    emptied=3,
    away=3.0,
    slow_redis=1.0,
    stops=3,
    replies=120,
    near=0,  # counted, but a busy machine is late
    answered_in=15.0,  # then Twilio gives up; how fast it is shows on a quiet machine, in full
    events=450,
    crash_leads=16,
    jumps=8,
    day=30.0,
    day_touches=600,
    patience=150.0,
)
FULL: Final = Scale(
    name="full",
    seeds=(1, 2, 3),
    touches=100_000,
    workers=8,
    kill_every=2.0,
    threads=8,
    lane=16,
    # The referee's lists are complete at once, as no vendor's are: longer grace times would prove nothing here.
    doubts={"OUTREACH_RECONCILE_EVERY": "1", "OUTREACH_GRACE": "120", "OUTREACH_GRACE_MAIL": "120"},
    speed=2,  # the nine hours in which texts may go out must not end before the proof
    redis_touches=50_000,
    emptied=20,
    away=600.0,
    slow_redis=40.0,
    stops=20,
    replies=12_000,
    near=10_000,
    answered_in=1.0,
    events=50_000,
    crash_leads=1000,
    jumps=100,
    day=600.0,
    day_touches=20_000,
    patience=3600.0,
)


def chosen() -> Scale:
    """The scale that the environment asks for: CHAOS=full, else the short one.

    CHAOS_SIZE=0.05 leaves a twentieth of its numbers and all of its times: to learn how long a run would take.
    """
    scale = FULL if os.environ.get("CHAOS") == "full" else SHORT
    size = float(os.environ.get("CHAOS_SIZE", "1"))
    return scale if size == 1 else sized(scale, size)


def sized(scale: Scale, size: float) -> Scale:
    """The same scale with other numbers; its name says so, and its rows are no rows of that scale."""
    less = {
        name: max(least, int(getattr(scale, name) * size))
        for name, least in (
            ("touches", 60),
            ("redis_touches", 60),
            ("emptied", 2),
            ("stops", 2),
            ("replies", 40),
            ("near", 0),
            ("events", 90),
            ("crash_leads", 16),
            ("jumps", 4),
            ("day_touches", 96),
        )
    }
    return replace(scale, name=f"{scale.name} at {size:g}", **less)  # type: ignore[arg-type]
