"""Whoever was forgotten is not taken in again: a nightly import must not bring back what a person had erased (rule R16)."""

from __future__ import annotations

from collections.abc import Iterable

from outreach.casework.house import House
from outreach.domain.channel import AddressKind
from outreach.domain.consent import Suppression, SuppressionReason
from outreach.domain.errors import Forbidden
from outreach.domain.people import Lead
from outreach.store import permissions
from outreach.store.database import Db

_RULE = "R16 forgotten"
Forgotten = dict[tuple[str, str], Suppression]  # (kind, value) of an address -> why it is known


def forgotten_among(db: Db, house: House, people: Iterable[Lead]) -> Forgotten:
    """Those of these leads' addresses that were forgotten: one query for all; none while there is no key."""
    hashes: dict[tuple[str, str], tuple[str, str]] = {}
    for lead in people:
        for one in lead.addresses:
            for value in {one.value, one.mailbox}:
                made = house.store.hashed(one.kind.value, value)
                if made is not None:
                    hashes[one.kind.value, made] = (one.kind.value, one.value)
    found = permissions.suppressed(db, hashes.keys())
    return {hashes[s.scope, s.value]: s for s in found if s.reason is SuppressionReason.FORGOTTEN}


def turn_away(lead: Lead, forgotten: Forgotten) -> None:
    """Raise Forbidden for somebody who was forgotten: by a mail address, or by every address there is.

    A shared telephone alone is nobody: the lead is taken in, and that number is not used.
    """
    if not forgotten:
        return
    matches = [(one, forgotten.get((one.kind.value, one.value))) for one in lead.addresses]
    by_mail = [s for one, s in matches if s and one.kind is AddressKind.EMAIL]
    every = [s for _, s in matches if s]
    if by_mail or (every and len(every) == len(matches)):
        since = (by_mail or every)[0].since
        raise Forbidden(
            _RULE,
            f"this person was forgotten on {since:%Y-%m-%d}, so nothing was stored; who came back by themselves needs "
            "`outreach unsuppress ADDRESS` first",
        )
