"""Unsubscribe: what the link in a mail does. Asking changes nothing; doing is an opt-out, and a barrier like every stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from outreach.casework.house import House
from outreach.domain.channel import CLOSED_BY_OPT_OUT, AddressKind, Channel
from outreach.domain.consent import Suppression, SuppressionReason
from outreach.domain.enrollment import Cause, Enrollment
from outreach.domain.errors import Unknown
from outreach.domain.people import Lead, Team
from outreach.domain.touch import Touch
from outreach.engine.stop import wait_for
from outreach.engine.suppress import opt_out
from outreach.store import enrollments, leads, permissions
from outreach.store.database import Db

_MAIL = Channel.EMAIL  # the channel whose messages carry the link
_SHOWN = 1  # characters of a mailbox that a page shows: its address may be forwarded to anybody


@dataclass(frozen=True, slots=True)
class Asking:
    """What an unsubscribe page may show: to whom, from whom, and which channels are closed already."""

    address: str  # masked, such as a•••@client.example; empty when none is left
    sender: str  # the name we write under; empty when there is none
    closed: frozenset[Channel]

    @property
    def no_mail(self) -> bool:
        """Whether mail has been stopped before."""
        return CLOSED_BY_OPT_OUT[_MAIL] <= self.closed

    @property
    def nothing(self) -> bool:
        """Whether everything has been stopped before."""
        return frozenset(Channel) <= self.closed


@dataclass(frozen=True, slots=True)
class Unsubscribed:
    """What a use of the link did; `new` is false when there was nothing left to stop."""

    people: tuple[int, ...]
    new: bool
    crossed: tuple[Touch, ...] = ()


def asking(house: House, token: str) -> Asking:
    """What the page shows; only reads. Raises Unknown for a token that is nobody's."""
    with house.store.read() as db:
        lead = _lead(db, token)
        found = permissions.suppressed(db, [("person", str(lead.id))])
        walks = enrollments.of_leads(db, [lead.id])
        team = house.library.team(db)
    every = any(s.channel is None for s in found)
    closed = frozenset(Channel) if every else frozenset(s.channel for s in found if s.channel)
    return Asking(_masked(lead.address(AddressKind.EMAIL) or ""), _writes(team, walks), closed)


def unsubscribe(house: House, token: str, *, everything: bool = False, how: str) -> Unsubscribed:
    """Stop mail, or everything, for the person whose link this is, then wait for what is on the wire (rules R8, R14).

    Whoever shares the person's mail address is stopped with them: the request came from that mailbox. A second use
    changes nothing. Raises Unknown for a token that is nobody's.
    """
    done = house.store.run(lambda db: _carried_out(db, house, token, everything, how))
    return Unsubscribed(done.people, done.new, wait_for(house, done.people))


def _carried_out(db: Db, house: House, token: str, everything: bool, how: str) -> Unsubscribed:
    lead = _lead(db, token)
    people = _sharing(db, lead)
    permissions.lock_people(db, people)
    closed = frozenset(Channel) if everything else CLOSED_BY_OPT_OUT[_MAIL]
    now = house.now()
    rows = [
        Suppression(
            id=0,
            scope=scope,
            value=value,
            channel=channel,
            reason=SuppressionReason.OPT_OUT,
            since=now,
            source=how,
        )
        for channel in sorted(closed)
        for scope, value in _named(lead, people, channel)
    ]
    new = permissions.suppress(db, rows) > 0
    if new or any(walk.allows(Cause.OPT_OUT) for walk in enrollments.of_leads(db, people, lock=True)):
        channel = None if everything else _MAIL
        opt_out(db, house, people, channel, address=None, now=now, by="lead", because=how)
        new = True
    return Unsubscribed(tuple(people), new)


def _lead(db: Db, token: str) -> Lead:
    lead_id = leads.by_token(db, token)
    lead = leads.get(db, lead_id) if lead_id is not None else None
    if lead is None:
        raise Unknown("unsubscribe link", "with this token")
    return lead


def _writes(team: Team, walks: Sequence[Enrollment]) -> str:
    """The name under which we wrote last."""
    for walk in reversed(walks):
        rep = team.rep_for(walk.rep)
        sender = team.senders.get(walk.sender or (rep.sender if rep else ""))
        if sender is not None:
            return sender.name
    return next((sender.name for sender in team.senders.values()), "")


def _sharing(db: Db, lead: Lead) -> list[int]:
    found = {lead.id}
    for address in lead.addresses:
        if address.kind is _MAIL.needs:
            found |= set(leads.holders(db, address.kind, address.value))
    return sorted(found)


def _named(lead: Lead, people: list[int], channel: Channel) -> list[tuple[str, str]]:
    """Every address of the person on that channel, not only the one in use: which of them got the mail is not known."""
    names = [("person", str(lead_id)) for lead_id in people]
    return names + [(a.kind.value, a.value) for a in lead.addresses if a.kind is channel.needs]


def _masked(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local[:_SHOWN]}•••@{domain}" if local else ""
