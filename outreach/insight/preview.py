"""Every message of a cadence as it would go out: planned, decided, rendered and threaded, without sending any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from outreach import almanac
from outreach.casework.compose import Composed, compose
from outreach.casework.gather import Case, can_unsubscribe, provider_name
from outreach.casework.house import House
from outreach.casework.library import Edition
from outreach.domain.cadence import Step, Version
from outreach.domain.channel import AddressKind
from outreach.domain.consent import Consent, Suppression
from outreach.domain.decision import End, Send, Skip, plan
from outreach.domain.enrollment import Enrollment
from outreach.domain.errors import Mistake
from outreach.domain.facts import Facts, Listing
from outreach.domain.people import Lead, Team
from outreach.domain.touch import Disposition, State
from outreach.insight.foresight import Foreseen, foresee
from outreach.store import permissions, telephones
from outreach.templates import Segments, Templates, samples, segments

_NOBODY_THERE = Disposition.NO_ANSWER  # what a preview takes every call to have ended with


@dataclass(frozen=True, slots=True, kw_only=True)
class Previewed:
    """One step: when it would move (UTC; None: nobody can know), what would become of it, and its message."""

    step: Step
    at: datetime | None
    zone: ZoneInfo
    goes: bool
    says: str  # in words: sent to whom, or skipped and why
    composed: Composed | None = None
    problem: str = ""  # why it cannot be rendered
    ends: bool = False  # no later step would be taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A lead with what they allowed and forbade, stored or made up."""

    lead: Lead
    consents: tuple[Consent, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    listed: Mapping[str, tuple[Listing, ...]] = field(default_factory=dict)


def preview(house: House, version: Version, team: Team, person: Person) -> list[Previewed]:
    """The walk of one person through a version, from now, if nobody ever answers and nobody picks up the phone."""
    return list(_walk(house, Edition(0, version.cadence, version.templates), team, person))


def known(house: House, lead: Lead) -> Person:
    """A stored lead as a person to preview for."""
    with house.store.read() as db:
        return Person(
            lead=lead,
            consents=tuple(permissions.consents_of(db, [lead.id]).get(lead.id, ())),
            suppressions=tuple(permissions.suppressed(db, lead.names)),
            listed=telephones.asked(db, {a.value for a in lead.usable(AddressKind.PHONE)}, (), house.now())[
                0
            ],
        )


def sample_segments(version: Version) -> Iterator[tuple[Step, Segments]]:
    """The text messages of a version, each with what it costs for a sample lead of whom everything is known."""
    templates = Templates(version.templates)
    for step in version.cadence.steps:
        if step.channel.rings and not step.channel.prerecorded and not step.channel.by_rep:
            yield step, segments(templates.text(step.template, samples()[0]))


def _walk(house: House, edition: Edition, team: Team, person: Person) -> Iterator[Previewed]:
    now = house.now()
    rep = team.rep_for(person.lead.owner)
    walk = Enrollment(
        id=0,
        lead_id=person.lead.id,
        cadence=edition.cadence.name,
        version_id=0,
        anchor_at=now,
        enrolled_at=now,
        rep=rep.key if rep else None,
        sender=rep.sender if rep else None,
        reply_token="preview",  # noqa: S106 - it finds nobody
    )
    outcomes: dict[str, str] = {}
    for step in edition.cadence.steps:
        facts = _facts(house, edition, team, person, walk, step, outcomes)
        facts = replace(facts, planned_at=plan(facts, walk.anchor_at))
        shown = _shown(house, edition, facts, foresee(facts, walk.anchor_at))
        yield shown
        if shown.ends:
            return
        taken = _NOBODY_THERE.value if step.channel.by_rep else State.SENT.value
        outcomes[step.id] = taken if shown.goes else State.SKIPPED.value
        walk = replace(_threaded(walk, shown), anchor_at=shown.at or walk.anchor_at)


def _facts(
    house: House,
    edition: Edition,
    team: Team,
    person: Person,
    walk: Enrollment,
    step: Step,
    outcomes: dict[str, str],
) -> Facts:
    return Facts(
        cadence=edition.cadence,
        step=step,
        enrollment=replace(walk, step_id=step.id, channel=step.channel),
        lead=person.lead,
        team=team,
        planned_at=walk.anchor_at,
        holidays=almanac.holidays(team.holidays, person.lead.country, walk.anchor_at),
        suppressions=person.suppressions,
        consents=person.consents,
        outcomes=dict(outcomes),
        can_unsubscribe=can_unsubscribe(house),
        provider=provider_name(house, step.channel),
        law=house.law(),
        listed=person.listed,
    )


def _shown(house: House, edition: Edition, facts: Facts, foreseen: Foreseen) -> Previewed:
    verdict = foreseen.decision.verdict
    if not isinstance(verdict, Send):
        why = verdict.why
        ends = isinstance(verdict, End)
        word = "the walk ends" if ends else "skipped" if isinstance(verdict, Skip) else "it waits"
        says = f"{word}: {why.text} [{why.rule}]"
        return Previewed(step=facts.step, at=foreseen.at, zone=facts.zone, goes=False, says=says, ends=ends)
    at = foreseen.at or facts.planned_at
    case = Case(facts, edition, "preview")
    shown = Previewed(step=facts.step, at=at, zone=facts.zone, goes=True, says=f"to {verdict.to.value}")
    try:
        token = f"preview-{facts.step.id}"
        return replace(
            shown, composed=compose(case, to=verdict.to.value, token=token, now=at, settings=house.settings)
        )
    except Mistake as error:
        return replace(shown, goes=False, says="it waits: it cannot be rendered", problem=str(error))


def _threaded(walk: Enrollment, shown: Previewed) -> Enrollment:
    """What a mail that went out leaves behind: the next one answers it."""
    composed = shown.composed
    if composed is None or composed.message_id is None:
        return walk
    new = walk.thread_root is None or "In-Reply-To" not in getattr(composed.message, "headers", {})
    return replace(
        walk,
        thread_root=composed.message_id if new else walk.thread_root,
        thread_subject=composed.subject if new else walk.thread_subject,
        thread_last=composed.message_id,
    )
