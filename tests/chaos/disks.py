"""A disk that is full: the kernel refuses every byte beyond what the files of a process have, as it would with no space left."""

from __future__ import annotations

import resource

from tests.chaos.figure import Figure
from tests.chaos.processes import Process, wait_until
from tests.chaos.scale import Scale
from tests.chaos.stage import Stage

_STEPS = 3  # of the cadence "storm"
_ROOM = 2**18  # bytes: its own log must still be able to say what is wrong
_WORDS = r"disk is full|disk I/O error|File too large"


def full(scale: Scale, seed: int) -> Figure:
    """The SQLite file and its log cannot grow any more in the middle of sending; later they can."""
    with Stage(scale, seed, None, extra=scale.doubts) as stage:
        stage.referee.misbehave("latency", seconds=0.02, up_to=0.1)
        stage.enroll(scale.redis_touches // _STEPS)
        (up,) = stage.begin()
        stage.until_accepted(scale.redis_touches // 4)
        _grow(up, up.said.stat().st_size + _ROOM)
        wait_until(
            lambda: up.heard(_WORDS) is not None, lambda: f"nobody complains:\n{up.tail()}", scale.patience
        )
        stage.wait(float(scale.times.get("OUTREACH_CALL_TIMEOUT", "10")))  # what is on the wire arrives
        before, intents = len(stage.referee.took()), stage.count("SELECT count(*) FROM attempts")
        stage.wait(scale.away)
        sent = len(stage.referee.took()) - before
        more = stage.count("SELECT count(*) FROM attempts") - intents
        _grow(up, resource.RLIM_INFINITY)
        stage.settle_doubts()
        found = stage.verdict()
        good = found.good and not found.held and up.alive and sent <= more
        stage.kept = not good
        return Figure(
            name=f"the disk is full for {scale.away:g} s in the middle of {scale.redis_touches:,} touches",
            where="SQLite",
            seed=seed,
            target="no request without a committed intent; told in the log; going on by itself afterwards",
            seen=f"{sent} sent and {more} intents written meanwhile; then {found}"
            + ("" if up.alive else "; it died"),
            good=good,
        )


def _grow(process: Process, size: int) -> None:
    """No file of this process may become larger than so many bytes."""
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
