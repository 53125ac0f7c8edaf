"""How many messages a second leave when thousands are due at once, and what each costs, beside what others would write.

All in one run, against the same vendor over TLS: only the ratios of one run mean anything.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from bench import crowd
from bench.figure import Figure, table, targets
from bench.playbook import NOON
from bench.process import Meter, wait_until
from bench.stage import Stage, stage
from outreach.sandbox import Accepted

READY: Final = 10.0  # seconds for our processes to be ready before noon strikes
THREADS: Final = 16  # of the bare client; one lane of ours
VENDOR: Final = {"sms": "Twilio", "email": "SendGrid"}
SLOW: Final = 15  # SendGrid's client is so much slower that it gets a fraction of the messages


@dataclass(frozen=True, slots=True)
class Load:
    """Touches a second by the vendor's clock, and seconds of processor time for a thousand of them, by who used it."""

    what: str
    count: int
    rate: float  # of the first 99 %
    tail: float  # seconds that the last 1 % took: what was given back waits half a minute
    workers: float  # embedded: the one process; or the bare client
    clock: float
    servers: float  # PostgreSQL and Redis
    vendor: float  # not in the sum
    memory: float  # the most at one time, MB, all but the vendor

    @property
    def cpu(self) -> float:
        """Of everything that has to run, for a thousand touches."""
        return self.workers + self.clock + self.servers


def run(count: int, channel: str, modes: Sequence[bool], workers: int = 2) -> str:
    """Ours in the modes that are asked for (embedded or not), each followed by its rivals in as many processes."""
    loads: list[Load] = []
    figures: list[Figure] = []
    for embedded in modes:
        ours, *rivals = measure(count, channel, embedded=embedded, workers=workers)
        loads += [ours, *rivals]
        figures += compared(ours, *rivals, channel=channel, embedded=embedded)
    return f"{shown(loads, channel)}\n\n{targets(figures, 'ratio, in the same run')}"


def measure(count: int, channel: str, *, embedded: bool, workers: int) -> list[Load]:
    """Ours, then the bare client with as many processes, then the usual design; against the same vendor."""
    with stage(embedded=embedded) as scene:
        crowd.gather(scene.house(), count, channel, due=NOON)
        found = [_ours(scene, count, workers)]
        scene.close()
        few = count if channel == "sms" else count // SLOW
        found.append(_bare(scene, few, channel, 1 if embedded else workers))
        if channel == "sms" and not embedded:
            found.append(_usual(scene, count, workers))
        return found


def compared(
    ours: Load, bare: Load, usual: Load | None = None, *, channel: str, embedded: bool
) -> list[Figure]:
    """What we promise of ours beside the rivals."""
    one = "embedded" if embedded else "PostgreSQL + Redis"
    pair = f"{one} / {VENDOR[channel]}'s client alone"
    least = 1.0 if channel == "sms" else 10.0
    figures = [Figure(f"{pair}: touches/s", ours.rate / bare.rate, least, least=True)]
    if channel == "sms" and not embedded:
        figures.append(Figure(f"{pair}: CPU", ours.cpu / bare.cpu, 1.2))
    if usual is not None:
        figures.append(
            Figure(f"{one} / the usual design: touches/s", ours.rate / usual.rate, 3.0, least=True)
        )
    return figures


def shown(loads: Sequence[Load], channel: str) -> str:
    """A line for each."""
    head = (
        {"sms": "texts due at once", "email": "mails due at once"}[channel],
        "count", "touches/s", "last 1 %, s", "CPU s per 1,000", "of it: workers", "clock", "servers", "memory, MB",
        "beside it: vendor",
    )  # fmt: skip
    rows = [
        (
            one.what,
            f"{one.count:,}",
            f"{one.rate:,.0f}",
            f"{one.tail:.1f}",
            *(f"{seconds:.2f}" for seconds in (one.cpu, one.workers, one.clock, one.servers)),
            f"{one.memory:,.0f}",
            f"{one.vendor:.2f}",
        )
        for one in loads
    ]
    return table(head, rows)


def strike(scene: Stage, workers: int = 2, *, web: bool = False) -> None:
    """Start our processes, and return just before noon strikes and everything is due."""
    noon = scene.noon_in(READY)
    scene.start(workers, web=web)
    # A profiler wants to know whom to look at: `py-spy record --pid ...`.
    sys.stderr.write("".join(f"{one.name}: pid {one.pid}\n" for one in (*scene.clock, *scene.crew)))
    time.sleep(max((noon - datetime.now(UTC)).total_seconds() - 0.5, 0.0))


def _ours(scene: Stage, count: int, workers: int) -> Load:
    strike(scene, workers)
    with Meter(**scene.families()) as meter:
        wait_until(lambda: scene.count() >= count, "not everybody was written to", patience=600)
        time.sleep(0.5)  # the last results are still being recorded
    name = "embedded: `outreach up`" if scene.embedded else f"PostgreSQL + Redis: clock, {workers} workers"
    return load(name, scene.accepted(), meter)


def _usual(scene: Stage, count: int, processes: int) -> Load:
    """APScheduler, Dramatiq, the stock client and a row, with the same servers and as many processes."""
    scene.run(
        "plan", "-m", "bench.usual", "plan", str(count), str(at := time.time() + READY + count / 100)
    ).until("planned", 300)
    clock = scene.run("usual-clock", "-m", "bench.usual", "clock")
    clock.until("clock started")
    crew = scene.run("usual", "-m", "dramatiq", "bench.usual", "-p", str(processes), "-t", str(THREADS))
    crew.until("(?s)" + "Worker process is ready.*" * processes)
    already = scene.count()
    families = scene.families() | {"workers": [crew.usage], "clock": [clock.usage]}
    time.sleep(max(at - time.time() - 0.5, 0.0))
    with Meter(**families) as meter:
        wait_until(lambda: scene.count() >= already + count, "not everybody was written to", patience=600)
        time.sleep(0.5)
    name = f"the usual design: clock, {processes} x {THREADS} threads"
    return load(name, scene.accepted()[already:], meter)


def load(name: str, accepted: Sequence[Accepted], meter: Meter) -> Load:
    """What a run of processes came to."""
    each = {family: seconds * 1000 / len(accepted) for family, seconds in meter.cpu.items()}
    most = sum(megabytes for family, megabytes in meter.memory.items() if family != "vendor")
    return Load(name, len(accepted), *_pace(accepted), **each, memory=most)


def _bare(scene: Stage, count: int, channel: str, processes: int) -> Load:
    already, at = scene.count() + processes, time.time() + READY / 2
    with Meter(workers=(), clock=(), servers=(), vendor=[scene.vendor.usage]) as meter:
        what = (channel, scene.env["TWILIO_URL"], str(count // processes), str(THREADS), str(at))
        crew = [scene.run(f"bare-{number}", "-m", "bench.stock", *what) for number in range(processes)]
        said = [one.until(r"cpu .* done\n", patience=600).split() for one in crew]
    name = f"{VENDOR[channel]}'s client alone: {processes} x {THREADS} threads"
    made = load(name, scene.accepted()[already:], meter)
    used = sum(float(words[1]) for words in said) * 1000 / made.count
    return replace(made, workers=used, memory=sum(float(words[3]) for words in said))


def _pace(accepted: Sequence[Accepted]) -> tuple[float, float]:
    """Touches a second of the first 99 %, and the seconds of the rest."""
    times = sorted(line.at for line in accepted)
    most = len(times) * 99 // 100
    return most / (times[most] - times[0]), times[-1] - times[most]
