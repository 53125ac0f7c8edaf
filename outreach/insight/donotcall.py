"""Do-not-call lists as they stand, and whether they are fresh enough (rule R11)."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from outreach import addresses
from outreach.casework.house import House
from outreach.domain.facts import Listing
from outreach.store import telephones
from outreach.store.telephones import DncList

# 47 CFR 64.1200(c)(2)(i)(D): a version of the national registry obtained at most 31 days before any call.
FRESH: Final = timedelta(days=31)


def lists(house: House) -> list[DncList]:
    """Every list, by name."""
    with house.store.read() as db:
        return telephones.lists(db)


def stale(house: House) -> list[DncList]:
    """The lists that were last brought up to date too long ago. Our own is never stale: it has no other source."""
    now = house.now()
    return [one for one in lists(house) if one.name != telephones.INTERNAL and one.as_of < now - FRESH]


def looked_up(house: House, number: str) -> tuple[str, tuple[Listing, ...]]:
    """A number as it is stored, and the lists it is on. Raises BadAddress."""
    with house.store.read() as db:
        value = addresses.phone(number, house.library.team(db).country).value
        return value, telephones.on_lists(db, value)
