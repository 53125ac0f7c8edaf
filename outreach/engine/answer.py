"""A lead, or somebody, answered: find whom it concerns, tell people from machines, and stop what must stop."""

from __future__ import annotations

from dataclasses import dataclass, field

from outreach.casework.house import House
from outreach.domain import calendar
from outreach.domain.cadence import StopOn, StopScope
from outreach.domain.enrollment import Cause, Enrollment, State
from outreach.domain.event import Replied
from outreach.domain.facts import zone_of
from outreach.domain.reply import ReplyKind, classify
from outreach.engine.pause import pause_in
from outreach.engine.suppress import opt_in, opt_out
from outreach.engine.walk import end
from outreach.store import attempts, enrollments, history, leads, permissions, touches
from outreach.store.database import Db

AWAY = 3  # working days an out-of-office pauses when it names no date


@dataclass(slots=True)
class Answer:
    """What a reply did: whom it concerned, whom it stopped, in words."""

    text: str
    lead_ids: set[int] = field(default_factory=set)
    stopped: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Match:
    """Whom a reply concerns: people, and the very enrollments it answers when that is known."""

    lead_ids: frozenset[int]
    enrollment_ids: frozenset[int]


def replied(db: Db, house: House, reply: Replied, *, by: str) -> Answer:
    """Carry out a reply in the caller's transaction; what is on the wire is waited for after its commit."""
    match = _match(db, reply)
    if not match.lead_ids:
        return Answer("unmatched: nobody has this address and it names no message of ours")
    kind = classify(reply)
    permissions.lock_people(db, match.lead_ids)
    _note(db, house, match, reply, kind, by)
    if kind is ReplyKind.OPT_OUT:
        ended = opt_out(
            db,
            house,
            sorted(match.lead_ids),
            reply.channel,
            address=reply.sender,
            now=house.now(),
            by=by,
            because=f"said so by {reply.channel.value}",
        )
        return Answer(f"opt-out; {len(ended)} enrollment(s) ended", set(match.lead_ids), set(match.lead_ids))
    if kind is ReplyKind.OPT_IN:
        lifted = opt_in(
            db, sorted(match.lead_ids), reply.channel, address=reply.sender, now=house.now(), by=by
        )
        return Answer(f"opt-in; {lifted} suppression(s) lifted", set(match.lead_ids))
    if kind is ReplyKind.OUT_OF_OFFICE:
        return _away(db, house, match, by)
    if kind in (ReplyKind.AUTO_OTHER, ReplyKind.HELP):
        return Answer(f"{kind.value}: not a reply", set(match.lead_ids))
    return _human(db, house, match, by)


def _match(db: Db, reply: Replied) -> _Match:
    """By the token in Reply-To, then by the messages it answers, then by who sent it: all that fit are stopped."""
    walks: list[Enrollment] = []
    if reply.reply_token and (walk := enrollments.by_reply_token(db, reply.reply_token)):
        walks.append(walk)
    sent = attempts.by_message_ids(db, reply.message_ids)
    about = [touches.get(db, attempt.touch_id) for attempt in sent]
    walks += enrollments.by_ids(db, {t.enrollment_id for t in about if t}).values()
    people = {walk.lead_id for walk in walks} | set(leads.holders(db, reply.channel.needs, reply.sender))
    return _Match(frozenset(people), frozenset(walk.id for walk in walks))


def _human(db: Db, house: House, match: _Match, by: str) -> Answer:
    """A person wrote: a person takes over."""
    reached = set(match.lead_ids)
    walks = enrollments.of_leads(db, reached, lock=True)
    scopes = {walk.id: house.library.edition(db, walk.version_id).cadence for walk in walks}
    if any(scopes[w.id].stop_scope is StopScope.ACCOUNT and w.open for w in walks):
        for lead in leads.by_ids(db, match.lead_ids).values():
            if lead.account_id is not None:
                reached |= set(leads.same_account(db, lead.account_id))
        permissions.lock_people(db, reached - set(match.lead_ids))
        walks = enrollments.of_leads(db, reached, lock=True)
    ended = 0
    for walk in walks:
        cadence = house.library.edition(db, walk.version_id).cadence
        if _stops(walk, match, StopOn.REPLY in cadence.stop_on, cadence.stop_scope):
            because = "the lead replied" if walk.lead_id in match.lead_ids else "a colleague replied"
            end(db, house, walk, Cause.REPLY, now=house.now(), by=by, because=because)
            ended += 1
    return Answer(f"human reply; {ended} enrollment(s) ended", set(match.lead_ids), reached)


def _stops(walk: Enrollment, match: _Match, on_reply: bool, scope: StopScope) -> bool:
    if not walk.allows(Cause.REPLY) or not on_reply:
        return False
    if walk.id in match.enrollment_ids:
        return True
    # What has ended changes only when the answer is to it, or when it is the person's latest word in it.
    if not walk.open:
        return walk.state is State.FINISHED and walk.lead_id in match.lead_ids and not match.enrollment_ids
    return scope is not StopScope.CADENCE or not match.enrollment_ids


def _away(db: Db, house: House, match: _Match, by: str) -> Answer:
    now = house.now()
    team = house.library.team(db)
    lead = leads.by_ids(db, match.lead_ids)[min(match.lead_ids)]
    zone = zone_of(lead, team.rep_for(lead.owner), team)
    until = calendar.add_business_days(now, AWAY, zone, frozenset())
    paused = pause_in(db, house, match.lead_ids, by=by, because="out of office", until=until)
    text = f"out of office; {len(paused)} enrollment(s) paused until {until:%Y-%m-%d}"
    return Answer(text, set(match.lead_ids), set(match.lead_ids))


def _note(db: Db, house: House, match: _Match, reply: Replied, kind: ReplyKind, by: str) -> None:
    history.add(
        db,
        [
            history.Entry(
                at=house.now(),
                lead_id=lead_id,
                cause=f"{reply.channel.value} reply",
                became=None,
                by=by,
                because=kind.value,
            )
            for lead_id in sorted(match.lead_ids)
        ],
    )
