"""Reading the facts of cases: a few queries for many at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from outreach import almanac
from outreach.casework.house import House
from outreach.casework.library import Edition
from outreach.domain.cadence import Step
from outreach.domain.channel import Channel
from outreach.domain.enrollment import Enrollment
from outreach.domain.facts import Facts, Switch
from outreach.domain.people import Lead
from outreach.domain.touch import Touch
from outreach.store import breakers, leads, permissions, touches
from outreach.store.database import Db


@dataclass(frozen=True, slots=True)
class Asked:
    """One enrollment to gather facts for: its touch when there is one, else the step it stands at."""

    enrollment: Enrollment
    touch: Touch | None = None

    @property
    def step_id(self) -> str | None:
        """The step in question."""
        return self.touch.step_id if self.touch else self.enrollment.step_id


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of one enrollment, with the version that renders it and the token of its unsubscribe link."""

    facts: Facts
    edition: Edition
    token: str
    touch: Touch | None = None


def gather(
    db: Db,
    house: House,
    asked: Sequence[Asked],
    now: datetime,
    *,
    people: Mapping[int, Lead] | None = None,
    switches: tuple[Switch, ...] | None = None,
) -> list[Case]:
    """The cases of these enrollments, in their order; those that stand at no step are left out.

    `people` and `switches` are given by a claim, which has read them under its locks.
    """
    stood = [(one, edition, step) for one in asked for edition, step in _standing(db, house, one)]
    ids = {one.enrollment.lead_id for one, _, _ in stood}
    who = people if people is not None else leads.by_ids(db, ids)
    team = house.library.team(db)
    off = switches if switches is not None else breakers.off(db)
    suppressions = permissions.suppressed(db, _names(who.values()))
    consents = permissions.consents_of(
        db, {one.enrollment.lead_id for one, _, step in stood if step.channel.prerecorded}
    )
    holds = permissions.holds_of(db, ids)
    outcomes = touches.outcomes(db, [one.enrollment.id for one, _, step in stood if step.when])
    cases: list[Case] = []
    for one, edition, step in stood:
        lead = who[one.enrollment.lead_id]
        facts = Facts(
            cadence=edition.cadence,
            step=step,
            enrollment=one.enrollment,
            lead=lead,
            team=team,
            planned_at=_planned(one, now),
            excused_at=one.touch.excused_at if one.touch else None,
            holidays=almanac.holidays(team.holidays, lead.country, now),
            switches=off,
            holds=tuple(holds.get(lead.id, ())),
            suppressions=tuple(s for s in suppressions if (s.scope, s.value) in _names([lead]))
            if suppressions
            else (),
            consents=tuple(consents.get(lead.id, ())),
            outcomes=outcomes.get(one.enrollment.id, {}),
            can_unsubscribe=can_unsubscribe(house),
            provider=carrier(house, step.channel, off, now),
        )
        cases.append(Case(facts, edition, lead.token, one.touch))
    return cases


def _standing(db: Db, house: House, one: Asked) -> Iterator[tuple[Edition, Step]]:
    edition = house.library.edition(db, one.enrollment.version_id)
    step = edition.cadence.step(one.step_id or "")
    if step is not None:
        yield edition, step


def provider_name(house: House, channel: Channel) -> str:
    """Who would carry this channel; empty for people's work."""
    return house.providers.chosen.get(channel, "")


def carrier(house: House, channel: Channel, off: Iterable[Switch], now: datetime) -> str:
    """Who carries this channel at this moment: the second provider, if there is one, while the first is in trouble.

    Only for what is queued: an attempt belongs to the provider it was made with, whatever came of it.
    """
    first = provider_name(house, channel)
    second = house.providers.fallback.get(channel)
    if second is None:
        return first
    opened = any(s.name == f"provider:{first}" and s.until is not None and s.until > now for s in off)
    return second if opened else first


def can_unsubscribe(house: House) -> bool:
    """Whether a lead could reach our unsubscribe page: a loopback address is fine only while nothing leaves the machine."""
    local = any(host in house.settings.public_url for host in ("//127.", "//localhost", "//[::1]"))
    return not local or house.settings.nothing_leaves


def _planned(one: Asked, now: datetime) -> datetime:
    if one.touch is not None:
        return one.touch.planned_at
    return one.enrollment.due_at or now


def _names(people: Iterable[Lead]) -> set[tuple[str, str]]:
    return {name for lead in people for name in lead.names}
