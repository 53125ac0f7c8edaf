"""Storms: workers killed, Redis emptied, PostgreSQL stopped, while touches go out. Nothing twice, nothing lost."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from itertools import pairwise

from tests.chaos.figure import Figure
from tests.chaos.processes import Process
from tests.chaos.scale import Scale
from tests.chaos.stage import Servers, Stage

STEPS = 3  # of the cadence "storm"
_PARTS = 4  # a storm is interrupted at least about so often, however fast the machine is
_ENTRY = 2500  # bytes of a message in the referee's book, about
_HELD = "SELECT count(*) FROM touches WHERE state = 'uncertain'"


def kills(
    scale: Scale, seed: int, servers: Servers | None, *, mutant: str = "", touches: int = 0
) -> tuple[Figure, Figure]:
    """A random worker is killed every few seconds, and started again, until all is done and every doubt is settled."""
    wanted = touches or scale.touches
    with Stage(scale, seed, servers, extra={**scale.doubts, **_without(mutant)}) as stage:
        stage.referee.misbehave(
            "latency", seconds=0.02, up_to=0.1
        )  # so that much is on the wire at any moment
        stage.enroll(wanted // STEPS)
        crew, began = stage.begin(), time.monotonic()
        every = scale.kill_every * (1 if servers else 2)  # with one process, all start anew each time
        with _meanwhile(_Killer(stage, crew, seed, every, wanted // _PARTS)) as killer:
            stage.settle(enough=_missed(stage) if mutant else lambda: False)
        left, calm = stage.count(_HELD), time.monotonic()
        if not mutant:
            stage.settle_doubts()
        found, held = stage.verdict(), stage.count("SELECT count(*) FROM history WHERE cause = 'lost'")
        unsaid = stage.count("SELECT count(*) FROM history WHERE cause = 'lost' AND because IS NULL")
        most = killer.kills * scale.at_most_held_by
        good = found.good and held <= most and killer.kills > 0 and not unsaid
        settled = not found.held and not found.unaccounted and not found.twice
        stage.kept = not (good and settled) and not mutant
        storm = Figure(
            name=f"{wanted:,} touches, a random process of {len(crew)} killed every {every:g} s",
            where=_where(servers),
            seed=seed,
            target=f"0 twice, 0 unaccounted, held at most kills x {scale.threads} x {scale.lane}, each with its reason",
            seen=f"{killer.kills} kills in {calm - began:.0f} s: {found.told}, {held} held on the way (at most {most})"
            + _kept(stage),
            good=good,
        )
        doubts = Figure(
            name=f"the {held} held ones of that storm, by the referee's listings",
            where=_where(servers),
            seed=seed,
            target="100 % resolved, 0 wrongly",
            seen=f"{held - len(found.held)} resolved, {len(found.twice) + len(found.unaccounted)} wrongly; {left} of "
            f"them after the last kill, within {time.monotonic() - calm:.0f} s",
            good=settled,
        )
        return storm, doubts


def _missed(stage: Stage) -> Callable[[], bool]:
    """Whether what a safeguard is for has happened: a touch went twice, or without an intent on record."""

    def happened() -> bool:
        took = stage.referee.took()
        keys = [one.key for one in took]
        return len(set(keys)) < len(keys)

    return happened


class _Killer:
    """Kills one of those that are ready, by the dice: every few seconds, and on a fast machine each time that about
    `share` touches have gone."""

    def __init__(self, stage: Stage, crew: list[Process], seed: int, every: float, share: int) -> None:
        self.stage, self.crew, self.dice, self.kills = stage, crew, random.Random(seed), 0
        self._every, self._share = every, share * _ENTRY
        self._heard, self._at = 0, time.monotonic()  # bytes of the referee's book, and when, at the last kill

    def __call__(self) -> None:
        heard = self.stage.referee.log.stat().st_size - self._heard
        ready = [n for n, one in enumerate(self.crew) if one.started]
        if not ready or not heard:  # to kill what has not begun to send would prove nothing
            return
        if time.monotonic() - self._at < self._every and heard < self._share:
            return
        self._heard, self._at = self._heard + heard, time.monotonic()
        chosen = self.dice.choice(ready)
        self.crew[chosen].kill()
        self.kills += 1
        self.crew[chosen] = self.stage.again(self.crew[chosen])


def redis_emptied(scale: Scale, seed: int, servers: Servers) -> Figure:
    """Redis forgets everything, again and again, while bells lie in it."""
    return _redis(scale, seed, servers, "Redis emptied", scale.emptied, servers.redis.flush)


def redis_restarted(scale: Scale, seed: int, servers: Servers, *, forget: bool) -> Figure:
    """Redis dies and comes back, with what it had or without."""

    def strike() -> None:
        servers.redis.stop(forget=forget)
        servers.redis.start()

    what = f"Redis killed and restarted {'without' if forget else 'with'} its data"
    return _redis(scale, seed, servers, what, max(2, scale.emptied // 4), strike)


def redis_away(scale: Scale, seed: int, servers: Servers) -> Figure:
    """Redis is away for a while, then comes back empty."""

    def strike() -> None:
        servers.redis.stop(forget=True)
        threading.Event().wait(scale.away)
        servers.redis.start()

    return _redis(scale, seed, servers, f"Redis away for {scale.away:g} s", 1, strike, allowed=scale.away)


def _redis(
    scale: Scale,
    seed: int,
    servers: Servers,
    what: str,
    times: int,
    strike: Callable[[], None],
    *,
    allowed: float = 0.0,
) -> Figure:
    with Stage(scale, seed, servers, "--status-delay", "0") as stage:
        stage.referee.misbehave("latency", seconds=0.05, up_to=0.2)  # so that bells lie in Redis for a while
        stage.enroll(scale.redis_touches // STEPS)
        stage.begin()
        struck = _at_shares(stage, scale.redis_touches, times, seed, strike)
        stage.settle()
        found = stage.verdict()
        quiet = max((silence(stage, begin, end) for begin, end in struck), default=0.0)
        good = found.good and not found.held and len(struck) == times and quiet <= 15.0
        stage.kept = not good
        return Figure(
            name=f"{what} {times} times during {scale.redis_touches:,} touches",
            where=_where(servers),
            seed=seed,
            target="0 lost, 0 twice, going on in at most 15 s each",
            seen=f"{found}; longest silence afterwards {quiet:.1f} s{_kept(stage)}",
            good=good,
        )


def postgres_stopped(scale: Scale, seed: int, servers: Servers) -> Figure:
    """PostgreSQL stops `immediate` and recovers, while workers claim and record."""

    def strike() -> None:
        servers.postgres.stop_at_once()
        servers.postgres.start_again()

    with Stage(scale, seed, servers) as stage:
        stage.referee.misbehave("latency", seconds=0.05, up_to=0.2)
        stage.enroll(scale.redis_touches // STEPS)
        crew = stage.begin()
        struck = _at_shares(stage, scale.redis_touches, scale.stops, seed, strike)
        stage.settle()
        found = stage.verdict()
        # What was on the wire when the database went could not be recorded: it waits for evidence.
        most = scale.stops * len(crew) * scale.at_most_held_by
        alive = all(one.alive for one in stage.crew)
        good = found.good and len(found.held) <= most and len(struck) == scale.stops and alive
        stage.kept = not good
        dead = "" if alive else f"; dead: {[one.name for one in stage.crew if not one.alive]}"
        return Figure(
            name=f"PostgreSQL stopped `immediate` {scale.stops} times during {scale.redis_touches:,} touches",
            where=_where(servers),
            seed=seed,
            target="0 lost, 0 twice; every process lives on",
            seen=f"{found}{dead}{_kept(stage)}",
            good=good,
        )


def _at_shares(
    stage: Stage, touches: int, times: int, seed: int, strike: Callable[[], None]
) -> list[tuple[float, float]]:
    """Strike when certain shares of all touches have been accepted; returns when each blow began and ended."""
    dice = random.Random(seed)
    struck: list[tuple[float, float]] = []
    for number in range(times):
        share = (number + dice.uniform(0.3, 0.9)) / (times + 1)
        stage.until_accepted(int(touches * share))
        began = time.time()
        strike()
        struck.append((began, time.time()))
    return struck


def silence(stage: Stage, begin: float, end: float) -> float:
    """The longest time after a blow in which the referee heard nothing, counted from the blow's end."""
    after = [end, *(one.at for one in stage.referee.took() if one.at > begin and one.at >= end)]
    return max((later - sooner for sooner, later in pairwise(after[:2000])), default=0.0)


@contextmanager
def _meanwhile(work: _Killer):  # type: ignore[no-untyped-def]
    """Do it again and again beside what the block does."""
    done = threading.Event()

    def again() -> None:
        while not done.wait(0.05):
            work()

    thread = threading.Thread(target=again, daemon=True)
    thread.start()
    try:
        yield work
    finally:
        done.set()
        thread.join()


def _without(mutant: str) -> dict[str, str]:
    return {"CHAOS_MUTANT": mutant} if mutant else {}


def _where(servers: Servers | None) -> str:
    return "PostgreSQL and Redis" if servers else "SQLite"


def _kept(stage: Stage) -> str:
    return f"; logs in {stage.folder}" if stage.kept else ""
