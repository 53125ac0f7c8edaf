"""Enroll: put a lead into a cadence. The first touch leaves within a second when it is due now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from outreach.casework.gather import Asked, gather
from outreach.casework.house import House
from outreach.domain import lawful, rules
from outreach.domain.enrollment import Cause, Enrollment
from outreach.domain.errors import Duplicate, Forbidden, Taken, Unknown
from outreach.domain.facts import Facts
from outreach.domain.people import Lead
from outreach.domain.problem import closest
from outreach.domain.reason import Reason, Says
from outreach.engine.dispatch import dispatch_now
from outreach.engine.walk import begin
from outreach.store import enrollments, leads, playbook
from outreach.store.database import Db

_FORESEEN = (
    rules.address,
    rules.suppressed,
    lawful.country,
    lawful.do_not_call,
    lawful.voice_consent,
    lawful.consent,
    lawful.basis,
    lawful.never,
)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What enrolling did: the enrollment, and whether it is new or was there under the same idempotency key."""

    enrollment: Enrollment
    lead: Lead
    new: bool
    warnings: tuple[str, ...] = ()


def enroll(
    house: House, lead: Lead, cadence: str, *, by: str, rep: str | None = None, key: str | None = None
) -> Enrolled:
    """Enroll a stored lead. With the same `key`, the second call answers with the first's enrollment.

    Raises Unknown (cadence, rep), Duplicate (already inside) or Forbidden (opted out or suppressed): nothing changed.
    """
    try:
        with house.store.begin() as db:
            done = enroll_in(db, house, lead, cadence, by=by, rep=rep, key=key)
            made = dispatch_now(db, house, done.enrollment.id) if done.new else []
    except Taken:
        return _lost_race(house, lead, cadence, key)
    house.ring([(touch.id, touch.channel) for touch in made])
    if made:  # the step's due time is carried by its touch now
        return replace(done, enrollment=replace(done.enrollment, due_at=made[0].due_at))
    return done


def enroll_in(
    db: Db,
    house: House,
    lead: Lead,
    cadence: str,
    *,
    by: str,
    rep: str | None = None,
    key: str | None = None,
) -> Enrolled:
    """The same inside a transaction of the caller's, who rings afterwards."""
    leads.lock(
        db, lead.id
    )  # who enrolls the same person at the same moment comes after us, and sees what we did
    if key and (before := enrollments.by_key(db, key)):
        return Enrolled(before, lead, new=False)
    version_id = _version(db, cadence)
    _check_rep(db, house, rep)
    inside = enrollments.open_of(db, lead.id, cadence)
    if inside:
        raise Duplicate(
            f"{lead.label} is in {cadence!r} already (enrollment {inside.id}, {inside.state.value}, "
            f"since {inside.enrolled_at:%Y-%m-%d})"
        )
    made = begin(db, house, lead, version_id, now=house.now(), by=by, rep=rep, key=key)
    return Enrolled(made, lead, new=True, warnings=_foresee(db, house, made))


def _version(db: Db, cadence: str) -> int:
    live = playbook.live(db)
    if cadence not in live:
        hint = None if live else "no cadence was loaded yet: run `outreach apply`"
        raise Unknown("cadence", cadence, closest=closest(cadence, live), hint=hint)
    return live[cadence]


def _check_rep(db: Db, house: House, rep: str | None) -> None:
    reps = house.library.team(db).reps
    if rep and rep not in reps:
        raise Unknown("rep", rep, closest=closest(rep, reps))


def _foresee(db: Db, house: House, made: Enrollment) -> tuple[str, ...]:
    edition = house.library.edition(db, made.version_id)
    asked = [Asked(replace(made, step_id=step.id)) for step in edition.cadence.steps]
    now = house.now()
    return foresee([case.facts for case in gather(db, house, asked, now, telephones="look")], now)


def foresee(steps: Sequence[Facts], now: datetime) -> tuple[str, ...]:
    """What will be skipped as things stand, of all steps of one walk. Raises Forbidden when no step may touch the lead."""
    skipped: list[str] = []
    blocked: list[Reason] = []
    for facts in steps:
        says = [rule(facts, now) for rule in _FORESEEN]
        for reason in says:
            if reason.cause is Cause.OPT_OUT:
                raise Forbidden(reason.rule, f"{facts.lead.label} must not be enrolled: {reason.text}")
        no = next((reason for reason in says if reason.says is not Says.PASS), None)
        if no:
            skipped.append(f"step {facts.step.id} ({facts.step.channel.value}) will be skipped: {no.text}")
            blocked.append(no)
    if len(skipped) == len(steps):
        worst = next((r for r in blocked if r.rule.startswith("R8")), blocked[0])
        raise Forbidden(worst.rule, f"no step of {steps[0].cadence.name!r} can reach this lead: {worst.text}")
    return tuple(skipped)


def _lost_race(house: House, lead: Lead, cadence: str, key: str | None) -> Enrolled:
    """Somebody enrolled the same lead, or used the same key, at the same moment."""
    with house.store.read() as db:
        if key and (before := enrollments.by_key(db, key)):
            return Enrolled(before, lead, new=False)
        inside = enrollments.open_of(db, lead.id, cadence)
    raise Duplicate(f"{lead.label} is in {cadence!r} already (enrollment {inside.id if inside else '?'})")


def find_lead(db: Db, name: str, address: str) -> Lead:
    """The one lead that `name` (or its normalised `address`) means. Raises Unknown, or Duplicate when several match."""
    found = leads.find(db, name) or leads.find(db, address)
    if not found:
        raise Unknown("lead", name, closest=closest(name, leads.names(db)))
    if len(found) > 1:
        who = ", ".join(f"#{lead.id} {lead.label}" for lead in found)
        raise Duplicate(f"{name!r} may mean several leads: {who}; name one by its number")
    return found[0]
