"""Leads come in: one by one, or as lines of a table. The same person twice is one lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

from outreach import addresses
from outreach.casework.house import House
from outreach.domain.channel import AddressKind, Channel
from outreach.domain.consent import Consent, ConsentKind
from outreach.domain.errors import Mistake, Unknown
from outreach.domain.people import Basis, Lead, Subscriber
from outreach.domain.problem import closest, did_you_mean
from outreach.engine.consents import COLUMNS as CONSENT_COLUMNS
from outreach.engine.states import state_of
from outreach.engine.turned_away import forgotten_among, turn_away
from outreach.store import history, intake, leads, permissions
from outreach.store.database import Db

W = TypeVar("W", bound=StrEnum)

# Column or option -> what it is. Whatever has another name becomes a field of the lead's own.
_ADDRESSES = {kind.value: kind for kind in AddressKind} | {
    "mobile": AddressKind.PHONE,
    "address": AddressKind.POSTAL,
}
_KNOWN = frozenset(
    {
        "name", "first_name", "last_name", "company", "timezone", "country", "region", "owner", "external_id",
        "subscriber_kind", "lawful_basis", *CONSENT_COLUMNS,
    }
)  # fmt: skip
_LONGEST = 2000  # characters of one field


@dataclass(frozen=True, slots=True)
class Saved:
    """A stored lead, and whether it is new."""

    lead: Lead
    new: bool
    changed: bool = field(default=False)


def read_lead(
    values: Mapping[str, str], *, country: str, reps: Sequence[str] = (), source: str = "manual"
) -> Lead:
    """A lead from named texts (options, or a line of a table), normalised. Raises Mistake naming field and fix."""
    said = {
        key.strip().lower(): _clean(key, value) for key, value in values.items() if value and value.strip()
    }
    home = said.get("country", country).upper()
    if len(home) != 2 or not home.isalpha():
        raise Mistake(
            f"country {said.get('country')!r} is not a country code of two letters, such as US or DE"
        )
    found = tuple(
        addresses.of_kind(kind, text, home)
        for key, kind in _ADDRESSES.items()
        for text in _several(said.get(key, ""), kind)
    )
    if not found:
        raise Mistake("a lead needs an email, a phone, a postal address or a profile")
    owner = said.get("owner")
    if owner and reps and owner not in reps:
        raise Unknown("rep", owner, closest=closest(owner, reps))
    own = {k: v for k, v in said.items() if k not in _KNOWN and k not in _ADDRESSES}
    region = state_of(said.get("region", ""), said.get("country", ""), home)
    if said.get("region") and region is None:
        own["region"] = said["region"]  # no state whose law we know: templates may still name it
    own |= {k: said[k] for k in ("first_name", "last_name") if k in said}
    return Lead(
        id=0,
        source=source,
        external_id=said.get("external_id"),
        name=said.get("name") or _joined(said),
        company=said.get("company", ""),
        timezone=_zone(said.get("timezone")),
        country=said["country"].upper() if "country" in said else None,
        region=region,
        subscriber_kind=_one_of(Subscriber, said.get("subscriber_kind"), "subscriber_kind")
        or Subscriber.UNKNOWN,
        lawful_basis=_one_of(Basis, said.get("lawful_basis"), "lawful_basis"),
        owner=owner,
        fields={key: _number(value) for key, value in own.items()},
        addresses=found,
    )


def save(house: House, lead: Lead, *, by: str, consents: Sequence[Consent] = ()) -> Saved:
    """Store a lead, or add what is new to the one that has its external id or an address.

    Raises Mistake on a conflict, Forbidden for somebody who was forgotten.
    """
    return house.store.run(lambda db: save_in(db, house, lead, by=by, consents=consents))


def save_in(db: Db, house: House, lead: Lead, *, by: str, consents: Sequence[Consent] = ()) -> Saved:
    """The same inside a transaction of the caller's."""
    now = house.now()
    turn_away(lead, forgotten_among(db, house, [lead]))
    known = _same_person(db, lead)
    if known is None:
        stored = leads.add(db, lead, token=house.new_token(), at=now)
        saved = Saved(stored, new=True, changed=True)
    else:
        merged = merged_with(known, lead)
        changed = merged != known
        if changed or consents:
            permissions.lock_people(db, [known.id])  # claims must not read half of it
        saved = Saved(leads.change(db, merged) if changed else known, new=False, changed=changed)
    for consent in consents:
        permissions.allow(db, saved.lead.id, consent)
    if saved.changed:
        cause = "lead added" if saved.new else "lead changed"
        history.add(db, [history.Entry(at=now, lead_id=saved.lead.id, cause=cause, by=by)])
    return saved


def written_consent(channel: Channel, text: str, *, at: datetime, how: str, evidence: str = "") -> Consent:
    """A prior express written consent (rule R6), with its words and evidence."""
    return Consent(
        channel=channel, kind=ConsentKind.WRITTEN, given_at=at, text=text, how=how, evidence=evidence
    )


def _same_person(db: Db, lead: Lead) -> Lead | None:
    if lead.external_id and (same := leads.by_external_id(db, lead.source, lead.external_id)):
        return same
    holding = intake.holders(db, names_of(lead))
    people = leads.by_ids(db, {one for found in holding.values() for one in found})
    return same_person(lead, holding, people)


def same_person(
    lead: Lead, holding: Mapping[tuple[str, str], Sequence[int]], people: Mapping[int, Lead]
) -> Lead | None:
    """Who a lead without a known external id is: by mail address, then by another spelling of it, then by phone.

    `holding` tells who has each of `names_of(lead)`, `people` who they are. Several are a conflict, not a guess: raises
    Mistake.
    """
    for kind in (AddressKind.EMAIL.value, intake.MAILBOX, AddressKind.PHONE.value):
        ids = {i for name in names_of(lead) if name[0] == kind for i in holding.get(name, ())}
        found = [people[i] for i in sorted(ids) if _compatible(people[i], lead)]
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            who = ", ".join(f"#{one.id} {one.label}" for one in found)
            raise Mistake(f"{kind} belongs to several leads already ({who}): give an external_id")
    return None


def names_of(lead: Lead) -> set[tuple[str, str]]:
    """By which a lead may be known already: (kind, value) of each address, and the mailboxes that mail addresses reach."""
    names = {(a.kind.value, a.value) for a in lead.addresses}
    return names | {(intake.MAILBOX, a.mailbox) for a in lead.addresses if a.kind is AddressKind.EMAIL}


def _compatible(known: Lead, lead: Lead) -> bool:
    """A shared number does not make two names one person."""
    if known.external_id and lead.external_id and known.source == lead.source:
        return known.external_id == lead.external_id
    mails = {a.value for a in known.addresses if a.kind is AddressKind.EMAIL}
    same_mail = any(a.value in mails for a in lead.addresses)
    return same_mail or not (known.name and lead.name) or known.name.casefold() == lead.name.casefold()


def merged_with(known: Lead, lead: Lead) -> Lead:
    """A known lead and what is said of them now. What is said now wins; what is not said stays; addresses are added."""
    had = {(a.kind, a.value) for a in known.addresses}
    fresh = tuple(a for a in lead.addresses if (a.kind, a.value) not in had)
    return replace(
        known,
        external_id=known.external_id or lead.external_id,
        name=lead.name or known.name,
        company=lead.company or known.company,
        timezone=lead.timezone or known.timezone,
        country=lead.country or known.country,
        region=lead.region or known.region,
        subscriber_kind=known.subscriber_kind
        if lead.subscriber_kind is Subscriber.UNKNOWN
        else lead.subscriber_kind,
        lawful_basis=lead.lawful_basis or known.lawful_basis,
        owner=lead.owner or known.owner,
        fields={**known.fields, **lead.fields},
        addresses=known.addresses + fresh,
    )


def _several(text: str, kind: AddressKind) -> list[str]:
    """Mails and phones may be several, with ; between them; a postal address has its own commas and semicolons."""
    parts = text.split(";") if kind in (AddressKind.EMAIL, AddressKind.PHONE) else [text]
    return [part for part in parts if part.strip()]


def _clean(key: str, value: str) -> str:
    if not value.isprintable():
        value = "".join(" " if c.isspace() else c for c in value if c.isspace() or c.isprintable())
    text = " ".join(value.split())
    if len(text) > _LONGEST:
        raise Mistake(f"{key} has {len(text)} characters; at most {_LONGEST} are kept")
    return text


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # it walks through a folder: 50 ms, for every line of a table


def _zone(name: str | None) -> str | None:
    if name is None:
        return None
    if name not in _zones():
        hint = did_you_mean(name, _zones()) or "write it like America/New_York"
        raise Mistake(f"{name!r} is not a time zone ({hint})")
    return ZoneInfo(name).key


def _joined(said: Mapping[str, str]) -> str:
    return " ".join(part for part in (said.get("first_name"), said.get("last_name")) if part)


def _one_of(words: type[W], text: str | None, what: str) -> W | None:
    if text is None:
        return None
    folded = text.casefold().replace(" ", "_").replace("-", "_")
    if folded in list(words):
        return words(folded)
    raise Mistake(f"{what} {text!r} is none of {', '.join(words)}")


def _number(text: str) -> object:
    """Whole numbers become numbers, so that `lead.purchases >= 2` means what it says; +1555 and 007 stay texts."""
    return (
        int(text) if text.isascii() and text.isdigit() and len(text) < 16 and str(int(text)) == text else text
    )
