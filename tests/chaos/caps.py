"""A cap with many more touches than it lets through, claimed by every worker at once."""

from __future__ import annotations

from collections import Counter

from tests.chaos.figure import Figure
from tests.chaos.processes import wait_until
from tests.chaos.scale import Scale
from tests.chaos.stage import Servers, Stage, addresses

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


def people(scale: Scale, seed: int, servers: Servers) -> Figure:
    """Everybody is in three cadences, on three channels, all due at once, and may be reached once a day."""
    leads = scale.crash_leads * 4
    limits = "limits: {lead: {touches: 1/day}}\n"
    with Stage(scale, seed, servers, head=limits, extra={"CHAOS_SLOW": "0.05"}) as stage:
        names = stage.enroll(leads, None)
        stage.allow_calls(names)
        for cadence in ("mails", "texts", "calls"):
            stage.enroll(leads, cadence)
        crew = stage.begin()
        wait_until(lambda: _resting(stage, leads * 3), stage.unsettled, scale.patience)
        who = addresses(names)
        often = Counter(who[one.to] for one in stage.referee.took())
        more = [name for name, times in often.items() if times > 1]
        good = not more and len(often) == leads
        stage.kept = not good
        return Figure(
            name=f"{leads} leads due on three channels at once, one touch a day each, {len(crew)} workers of "
            f"{scale.threads} threads",
            where="PostgreSQL and Redis",
            seed=seed,
            target="each exactly once",
            seen=f"{len(often)} reached, {len(more)} of them more than once",
            good=good,
        )


def _resting(stage: Stage, due: int = CAP * 3) -> bool:
    """Whether everything was sent, or waits for room."""
    return stage.count("SELECT count(*) FROM touches") == due and not stage.count(
        "SELECT count(*) FROM touches WHERE state = 'sending' OR (state = 'queued' AND waiting_for IS NULL)"
    )
