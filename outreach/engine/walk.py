"""Moving an enrollment: begin it, take it to its next step, end it. Every other verb does so through here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from outreach.casework.gather import Asked, gather
from outreach.casework.house import House
from outreach.casework.library import Edition
from outreach.domain import enrollment, touch
from outreach.domain.cadence import Outcome
from outreach.domain.decision import plan
from outreach.domain.enrollment import Cause, Enrollment
from outreach.domain.errors import Mistake
from outreach.domain.facts import Facts
from outreach.domain.people import Lead, Team
from outreach.domain.touch import TAKEN, Touch
from outreach.domain.values import changed
from outreach.store import attempts, enrollments, leads, playbook, touches
from outreach.store.database import Db

ALL_TAKEN = "every step was taken"
REVIEW = timedelta(days=1)  # when a person looks again at what is uncertain

_OUTCOMES = {
    enrollment.State.FINISHED: Outcome.FINISHED,
    enrollment.State.REPLIED: Outcome.REPLIED,
    enrollment.State.BOUNCED: Outcome.BOUNCED,
    enrollment.State.CONVERTED: Outcome.CONVERTED,
}


def begin(
    db: Db,
    house: House,
    lead: Lead,
    version_id: int,
    *,
    now: datetime,
    by: str,
    rep: str | None = None,
    key: str | None = None,
) -> Enrollment:
    """Put a lead at the first step of a version; the step's time is planned at once."""
    edition, team = house.library.edition(db, version_id), house.library.team(db)
    walk = fresh(edition, team, lead, now=now, token=house.new_token(), rep=rep)
    planned = replace(walk, due_at=planned_at(db, house, walk, now))
    return enrollments.add(db, planned, by=by, idempotency_key=key)


def fresh(
    edition: Edition, team: Team, lead: Lead, *, now: datetime, token: str, rep: str | None = None
) -> Enrollment:
    """A new enrollment at the first step of a version: not stored, and its time not planned yet."""
    first = edition.cadence.steps[0]
    chosen = team.rep_for(rep or lead.owner)
    return Enrollment(
        id=0,
        lead_id=lead.id,
        cadence=edition.cadence.name,
        version_id=edition.id,
        step_id=first.id,
        channel=first.channel,
        due_at=now,
        anchor_at=now,
        rep=chosen.key if chosen else None,
        sender=chosen.sender if chosen else None,
        reply_token=token,
        enrolled_at=now,
    )


def planned_at(db: Db, house: House, walk: Enrollment, now: datetime) -> datetime:
    """When the step an enrollment stands at is due (UTC), counted from its anchor."""
    case = gather(db, house, [Asked(walk)], now)[0]
    return plan(case.facts, walk.anchor_at)


def stands_at(walk: Enrollment, done: Touch) -> bool:
    """Whether an enrollment still waits for this very touch."""
    return walk.open and walk.step_id == done.step_id and walk.occurrence == done.occurrence


def advanced(walk: Enrollment, facts: Facts, done: Touch, now: datetime) -> Enrollment | None:
    """The enrollment at its next step, planned; None when every step was taken. Pure."""
    following = facts.cadence.following(done.step_id)
    if following is None:
        return None
    moved = walk.moved(
        Cause.STEP_TAKEN, at=now, step_id=following.id, channel=following.channel, occurrence=1, anchor_at=now
    )
    if moved.state is not enrollment.State.ACTIVE:
        return moved  # paused meanwhile: its wait is planned when it goes on
    ahead = replace(facts, enrollment=moved, step=following, planned_at=now)
    return changed(moved, due_at=plan(ahead, now))


def taken(db: Db, house: House, done: Touch, *, now: datetime, by: str, because: str | None = None) -> None:
    """A step was taken: plan the next one, or finish. Does nothing for an enrollment that has ended or moved on."""
    walk = enrollments.by_ids(db, [done.enrollment_id], lock=True)[done.enrollment_id]
    if not stands_at(walk, done):
        return
    case = gather(db, house, [Asked(walk, done)], now)[0]
    after = advanced(walk, case.facts, done, now)
    if after is None:
        end(db, house, walk, Cause.STEPS_EXHAUSTED, now=now, by=by, because=ALL_TAKEN)
    else:
        enrollments.save(db, walk, after, Cause.STEP_TAKEN, at=now, by=by, because=because or done.step_id)


def end(
    db: Db,
    house: House,
    walk: Enrollment,
    cause: Cause,
    *,
    now: datetime,
    by: str,
    because: str | None = None,
    raised: bool = True,
    outcome: Outcome | None = None,
) -> Enrollment:
    """End an enrollment: what was queued is skipped, and a hand-over begins where the cadence says so.

    `outcome` is what a rep says of it; without one the hand-over goes by the state it ended in.

    Whoever ends it by a stop has locked the person and so raised the epoch (`permissions.lock_people`): no attempt may
    be of that epoch. A claim that ends it only shares the lock and cannot raise (`raised=False`): attempts of the epoch
    it read may exist, later ones may not.
    """
    epoch = leads.epoch(db, walk.lead_id) + (0 if raised else 1)
    after = walk.moved(cause, at=now, reason=because, ended_epoch=epoch)
    saved = enrollments.save(db, walk, after, cause, at=now, by=by, because=because)
    for waiting in touches.of_enrollments(db, [walk.id], lock=True):
        if waiting.state in (touch.State.QUEUED, touch.State.OPEN):
            settle(
                db, waiting, touch.Cause.SKIP, now=now, by=by, reason=f"the enrollment is {saved.state.value}"
            )
    if walk.open:
        hand_over(db, house, saved, outcome or _OUTCOMES.get(saved.state), now=now)
    return saved


def settled(
    before: Touch,
    cause: touch.Cause,
    *,
    now: datetime,
    reason: str | None = None,
    reference: str | None = None,
) -> Touch:
    """A touch after `cause`, with the times that belong to it. Pure. Raises Mistake when there is no such move."""
    state = before.becomes(cause)
    went = state in touch.WENT_OUT and before.sent_at is None and state is not touch.State.SENDING
    return before.moved(
        cause,
        reason=reason,
        due_at=_review(state, now),
        reference=reference or before.reference,
        sent_at=now if went else None if state is touch.State.QUEUED else before.sent_at,
        waiting_for=None,
    )


def settle(
    db: Db,
    before: Touch,
    cause: touch.Cause,
    *,
    now: datetime,
    by: str,
    reason: str | None = None,
    reference: str | None = None,
    because: str | None = None,
) -> Touch:
    """Move a touch by `cause`. Raises Mistake when there is no such move, Stale when someone got there first."""
    after = settled(before, cause, now=now, reason=reason, reference=reference)
    return touches.save(db, before, after, cause, at=now, by=by, because=because or reason)


def conclude(
    db: Db,
    house: House,
    before: Touch,
    cause: touch.Cause,
    *,
    now: datetime,
    by: str,
    reason: str | None = None,
    reference: str | None = None,
    because: str | None = None,
) -> Touch:
    """Settle a touch and, if that takes its step, move the enrollment on: in one transaction, so that none stalls."""
    after = settle(db, before, cause, now=now, by=by, reason=reason, reference=reference, because=because)
    if after.state in TAKEN and before.state not in TAKEN:
        if after.channel.threads and after.state in (touch.State.SENT, touch.State.DELIVERED):
            _thread(db, after)
        taken(db, house, after, now=now, by=by)
    return after


def _thread(db: Db, done: Touch) -> None:
    """A mail went out although its answer was lost: what the cadence writes next replies to it all the same."""
    mail = attempts.last_mail(db, done.id)
    walk = enrollments.by_ids(db, [done.enrollment_id], lock=True)[done.enrollment_id]
    if mail is None or not walk.open:
        return
    root, subject = walk.thread_root or mail.message_id, walk.thread_subject or mail.subject
    threaded = replace(walk, thread_root=root, thread_subject=subject, thread_last=mail.message_id)
    enrollments.thread(db, threaded)


def _review(state: touch.State, now: datetime) -> datetime | None:
    """What must have a time (promise 3) has one: a queued touch its next try, people's work and doubts a review."""
    if state is touch.State.QUEUED:
        return now
    if state in (touch.State.OPEN, touch.State.UNCERTAIN):
        return now + REVIEW
    return None


def hand_over(
    db: Db, house: House, ended: Enrollment, outcome: Outcome | None, *, now: datetime
) -> Enrollment | None:
    """Begin the cadence that follows on this outcome; None when there is none, or the lead is in it already."""
    edition = house.library.edition(db, ended.version_id)
    target = edition.cadence.then.get(outcome) if outcome else None
    version_id = playbook.live(db).get(target or "")
    if target is None or version_id is None or enrollments.open_of(db, ended.lead_id, target):
        return None
    lead = leads.get(db, ended.lead_id)
    if lead is None:
        raise Mistake(f"lead {ended.lead_id} has vanished")
    by = f"hand-over from {ended.cadence}"
    return begin(db, house, lead, version_id, now=now, by=by, rep=ended.rep)
