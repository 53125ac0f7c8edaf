"""The gate: every rule that may hold back, skip or end, one function each; those that are law are in lawful.py.

Each is asked in the transaction that marks a touch as sending, and by `why`, `preview` and `plan`. A rule answers with
a Reason: its name, its verdict, what it looked at in plain words, and for a wait the first time it will pass.
R numbers are the lines of docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from outreach.domain import condition, context, lawful
from outreach.domain.cadence import Unit
from outreach.domain.channel import Channel
from outreach.domain.enrollment import Cause, State
from outreach.domain.facts import Facts
from outreach.domain.people import AddressState
from outreach.domain.reason import REVIEW, Reason, Says, by_hours, ok

Rule = Callable[[Facts, datetime], Reason]
_WEEK: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


# -- first: may this enrollment move at all? ------------------------------------------------------------------------


def enrollment(facts: Facts, now: datetime) -> Reason:
    """Ended enrollments touch nobody; paused ones wait."""
    walk = facts.enrollment
    if walk.state is State.PAUSED:
        until = walk.resume_at or now + timedelta(days=1)
        return Reason("enrollment", Says.WAIT, f"paused{_because(walk.reason)}", max(until, now + REVIEW))
    if not walk.open:
        return Reason("enrollment", Says.SKIP, f"the enrollment is {walk.state.value}{_because(walk.reason)}")
    return ok("enrollment", f"{walk.cadence} is active")


def switch(facts: Facts, now: datetime) -> Reason:
    """Somebody, or a provider's refusal, stopped everything, or this channel, provider, sender or cadence."""
    names = facts.names
    stopped = next((s for s in facts.switches if s.until is None and s.name in names), None)
    if stopped:
        text = f"{stopped.name} is stopped{_because(stopped.because)}"
        return Reason("switch", Says.WAIT, text, now + REVIEW)
    return ok("switch", "nothing is stopped")


def breaker(facts: Facts, now: datetime) -> Reason:
    """The provider is in trouble: a storm of failures opened its breaker, which closes after a try that works."""
    opened = [s for s in facts.breakers if s.until is not None and s.until > now]
    if not opened:
        return ok("breaker", "the provider is well")
    last = max(opened, key=lambda s: s.until or now)
    return Reason("breaker", Says.WAIT, f"{last.name} is in trouble{_because(last.because)}", last.until)


def hold(facts: Facts, now: datetime) -> Reason:
    """The person wrote to us and nobody has understood it yet."""
    if facts.holds:
        held = facts.holds
        until = max(h.until for h in held)
        return Reason("hold", Says.WAIT, f"held: {held[0].because}", max(until, now + REVIEW))
    return ok("hold", "no unread answer")


def due(facts: Facts, now: datetime) -> Reason:
    """The step's time has come."""
    if now < facts.planned_at:
        text = f"{facts.step.after}: planned for {_at(facts.planned_at, facts.zone)}"
        return Reason("due", Says.WAIT, text, facts.planned_at)
    return ok("due", f"{facts.step.after}: was planned for {_at(facts.planned_at, facts.zone)}")


# -- then: should this step be taken? -------------------------------------------------------------------------------


def date_field(facts: Facts, now: datetime) -> Reason:  # noqa: ARG001 - all rules have one shape
    """A step that waits for a date of the lead needs that date."""
    wait = facts.step.after
    value = facts.lead.fields.get(wait.field or "")
    if wait.unit is not Unit.UNTIL or day_of(value):
        return ok("date-field", "no date is missing")
    shown = f"{value!r}, which is not a date like 2026-03-31" if value else "empty"
    return Reason("date-field", Says.SKIP, f"lead.{wait.field} is {shown}, and the step waits for it")


def late(facts: Facts, now: datetime) -> Reason:
    """A text for this morning is not sent tomorrow."""
    limit = max(facts.planned_at, facts.excused_at or facts.planned_at) + facts.step.lateness
    if now > limit:
        return Reason("late", Says.SKIP, f"too late: it had to go by {_at(limit, facts.zone)}")
    return ok("late", f"may go until {_at(limit, facts.zone)}")


def when(facts: Facts, now: datetime) -> Reason:  # noqa: ARG001
    """The step's own condition."""
    text = facts.step.when
    if not text:
        return ok("when", "no condition")
    names: dict[str, Mapping[str, object]] = {"lead": context.of_lead(facts.lead), "outcome": facts.outcomes}
    if condition.holds(text, names):
        return ok("when", f"{text} is true")
    return Reason("when", Says.SKIP, f"{text} is not true")


def address(facts: Facts, now: datetime) -> Reason:  # noqa: ARG001
    """A step needs a usable address; when none is left for any remaining step, the walk ends as bounced."""
    needs = facts.step.channel.needs
    usable = facts.lead.usable(needs)
    if usable:
        return ok("address", f"{needs.value} is known")
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
    return ok("R8 suppressed", "no suppression")


# -- last: may it go at this moment? --------------------------------------------------------------------------------


def sender(facts: Facts, now: datetime) -> Reason:
    """R12 and R14: somebody to write as, with a postal address, and a working unsubscribe in every mail."""
    who = facts.sender
    if who is None:
        return Reason("sender", Says.WAIT, "no sender is configured for this rep", now + REVIEW)
    if not facts.step.channel.threads:
        return ok("sender", f"from {who.key}")
    if not who.postal_address:
        text = f"sender {who.key} has no postal_address"
        return Reason("R12 postal address", Says.WAIT, text, now + REVIEW)
    if not facts.can_unsubscribe:
        text = "the unsubscribe link would lead nowhere: set OUTREACH_URL to the public https address of web"
        return Reason("R14 unsubscribe", Says.WAIT, text, now + REVIEW)
    return ok("R12 R14 sender", f"from {who.key}, with postal address and unsubscribe link")


def window(facts: Facts, now: datetime) -> Reason:
    """The send window in the lead's own time zone."""
    hours = facts.hours
    return by_hours("window", [hours], now, f"{hours.window} in {hours.tz.key}")


def cap(facts: Facts, now: datetime) -> Reason:
    """The limits of the team: over the cap means later, never lost."""
    full = [room for room in facts.rooms if room.until is not None and room.until > now]
    if full:
        last = max(full, key=lambda room: room.until or now)
        return Reason("cap", Says.WAIT, f"no room under the cap {last.text}", last.until)
    return ok("cap", "; ".join(room.text for room in facts.rooms) or "no cap")


MOVES: Final[tuple[Rule, ...]] = (enrollment, switch, breaker, hold, due)
TAKES: Final[tuple[Rule, ...]] = (
    date_field,
    late,
    when,
    address,
    suppressed,
    lawful.country,
    lawful.do_not_call,
    lawful.voice_consent,
    lawful.consent,
    lawful.basis,
)
GOES: Final[tuple[Rule, ...]] = (sender, window, lawful.quiet_hours, lawful.often, cap)
_OF_TELEPHONES: Final = (lawful.country, lawful.do_not_call, lawful.quiet_hours, lawful.often)

Rounds = tuple[tuple[Rule, ...], tuple[Rule, ...], tuple[Rule, ...]]


def _concerns(rule: Rule, channel: Channel) -> bool:
    if rule is lawful.voice_consent:
        return channel.prerecorded
    return channel.rings or rule not in _OF_TELEPHONES


# A rule that can have nothing against a channel is not asked for it: that costs nothing and is not told.
ROUNDS: Final[dict[Channel, Rounds]] = {
    channel: (
        MOVES,
        tuple(rule for rule in TAKES if _concerns(rule, channel)),
        tuple(rule for rule in GOES if _concerns(rule, channel)),
    )
    for channel in Channel
}


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


def _reachable_later(facts: Facts) -> bool:
    ids = [s.id for s in facts.cadence.steps]
    rest = facts.cadence.steps[ids.index(facts.step.id) + 1 :] if facts.step.id in ids else ()
    return any(facts.lead.usable(step.channel.needs) for step in rest)


def _because(text: str | None) -> str:
    return f": {text}" if text else ""


def _at(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{_WEEK[local.weekday()]} {local.isoformat(' ', 'minutes')[:16]} {zone.key}"
