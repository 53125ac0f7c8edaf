"""Reading the facts of cases: a few queries for many at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from outreach import almanac
from outreach.casework.house import House
from outreach.casework.library import Edition
from outreach.casework.telephones import Telephones, of_listed
from outreach.domain.cadence import Step
from outreach.domain.channel import Channel
from outreach.domain.consent import Consent, Suppression
from outreach.domain.enrollment import Enrollment
from outreach.domain.facts import Facts, Hold, Switch
from outreach.domain.law import Book, Law
from outreach.domain.people import Lead, Team
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
    phones: Telephones | None = None


def gather(
    db: Db,
    house: House,
    asked: Sequence[Asked],
    now: datetime,
    *,
    people: Mapping[int, Lead] | None = None,
    switches: tuple[Switch, ...] | None = None,
    telephones: str | None = None,
) -> list[Case]:
    """The cases of these enrollments, in their order; those that stand at no step are left out.

    `people` and `switches` are given by a claim, which has read them under its locks. `telephones`: "look" to ask how
    often numbers were called and which lists they are on, "hold" (a claim) to keep others from counting meanwhile; a
    plan needs neither.
    """
    stood = [(one, edition, step) for one in asked for edition, step in _standing(db, house, one)]
    ids = {one.enrollment.lead_id for one, _, _ in stood}
    who = people if people is not None else leads.by_ids(db, ids)
    team, law = house.library.team(db), house.law()
    known = _Known(
        now=now,
        team=team,
        law=law,
        switches=switches if switches is not None else breakers.off(db),
        suppressions=permissions.suppressed(db, _names(who.values())),
        consents=permissions.consents_of(db, _asked_for_consent(stood, who, law.at(now), team.country)),
        holds=permissions.holds_of(db, ids),
        outcomes=touches.outcomes(db, [one.enrollment.id for one, _, step in stood if step.when]),
        phones=Telephones(timedelta(seconds=house.settings.call_timeout)),
    )
    cases = [
        known.case(house, one, edition, step, who[one.enrollment.lead_id]) for one, edition, step in stood
    ]
    if telephones:
        known.phones.fill(db, [case.facts for case in cases], now, hold=telephones == "hold")
        return _with_consents(db, cases, known.consents) if known.phones.listed else cases
    return cases


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What was read for all of the cases."""

    now: datetime
    team: Team
    law: Book
    switches: tuple[Switch, ...]
    suppressions: Sequence[Suppression]
    consents: Mapping[int, Sequence[Consent]]
    holds: Mapping[int, Sequence[Hold]]
    outcomes: Mapping[int, Mapping[str, str]]
    phones: Telephones

    def case(self, house: House, one: Asked, edition: Edition, step: Step, lead: Lead) -> Case:
        """One of them."""
        found = self.suppressions
        facts = Facts(
            cadence=edition.cadence,
            step=step,
            enrollment=one.enrollment,
            lead=lead,
            team=self.team,
            planned_at=_planned(one, self.now),
            excused_at=one.touch.excused_at if one.touch else None,
            holidays=almanac.holidays(self.team.holidays, lead.country, self.now),
            switches=self.switches,
            holds=tuple(self.holds.get(lead.id, ())),
            suppressions=tuple(s for s in found if (s.scope, s.value) in _names([lead])) if found else (),
            consents=tuple(self.consents.get(lead.id, ())),
            outcomes=self.outcomes.get(one.enrollment.id, {}),
            can_unsubscribe=can_unsubscribe(house),
            provider=carrier(house, step.channel, self.switches, self.now),
            law=self.law,
            dialled=self.phones.dialled,
            listed=self.phones.listed,
            margin=self.phones.margin,
        )
        return Case(facts, edition, lead.token, one.touch, self.phones)


def _asked_for_consent(
    stood: Sequence[tuple[Asked, Edition, Step]], who: Mapping[int, Lead], law: Law, home: str
) -> set[int]:
    """The leads whose consents some rule will look at: those of the others are not read."""
    for_voice = {one.enrollment.lead_id for one, _, step in stood if step.channel.prerecorded}
    return for_voice | {lead.id for lead in who.values() if law.asks(lead, home)}


def _with_consents(db: Db, cases: list[Case], known: Mapping[int, Sequence[Consent]]) -> list[Case]:
    """A signed agreement outweighs a public do-not-call list: of those who are on one, consents are read as well."""
    unread = of_listed([case.facts for case in cases]) - known.keys()
    found = permissions.consents_of(db, unread)
    return [
        replace(case, facts=replace(case.facts, consents=tuple(found[case.facts.lead.id])))
        if case.facts.lead.id in found
        else case
        for case in cases
    ]


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
