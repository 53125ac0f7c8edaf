"""Consents come in with their evidence, one by one or as columns of a table, and are withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from outreach.casework.house import House
from outreach.domain.channel import Channel
from outreach.domain.consent import Consent, ConsentKind
from outreach.domain.errors import Mistake
from outreach.domain.problem import closest
from outreach.store import history, permissions
from outreach.store.database import Db

COLUMNS: Final = (
    "consent",  # written, express or implied
    "consent_channels",  # email;sms
    "consent_at",
    "consent_text",
    "consent_how",
    "consent_evidence",
    "consent_expires",
)


def read_consents(values: Mapping[str, str], now: datetime) -> tuple[Consent, ...]:
    """The consents that a line of a table tells of; none when it has no column `consent`. Raises Mistake."""
    said = {key.strip().lower(): " ".join(value.split()) for key, value in values.items() if value.strip()}
    if "consent" not in said:
        others = [key for key in COLUMNS if key in said]
        if others:
            raise Mistake(f"{others[0]} is given without consent: say written, express or implied")
        return ()
    if "consent_channels" not in said or "consent_at" not in said:
        raise Mistake("a consent needs consent_channels (such as email;sms) and consent_at (its day)")
    given_at = day(said["consent_at"], "consent_at")
    if given_at > now:
        raise Mistake(f"consent_at {said['consent_at']} has not come yet")
    expires = said.get("consent_expires")
    return tuple(
        Consent(
            channel=channel,
            kind=kind(said["consent"]),
            given_at=given_at,
            text=said.get("consent_text", ""),
            how=said.get("consent_how", ""),
            evidence=said.get("consent_evidence", ""),
            expires_at=day(expires, "consent_expires") if expires else None,
        )
        for channel in channels(said["consent_channels"])
    )


def kind(text: str) -> ConsentKind:
    """How strong a consent is. Raises Mistake."""
    if text.casefold() in list(ConsentKind):
        return ConsentKind(text.casefold())
    raise Mistake(f"consent {text!r} is none of {', '.join(ConsentKind)}")


def channels(text: str) -> list[Channel]:
    """Channels, with ; or , between them. Raises Mistake."""
    names = [name.strip().casefold() for name in text.replace(",", ";").split(";") if name.strip()]
    for name in names:
        if name not in list(Channel):
            near = closest(name, list(Channel))
            hint = f"did you mean {near}?" if near else f"one of {', '.join(Channel)}"
            raise Mistake(f"there is no channel {name!r} ({hint})")
    return [Channel(name) for name in dict.fromkeys(names)]


def day(text: str, what: str) -> datetime:
    """A day or moment (UTC unless it says otherwise). Raises Mistake."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Mistake(f"{what} {text!r} is no date: write it like 2026-03-31") from None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def give(house: House, lead_id: int, consent: Consent, *, by: str) -> bool:
    """Store a consent with its evidence; False when just this one is there already."""
    with house.store.begin() as db:
        return give_in(db, house, {lead_id: [consent]}, by=by) > 0


def give_in(db: Db, house: House, new: Mapping[int, Sequence[Consent]], *, by: str) -> int:
    """The same for several leads, inside a transaction of the caller's; returns how many are new."""
    known = permissions.consents_of(db, new)
    fresh = {
        lead_id: [c for c in given if not any(_same(c, old) for old in known.get(lead_id, ()))]
        for lead_id, given in new.items()
    }
    fresh = {lead_id: given for lead_id, given in fresh.items() if given}
    permissions.lock_people(db, fresh)  # claims must not read half of it
    for lead_id, given in fresh.items():
        for consent in given:
            permissions.allow(db, lead_id, consent)
    history.add(
        db,
        [
            history.Entry(
                at=house.now(),
                lead_id=lead_id,
                cause=f"{c.kind.value} consent to {c.channel.value}",
                by=by,
                because=c.how or None,
            )
            for lead_id, given in fresh.items()
            for c in given
        ],
    )
    return sum(map(len, fresh.values()))


def withdraw(house: House, lead_id: int, of: Collection[Channel], *, by: str) -> int:
    """End every consent of a lead to these channels; returns how many were in force."""
    now = house.now()
    with house.store.begin() as db:
        permissions.lock_people(db, [lead_id])
        ended = [
            c
            for c in permissions.consents_of(db, [lead_id]).get(lead_id, [])
            if c.channel in of and c.holds(now)
        ]
        permissions.revoke(db, lead_id, of, at=now)
        cause = "consent withdrawn"
        because = ", ".join(sorted(channel.value for channel in of))
        history.add(db, [history.Entry(at=now, lead_id=lead_id, cause=cause, by=by, because=because)])
    return len(ended)


def _same(one: Consent, old: Consent) -> bool:
    return (one.channel, one.kind, one.given_at) == (
        old.channel,
        old.kind,
        old.given_at,
    ) and old.revoked_at is None
