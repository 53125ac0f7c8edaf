"""Sync: agree with the suppression lists that providers keep, so that nobody is tried whom they would drop anyway.

Read: whoever bounced, complained or unsubscribed there is suppressed here, and a complaint or an unsubscription ends
cadences as if a webhook had told of it. Handed over, only where a setting asks for it: whom we suppress. What a person
lifted here is not brought back by an entry that is older than that suppression; nothing is ever taken off a provider's list.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import structlog

from outreach import addresses
from outreach.casework.house import House
from outreach.domain.consent import Suppression, SuppressionReason
from outreach.domain.errors import ProviderError
from outreach.domain.people import AddressState
from outreach.engine.stop import wait_for
from outreach.engine.suppress import opt_out
from outreach.providers.base import KeepsLists, Listed
from outreach.store import history, intake, leads, permissions, synced
from outreach.store.database import Db

log = structlog.get_logger()
_OVERLAP: Final = timedelta(days=1)  # read again each time: their clock is not ours, and entries come late
_BATCH: Final = 500
_ASKED: Final = frozenset(
    {SuppressionReason.OPT_OUT, SuppressionReason.COMPLAINT}
)  # the person said so themselves


@dataclass(slots=True)
class OfList:
    """What one list held: entries read, how many were new to us, how many were no addresses."""

    read: int = 0
    new: int = 0
    unreadable: int = 0


@dataclass(slots=True)
class Synced:
    """What became of one provider's lists. `failed` says why it ended early; the next time goes on from there."""

    provider: str
    lists: dict[str, OfList] = field(default_factory=dict)
    handed_over: int = 0
    failed: str = ""


def sync(house: House, *, everything: bool = False) -> list[Synced]:
    """Read the lists of every provider in use that keeps some. `everything`: from their beginning, not from last time."""
    return [_sync(house, p, everything) for p in house.providers if isinstance(p, KeepsLists)]


def _sync(house: House, provider: KeepsLists, everything: bool) -> Synced:
    done = Synced(provider.name)
    try:
        for name in provider.lists:
            done.lists[name] = OfList()
            _read(house, provider, name, done.lists[name], everything)
        if house.settings.push_suppressions:
            done.handed_over = _hand_over(house, provider)
    except ProviderError as error:
        done.failed = str(error)
    new = {name: one.new for name, one in done.lists.items() if one.new}
    if new or done.failed or done.handed_over:
        log.info(
            "lists read", provider=provider.name, new=new, handed_over=done.handed_over, failed=done.failed
        )
    return done


def _read(house: House, provider: KeepsLists, name: str, done: OfList, everything: bool) -> None:
    """One list, page by page; the place is noted when all of it was read."""
    place = f"{provider.name} {name}"
    with house.store.read() as db:
        until, before = house.store.machine_now(db), synced.read_until(db, place)
    since = None if everything or before is None else before - _OVERLAP
    while page := provider.listed(name, since=since, until=until, offset=done.read):
        done.read += len(page)
        reason = provider.lists[name]
        if reason is not None:
            _take(house, provider, name, page, done)
    house.store.run(lambda db: synced.note_read(db, place, until))


def _take(house: House, provider: KeepsLists, name: str, page: Sequence[Listed], done: OfList) -> None:
    entries: dict[str, Listed] = {}
    for one in page:
        try:
            entries.setdefault(addresses.of_kind(provider.listed_on.needs, one.address, "US").value, one)
        except addresses.BadAddress:
            done.unreadable += 1
    new, stopped = house.store.run(lambda db: _suppress(db, house, provider, name, entries))
    done.new += new
    if stopped:
        wait_for(house, stopped)


def _suppress(
    db: Db, house: House, provider: KeepsLists, name: str, entries: dict[str, Listed]
) -> tuple[int, set[int]]:
    """One page in one transaction: how many were new, and whom they stopped."""
    channel, reason = provider.listed_on, provider.lists[name]
    assert reason is not None
    kind = channel.needs
    known = synced.latest(db, kind.value, entries, channel)
    fresh = {value: one for value, one in entries.items() if _is_new(one, known.get(value), reason)}
    holding = intake.holders(db, {(kind.value, value) for value in fresh})
    permissions.lock_people(db, {i for ids in holding.values() for i in ids})
    source = _source(provider, name)
    for value in fresh.keys() & known.keys():  # what a dropped mail told us was less than we know now
        permissions.lift(db, kind.value, value, channel, at=house.now())
    permissions.suppress(db, [_row(house, provider, name, value, one) for value, one in fresh.items()])
    stopped: set[int] = set()
    for (_, value), people in holding.items():
        if reason in _ASKED:
            opt_out(
                db,
                house,
                people,
                channel,
                address=value,
                now=house.now(),
                by=provider.name,
                because=source,
                reason=reason,
            )
            stopped |= set(people)
        else:
            leads.mark(db, kind, value, AddressState.BOUNCED)
            _note(db, house, people, f"{kind.value} bounced for {channel.value}", provider.name, source)
    return len(fresh), stopped


def _row(house: House, provider: KeepsLists, name: str, value: str, entry: Listed) -> Suppression:
    reason, source = provider.lists[name], _source(provider, name)
    assert reason is not None
    return Suppression(
        id=0,
        scope=provider.listed_on.needs.value,
        value=value,
        channel=provider.listed_on,
        reason=reason,
        since=min(entry.since, house.now()),
        source=f"{source}: {entry.because}"[:500] if entry.because else source,
    )


def _is_new(entry: Listed, known: synced.Latest | None, reason: SuppressionReason) -> bool:
    """Whether an entry says more than we know: it is younger than what was lifted, or it is the person's own word."""
    if known is None:
        return True
    if known.in_force:
        return known.reason is SuppressionReason.PROVIDER and reason in _ASKED
    return entry.since > known.since


def _note(db: Db, house: House, people: Collection[int], cause: str, by: str, because: str) -> None:
    history.add(
        db,
        [
            history.Entry(at=house.now(), lead_id=i, cause=cause, by=by, because=because)
            for i in sorted(people)
        ],
    )


def _hand_over(house: House, provider: KeepsLists) -> int:
    """What was suppressed here since last time, in batches; the place is noted after each."""
    total, place = 0, provider.name
    while True:
        with house.store.read() as db:
            values, last = synced.to_hand_over(
                db, place, provider.listed_on, f"{provider.name} list of ", _BATCH
            )
        if values:
            provider.put_on_list(values)
            total += len(values)
        house.store.run(lambda db, upto=last: synced.note_handed_over(db, place, upto))  # type: ignore[misc]
        if not values:
            return total


def _source(provider: KeepsLists, name: str) -> str:
    return f"{provider.name} list of {name.replace('_', ' ')}"
