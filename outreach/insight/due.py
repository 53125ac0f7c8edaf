"""What comes next, by time: touches that wait and steps that are planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from outreach.casework.house import House
from outreach.domain.facts import zone_of
from outreach.store import enrollments, leads, overview


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due, at a UTC instant, in the lead's zone."""

    at: datetime
    zone: ZoneInfo
    lead_id: int
    lead: str
    cadence: str
    step_id: str
    channel: str
    waiting: str  # the rule that holds it and why; empty: it only waits for its time


def due(house: House, within: timedelta, limit: int = 100) -> list[Due]:
    """What is due until `within` from now (business time), earliest first, at most `limit`."""
    until = house.now() + within
    with house.store.read() as db:
        rows = [*overview.coming_touches(db, until, limit), *overview.coming_steps(db, until, limit)]
        first = sorted(rows, key=lambda row: row.at)[:limit]
        people = leads.by_ids(db, {row.lead_id for row in first})
        walks = enrollments.by_ids(db, {row.enrollment_id for row in first})
        team = house.library.team(db)
    found: list[Due] = []
    for row in first:
        lead, walk = people[row.lead_id], walks[row.enrollment_id]
        held = row._mapping.get("waiting_for")  # noqa: SLF001 - SQLAlchemy's public name for it
        found.append(
            Due(
                at=row.at,
                zone=zone_of(lead, team.rep_for(walk.rep or lead.owner), team),
                lead_id=lead.id,
                lead=lead.label,
                cadence=walk.cadence,
                step_id=row.step_id,
                channel=row.channel,
                waiting=f"{held}: {row.reason}" if held else "",
            )
        )
    return found
