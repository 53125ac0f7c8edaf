"""Replies that a machine wrote: somebody is away, a mail came back, a mail system doubts us, somebody pressed "spam"."""

from __future__ import annotations

from outreach import almanac
from outreach.domain import touch
from outreach.domain.absence import alone_until
from outreach.domain.consent import SuppressionReason
from outreach.domain.enrollment import Enrollment
from outreach.domain.facts import zone_of
from outreach.domain.inbox import TaskKind
from outreach.domain.touch import Attempt, Touch
from outreach.engine.pause import pause_in
from outreach.engine.scene import Answer, Scene, ask_reps
from outreach.engine.suppress import bounced, opt_out
from outreach.engine.walk import conclude
from outreach.store import attempts, enrollments, leads, touches


def away(scene: Scene) -> Answer:
    """Left alone until a working day after the return; what is paused by hand, or for longer, stays so."""
    db, house, now = scene.db, scene.house, scene.house.now()
    team = house.library.team(db)
    paused: list[Enrollment] = []
    for lead in leads.by_ids(db, scene.people).values():
        zone = zone_of(lead, team.rep_for(lead.owner), team)
        days = almanac.holidays(team.holidays, lead.country, now)
        until = alone_until(scene.reading.back_on, now, zone, days)
        paused += pause_in(
            db, house, [lead.id], by=scene.by, because="out of office", until=until, lengthen=True
        )
    until_ = f" until {paused[0].resume_at:%Y-%m-%d}" if paused and paused[0].resume_at else ""
    return Answer(f"out of office; {len(paused)} enrollment(s) paused{until_}", stopped=set(scene.people))


def challenged(scene: Scene) -> Answer:
    """Somebody's mail system wants a person to confirm. A machine never follows such a link; the rep may."""
    because = "their mail system asks for a confirmation"
    paused = pause_in(
        scene.db, scene.house, scene.people, by=scene.by, because=because, until=None, lengthen=True
    )
    ask_reps(scene, TaskKind.CHALLENGE)
    return Answer(f"challenge; {len(paused)} enrollment(s) paused", stopped=set(scene.people))


def bounced_hard(scene: Scene) -> Answer:
    """A report that the address is dead: it is suppressed, as if the provider had said so."""
    harmed: set[int] = set()
    for attempt in _returned(scene):
        because = scene.reading.because or "bounced"
        bounced(scene.db, attempt.channel, attempt.to, now=scene.house.now(), by=scene.by, because=because)
        enrollments.by_ids(scene.db, scene.match.enrollment_ids, lock=True)
        found = touches.get(scene.db, attempt.touch_id, lock=True)
        if found is not None and found.allows(touch.Cause.BOUNCED):
            _conclude(scene, found, because)
            harmed.add(found.id)
    return Answer(f"hard bounce of {len(harmed)} touch(es)", harmed=harmed)


def _conclude(scene: Scene, found: Touch, because: str) -> None:
    now = scene.house.now()
    conclude(scene.db, scene.house, found, touch.Cause.BOUNCED, now=now, by=scene.by, reason=because)


def _returned(scene: Scene) -> list[Attempt]:
    """The attempts a report is about: those it names, else the last mail of the enrollments it names."""
    if scene.match.attempts:
        return list(scene.match.attempts)
    ids = scene.match.enrollment_ids or {
        w.id for w in enrollments.of_leads(scene.db, scene.match.lead_ids) if w.open
    }
    about = [t.id for t in touches.of_enrollments(scene.db, sorted(ids)) if t.channel.threads]
    return attempts.of_touches(scene.db, about)[-1:]


def machine(scene: Scene) -> Answer:
    """Kept, and nothing else: tickets, receipts, soft bounces, HELP (which the provider answers)."""
    return Answer(f"{scene.reading.kind.value}: not a reply")


def complained(scene: Scene) -> Answer:
    """Marked as spam, says the lead's mail provider: the address is the one our mail went to."""
    harmed = {attempt.touch_id for attempt in scene.match.attempts}
    channel, ended = scene.reply.channel, 0
    addresses: set[str | None] = {attempt.to for attempt in scene.match.attempts}
    for address in sorted(addresses or {None}, key=str):
        ended += len(
            opt_out(
                scene.db,
                scene.house,
                scene.people,
                channel,
                address=address,
                now=scene.house.now(),
                by=scene.by,
                because="marked as spam",
                reason=SuppressionReason.COMPLAINT,
            )
        )
    return Answer(f"complaint; {ended} enrollment(s) ended", stopped=set(scene.people), harmed=harmed)
