"""What each kind of reply changes: the tables that name a function for each. Nothing is ever answered by machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from outreach.casework.house import House
from outreach.casework.matching import Match
from outreach.domain.event import Replied
from outreach.domain.reply import Reading, ReplyKind
from outreach.engine import humans, machines
from outreach.engine.scene import Answer, Scene, note
from outreach.store import permissions
from outreach.store.database import Db

_ACTS: Final[dict[ReplyKind, Callable[[Scene], Answer]]] = {
    ReplyKind.HUMAN: humans.human,
    ReplyKind.OPT_OUT: humans.opted_out,
    ReplyKind.OPT_IN: humans.opted_in,
    ReplyKind.HELP: machines.machine,
    ReplyKind.OUT_OF_OFFICE: machines.away,
    ReplyKind.AUTO_OTHER: machines.machine,
    ReplyKind.BOUNCE_HARD: machines.bounced_hard,
    ReplyKind.BOUNCE_SOFT: machines.machine,
    ReplyKind.CHALLENGE: machines.challenged,
    ReplyKind.LEFT_COMPANY: humans.left_company,
    ReplyKind.WRONG_PERSON: humans.wrong_person,
    ReplyKind.COMPLAINT: machines.complained,
}


_STRANGERS: Final[dict[ReplyKind, Callable[[Scene], Answer]]] = {
    ReplyKind.OPT_OUT: humans.strangers_opt_out,
    ReplyKind.OPT_IN: humans.opted_in,
}
_COLLEAGUES: Final[dict[ReplyKind, Callable[[Scene], Answer]]] = {
    ReplyKind.HUMAN: humans.human,
    ReplyKind.WRONG_PERSON: humans.human,
    ReplyKind.OPT_OUT: humans.colleagues_opt_out,
}


def answered(
    db: Db, house: House, match: Match, reply: Replied, reading: Reading, *, reply_id: int, by: str
) -> Answer:
    """Carry out a reply in the caller's transaction; what is on the wire is waited for after its commit."""
    scene = Scene(db, house, match, reply, reading, reply_id, by)
    permissions.lock_people(db, match.lead_ids)
    if not match.lead_ids:
        return _STRANGERS.get(reading.kind, humans.stranger)(scene)
    note(scene)
    if match.company:
        return _COLLEAGUES.get(reading.kind, machines.machine)(scene)
    return _ACTS.get(reading.kind, humans.human)(scene)
