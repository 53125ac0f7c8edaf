"""Forget: erase a person everywhere, and never write to them again (GDPR, Articles 17 and 21; rule R16).

What stays is a keyed hash of each address on the suppression list, and rows without a name: that something was sent,
when and on which channel. The order is: forbid, wait for what is on the wire, settle what is in doubt, erase.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import structlog

from outreach.casework.house import House
from outreach.domain import touch
from outreach.domain.consent import Suppression, SuppressionReason
from outreach.domain.enrollment import Cause
from outreach.domain.errors import Mistake, ProviderError
from outreach.domain.people import Lead
from outreach.engine.resolve import resolve
from outreach.engine.stop import wait_for
from outreach.engine.walk import end
from outreach.providers.base import Erasing
from outreach.store import enrollments, erasure, keyed, leads, permissions, scrub, touches
from outreach.store.database import Db

log = structlog.get_logger()
WHY: Final = "forgotten on request"
NO_KEY: Final = (
    "nobody can be forgotten without OUTREACH_SUPPRESSION_KEY: it keeps them suppressed once their address is gone. "
    "`openssl rand -hex 32` makes one; give it to every process, keep it out of the database and its backups, and never "
    "change it (docs/running.md)"
)


@dataclass(slots=True)
class Forgotten:
    """What an erasure did. No name and no address: it may be printed and kept."""

    lead_id: int
    rows: dict[str, int] = field(default_factory=dict)  # table -> rows emptied or deleted
    suppressed: int = 0  # addresses that stay suppressed by their hash
    settled: int = 0  # touches in doubt that now count as sent
    shared: int = 0  # other leads that have one of the addresses: it is used for none of them any more
    vendors: dict[str, str] = field(
        default_factory=dict
    )  # provider -> what it was asked, or why it could not be
    clean: bool = True  # whether nothing is left in the files of the database either


def forget(house: House, lead_id: int, *, by: str, at_vendors: bool = False) -> Forgotten:
    """Forget one lead. Raises Mistake without a key, or while a message to them is on the wire: then all is stopped."""
    if not house.store.has_key:
        raise Mistake(NO_KEY)
    complete(house)
    person, done = house.store.run(lambda db: _forbid(db, house, lead_id, by))
    crossing = wait_for(house, [lead_id])
    if crossing:
        raise Mistake(
            f"touch {crossing[0].id} is on the wire at this moment: everything is stopped for this person; "
            "give the same command again in a minute"
        )
    done.settled = _settle(house, lead_id, by)
    done.vendors = _at_providers(house, person, everywhere=at_vendors)
    with house.store.read() as db:
        mentions = erasure.mentioned(db, erasure.subject(db, lead_id))
    erased = house.store.run(lambda db: _erase(db, house, lead_id, mentions))
    done.rows, done.suppressed = erased.rows, erased.kept_suppressed
    done.clean = scrub.scrub(house.store)
    log.info("lead forgotten", lead=lead_id, rows=sum(done.rows.values()), clean=done.clean)
    return done


def forget_again(house: House, *, by: str) -> list[Forgotten]:
    """Forget everybody who was forgotten before and is here again, because a backup was restored. Raises Mistake."""
    complete(house)
    with house.store.read() as db:
        back = erasure.forgotten_again(db)
    return [forget(house, lead_id, by=by) for lead_id in back]


def complete(house: House) -> None:
    """Hash the addresses that came in before there was a key, a batch in a transaction."""
    with house.store.read() as db:
        after: int | None = 0 if keyed.incomplete(db) else None
    while after is not None:
        start = after
        after = house.store.run(lambda db, start=start: keyed.fill(db, start))  # type: ignore[misc]


def _forbid(db: Db, house: House, lead_id: int, by: str) -> tuple[Lead, Forgotten]:
    """From this commit on nothing begins for the person."""
    person = leads.get(db, lead_id)
    if person is None:
        raise Mistake(f"there is no lead #{lead_id}")
    holding = {i for one in person.addresses for i in leads.holders(db, one.kind, one.value)}
    permissions.lock_people(db, {lead_id} | holding)
    row = Suppression(
        id=0,
        scope="person",
        value=str(lead_id),
        channel=None,
        reason=SuppressionReason.FORGOTTEN,
        since=house.now(),
    )
    permissions.suppress(db, [row])
    for walk in enrollments.of_leads(db, [lead_id], lock=True):
        if walk.open and walk.allows(Cause.OPT_OUT):
            end(db, house, walk, Cause.OPT_OUT, now=house.now(), by=by, because=WHY)
    return person, Forgotten(lead_id, shared=len(holding - {lead_id}))


def _settle(house: House, lead_id: int, by: str) -> int:
    """What may have gone out counts as sent: without its address no provider can be asked about it any more."""
    with house.store.read() as db:
        doubts = [one for one in touches.of_lead(db, lead_id) if one.state is touch.State.UNCERTAIN]
    for one in doubts:
        resolve(house, one.id, sent=True, by=by, note=WHY)
    return len(doubts)


def _erase(db: Db, house: House, lead_id: int, mentions: list[int]) -> erasure.Erased:
    permissions.lock_people(db, [lead_id])
    return erasure.erase(db, erasure.subject(db, lead_id), mentions, at=house.now())


def _at_providers(house: House, person: Lead, *, everywhere: bool) -> dict[str, str]:
    """Files of the outbox lie on this machine and always go; vendors are asked only when that is wished."""
    told: dict[str, str] = {}
    values = [one.value for one in person.addresses]
    with house.store.read() as db:
        references = erasure.references(db, person.id)
    for provider in house.providers:
        if not isinstance(provider, Erasing) or not (everywhere or provider.local):
            continue
        try:
            told[provider.name] = provider.erase(values, references.get(provider.name, []))
        except ProviderError as error:
            told[provider.name] = f"could not be asked: {error}"
    return told
