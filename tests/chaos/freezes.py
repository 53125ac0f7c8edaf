"""Processes that are frozen in the middle of a delivery and let go long afterwards."""

from __future__ import annotations

from dataclasses import replace

from tests.chaos.figure import Figure
from tests.chaos.points import until_serving
from tests.chaos.processes import wait_until
from tests.chaos.scale import Scale
from tests.chaos.stage import Servers, Stage, phone_of


def before_the_request(scale: Scale, seed: int, servers: Servers, *, mutant: str = "") -> Figure:
    """Frozen between the commit of `sending` and the request; the lead replies; then it goes on."""
    with Stage(replace(scale, threads=1, lane=1), seed, servers, web=True, extra=_mutant(mutant)) as stage:
        (name,) = stage.enroll(1, "mails")
        stage.referee.misbehave("hold callbacks", kind="events")
        stage.start("clock").until_ready()
        until_serving(stage, stage.start("web"))
        worker = stage.start("worker", OUTREACH_CRASH="before_request=stop")
        wait_until(lambda: worker.frozen, lambda: f"it was not frozen:\n{worker.tail()}")
        # The answer waits for what is on the wire, names it, and by then the deadline has passed.
        answer = stage.referee.text(phone_of(name), "+15005550006", "Thanks, I have what I need")
        worker.thaw()
        stage.settle()
        took, states = len(stage.referee.took()), stage.rows("SELECT state, reason FROM touches")
        good = took == 0 and answer["status"] in (200, 204)
        stage.kept = not good and not mutant
        return Figure(
            name="SIGSTOP between the commit of `sending` and the request, a reply, SIGCONT",
            where="PostgreSQL and Redis",
            seed=seed,
            target="not sent",
            seen=f"{took} accepted; the touch is {states}; the reply was answered {answer['status']}",
            good=good,
        )


def inside_the_call(scale: Scale, seed: int, servers: Servers) -> Figure:
    """Frozen with half a request written, past its lease, while others work; then it goes on."""
    with Stage(replace(scale, threads=1, lane=1), seed, servers) as stage:
        stage.enroll(1, "mails")
        stage.start("clock").until_ready()
        frozen = stage.start("worker", "frozen", OUTREACH_CRASH="mid_request=stop")
        wait_until(lambda: frozen.frozen, lambda: f"it was not frozen:\n{frozen.tail()}")
        stage.start("worker", "other").until_ready()
        wait_until(
            lambda: stage.count("SELECT count(*) FROM touches WHERE state = 'uncertain'") == 1,
            lambda: f"its lease does not end: {stage.unsettled()}",
            scale.lease * 4 + 30,
        )
        before = len(stage.referee.took())
        frozen.thaw()
        wait_until(
            lambda: stage.count("SELECT count(*) FROM attempts WHERE state = 'started'") == 0,
            lambda: "never ended",
        )
        stage.settle()
        found = stage.verdict()
        tries = stage.count("SELECT count(*) FROM attempts")
        good = found.good and found.accepted <= 1 and tries == 1
        stage.kept = not good
        return Figure(
            name="SIGSTOP inside the HTTP call, past the lease, SIGCONT",
            where="PostgreSQL and Redis",
            seed=seed,
            target="not resent by others",
            seen=f"{tries} attempt; {before} accepted while frozen, {found.accepted} in all, {len(found.held)} held",
            good=good,
        )


def _mutant(name: str) -> dict[str, str]:
    return {"CHAOS_MUTANT": name} if name else {}
