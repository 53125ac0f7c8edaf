"""Everything about one lead, in order: what we did, what they did, who decided what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from outreach.casework.house import House
from outreach.domain.consent import Consent, Suppression
from outreach.domain.enrollment import Enrollment
from outreach.domain.facts import Hold, zone_of
from outreach.domain.people import Lead
from outreach.domain.touch import Touch
from outreach.store import enrollments, events, history, leads, permissions, touches
from outreach.store.database import Db

_NOISE = frozenset({"claim"})  # a move that only another one after it explains


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened: when (UTC), what, and by whom."""

    at: datetime
    what: str
    by: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A lead and all that is known of them."""

    lead: Lead
    zone: ZoneInfo
    enrollments: tuple[Enrollment, ...]
    touches: tuple[Touch, ...]
    timeline: tuple[Moment, ...]
    suppressions: tuple[Suppression, ...]
    consents: tuple[Consent, ...]
    holds: tuple[Hold, ...]


def story(house: House, lead_id: int) -> Story:
    """Read it in one transaction. Raises LookupError when there is no such lead."""
    with house.store.read() as db:
        lead = leads.by_ids(db, [lead_id])[lead_id]
        team = house.library.team(db)
        walks = tuple(enrollments.of_leads(db, [lead_id]))
        taken = tuple(touches.of_lead(db, lead_id))
        return Story(
            lead=lead,
            zone=zone_of(lead, team.rep_for(lead.owner), team),
            enrollments=walks,
            touches=taken,
            timeline=tuple(_timeline(db, lead_id, walks, taken)),
            suppressions=tuple(permissions.suppressed(db, lead.names)),
            consents=tuple(permissions.consents_of(db, [lead_id]).get(lead_id, ())),
            holds=tuple(permissions.holds_of(db, [lead_id]).get(lead_id, ())),
        )


def _timeline(db: Db, lead_id: int, walks: tuple[Enrollment, ...], taken: tuple[Touch, ...]) -> list[Moment]:
    cadences = {walk.id: walk.cadence for walk in walks}
    steps = {touch.id: touch for touch in taken}
    moments: list[Moment] = []
    for entry in history.of_lead(db, lead_id):
        if entry.cause in _NOISE:
            continue
        cadence = cadences.get(entry.enrollment_id or 0, "")
        if entry.touch_id in steps:
            touch = steps[entry.touch_id]
            what = f"{cadence}/{touch.step_id} ({touch.channel.value}): {_moved(entry)}"
        elif entry.enrollment_id:
            what = f"{cadence}: {_moved(entry)}"
        else:
            what = entry.cause
        moments.append(Moment(entry.at, what, entry.by, entry.because or ""))
    moments += [
        Moment(row.received_at, f"{row.provider} told: {row.kind}", row.provider, row.effect or "")
        for row in events.of_lead(db, lead_id)
    ]
    return sorted(moments, key=lambda moment: moment.at)  # stable: what has one time keeps its order


def _moved(entry: history.Entry) -> str:
    if entry.became is None or entry.became == entry.was:
        return entry.cause
    return entry.became if entry.cause == entry.became else f"{entry.became} ({entry.cause})"
