"""Inbox: what a person decides of a reply that nobody, or no machine, could place."""

from __future__ import annotations

from outreach.casework.house import House
from outreach.domain.errors import Mistake, Unknown
from outreach.domain.inbox import Kept, ReplyState
from outreach.domain.people import Address
from outreach.domain.reply import Reading, ReplyKind
from outreach.domain.touch import Touch
from outreach.engine.stop import wait_for
from outreach.engine.understand import Understood, act
from outreach.store import events, leads, permissions, replies
from outreach.store.database import Db

_HINT = "`outreach inbox` lists those that wait"


def assign(
    house: House,
    reply_id: int,
    lead_id: int | None,
    *,
    by: str,
    kind: ReplyKind | None = None,
    keep_address: bool = False,
) -> tuple[Understood, tuple[Touch, ...]]:
    """Say who wrote it (None: whom it is about already), and if need be what it is; then it is acted on as any reply.

    Whoever was only likely is let go. `keep_address`: from now on the sender's address is one of this lead's.
    Returns what came of it and which touches crossed. Raises Unknown and Mistake.
    """

    def work(db: Db) -> Understood:
        kept = _open(db, reply_id)
        reply = replies.words(db, reply_id)
        if reply is None:
            raise Mistake(f"the words of reply {reply_id} were erased: dismiss it")
        people = [lead_id] if lead_id is not None else []
        if keep_address and lead_id is not None:
            address = Address(id=0, kind=kept.channel.needs, value=reply.sender)
            leads.put_addresses(db, lead_id, [address])
        reading = _said(kind, reply.text) if kind else house.read(reply, ())
        understood = act(db, house, reply_id, reply, reading, by=by, lead_ids=people)
        if not understood.lead_ids:
            raise Mistake(f"reply {reply_id} concerns nobody we know: name the lead")
        return understood

    done = house.store.run(work)
    return done, wait_for(house, done.stopped) if done.stopped else ()


def dismiss(house: House, reply_id: int, *, by: str, because: str = "") -> list[int]:
    """It concerns nobody: let go whom it held; returns them. Raises Unknown and Mistake."""

    def work(db: Db) -> list[int]:
        kept = _open(db, reply_id)
        now = house.now()
        permissions.lock_people(db, replies.held_by(db, reply_id))
        why = because or "dismissed by hand"
        replies.move(db, kept, ReplyState.DISMISSED, kind=kept.kind, because=why, at=now, by=by)
        events.retell(db, kept.event_id, lead_id=None, effect=f"dismissed by {by}: {why}")
        return replies.release(db, reply_id, at=now)

    return house.store.run(work)


def _open(db: Db, reply_id: int) -> Kept:
    kept = replies.get(db, reply_id)
    if kept is None:
        raise Unknown("reply", str(reply_id), hint=_HINT)
    if kept.state not in (ReplyState.HELD, ReplyState.WAITING):
        raise Mistake(f"reply {reply_id} is {kept.state.value} already, by {kept.decided_by}")
    return kept


def _said(kind: ReplyKind, text: str) -> Reading:
    return Reading(kind=kind, text=text, because="a person read it")
