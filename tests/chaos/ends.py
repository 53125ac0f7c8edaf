"""Orderly ends and disorderly ones: SIGTERM in the middle of sending, a provider that hangs, everything dead at once."""

from __future__ import annotations

import random
import time

from tests.chaos.figure import Figure
from tests.chaos.processes import Process, wait_until
from tests.chaos.scale import Scale
from tests.chaos.stage import Servers, Stage

_PATIENT = 10.0  # seconds that container platforms wait before they kill
_STEPS = 3  # of the cadence "storm"
_HELD = "SELECT count(*) FROM touches WHERE state IN ('uncertain', 'sending')"


def orderly(scale: Scale, seed: int, servers: Servers | None) -> Figure:
    """Every process is asked to end (SIGTERM) while it sends, and started again, as a deployment does it."""
    with Stage(scale, seed, servers) as stage:
        stage.referee.misbehave("latency", seconds=0.05, up_to=0.3)
        stage.enroll(scale.redis_touches // _STEPS)
        crew, dice = stage.begin(), random.Random(seed)
        codes: list[int | None] = []
        longest, left = 0.0, 0
        for number in range(scale.stops):
            stage.until_accepted(
                int(scale.redis_touches * (number + dice.uniform(0.2, 0.9)) / (scale.stops + 1))
            )
            began = time.monotonic()
            for one in crew:
                one.ask_to_end()
            for one in crew:
                codes.append(one.ended(60))
            longest = max(longest, time.monotonic() - began)
            left += stage.count(_HELD)
            crew = [stage.again(one) for one in crew]
            for one in crew:
                one.until_ready()
        stage.settle()
        found = stage.verdict()
        good = found.good and not found.held and left == 0 and set(codes) == {0} and longest < _PATIENT
        stage.kept = not good
        return Figure(
            name=f"SIGTERM to every process {scale.stops} times in the middle of sending",
            where=_where(servers),
            seed=seed,
            target=f"what is on the wire is finished: 0 held, exit code 0, in less than {_PATIENT:g} s",
            seen=f"{found}; {left} left behind, exit codes {sorted(set(codes), key=str)}, at most {longest:.1f} s",
            good=good,
        )


def impatient(scale: Scale, seed: int, servers: Servers | None) -> Figure:
    """SIGTERM, and SIGKILL soon after, because the provider has accepted and does not answer."""
    with Stage(scale, seed, servers, extra=scale.doubts) as stage:
        stage.enroll(scale.crash_leads, "mails")
        stage.referee.misbehave("silent after accepting", times=4)
        crew = stage.begin()
        stage.until_accepted(4)
        for one in crew:
            one.ask_to_end()
        stage.wait(min(10.0, float(scale.times.get("OUTREACH_CALL_TIMEOUT", "10")) / 3))
        for one in crew:
            one.kill()
        left = stage.count(_HELD)
        for one in crew:
            stage.again(one).until_ready()
        stage.settle_doubts()
        found = stage.verdict()
        good = found.good and not found.held and left > 0 and found.accepted == scale.crash_leads
        stage.kept = not good
        return Figure(
            name="SIGTERM, then SIGKILL, while a provider hangs",
            where=_where(servers),
            seed=seed,
            target="held, and settled by the provider's records: once",
            seen=f"{left} held; then {found}",
            good=good,
        )


def hung(scale: Scale, seed: int, servers: Servers | None) -> Figure:
    """The provider takes requests and never answers, more of them than all threads can wait for; then it is well."""
    silent = scale.threads * 2
    with Stage(scale, seed, servers, extra=scale.doubts) as stage:
        stage.enroll(max(scale.crash_leads, silent * 4), "mails")
        stage.referee.misbehave("silent before accepting", times=silent)
        stage.referee.misbehave("silent after accepting", times=silent)
        crew = stage.begin()
        stage.settle_doubts()
        found, pids = stage.verdict(), {one.pid for one in crew}
        held = stage.count("SELECT count(*) FROM history WHERE cause = 'lost'")
        alive = all(one.alive for one in crew) and len(pids) == len(crew)
        good = found.good and not found.held and alive
        stage.kept = not good
        return Figure(
            name=f"{silent * 2} requests that are never answered, half of them accepted",
            where=_where(servers),
            seed=seed,
            target="no thread is lost; held, and each settled by the records: 0 twice",
            seen=f"{held} were in doubt; then {found}" + ("" if alive else "; a process died"),
            good=good,
        )


def power_cut(scale: Scale, seed: int, servers: Servers | None) -> Figure:
    """Everything ends at the same moment, servers too, and comes back; what was not synced to the disk is not asked for."""
    with Stage(scale, seed, servers, extra=scale.doubts) as stage:
        stage.referee.misbehave("latency", seconds=0.05, up_to=0.2)
        stage.enroll(scale.redis_touches // _STEPS)
        stage.begin()
        dice, cuts = random.Random(seed), max(2, scale.stops // 2)
        for number in range(cuts):
            stage.until_accepted(int(scale.redis_touches * (number + dice.uniform(0.3, 0.9)) / (cuts + 1)))
            stage.house.store.close()
            dead = list(stage.crew)
            for one in dead:
                one.kill()
            if servers:
                servers.postgres.kill()
                servers.redis.stop(forget=True)
                servers.postgres.start_again()
                servers.redis.start()
            _up_again(stage, dead)
        stage.settle_doubts()
        found = stage.verdict()
        good = found.good and not found.held
        stage.kept = not good
        return Figure(
            name=f"everything killed at once {cuts} times{', PostgreSQL and Redis too' if servers else ''}",
            where=_where(servers),
            seed=seed,
            target="every intent is on record; 0 lost, 0 twice, what was held is settled",
            seen=str(found),
            good=good,
        )


def _up_again(stage: Stage, dead: list[Process]) -> None:
    again = [stage.again(one) for one in dead]
    wait_until(lambda: all(one.started for one in again), stage.unsettled, stage.scale.patience)


def _where(servers: Servers | None) -> str:
    return "PostgreSQL and Redis" if servers else "SQLite"
