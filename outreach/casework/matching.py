"""Whom a reply concerns: certain people, or likely ones for a person to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Final

from outreach.casework.house import House
from outreach.domain.cadence import StopScope
from outreach.domain.channel import AddressKind
from outreach.domain.enrollment import Enrollment
from outreach.domain.event import Replied
from outreach.domain.freemail import FREE_MAIL
from outreach.domain.people import Team
from outreach.domain.touch import Attempt
from outreach.store import attempts, enrollments, leads, likely, touches
from outreach.store.database import Db

_MOST: Final = 50  # likely people of one reply
# Mailboxes that many companies have: the same word at another domain says nothing.
_ROLES: Final = frozenset(
    {"admin", "billing", "contact", "hello", "help", "info", "mail", "mailer-daemon", "noreply", "no-reply"}
    | {"office", "postmaster", "sales", "service", "support", "team"}
)
_LATEST: Final = 10  # of our messages that somebody may quote
_LEAST_LOCAL: Final = 4  # letters before the @ that say anything at another domain


@dataclass(frozen=True, slots=True)
class Match:
    """Whom a reply concerns for certain: people, and the very enrollments and attempts it answers when known."""

    lead_ids: frozenset[int] = frozenset()
    enrollment_ids: frozenset[int] = frozenset()
    attempts: tuple[Attempt, ...] = ()
    how: str = ""
    company: bool = False  # somebody at their company wrote, and nobody knows who
    forgotten: frozenset[int] = (
        frozenset()
    )  # it was one of these, who were erased: a new matter, for a person to read

    @property
    def about(self) -> set[int]:
        """Whose history it belongs to, and with whom it is erased."""
        return set(self.lead_ids or self.forgotten)


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody a reply may be from, and why one would think so."""

    lead_id: int
    because: str


@dataclass(slots=True)
class _Found:
    people: set[int] = field(default_factory=set)
    walks: list[Enrollment] = field(default_factory=list)
    how: list[str] = field(default_factory=list)

    def add(self, walks: Iterable[Enrollment], how: str) -> None:
        for walk in walks:
            self.walks.append(walk)
            self.people.add(walk.lead_id)
            if how not in self.how:
                self.how.append(how)

    def forget(self, gone: set[int]) -> None:
        """Leave out people who were erased."""
        self.people -= gone
        self.walks = [walk for walk in self.walks if walk.lead_id not in gone]


def match(db: Db, house: House, reply: Replied) -> Match:
    """By the token in Reply-To, by the messages it answers, by who sent it: all that fit are concerned.

    Failing these by the sender's company, for cadences whose `stop_scope` is the account.
    """
    found = _Found()
    if reply.reply_token and (walk := enrollments.by_reply_token(db, reply.reply_token)):
        found.add([walk], "the address it was sent to")
    sent = _answered(db, reply)
    about = [touches.get(db, attempt.touch_id) for attempt in sent]
    walks = enrollments.by_ids(db, {t.enrollment_id for t in about if t}).values()
    found.add(walks, "the message it answers")
    wrote = [reply.sender] + ([reply.returned.to] if reply.returned else [])
    holders = [i for one in wrote if one for i in leads.holders(db, reply.channel.needs, one)]
    if holders:
        found.people |= set(holders)
        found.how.append("an address")
    gone = leads.forgotten(db, found.people) if found.people else set()
    found.forget(gone)
    if gone and not found.people:
        return Match(forgotten=frozenset(gone))
    if not found.people and (colleagues := _colleagues(db, house, reply)):
        return Match(frozenset(colleagues), how="the sender's company", company=True)
    ids = frozenset(walk.id for walk in found.walks)
    return Match(frozenset(found.people), ids, tuple(sent), ", ".join(found.how))


def our_words(db: Db, found: Match) -> list[str]:
    """What we wrote last in the enrollments a reply answers: quoted, it is not the author's."""
    walks = found.enrollment_ids or {w.id for w in enrollments.of_leads(db, found.lead_ids) if w.open}
    about = [t.id for t in touches.of_enrollments(db, sorted(walks))]
    said = [attempt.text for attempt in attempts.of_touches(db, about) if attempt.text]
    return said[-_LATEST:]


def ours(team: Team, reply: Replied) -> bool:
    """Whether one of us sent it: a sender or a rep. Never a reply."""
    own = {one.email.lower() for one in team.senders.values()} | {
        one.email.lower() for one in team.reps.values()
    }
    numbers = {n for s in team.senders.values() for n in (s.sms, s.voice, s.optout_number) if n}
    numbers |= {rep.phone for rep in team.reps.values() if rep.phone}
    return reply.sender in own | numbers


def suggest(db: Db, house: House, reply: Replied) -> list[Likely]:
    """Who may have written it, most likely first: a similar address, the same name, the same company."""
    if reply.channel.needs is not AddressKind.EMAIL or "@" not in reply.sender:
        return []
    local, _, domain = reply.sender.rpartition("@")
    found: dict[int, str] = {}
    for lead_id in likely.by_addresses(db, _variants(local, domain)):
        found.setdefault(lead_id, f"has an address much like {reply.sender}")
    bare = local.partition("+")[0]
    if len(bare) >= _LEAST_LOCAL and bare not in _ROLES:
        for lead_id in likely.by_local_part(db, bare, _MOST):
            found.setdefault(lead_id, f"is {bare}@ elsewhere")
    if name := _name(reply):
        for lead_id in likely.by_name(db, name, _MOST):
            found.setdefault(lead_id, f"is called {name}")
    if domain not in FREE_MAIL and domain not in _own_domains(house.library.team(db)):
        for lead_id in likely.at_domain(db, domain, _MOST):
            found.setdefault(lead_id, f"is at {domain} too")
    return [Likely(lead_id, because) for lead_id, because in found.items()][:_MOST]


def _answered(db: Db, reply: Replied) -> list[Attempt]:
    found = attempts.by_message_ids(db, reply.message_ids)
    tokens = {reply.token, reply.returned.token if reply.returned else None} - {None, ""}
    for token in sorted(map(str, tokens)):
        told = attempts.by_token(db, token)
        found += [told] if told and told.id not in {one.id for one in found} else []
    return found


def _colleagues(db: Db, house: House, reply: Replied) -> set[int]:
    """The people at the sender's company whose cadence stops for the whole account."""
    domain = reply.sender.rpartition("@")[2]
    if not domain or reply.channel.needs is not AddressKind.EMAIL or domain in FREE_MAIL:
        return set()
    if domain in _own_domains(house.library.team(db)):
        return set()
    walks = enrollments.of_leads(db, leads.at_domain(db, domain))
    return {
        walk.lead_id
        for walk in walks
        if walk.open and house.library.edition(db, walk.version_id).cadence.stop_scope is StopScope.ACCOUNT
    }


def _variants(local: str, domain: str) -> list[str]:
    """The same mailbox as people write it: without a tag after the plus, without dots."""
    bare = local.partition("+")[0]
    return [f"{one}@{domain}" for one in dict.fromkeys((local, bare, bare.replace(".", "")))]


def _own_domains(team: Team) -> set[str]:
    found = {s.email.rpartition("@")[2].lower() for s in team.senders.values()}
    found |= {s.reply_domain.lower() for s in team.senders.values() if s.reply_domain}
    return found | {rep.email.rpartition("@")[2].lower() for rep in team.reps.values()}


def _name(reply: Replied) -> str:
    """The name in the From header, when it is one of a person: two words or more."""
    name = " ".join(re.sub(r"[\"'<>]", " ", parseaddr(reply.headers.get("from", "")[:500])[0]).split())
    if "," in name:  # "Jones, Ada"
        last, _, first = name.partition(",")
        name = f"{first.strip()} {last.strip()}"
    return name if " " in name else ""
