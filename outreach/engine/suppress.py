"""Suppress: never touch this address, domain or person again, on one channel or all. Seen by every later claim."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from outreach.casework.house import House
from outreach.domain.channel import CLOSED_BY_OPT_OUT, AddressKind, Channel
from outreach.domain.consent import Suppression, SuppressionReason
from outreach.domain.enrollment import Cause
from outreach.domain.errors import Fault, Mistake, ProviderError
from outreach.domain.people import AddressState
from outreach.domain.touch import Touch
from outreach.engine.walk import end
from outreach.store import enrollments, history, leads, permissions
from outreach.store.database import Db


def suppress(
    house: House,
    scope: str,
    value: str,
    channel: Channel | None,
    *,
    by: str,
    because: str = "",
    reason: SuppressionReason = SuppressionReason.MANUAL,
) -> bool:
    """Suppress a normalised address, a domain or a lead (`person`, its number); False when it was already."""
    with house.store.begin() as db:
        concerned = concerned_by(db, scope, value)
        permissions.lock_people(db, concerned)
        row = Suppression(
            id=0,
            scope=scope,
            value=value,
            channel=channel,
            reason=reason,
            since=house.now(),
            source=because or by,
        )
        new = permissions.suppress(db, [row]) > 0
        if new:
            shown = channel.value if channel else "every channel"
            _note(db, concerned, f"{scope} suppressed for {shown}", house.now(), by, because)
    return new


def lift(house: House, scope: str, value: str, channel: Channel | None, *, by: str) -> int:
    """End suppressions that were made by hand, by a bounce or by the lead; returns how many."""
    with house.store.begin() as db:
        concerned = concerned_by(db, scope, value)
        permissions.lock_people(db, concerned)
        names = [value, *([made] if (made := house.store.hashed(scope, value)) else [])]
        ended = sum(permissions.lift(db, scope, one, channel, at=house.now()) for one in names)
        if ended:
            _note(db, concerned, f"{scope} suppression lifted", house.now(), by, None)
    return ended


def opt_out(
    db: Db,
    house: House,
    lead_ids: Collection[int],
    channel: Channel | None,
    *,
    address: str | None,
    now: datetime,
    by: str,
    because: str,
    reason: SuppressionReason = SuppressionReason.OPT_OUT,
) -> list[int]:
    """The lead asked us to stop (rule R8): end all their enrollments and close the channels; returns the ended ones.

    `channel` is the one the request came on; None is a general request and closes all. The caller has locked these
    people (`permissions.lock_people`) and waits, after its commit, for what is on the wire.
    """
    closed = CLOSED_BY_OPT_OUT[channel] if channel else frozenset(Channel)
    # A general request is written as one of every channel, besides: no START on one of them lifts that.
    ways = [*sorted(closed), *([None] if channel is None else [])]
    rows = [
        Suppression(
            id=0,
            scope=scope,
            value=value,
            channel=one,
            reason=reason,
            since=now,
            source=because,
        )
        for one in ways
        for scope, value in _named(lead_ids, one, address)
    ]
    permissions.suppress(db, rows)
    for lead_id in lead_ids:
        permissions.revoke(db, lead_id, closed, at=now)
    ended: list[int] = []
    for walk in enrollments.of_leads(db, lead_ids, lock=True):
        if walk.allows(Cause.OPT_OUT):
            end(db, house, walk, Cause.OPT_OUT, now=now, by=by, because=because)
            ended.append(walk.id)
    _note(db, lead_ids, f"opted out of {', '.join(sorted(closed))}", now, by, because)
    return ended


def opt_in(
    db: Db, lead_ids: Collection[int], channel: Channel, *, address: str, now: datetime, by: str
) -> int:
    """START or UNSTOP: lifts what STOP from this very number closed, and nothing else.

    What STOP wrote of the number and of its people has one time; an earlier opt-out, one from another number, a general
    request, a complaint, a bounce and whatever we closed ourselves stay.
    """
    ended = 0
    for one in sorted(CLOSED_BY_OPT_OUT[channel]):
        (kind, value), *people = reversed(_named(lead_ids, one, address))
        # Also where a weightier reason has taken the place of STOP since: the number then stays closed for that one.
        times = {s.since for s in permissions.suppressed(db, [(kind, value)]) if s.channel is one}
        if _by_opt_out(db, kind, value, one):
            ended += permissions.lift(db, kind, value, one, at=now)
        for scope, person in people:
            if any(s.since in times for s in _by_opt_out(db, scope, person, one)):
                ended += permissions.lift(db, scope, person, one, at=now)
    if ended:
        _note(db, lead_ids, f"opted in to {channel.value} again", now, by, None)
    return ended


def _by_opt_out(db: Db, scope: str, value: str, channel: Channel) -> list[Suppression]:
    found = permissions.suppressed(db, [(scope, value)])
    return [s for s in found if s.channel is channel and s.reason is SuppressionReason.OPT_OUT]


def bounced(db: Db, channel: Channel, address: str, *, now: datetime, by: str, because: str) -> None:
    """A hard bounce: this address is suppressed on that channel and no step uses it again."""
    concerned = leads.holders(db, channel.needs, address)
    permissions.lock_people(db, concerned)
    row = Suppression(
        id=0,
        scope=channel.needs.value,
        value=address,
        channel=channel,
        reason=SuppressionReason.HARD_BOUNCE,
        since=now,
        source=because,
    )
    permissions.suppress(db, [row])
    # A mailbox that does not exist is dead for every use; a number that takes no texts may still be called.
    if channel.needs is AddressKind.EMAIL:
        leads.mark(db, channel.needs, address, AddressState.BOUNCED)
    _note(db, concerned, f"{channel.needs.value} bounced for {channel.value}", now, by, because)


def provider_refused(db: Db, house: House, failed: Touch, address: str, error: ProviderError | None) -> None:
    """A provider said that an address is bad, or that the person has opted out at the provider (Twilio's 21610).

    That address on that channel is suppressed, and no more. The caller has locked the person.
    """
    opted_out = error is not None and error.fault is Fault.OPTED_OUT
    row = Suppression(
        id=0,
        scope=failed.channel.needs.value,
        value=address,
        channel=failed.channel,
        reason=SuppressionReason.PROVIDER if opted_out else SuppressionReason.HARD_BOUNCE,
        since=house.now(),
        source=f"touch {failed.id}: {error}",
    )
    if permissions.suppress(db, [row]):
        cause = f"{row.scope} suppressed for {failed.channel.value}"
        _note(db, [failed.lead_id], cause, house.now(), f"touch {failed.id}", str(error))


def read_scope(house: House, text: str) -> tuple[str, str]:
    """What a person typed to `suppress`: an address, `@domain`, or a lead's number as `#12`. Raises Mistake."""
    from outreach import addresses

    with house.store.read() as db:
        country = house.library.team(db).country
    word = text.strip()
    if word.startswith("#") and word[1:].isdigit():
        return "person", word[1:]
    if word.startswith("@") and "." in word:
        return "domain", word[1:].lower()
    if "@" in word:
        return "email", addresses.email(word).value
    try:
        return "phone", addresses.phone(word, country).value
    except addresses.BadAddress:
        raise Mistake(
            f"{text!r} is neither a mail address, a telephone number, a domain (@acme.example) nor a lead (#12)"
        ) from None


def concerned_by(db: Db, scope: str, value: str) -> list[int]:
    """The leads whom a suppression of this name would concern."""
    if scope == "person":
        return [int(value)]
    if scope == "domain":
        return leads.at_domain(db, value)
    return leads.holders(db, AddressKind(scope), value)


def _named(lead_ids: Collection[int], channel: Channel | None, address: str | None) -> list[tuple[str, str]]:
    names = [("person", str(lead_id)) for lead_id in sorted(lead_ids)]
    kind = AddressKind.EMAIL if address and "@" in address else AddressKind.PHONE
    if address and (channel is None or channel.needs is kind):
        names.append((kind.value, address))
    return names


def _note(db: Db, lead_ids: Collection[int], cause: str, now: datetime, by: str, because: str | None) -> None:
    entries = [
        history.Entry(at=now, lead_id=i, cause=cause[:80], by=by, because=because) for i in sorted(lead_ids)
    ]
    history.add(db, entries)
