"""Which lead, and which cadence, a person means by what they typed."""

from __future__ import annotations

from collections.abc import Collection
from zoneinfo import ZoneInfo

from outreach.casework.house import House
from outreach.domain.enrollment import Enrollment
from outreach.domain.errors import Duplicate, Unknown
from outreach.domain.facts import zone_of
from outreach.domain.people import Lead, Team
from outreach.domain.problem import closest
from outreach.store import enrollments, leads, overview, playbook
from outreach.store.database import Db


def find(house: House, text: str) -> Lead:
    """The one lead that `text` means: `#12`, an address, an external id, the full name.

    Raises Unknown with the closest name, Duplicate when several leads fit.
    """
    with house.store.read() as db:
        found = _fitting(db, house, text)
        if not found:
            raise Unknown("lead", text.strip(), closest=closest(text.strip(), leads.names(db)))
    if len(found) > 1:
        who = ", ".join(f"#{lead.id} {lead.label}" for lead in found)
        raise Duplicate(f"{text!r} may mean several leads: {who}; name one by its number")
    return found[0]


def maybe(house: House, text: str) -> Lead | None:
    """The same, and None when there is none. Raises Duplicate."""
    with house.store.read() as db:
        if not _fitting(db, house, text):
            return None
    return find(house, text)


def zone(house: House, lead: Lead) -> ZoneInfo:
    """The lead's time zone, by the chain: the lead's own, the rep's, the team's."""
    with house.store.read() as db:
        team = house.library.team(db)
    return zone_of(lead, team.rep_for(lead.owner), team)


def team(house: House) -> Team:
    """The team in force."""
    with house.store.read() as db:
        return house.library.team(db)


def live(house: House, cadence: str) -> int:
    """The version that enrolling in a cadence enters now. Raises Unknown with the closest name."""
    with house.store.read() as db:
        versions = playbook.live(db)
    if cadence not in versions:
        hint = None if versions else "no cadence was loaded yet: run `outreach apply`"
        raise Unknown("cadence", cadence, closest=closest(cadence, versions), hint=hint)
    return versions[cadence]


def ever(house: House, cadence: str | None) -> None:
    """Raises Unknown for a cadence that was never loaded; None is any."""
    if cadence is None:
        return
    with house.store.read() as db:
        names = overview.walked(db)
    if cadence not in names:
        raise Unknown("cadence", cadence, closest=closest(cadence, names))


def walks(house: House, lead: Lead, cadence: str | None = None) -> list[Enrollment]:
    """The open enrollments of a lead, oldest first."""
    with house.store.read() as db:
        return [w for w in enrollments.of_leads(db, [lead.id]) if w.open and cadence in (None, w.cadence)]


def walks_of(house: House, enrollment_ids: Collection[int]) -> list[Enrollment]:
    """Enrollments by number."""
    with house.store.read() as db:
        return list(enrollments.by_ids(db, enrollment_ids).values())


def _fitting(db: Db, house: House, text: str) -> list[Lead]:
    """As it was typed first: normalising a telephone number loads half a second of metadata on a slow machine."""
    typed = text.strip()
    for name in dict.fromkeys((typed, typed.lower())):
        if found := leads.find(db, name):
            return found
    if typed.startswith("#"):
        return []
    from outreach import addresses

    normal = addresses.looked_up(typed, house.library.team(db).country)
    return leads.find(db, normal) if normal not in (typed, typed.lower()) else []
