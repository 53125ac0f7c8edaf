"""Replies that a person wrote: an answer, a request to stop or to go on, somebody else's word."""

from __future__ import annotations

from outreach.casework.matching import Match
from outreach.domain.cadence import StopOn, StopScope
from outreach.domain.channel import AddressKind
from outreach.domain.enrollment import Cause, Enrollment, State
from outreach.domain.freemail import FREE_MAIL
from outreach.domain.inbox import TaskKind
from outreach.domain.people import Lead
from outreach.engine.scene import Answer, Scene, ask_reps
from outreach.engine.suppress import opt_in, opt_out
from outreach.engine.walk import end
from outreach.store import enrollments, leads, permissions
from outreach.store.database import Db


def human(scene: Scene, kind: TaskKind = TaskKind.ANSWER) -> Answer:
    """A person takes over: everything of this person ends, or of the whole account where the cadence says so."""
    db, house, match = scene.db, scene.house, scene.match
    reached = _reached(scene)
    ended = 0
    for walk in enrollments.of_leads(db, reached, lock=True):
        cadence = house.library.edition(db, walk.version_id).cadence
        if _stops(walk, match, StopOn.REPLY in cadence.stop_on, cadence.stop_scope):
            own = walk.lead_id in match.lead_ids and not match.company
            because = "the lead replied" if own else "a colleague replied"
            end(db, house, walk, Cause.REPLY, now=house.now(), by=scene.by, because=because)
            ended += 1
    ask_reps(scene, kind)
    who = "a colleague's reply" if match.company else "human reply"
    return Answer(f"{who}; {ended} enrollment(s) ended", stopped=reached)


def wrong_person(scene: Scene) -> Answer:
    """The lead answered, and names somebody else or nobody."""
    return human(scene, TaskKind.WRONG_PERSON)


def left_company(scene: Scene) -> Answer:
    """Whoever left takes no cadence along, and it is no reply: a rep looks for somebody else."""
    ended = 0
    for walk in enrollments.of_leads(scene.db, scene.people, lock=True):
        if walk.open:
            now = scene.house.now()
            end(scene.db, scene.house, walk, Cause.STOP, now=now, by=scene.by, because="left the company")
            ended += 1
    ask_reps(scene, TaskKind.NEW_CONTACT)
    return Answer(f"left the company; {ended} enrollment(s) ended", stopped=set(scene.people))


def _reached(scene: Scene) -> set[int]:
    """The people a reply stops: its own, and everybody at their company where a cadence of theirs says so."""
    db, own = scene.db, set(scene.match.lead_ids)
    walks = [walk for walk in enrollments.of_leads(db, own) if walk.open]
    scopes = {scene.house.library.edition(db, w.version_id).cadence.stop_scope for w in walks}
    if StopScope.ACCOUNT not in scopes:
        return own
    reached = set(own)
    for lead in leads.by_ids(db, own).values():
        if lead.account_id is not None:
            reached |= set(leads.same_account(db, lead.account_id))
        reached |= _at_their_domains(db, lead)
    permissions.lock_people(db, reached - own)
    return reached


def _at_their_domains(db: Db, lead: Lead) -> set[int]:
    """Who has a mail address at the same company, as far as nobody says that it is another one."""
    found: set[int] = set()
    for address in lead.addresses:
        domain = address.value.rpartition("@")[2] if address.kind is AddressKind.EMAIL else ""
        if domain and domain not in FREE_MAIL:
            found |= set(leads.at_domain(db, domain))
    return {one.id for one in leads.by_ids(db, found).values() if None in (one.account_id, lead.account_id)}


def _stops(walk: Enrollment, match: Match, on_reply: bool, scope: StopScope) -> bool:
    if not walk.allows(Cause.REPLY) or not on_reply:
        return False
    if walk.id in match.enrollment_ids:
        return True
    # What has ended changes only when the answer is to it, or when it is the person's latest word in it.
    if not walk.open:
        latest = walk.lead_id in match.lead_ids and not match.enrollment_ids and not match.company
        return walk.state is State.FINISHED and latest
    if walk.lead_id not in match.lead_ids or match.company:
        return scope is StopScope.ACCOUNT
    return scope is not StopScope.CADENCE or not match.enrollment_ids


def opted_out(scene: Scene) -> Answer:
    """The lead asked us to stop: at once and for ever."""
    channel = scene.reply.channel
    ended = opt_out(
        scene.db,
        scene.house,
        scene.people,
        channel,
        address=scene.reply.sender,
        now=scene.house.now(),
        by=scene.by,
        because=f"said so by {channel.value}",
    )
    return Answer(f"opt-out; {len(ended)} enrollment(s) ended", stopped=set(scene.people), decided=True)


def opted_in(scene: Scene) -> Answer:
    """START: lifts what STOP from this number closed."""
    reply = scene.reply
    now = scene.house.now()
    lifted = opt_in(scene.db, scene.people, reply.channel, address=reply.sender, now=now, by=scene.by)
    return Answer(f"opt-in; {lifted} suppression(s) lifted", decided=True)


# -- nobody we know, or a colleague of somebody we know -----------------------------------------------------------------


def stranger(scene: Scene) -> Answer:  # noqa: ARG001 - all of them have one shape
    """Nobody we know: a person decides."""
    return Answer("nobody has this address and it names no message of ours")


def strangers_opt_out(scene: Scene) -> Answer:
    """Whoever it is, this address is not written to."""
    answer = opted_out(scene)
    # Over a telephone nobody else is likely; by mail somebody we know may use a second address.
    kind = scene.reply.channel.needs
    answer.decided = kind is not AddressKind.EMAIL
    answer.text = f"opt-out of an unknown address: {scene.reply.channel.value} suppressed for it"
    return answer


def colleagues_opt_out(scene: Scene) -> Answer:
    """Their own address is closed; for the people we know at the company it is the answer of a colleague."""
    channel, sender = scene.reply.channel, scene.reply.sender
    opt_out(
        scene.db,
        scene.house,
        [],
        channel,
        address=sender,
        now=scene.house.now(),
        by=scene.by,
        because=f"said so by {channel.value}",
    )
    return human(scene)
