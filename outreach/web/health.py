"""Whether outreach is well: the database answers in our shape, and a clock and a worker have spoken lately."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from outreach.casework.house import House
from outreach.engine.heartbeat import FRESH
from outreach.store import events, migrate
from outreach.timekeeping import real_now
from outreach.web.armour import told

NEEDED: Final = ("clock", "worker")  # without one of these nothing leaves


@dataclass(frozen=True, slots=True)
class Pulse:
    """The processes of one role: how many have spoken lately, and how long ago the last one did (seconds)."""

    fresh: int
    age: float


@dataclass(slots=True)
class Health:
    """What /healthz says. No host names: it may be read by a load balancer, or by anybody."""

    database: str = "away"
    migration: str | None = None
    needs_migration: str = migrate.HEAD
    roles: dict[str, Pulse] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def routes(house: House) -> APIRouter:
    """GET /healthz, and GET /healthz?live, which only says that this process answers."""
    router = APIRouter()

    @router.api_route("/healthz", methods=["GET", "HEAD"])
    async def healthz(request: Request) -> JSONResponse:
        if "live" in request.query_params:
            return JSONResponse({"ok": True})
        found = await run_in_threadpool(look, house)
        return JSONResponse({"ok": not found.problems, **asdict(found)}, 503 if found.problems else 200)

    return router


def look(house: House) -> Health:
    """Ask the database; never raises."""
    health = Health()
    try:
        with house.store.read() as db:
            health.migration = migrate.current(db)
            if health.migration == migrate.HEAD:
                health.roles = pulses(events.alive(db))
    except Exception as error:  # noqa: BLE001 - whatever keeps the database from answering is the finding
        told(error, "health check found no database")
        health.problems.append("the database does not answer")
        return health
    health.database = "ok"
    if health.migration != migrate.HEAD:
        health.problems.append("the database needs `outreach migrate`, or this program an update")
        return health
    health.problems += [
        f"no {role} has spoken for {FRESH:.0f} s"
        for role in NEEDED
        if role not in health.roles or not health.roles[role].fresh
    ]
    return health


def pulses(rows: Iterable[Any]) -> dict[str, Pulse]:
    """role -> its processes, from the rows of `events.alive`."""
    now = real_now()
    ages: dict[str, list[float]] = {}
    for row in rows:
        # Hosts' clocks differ a little; a beat from the future is a beat of now.
        ages.setdefault(row.role, []).append(max((now - row.at).total_seconds(), 0.0))
    return {role: Pulse(sum(age <= FRESH for age in a), round(min(a), 1)) for role, a in ages.items()}
