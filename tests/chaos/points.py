"""Deaths at named places: what is on the wire, what is held and what is simply done, place by place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from outreach.domain.channel import Channel
from tests.chaos.figure import Figure
from tests.chaos.processes import Process, wait_until
from tests.chaos.scale import Scale
from tests.chaos.stage import Servers, Stage, phone_of


@dataclass(frozen=True, slots=True)
class Place:
    """A crash point: may touches be on the wire when a process dies there, and may the referee have some of them?"""

    point: str
    on_the_wire: bool
    may_have_gone: bool
    has_gone: bool = False  # at least one surely has


_TRIES = 3
PLACES: Final = (
    Place("before_claim", on_the_wire=False, may_have_gone=False),
    Place("before_claim_commit", on_the_wire=False, may_have_gone=False),
    Place("after_claim", on_the_wire=True, may_have_gone=False),
    Place("before_request", on_the_wire=True, may_have_gone=True),
    Place("mid_request", on_the_wire=True, may_have_gone=True),
    Place("after_accept", on_the_wire=True, may_have_gone=True, has_gone=True),
    Place("after_response", on_the_wire=True, may_have_gone=True, has_gone=True),
    Place("before_record_commit", on_the_wire=True, may_have_gone=True, has_gone=True),
    Place("after_record_commit", on_the_wire=True, may_have_gone=True),
    Place("before_ack", on_the_wire=False, may_have_gone=True),
)


def deaths(scale: Scale, seed: int, servers: Servers | None) -> Figure:
    """A worker dies at each place in turn; then another one finishes what is left."""
    lean = replace(scale, threads=1, lane=8)
    role = "worker" if servers else "up"
    with Stage(lean, seed, servers) as stage:
        if servers:
            stage.start("clock").until_ready()
        before: set[str] = set()  # what earlier deaths left on the wire
        wrong: list[str] = []
        died = 0
        for number, place in enumerate(PLACES):
            stage.enroll(scale.crash_leads, "mails", first=number * 1000)
            for _ in range(_TRIES):
                left = _dies(stage, stage.start(role, place.point, OUTREACH_CRASH=place.point), place, before)
                before |= _started(stage)
                died += 1
                if not left.startswith("?"):
                    break
            if left.startswith(("!", "?")):
                wrong.append(f"{place.point} {left}")
        throws = _throws(stage, scale, role)
        stage.start(role).until_ready()
        stage.settle()
        found = stage.verdict()
        good = (
            found.good and not wrong and not throws and len(found.held) <= (died + 1) * lean.at_most_held_by
        )
        stage.kept = not good
        return Figure(
            name=f"a worker dies at each of {len(PLACES)} places, and is interrupted at one more",
            where="PostgreSQL and Redis" if servers else "SQLite",
            seed=seed,
            target="sent once; held, when it died between intent and record; nothing else",
            seen="; ".join([str(found), *wrong, *throws] if not good else [str(found)]),
            good=good,
        )


def _dies(stage: Stage, worker: Process, place: Place, before: set[str]) -> str:
    """Wait for its end; say what it left on the wire and how much of that the referee has, `!` when it must not be.

    `?` when nothing had gone: a machine so slow that every request came too late has proved nothing.
    """
    wait_until(lambda: not worker.alive, lambda: f"{place.point} was not reached:\n{worker.tail()}")
    stage.crew.remove(worker)
    worker.kill()
    tokens = _started(stage) - before
    gone = sum(one.token in tokens for one in stage.referee.took())
    as_expected = (place.on_the_wire or not tokens) and (place.may_have_gone or not gone) and len(tokens) <= 8
    unproved = place.has_gone and not gone
    return (
        f"{'?' if unproved else '' if as_expected else '!'}{len(tokens)} on the wire, {gone} of them accepted"
    )


def _started(stage: Stage) -> set[str]:
    """Tokens of attempts that have no result."""
    return {row[0] for row in stage.rows("SELECT token FROM attempts WHERE state = 'started'")}


def _throws(stage: Stage, scale: Scale, role: str) -> list[str]:
    """An interruption between accept and record, as a shutdown throws it: the worker lives on, the touch is held."""
    stage.enroll(scale.crash_leads, "mails", first=len(PLACES) * 1000)
    worker = stage.start(role, "interrupted", OUTREACH_CRASH="after_accept=raise")
    worker.until_ready()
    stage.settle()
    alive = worker.alive
    stage.crew.remove(worker)
    worker.kill()
    return [] if alive else ["an interruption ended the worker"]


def doorbells(scale: Scale, seed: int, servers: Servers) -> Figure:
    """Every bell is rung ten times over, and some for touches that do not exist."""
    with Stage(scale, seed, servers) as stage:
        stage.enroll(scale.crash_leads * 4, "mails")
        stage.start("clock").until_ready()
        wait_until(
            lambda: stage.count("SELECT count(*) FROM touches") == scale.crash_leads * 4, lambda: "no touches"
        )
        ids = [row[0] for row in stage.rows("SELECT id FROM touches ORDER BY id")]
        for _ in range(10):
            stage.house.ring([(one, Channel.EMAIL) for one in [*ids, 10**9]])
        for number in range(scale.workers):
            stage.start("worker", f"worker{number}").until_ready()
        stage.settle()
        found = stage.verdict()
        good = found.good and not found.held and found.accepted == len(ids)
        stage.kept = not good
        return Figure(
            name=f"{len(ids)} touches, each rung ten times and more",
            where="PostgreSQL and Redis",
            seed=seed,
            target="once",
            seen=str(found),
            good=good,
        )


# Who is stopped, or held until somebody has read what they wrote: nobody touches them.
_SAFE = (
    "SELECT count(*) FROM (SELECT lead_id FROM enrollments WHERE state = 'replied' "
    "UNION SELECT lead_id FROM holds WHERE released_at IS NULL) AS safe"
)


def web_dies(scale: Scale, seed: int, servers: Servers | None) -> Figure:
    """The web process dies with a reply in its hands, before and after its commit; the vendor posts it again."""
    with Stage(scale, seed, servers, "--status-delay", "0", web=True) as stage:
        stage.enroll(2, "storm")
        ended: list[int] = []
        for number, point in enumerate(("in_webhook_before_commit", "in_webhook_after_commit")):
            web = stage.start("web", point, OUTREACH_CRASH=point)
            _until_serving(stage, web)
            first = stage.referee.text(phone_of(f"p{number}"), "+15005550006", "Thanks, call me")
            wait_until(lambda web=web: not web.alive, lambda point=point: f"{point} was not reached")  # type: ignore[misc]
            ended.append(stage.count(_SAFE))
            assert first["status"] == 0, first
            stage.crew.remove(web)
            web = stage.start("web", f"{point}-again")
            _until_serving(stage, web)
            again = stage.referee.text(phone_of(f"p{number}"), "+15005550006", "Thanks, call me")
            assert again["status"] in (200, 204), again
            stage.crew.remove(web)
            web.end()
        replied = stage.count("SELECT count(*) FROM enrollments WHERE state = 'replied'")
        good = ended == [0, 2] and replied == 2
        stage.kept = not good
        return Figure(
            name="the web process dies before and after the commit of a reply",
            where="PostgreSQL and Redis" if servers else "SQLite",
            seed=seed,
            target="not answered, all or nothing stored; held at once; posted again it stops the lead",
            seen=f"held or stopped after the deaths: {ended}; after it was posted again: {replied} of 2",
            good=good,
        )


def _until_serving(stage: Stage, web: Process) -> None:
    import urllib.error
    import urllib.request

    def serving() -> bool:
        assert web.alive, web.tail()
        try:
            with urllib.request.urlopen(f"{stage.env['OUTREACH_URL']}/healthz?live", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    wait_until(serving, lambda: f"web does not serve:\n{web.tail()}")


until_serving = _until_serving
