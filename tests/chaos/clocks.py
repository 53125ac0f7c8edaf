"""Clocks: five at once and killed by the dice through a simulated day, and clocks that jump by an hour or a day."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.chaos.figure import Figure, percentile
from tests.chaos.processes import Process, wait_until
from tests.chaos.scale import Scale
from tests.chaos.stage import MORNING, Servers, Stage

_DAY = timedelta(hours=24)
_EVERY = timedelta(minutes=30)  # something becomes due
_CLOCKS = 5
_ZONE = ZoneInfo("America/New_York")
_OPEN, _SHUT = 9, 17
_APART = 300.0  # seconds
_JUMPS = (3600.0, -3600.0, 86400.0, -86400.0)


def five(scale: Scale, seed: int, servers: Servers) -> Figure:
    """Five clocks tick beside each other, one is killed now and then; touches become due all through the day."""
    speed = _DAY.total_seconds() / scale.day
    slots = int(_DAY / _EVERY)
    with Stage(scale, seed, servers, cadences=_day(slots), speed=speed) as stage:
        for slot in range(slots):
            stage.enroll(scale.day_touches // slots, f"at{slot}", first=slot * 1000)
        for number in range(scale.workers):
            stage.start("worker", f"worker{number}").until_ready()
        clocks = [stage.start("clock", f"clock{number}") for number in range(_CLOCKS)]
        killer = _Killer(stage, clocks, seed)
        done = threading.Event()
        thread = threading.Thread(target=killer.run, args=(done, scale.kill_every), daemon=True)
        thread.start()
        try:
            stage.settle(scale.day + scale.patience)
        finally:
            done.set()
            thread.join()
        found, late = stage.verdict(), _lateness(stage, speed)
        p99 = percentile(late, 0.99)
        good = found.good and not found.held and p99 <= 30.0 and killer.kills > 0
        stage.kept = not good
        return Figure(
            name=f"{_CLOCKS} clocks, one killed every {scale.kill_every:g} s, 24 hours in {scale.day:g} s",
            where="PostgreSQL and Redis",
            seed=seed,
            target="0 twice, lateness p99 at most 30 s",
            seen=f"{killer.kills} kills: {found}; lateness p50 {percentile(late, 0.5):.1f} s, p99 {p99:.1f} s",
            good=good,
        )


def _day(slots: int) -> str:
    return "".join(
        f"  at{n}:\n    steps:\n      - {{id: hello, after: {n * 30 + 5} minutes, email: hello.md}}\n"
        for n in range(slots)
    )


class _Killer:
    """Kills one clock after the other, whatever it is doing, and starts it again."""

    def __init__(self, stage: Stage, clocks: list[Process], seed: int) -> None:
        self.stage, self.clocks, self.dice, self.kills = stage, clocks, random.Random(seed), 0

    def run(self, done: threading.Event, every: float) -> None:
        while not done.wait(every * self.dice.uniform(0.5, 1.5)):
            chosen = self.dice.randrange(len(self.clocks))
            if self.clocks[chosen].started:
                self.clocks[chosen].kill()
                self.kills += 1
                self.clocks[chosen] = self.stage.again(self.clocks[chosen])


def _lateness(stage: Stage, speed: float) -> list[float]:
    """Real seconds from due to the referee's accept; what became due before anybody was ready counts from then on."""
    origin = datetime.fromisoformat(stage.env["OUTREACH_CLOCK_ORIGIN"])
    accepted = {one.token: one.at for one in stage.referee.took()}
    first = min(accepted.values(), default=0.0)
    late: list[float] = []
    for token, planned in stage.rows(
        "SELECT attempts.token, touches.planned_at FROM attempts JOIN touches ON touches.id = attempts.touch_id"
    ):
        moment = planned if isinstance(planned, datetime) else datetime.fromisoformat(planned)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        due = (origin + (moment - MORNING) / speed).timestamp()
        if token in accepted:
            late.append(max(0.0, accepted[token] - max(due, first)))
    return late


def jumps(scale: Scale, seed: int, servers: Servers | None) -> Figure:
    """Every clock of the house jumps by an hour or a day, forth and back, while touches go out in office hours."""
    stage_clock = f"""\
  office:
    channels: {{email: {{window: {{days: mon-sun, hours: "{_OPEN:02}:00-{_SHUT}:00"}}}}}}
    steps:
      - {{id: hello, email: hello.md}}
      - {{id: again, after: 1 hour, email: again.md}}
"""
    scale = replace(scale, speed=600)
    with Stage(scale, seed, servers, cadences=stage_clock, speed=scale.speed) as stage:
        wrong = stage.folder / "clock"
        wrong.write_text("0")
        stage.env["CHAOS_CLOCK"] = str(wrong)
        stage.enroll(scale.redis_touches // 2, "office")
        stage.referee.misbehave("latency", seconds=0.0, up_to=0.1)
        stage.begin()
        jumped = [(0.0, 0.0)]
        dice = random.Random(seed)
        for number in range(scale.jumps):
            stage.until_accepted(number + 1)
            threading.Event().wait(dice.uniform(0.3, 1.0))
            jumped.append((time.time(), jumped[-1][1] + dice.choice(_JUMPS)))
            wrong.write_text(str(jumped[-1][1]))
        _to_a_morning(stage, wrong, jumped)
        _until_all_went(stage, wrong, jumped)
        found, outside = stage.verdict(), _outside(stage, jumped)
        most = scale.jumps * scale.workers * scale.at_most_held_by
        good = found.good and not outside and len(found.held) <= most
        stage.kept = not good
        return Figure(
            name=f"{scale.jumps} clock jumps of an hour and a day",
            where="PostgreSQL and Redis" if servers else "SQLite",
            seed=seed,
            target="0 twice, 0 lost, 0 outside the window",
            seen=f"{found}; {len(outside)} outside the window {outside[:3] or ''}",
            good=good,
        )


def apart(scale: Scale, seed: int, servers: Servers) -> Figure:
    """The clocks of the machines are minutes apart: their own say what is due, the database's when a lease ends."""
    with Stage(scale, seed, servers) as stage:
        stage.referee.misbehave("latency", seconds=0.05, up_to=0.3)
        stage.enroll(scale.redis_touches // 3)
        roles = [("clock", 0.0), *(("worker", _APART * (-1) ** n) for n in range(max(2, scale.workers)))]
        for number, (role, seconds) in enumerate(roles):
            wrong = stage.folder / f"clock{number}"
            wrong.write_text(str(seconds))
            stage.start(role, f"{role}{number}", CHAOS_CLOCK=str(wrong)).until_ready()
        stage.settle()
        found = stage.verdict()
        good = found.good and not found.held
        stage.kept = not good
        return Figure(
            name=f"the clocks of {len(roles)} machines are {_APART / 60:g} minutes off, each way",
            where="PostgreSQL and Redis",
            seed=seed,
            target="0 twice, 0 lost, no lease ends early: 0 held",
            seen=str(found),
            good=good,
        )


def _true(stage: Stage, at: float) -> datetime:
    origin = datetime.fromisoformat(stage.env["OUTREACH_CLOCK_ORIGIN"]).timestamp()
    return MORNING + timedelta(seconds=(at - origin) * float(stage.env["OUTREACH_CLOCK_SPEED"]))


def _to_a_morning(stage: Stage, wrong: Path, jumped: list[tuple[float, float]]) -> None:
    """The last jump: to the opening of a day that none of them has reached."""
    at = time.time()
    ahead = _true(stage, at) + timedelta(seconds=max(offset for _, offset in jumped), days=2)
    opening = ahead.astimezone(_ZONE).replace(hour=_OPEN, minute=5)
    jumped.append((at, (opening - _true(stage, at)).total_seconds()))
    wrong.write_text(str(jumped[-1][1]))


def _until_all_went(stage: Stage, wrong: Path, jumped: list[tuple[float, float]]) -> None:
    """A window of a day may be too short for all on a busy machine: then one more morning comes."""

    def morning() -> None:
        now = _true(stage, time.time()) + timedelta(seconds=jumped[-1][1])
        if now.astimezone(_ZONE).hour >= _SHUT:
            _to_a_morning(stage, wrong, jumped)

    stage.settle(meanwhile=morning)
    wait_until(lambda: stage.open_touches() == 0, stage.unsettled)


def _outside(stage: Stage, jumped: list[tuple[float, float]]) -> list[str]:
    """What the referee accepted at an hour that no clock of the house showed as open in the seconds before."""
    deadline = float(stage.env.get("OUTREACH_CALL_TIMEOUT", "10"))
    found: list[str] = []
    for took in stage.referee.took():
        shown = [
            _true(stage, when) + timedelta(seconds=offset)
            for n, (begin, offset) in enumerate(jumped)
            for when in (max(begin, took.at - deadline), took.at)
            if begin <= took.at and (n + 1 == len(jumped) or jumped[n + 1][0] >= took.at - deadline)
        ]
        if not any(_OPEN <= moment.astimezone(_ZONE).hour < _SHUT for moment in shown):
            found.append(f"{took.to} at {shown[-1].astimezone(_ZONE):%a %H:%M}")
    return found
