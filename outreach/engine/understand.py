"""Understand: read a reply that was kept, and turn the hold into a stop, a pause or a release.

When that breaks, whatever the reason, the hold stays and a person is asked.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import timedelta

import structlog

from outreach.casework.house import House
from outreach.casework.matching import Match, match, our_words
from outreach.domain.event import Replied
from outreach.domain.inbox import ReplyState
from outreach.domain.reply import Reading
from outreach.engine.answer import answered
from outreach.store import events, permissions, replies
from outreach.store.database import Db

log = structlog.get_logger()
STRANDED = timedelta(seconds=30)  # machine time: whoever kept a reply has read it by then, or died


@dataclass(slots=True)
class Understood:
    """What came of a reply: in words, whom it concerned, whom it stopped or still holds, which touches it harmed."""

    text: str
    lead_ids: set[int] = field(default_factory=set)
    stopped: set[int] = field(default_factory=set)
    harmed: set[int] = field(default_factory=set)


def understand(house: House, reply_id: int) -> Understood:
    """Read a reply that is held and act on it, in a transaction of its own. Whoever calls waits for what it stopped."""
    try:
        with house.store.read() as db:
            kept, reply = replies.get(db, reply_id), replies.words(db, reply_id)
            if kept is None or reply is None or kept.state is not ReplyState.HELD:
                return Understood("read already")
            ours = our_words(db, match(db, house, reply))
        reading = house.read(reply, ours)
        return house.store.run(lambda db: act(db, house, reply_id, reply, reading, by=kept.provider))
    except Exception as error:
        log.exception("reply not understood", reply=reply_id)
        why = f"it could not be read: {type(error).__name__}"
        return house.store.run(lambda db: _ask(db, house, reply_id, why))


def understand_stranded(house: House, limit: int = 100) -> int:
    """Read what was kept by somebody who died before reading it; the sweep calls this."""
    with house.store.read() as db:
        before = house.store.machine_now(db) - STRANDED
        ids = replies.stranded(db, before, limit)
    for reply_id in ids:
        understand(house, reply_id)
    return len(ids)


def act(
    db: Db,
    house: House,
    reply_id: int,
    reply: Replied,
    reading: Reading,
    *,
    by: str,
    lead_ids: Collection[int] = (),
) -> Understood:
    """Do what the reply asks for, and end its holds, in the caller's transaction.

    `lead_ids` are those a person said it is from; without them it is matched.
    """
    permissions.lock_people(db, [*replies.held_by(db, reply_id), *lead_ids])
    kept = replies.get(db, reply_id, lock=True)
    if kept is None or kept.state not in (ReplyState.HELD, ReplyState.WAITING):
        return Understood("decided already")
    found = match(db, house, reply)
    if lead_ids:
        found = replace(found, lead_ids=frozenset(lead_ids), company=False, how=f"{by} says so")
    now = house.now()
    answer = answered(db, house, found, reply, reading, reply_id=reply_id, by=by)
    state = _becomes(found, reading, answer.decided)
    because = f"{reading.because or reading.kind.value}; {answer.text}"
    replies.move(db, kept, state, kind=reading.kind.value, because=because, at=now, by=by)
    understood = Understood(answer.text, set(found.lead_ids), answer.stopped, answer.harmed)
    if state is ReplyState.WAITING:
        understood.stopped |= set(replies.held_by(db, reply_id))
    else:
        replies.release(db, reply_id, at=now)
    events.retell(db, kept.event_id, lead_id=min(found.about, default=None), effect=answer.text)
    return understood


def _becomes(found: Match, reading: Reading, decided: bool) -> ReplyState:
    if found.lead_ids:
        return ReplyState.SETTLED
    # What a machine sent and nobody's is, concerns nobody; what a person wrote waits for one.
    return ReplyState.DISMISSED if reading.kind.by_machine or decided else ReplyState.WAITING


def _ask(db: Db, house: House, reply_id: int, why: str) -> Understood:
    kept = replies.get(db, reply_id, lock=True)
    held = set(replies.held_by(db, reply_id))
    if kept is not None and kept.state is ReplyState.HELD:
        replies.move(db, kept, ReplyState.WAITING, kind=None, because=why, at=house.now(), by="outreach")
        events.retell(db, kept.event_id, lead_id=min(held, default=None), effect=f"held: {why}")
    return Understood(f"held: {why}", held, held)
