"""The gate: every rule that may hold back, skip or end, one function each.

Each is asked in the transaction that marks a touch as sending, and by `why`, `preview` and `plan`. A rule answers with
a Reason: its name, its verdict, what it looked at in plain words, and for a wait the first time it will pass.
R numbers are the lines of docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from outreach.domain import condition, context
from outreach.domain.cadence import Unit
from outreach.domain.calendar import Hours, SendWindow
from outreach.domain.consent import ConsentKind
from outreach.domain.enrollment import Cause, State
from outreach.domain.facts import Facts
from outreach.domain.people import Address, AddressState

# 47 CFR 64.1200(c)(1): no call or text before 8:00 or after 21:00 at the called party's location.
QUIET_OPEN: Final = SendWindow.of(range(7), (8 * 60, 21 * 60), on_holidays=True)
_WEEK: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
REVIEW: Final = timedelta(hours=1)  # how soon a wait without a natural end is looked at again


class Says(StrEnum):
    """What a rule says."""

    PASS = "pass"  # noqa: S105 - a verdict
    WAIT = "wait"
    SKIP = "skip"
    END = "end"


@dataclass(frozen=True, slots=True)
class Reason:
    """What one rule said, in plain words."""

    rule: str
    says: Says
    text: str
    until: datetime | None = None  # for WAIT: the first time it will pass, or the next look
    cause: Cause | None = None  # for END


Rule = Callable[[Facts, datetime], Reason]


def _ok(rule: str, text: str) -> Reason:
    return Reason(rule, Says.PASS, text)


# -- first: may this enrollment move at all? ------------------------------------------------------------------------


def enrollment(facts: Facts, now: datetime) -> Reason:
    """Ended enrollments touch nobody; paused ones wait."""
    walk = facts.enrollment
    if walk.state is State.PAUSED:
        until = walk.resume_at or now + timedelta(days=1)
        return Reason("enrollment", Says.WAIT, f"paused{_because(walk.reason)}", max(until, now + REVIEW))
    if not walk.open:
        return Reason("enrollment", Says.SKIP, f"the enrollment is {walk.state.value}{_because(walk.reason)}")
    return _ok("enrollment", f"{walk.cadence} is active")


def switch(facts: Facts, now: datetime) -> Reason:
    """Somebody, or a provider's refusal, stopped everything, or this channel, provider, sender or cadence."""
    names = facts.names
    stopped = next((s for s in facts.switches if s.until is None and s.name in names), None)
    if stopped:
        text = f"{stopped.name} is stopped{_because(stopped.because)}"
        return Reason("switch", Says.WAIT, text, now + REVIEW)
    return _ok("switch", "nothing is stopped")


def breaker(facts: Facts, now: datetime) -> Reason:
    """The provider is in trouble: a storm of failures opened its breaker, which closes after a try that works."""
    opened = [s for s in facts.breakers if s.until is not None and s.until > now]
    if not opened:
        return _ok("breaker", "the provider is well")
    last = max(opened, key=lambda s: s.until or now)
    return Reason("breaker", Says.WAIT, f"{last.name} is in trouble{_because(last.because)}", last.until)


def hold(facts: Facts, now: datetime) -> Reason:
    """The person wrote to us and nobody has understood it yet."""
    if facts.holds:
        held = facts.holds
        until = max(h.until for h in held)
        return Reason("hold", Says.WAIT, f"held: {held[0].because}", max(until, now + REVIEW))
    return _ok("hold", "no unread answer")


def due(facts: Facts, now: datetime) -> Reason:
    """The step's time has come."""
    if now < facts.planned_at:
        text = f"{facts.step.after}: planned for {_at(facts.planned_at, facts.zone)}"
        return Reason("due", Says.WAIT, text, facts.planned_at)
    return _ok("due", f"{facts.step.after}: was planned for {_at(facts.planned_at, facts.zone)}")


# -- then: should this step be taken? -------------------------------------------------------------------------------


def date_field(facts: Facts, now: datetime) -> Reason:  # noqa: ARG001 - all rules have one shape
    """A step that waits for a date of the lead needs that date."""
    wait = facts.step.after
    value = facts.lead.fields.get(wait.field or "")
    if wait.unit is not Unit.UNTIL or day_of(value):
        return _ok("date-field", "no date is missing")
    shown = f"{value!r}, which is not a date like 2026-03-31" if value else "empty"
    return Reason("date-field", Says.SKIP, f"lead.{wait.field} is {shown}, and the step waits for it")


def late(facts: Facts, now: datetime) -> Reason:
    """A text for this morning is not sent tomorrow."""
    limit = max(facts.planned_at, facts.excused_at or facts.planned_at) + facts.step.lateness
    if now > limit:
        return Reason("late", Says.SKIP, f"too late: it had to go by {_at(limit, facts.zone)}")
    return _ok("late", f"may go until {_at(limit, facts.zone)}")


def when(facts: Facts, now: datetime) -> Reason:  # noqa: ARG001
    """The step's own condition."""
    text = facts.step.when
    if not text:
        return _ok("when", "no condition")
    names: dict[str, Mapping[str, object]] = {"lead": context.of_lead(facts.lead), "outcome": facts.outcomes}
    if condition.holds(text, names):
        return _ok("when", f"{text} is true")
    return Reason("when", Says.SKIP, f"{text} is not true")


def address(facts: Facts, now: datetime) -> Reason:  # noqa: ARG001
    """A step needs a usable address; when none is left for any remaining step, the walk ends as bounced."""
    needs = facts.step.channel.needs
    usable = facts.lead.usable(needs)
    if usable:
        return _ok("address", f"{needs.value} is known")
    bounced = [a for a in facts.lead.addresses if a.kind is needs and a.state is AddressState.BOUNCED]
    if not bounced:
        return Reason("address", Says.SKIP, f"the lead has no {needs.value} address")
    if not _reachable_later(facts):
        text = f"the {needs.value} address bounced and no remaining step has a usable one"
        return Reason("address", Says.END, text, cause=Cause.NO_ADDRESS_LEFT)
    return Reason("address", Says.SKIP, f"the {needs.value} address bounced")


def suppressed(facts: Facts, now: datetime) -> Reason:  # noqa: ARG001
    """R8: who asked us to stop is not touched again, at once and for ever."""
    person = ("person", str(facts.lead.id))
    for s in facts.suppressions:
        if (s.scope, s.value) == person and s.channel is None:
            text = f"the lead is suppressed on every channel ({s.reason.value}, {s.since:%Y-%m-%d})"
            return Reason("R8 suppressed", Says.END, text, cause=Cause.OPT_OUT)
    if facts.lead.usable(facts.step.channel.needs) and not facts.open_addresses:
        first = facts.lead.usable(facts.step.channel.needs)[0]
        by = facts.suppressed(first)
        assert by is not None
        text = f"{by.scope} is suppressed for {facts.step.channel.value} ({by.reason.value}, {by.since:%Y-%m-%d})"
        return Reason("R8 suppressed", Says.SKIP, text)
    return _ok("R8 suppressed", "no suppression")


def country(facts: Facts, now: datetime) -> Reason:  # noqa: ARG001
    """R19: telephones only in the countries we use; what has no country (satellite, premium) never."""
    first = _first(facts)
    if not facts.step.channel.rings or first is None:
        return _ok("R19 country", "not a telephone")
    if first.country not in facts.team.countries:
        text = f"numbers of {first.country or 'no country'} are not on the allow list ({', '.join(facts.team.countries)})"
        return Reason("R19 country", Says.SKIP, text)
    return _ok("R19 country", f"{first.country} is on the allow list")


def voice_consent(facts: Facts, now: datetime) -> Reason:
    """R6: a recorded or artificial voice needs prior express written consent, 47 CFR 64.1200(a)."""
    if not facts.step.channel.prerecorded:
        return _ok("R6 voice consent", "not a recorded voice")
    for consent in facts.consents:
        written = consent.channel is facts.step.channel and consent.kind is ConsentKind.WRITTEN
        if written and consent.holds(now):
            return _ok("R6 voice consent", f"written consent of {consent.given_at:%Y-%m-%d}")
    return Reason("R6 voice consent", Says.SKIP, "no written consent to recorded calls is on file")


# -- last: may it go at this moment? --------------------------------------------------------------------------------


def sender(facts: Facts, now: datetime) -> Reason:
    """R12 and R14: somebody to write as, with a postal address, and a working unsubscribe in every mail."""
    who = facts.sender
    if who is None:
        return Reason("sender", Says.WAIT, "no sender is configured for this rep", now + REVIEW)
    if not facts.step.channel.threads:
        return _ok("sender", f"from {who.key}")
    if not who.postal_address:
        text = f"sender {who.key} has no postal_address"
        return Reason("R12 postal address", Says.WAIT, text, now + REVIEW)
    if not facts.can_unsubscribe:
        text = "the unsubscribe link would lead nowhere: set OUTREACH_URL to the public https address of web"
        return Reason("R14 unsubscribe", Says.WAIT, text, now + REVIEW)
    return _ok("R12 R14 sender", f"from {who.key}, with postal address and unsubscribe link")


def window(facts: Facts, now: datetime) -> Reason:
    """The send window in the lead's own time zone."""
    hours = facts.hours
    return _hours("window", [hours], now, f"{hours.window} in {hours.tz.key}")


def quiet_hours(facts: Facts, now: datetime) -> Reason:
    """R1: 8:00 to 21:00 in every zone the called number may lie in."""
    if not facts.step.channel.rings:
        return _ok("R1 quiet hours", "not a telephone")
    zones = candidate_zones(facts)
    if not zones:
        text = "no time zone is known for this number: set the lead's timezone"
        return Reason("R1 quiet hours", Says.SKIP, text)
    shown = zones[0] if len(zones) == 1 else f"all {len(zones)} zones the number may lie in"
    return _hours("R1 quiet hours", quiet(zones), now, f"08:00-21:00 in {shown}")


def cap(facts: Facts, now: datetime) -> Reason:
    """The limits of the team: over the cap means later, never lost."""
    full = [room for room in facts.rooms if room.until is not None and room.until > now]
    if full:
        last = max(full, key=lambda room: room.until or now)
        return Reason("cap", Says.WAIT, f"no room under the cap {last.text}", last.until)
    return _ok("cap", "; ".join(room.text for room in facts.rooms) or "no cap")


MOVES: Final[tuple[Rule, ...]] = (enrollment, switch, breaker, hold, due)
TAKES: Final[tuple[Rule, ...]] = (date_field, late, when, address, suppressed, country, voice_consent)
GOES: Final[tuple[Rule, ...]] = (sender, window, quiet_hours, cap)


def day_of(value: object) -> date | None:
    """The day that a field of a lead holds: a date, or text that begins with one (2026-03-31); None otherwise."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def candidate_zones(facts: Facts) -> tuple[str, ...]:
    """The zones whose clocks must all agree before a telephone rings: the lead's own, else all of the number's."""
    first = _first(facts)
    if facts.lead.timezone:
        return (facts.lead.timezone,)
    return first.zones if first else ()


def quiet(zones: tuple[str, ...]) -> list[Hours]:
    """The lawful hours of each zone."""
    return [Hours(QUIET_OPEN, ZoneInfo(zone)) for zone in zones]


def all_hours(facts: Facts) -> list[Hours]:
    """Everything that must be open at the same time: the window, and for telephones the lawful hours."""
    return [facts.hours, *(quiet(candidate_zones(facts)) if facts.step.channel.rings else [])]


def _hours(rule: str, hours: list[Hours], now: datetime, shown: str) -> Reason:
    openings = [h.next_open(now) for h in hours]
    if any(opening is None for opening in openings):
        return Reason(rule, Says.SKIP, f"it can never be sent: {shown} is never open")
    latest = max(opening for opening in openings if opening is not None)
    if latest <= now:
        return _ok(rule, f"open: {shown}")
    return Reason(rule, Says.WAIT, f"closed: {shown}", latest)


def _first(facts: Facts) -> Address | None:
    return next(iter(facts.open_addresses), None)


def _reachable_later(facts: Facts) -> bool:
    ids = [s.id for s in facts.cadence.steps]
    rest = facts.cadence.steps[ids.index(facts.step.id) + 1 :] if facts.step.id in ids else ()
    return any(facts.lead.usable(step.channel.needs) for step in rest)


def _because(text: str | None) -> str:
    return f": {text}" if text else ""


def _at(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{_WEEK[local.weekday()]} {local.isoformat(' ', 'minutes')[:16]} {zone.key}"
