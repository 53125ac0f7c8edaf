"""A cap with many more touches than it lets through, claimed by every worker at once."""

from __future__ import annotations

from tests.chaos.figure import Figure
from tests.chaos.processes import wait_until
from tests.chaos.scale import Scale
from tests.chaos.stage import Servers, Stage

CAP = 100
_LIMITS = f"limits: {{sender: {{email: {CAP}/day}}}}\n"


def exact(scale: Scale, seed: int, servers: Servers, *, mutant: str = "") -> Figure:
    """Three times as many mails are due as the sender may send in a day."""
    extra = {"CHAOS_SLOW": "0.05"} | ({"CHAOS_MUTANT": mutant} if mutant else {})
    with Stage(scale, seed, servers, head=_LIMITS, extra=extra) as stage:
        stage.enroll(CAP * 3, "mails")
        crew = stage.begin()
        wait_until(lambda: _resting(stage), stage.unsettled, scale.patience)
        accepted = len(stage.referee.took())
        deferred = stage.count(
            "SELECT count(*) FROM touches WHERE state = 'queued' AND waiting_for IS NOT NULL"
        )
        good = accepted == CAP and deferred == CAP * 2
        stage.kept = not good and not mutant
        return Figure(
            name=f"{CAP * 3} mails due at once under a cap of {CAP} a day, {len(crew)} workers of {scale.threads} threads",
            where="PostgreSQL and Redis",
            seed=seed,
            target=f"never more than {CAP}; the others deferred with a reason",
            seen=f"{accepted} accepted, {deferred} deferred",
            good=good,
        )


def _resting(stage: Stage) -> bool:
    """Whether everything was sent, or waits for room."""
    return stage.count("SELECT count(*) FROM touches") == CAP * 3 and not stage.count(
        "SELECT count(*) FROM touches WHERE state = 'sending' OR (state = 'queued' AND waiting_for IS NULL)"
    )
