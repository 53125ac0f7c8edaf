"""Hold: whoever a reply may concern is left alone from the commit that keeps it, before anybody has read it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import structlog

from outreach.casework.house import House
from outreach.casework.matching import Match, match, our_words, ours, suggest
from outreach.domain.errors import Error
from outreach.domain.event import Replied
from outreach.domain.inbox import HOLD
from outreach.domain.reply import ReplyKind
from outreach.engine.understand import Understood, act
from outreach.store import permissions, replies
from outreach.store.database import Db
from outreach.store.replies import Raw

log = structlog.get_logger()
_SHORT = 160  # characters: so little is read in no time, and may be an opt-out that must hold at once


@dataclass(slots=True)
class Held:
    """What became of a reply in the transaction that kept it."""

    text: str
    lead_ids: set[int] = field(default_factory=set)
    stopped: set[int] = field(default_factory=set)
    reply_id: int | None = None  # still to be read


def hold(db: Db, house: House, event_id: int, reply: Replied, raw: Raw | None, *, by: str) -> Held:
    """Keep a reply and hold everybody it concerns, or may concern; an opt-out in so many words is carried out at once."""
    if ours(house.library.team(db), reply):
        return Held("from one of our own addresses: never a reply")
    found = match(db, house, reply)
    now = house.now()
    reply_id = replies.keep(db, event_id, fingerprint(reply, by), reply, raw, at=now)
    if reply_id is None:
        return Held("came in before, by another way")
    people = set(found.lead_ids)
    if not people and not found.forgotten:  # who was forgotten is nobody's namesake any more
        people = {one.lead_id for one in suggest(db, house, reply)}
    permissions.lock_people(db, people)
    because = f"{reply.channel.value} from {reply.sender}" if found.lead_ids else "may have written to us"
    replies.hold(db, reply_id, people, because, since=now, until=now + HOLD)
    understood = _at_once(db, house, reply_id, reply, found, by)
    if understood is not None:
        return Held(understood.text, understood.lead_ids, understood.stopped)
    who = "held" if found.lead_ids else "held as likely"
    return Held(f"{len(people)} {who}; not read yet", found.about, people, reply_id)


def fingerprint(reply: Replied, source: str) -> str:
    """The same for one mail however it came in: by its Message-ID and its words. Of anything else: the source's key."""
    message_id = reply.headers.get("message-id", "").strip()
    parts = [message_id, " ".join(reply.text.split())] if message_id else [source, reply.key]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()


def _at_once(db: Db, house: House, reply_id: int, reply: Replied, found: Match, by: str) -> Understood | None:
    """The stop itself, when the reply is an opt-out in so many words."""
    if len(reply.text) + len(reply.subject) > _SHORT:
        return None
    try:
        reading = house.read(reply, our_words(db, found))
        if reading.kind is not ReplyKind.OPT_OUT:
            return None
        with db.begin_nested():
            return act(db, house, reply_id, reply, reading, by=by)
    except (Error, ValueError, LookupError, TypeError) as error:
        log.warning("reply not read at once", reply=reply_id, why=str(error))
        return None  # it is held, and read once more after the commit
