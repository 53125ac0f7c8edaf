"""Admit: take a lead in, if need be, and enroll them, in one transaction: refused means that nothing was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from outreach.casework.house import House
from outreach.domain.consent import Consent
from outreach.domain.errors import Taken
from outreach.domain.people import Lead
from outreach.domain.touch import Touch
from outreach.engine.dispatch import dispatch_now
from outreach.engine.enroll import Enrolled, enroll_in
from outreach.engine.people import save_in
from outreach.store import permissions
from outreach.store.database import Db


def admit(
    house: House,
    lead: Lead,
    cadence: str,
    *,
    by: str,
    rep: str | None = None,
    key: str | None = None,
    consents: Sequence[Consent] = (),
    dry_run: bool = False,
) -> Enrolled:
    """Enroll a lead; one that is not stored yet (id 0), or says something new, is saved first.

    Raises what saving and enrolling raise; a dry run raises it too, and leaves no trace.
    """
    try:
        done, made = house.store.run(
            lambda db: _admit(db, house, lead, cadence, by, rep, key, consents, dry_run)
        )
    except Taken:  # the same person, at the same moment, by somebody else: now they are there
        done, made = house.store.run(
            lambda db: _admit(db, house, lead, cadence, by, rep, key, consents, dry_run)
        )
    if not dry_run:
        house.ring([(touch.id, touch.channel) for touch in made])
    return done


def _admit(
    db: Db,
    house: House,
    lead: Lead,
    cadence: str,
    by: str,
    rep: str | None,
    key: str | None,
    consents: Sequence[Consent],
    dry_run: bool,
) -> tuple[Enrolled, list[Touch]]:
    known = lead if lead.id else save_in(db, house, lead, by=by).lead
    if consents:
        permissions.lock_people(db, [known.id])  # claims must not read half of it
    for consent in consents:
        permissions.allow(db, known.id, consent)
    done = enroll_in(db, house, known, cadence, by=by, rep=rep, key=key)
    made = dispatch_now(db, house, done.enrollment.id) if done.new else []
    if made:  # the step's due time is carried by its touch now
        done = replace(done, enrollment=replace(done.enrollment, due_at=made[0].due_at))
    if dry_run:
        db.rollback()
    return done, made
