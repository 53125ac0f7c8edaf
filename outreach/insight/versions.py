"""A cadence to look at: as the files say now, or as it runs."""

from __future__ import annotations

from outreach.casework.house import House
from outreach.casework.proof import prove
from outreach.domain.cadence import Version
from outreach.domain.errors import Unknown
from outreach.domain.people import Team
from outreach.domain.problem import closest
from outreach.insight.people import live
from outreach.settings import Settings


def from_files(settings: Settings, cadence: str) -> tuple[Version, Team]:
    """What cadences.yaml and templates/ say at this moment. Raises Problems, and Unknown with the closest name."""
    proved = prove(settings)
    for version in proved.versions:
        if version.name == cadence:
            return version, proved.playbook.team
    raise Unknown("cadence", cadence, closest=closest(cadence, [version.name for version in proved.versions]))


def running(house: House, cadence: str) -> tuple[Version, Team]:
    """What new enrollments enter. Raises Unknown with the closest name."""
    number = live(house, cadence)
    with house.store.read() as db:
        edition = house.library.edition(db, number)
        return Version(cadence=edition.cadence, templates=edition.sources), house.library.team(db)
