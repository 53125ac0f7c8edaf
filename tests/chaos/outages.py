"""Servers that are there and no good: a Redis that is full, slow, cut off or poisoned; a PostgreSQL that is away or read-only."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from itertools import count
from typing import Any

import redis

from outreach.bell import NAMESPACE, queue_name
from outreach.domain.channel import Channel
from tests.chaos.figure import Figure
from tests.chaos.points import until_serving
from tests.chaos.processes import wait_until
from tests.chaos.scale import Scale
from tests.chaos.stage import Servers, Stage, phone_of
from tests.chaos.storms import silence
from tests.chaos.wires import Wire, to_port, to_postgres

_STEPS = 3  # of the cadence "storm"
_WHERE = "PostgreSQL and Redis"
_UNHEARD = 15  # of so many commits the answer to one is lost
_EVENTS = 20  # that a process may log in a minute of trouble: a screen, not a disk
_POISON: tuple[Callable[[str], bytes], ...] = (
    lambda _: b"",
    lambda _: b"{not json",
    lambda _: b"\xff\xfe\x00",
    lambda _: b"[1, 2, 3]",
    lambda _: b'{"queue_name": "deliver_email"}',
    lambda key: _bell(key, actor_name="nobody"),
    lambda key: _bell(key, args=[["x", None, 2.5]]),
    lambda key: _bell(key, args=[]),
    lambda key: _bell(key, args=[[10**30, -1]]),
    lambda key: _bell(key, options={"redis_message_id": key, "eta": "soon"}),
)


def _bell(key: str, **other: Any) -> bytes:
    name = queue_name(Channel.EMAIL)
    bell = {"queue_name": name, "actor_name": name, "args": [[1]], "kwargs": {}, "message_timestamp": 0}
    return json.dumps(bell | {"message_id": key, "options": {"redis_message_id": key}} | other).encode()


def poison(scale: Scale, seed: int, servers: Servers) -> Figure:
    """Messages that nobody can read, or that nobody answers to, between the bells."""
    with Stage(scale, seed, servers) as stage:
        stage.referee.misbehave("latency", seconds=0.02, up_to=0.1)
        stage.enroll(scale.redis_touches // _STEPS)
        crew = stage.begin()
        name, pushed = f"{NAMESPACE}:{queue_name(Channel.EMAIL)}", 0
        stage.until_accepted(scale.redis_touches // 6)
        began = time.time()
        with redis.Redis.from_url(servers.redis.url) as client:
            for make in _POISON * 3:
                key, pushed = f"poison-{pushed}", pushed + 1
                client.hset(f"{name}.msgs", key, make(key))  # type: ignore[arg-type]
                client.lpush(name, key)
        stage.settle()
        found, quiet = stage.verdict(), silence(stage, began, began)
        alive = all(one.alive for one in crew)
        good = found.good and not found.held and alive and quiet <= 15.0
        stage.kept = not good
        return Figure(
            name=f"{pushed} messages in the queue that nobody can read or answers to",
            where=_WHERE,
            seed=seed,
            target="every process lives on; 0 lost, 0 twice, going on in at most 15 s",
            seen=f"{found}; longest silence {quiet:.1f} s" + ("" if alive else "; a worker died"),
            good=good,
        )


def redis_full(scale: Scale, seed: int, servers: Servers) -> Figure:
    """Redis takes nothing any more (`maxmemory` and noeviction), for a while; then its limit is raised."""

    def fill(stage: Stage, _: Wire) -> Callable[[], None]:
        servers.redis.set("maxmemory", "1mb")
        return lambda: servers.redis.set("maxmemory", "0")

    return _wired(scale, seed, servers, f"Redis full for {scale.away:g} s", fill, wire_for="worker")


def redis_slow(scale: Scale, seed: int, servers: Servers) -> Figure:
    """Every answer of Redis takes so long that nobody waits for it."""

    def slow(stage: Stage, wire: Wire) -> Callable[[], None]:
        wire.delay = scale.slow_redis
        return lambda: setattr(wire, "delay", 0.0)

    what = f"Redis answers after {scale.slow_redis:g} s, for {scale.away:g} s"
    return _wired(scale, seed, servers, what, slow, wire_for="all")


def redis_cut_off(scale: Scale, seed: int, servers: Servers) -> Figure:
    """Workers cannot reach Redis, but their provider and the database."""

    def cut(stage: Stage, wire: Wire) -> Callable[[], None]:
        wire.cut()
        return wire.heal

    return _wired(
        scale, seed, servers, f"workers cut off from Redis for {scale.away:g} s", cut, wire_for="worker"
    )


def _wired(
    scale: Scale,
    seed: int,
    servers: Servers,
    what: str,
    strike: Callable[[Stage, Wire], Callable[[], None]],
    *,
    wire_for: str,
) -> Figure:
    wire, port = to_port(servers.redis.port)
    ours = {"REDIS_URL": f"redis://127.0.0.1:{port}/0"}
    with Stage(scale, seed, servers) as stage, wire:
        stage.referee.misbehave("latency", seconds=0.05, up_to=0.2)
        stage.enroll(scale.redis_touches // _STEPS)
        stage.start("clock", **(ours if wire_for == "all" else {})).until_ready()
        crew = [stage.start("worker", f"worker{n}", **ours) for n in range(scale.workers)]
        for one in crew:
            one.until_ready()
        stage.until_accepted(scale.redis_touches // 4)
        said = sum(one.events for one in stage.crew)
        mend = strike(stage, wire)
        stage.wait(scale.away)
        said = sum(one.events for one in stage.crew) - said
        mend()
        ended = time.time()
        stage.settle()
        found, quiet = stage.verdict(), silence(stage, ended, ended)
        alive = all(one.alive for one in stage.crew)
        most = _EVENTS * len(stage.crew) * (1 + scale.away / 60)
        good = found.good and not found.held and alive and quiet <= 15.0 and said <= most
        stage.kept = not good
        return Figure(
            name=f"{what} during {scale.redis_touches:,} touches",
            where=_WHERE,
            seed=seed,
            target="0 lost, 0 twice, 0 held; going on in at most 15 s afterwards; no flood in the log",
            seen=f"{found}; longest silence afterwards {quiet:.1f} s; {said} events in {len(stage.crew)} logs"
            + ("" if alive else "; a process died"),
            good=good,
        )


def postgres_away(scale: Scale, seed: int, servers: Servers) -> Figure:
    """The database is away while touches are due and a lead replies."""

    def away() -> Callable[[], None]:
        servers.postgres.stop_at_once()
        return servers.postgres.start_again

    return _without_database(scale, seed, servers, f"PostgreSQL away for {scale.away:g} s", away)


def postgres_read_only(scale: Scale, seed: int, servers: Servers) -> Figure:
    """The database takes nothing any more, as a replica does after a failover."""

    def read_only() -> Callable[[], None]:
        servers.postgres.read_only(on=True)
        return lambda: servers.postgres.read_only(on=False)

    return _without_database(scale, seed, servers, f"PostgreSQL read-only for {scale.away:g} s", read_only)


def _without_database(
    scale: Scale, seed: int, servers: Servers, what: str, strike: Callable[[], Callable[[], None]]
) -> Figure:
    with Stage(scale, seed, servers, "--status-delay", "0", web=True) as stage:
        stage.referee.misbehave("latency", seconds=0.05, up_to=0.2)
        for kind in ("status", "events", "call"):
            stage.referee.misbehave("hold callbacks", kind=kind)
        stage.enroll(scale.redis_touches // _STEPS)
        stage.enroll(1, "texts", tag="q", first=1)
        until_serving(stage, stage.start("web"))
        crew = stage.begin()
        stage.until_accepted(scale.redis_touches // 4)
        mend = strike()
        on_the_wire = time.time() + float(scale.times.get("OUTREACH_CALL_TIMEOUT", "10"))
        during = _reply(stage)
        stage.wait(max(scale.away, on_the_wire - time.time()))
        until = time.time()
        mend()
        wait_until(lambda: _reply(stage) in (200, 204), stage.unsettled, scale.patience)
        stage.settle()
        found = stage.verdict()
        sent = [one for one in stage.referee.took() if on_the_wire < one.at < until]
        replied = stage.count("SELECT count(*) FROM enrollments WHERE state = 'replied'")
        most = len(crew) * scale.at_most_held_by
        alive = all(one.alive for one in stage.crew)
        good = (
            found.good and len(found.held) <= most and during >= 500 and not sent and replied == 1 and alive
        )
        stage.kept = not good
        return Figure(
            name=f"{what}, and a lead replies",
            where=_WHERE,
            seed=seed,
            target="no request without a committed intent; the webhook answers 5xx and is taken in when it comes again",
            seen=f"{len(sent)} sent meanwhile; answered {during}, then taken in: {replied} of 1 stopped; {found}"
            + ("" if alive else "; a process died"),
            good=good,
        )


def _reply(stage: Stage) -> int:
    return int(stage.referee.text(phone_of("q1"), "+15005550006", "Thanks, call me")["status"])


def commits_unheard(scale: Scale, seed: int, servers: Servers) -> Figure:
    """The connection dies between a commit and its answer: it is done, and whoever did it does not know."""
    wire, folder = to_postgres(servers.postgres.folder)
    commits = count(random.Random(seed).randrange(_UNHEARD))
    with Stage(scale, seed, servers, extra=scale.doubts) as stage, wire:
        stage.referee.misbehave("latency", seconds=0.05, up_to=0.2)
        stage.enroll(scale.redis_touches // _STEPS)
        through = stage.env["DATABASE_URL"].replace(str(servers.postgres.folder), str(folder))
        crew = stage.begin({"DATABASE_URL": through})
        wire.swallow = lambda: next(commits) % _UNHEARD == 0
        stage.until_accepted(scale.redis_touches // 2)
        wire.swallow = lambda: False
        stage.settle_doubts()
        found = stage.verdict()
        held = stage.count("SELECT count(*) FROM history WHERE cause = 'lost'")
        alive = all(one.alive for one in crew)
        good = found.good and not found.held and alive and wire.swallowed > 0
        stage.kept = not good
        return Figure(
            name=f"the connection dies between a commit and its answer, {wire.swallowed} times",
            where=_WHERE,
            seed=seed,
            target="nothing is repeated: 0 twice, 0 lost; what was held is settled",
            seen=f"{held} held on the way; then {found}" + ("" if alive else "; a worker died"),
            good=good,
        )
