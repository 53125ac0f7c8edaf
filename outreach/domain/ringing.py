"""When the law lets a telephone ring, and how often: worked out for one kind of number, by every place it may be in.

Where a number is, nobody can tell from the number alone. So every state that the lead's own state, the area code or the
time zone points to is a candidate, and what the strictest of them says holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from zoneinfo import ZoneInfo

from outreach.domain import calendar
from outreach.domain.calendar import Hours, SendWindow, both
from outreach.domain.people import Address, Lead
from outreach.domain.reason import Reason, Says, by_hours, ok

QUIET = "R1 quiet hours"
OFTEN = "R2 calls in 24 hours"
_FEW = 3  # more states than this are counted, not named


@dataclass(frozen=True, slots=True)
class State:
    """A state or province: its name, the zones it lies in, and the area codes given out there."""

    name: str
    zones: tuple[str, ...]
    area_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one line of the law says of telephones in one place."""

    rule: str
    place: str
    window: SendWindow | None = None
    holidays: str | None = None  # the calendar of the days on which it is closed
    most: int | None = None  # in any 24 hours, to one number


@dataclass(slots=True, eq=False)
class Ringing:
    """What holds for one kind of number. `hours` must all be open, one for each zone it may lie in."""

    hours: tuple[Hours, ...]
    parts: tuple[tuple[str, str, Hours], ...] = ()  # (rule, in words, its hours): to name who forbids it
    most: int | None = None
    most_by: str = OFTEN  # whose number that is
    kind: str | None = None  # `a satellite number`: never called or texted
    shown: str = ""
    _said: tuple[datetime, Reason] | None = None  # a lane asks for all of its touches at one moment
    _never: dict[tuple[SendWindow, str], bool] = field(default_factory=dict)

    def quiet(self, now: datetime) -> Reason:
        """R1 to R5: whether it may ring at `now`; else when, and which line of the law says so."""
        said = self._said
        if said is not None and said[0] is now:
            return said[1]
        reason = self._judge(now)
        self._said = (now, reason)
        return reason

    def _judge(self, now: datetime) -> Reason:
        if not self.hours:
            return Reason(QUIET, Says.SKIP, "no time zone is known for this number: set the lead's timezone")
        if all(hours.is_open(now) for hours in self.hours):
            return ok(QUIET, f"open: {self.shown}")
        asked = [by_hours(rule, [hours], now, words) for rule, words, hours in self.parts]
        wait = by_hours(QUIET, self.hours, now, self.shown)
        closed = [reason for reason in asked if reason.says is not Says.PASS]
        binding = max(
            closed, key=lambda reason: reason.until or datetime.max.replace(tzinfo=now.tzinfo), default=wait
        )
        return Reason(binding.rule, wait.says, binding.text, wait.until)

    def never(self, window: Hours, now: datetime) -> bool:
        """Whether a send window and these hours are never open at the same time (within 400 days)."""
        key = (window.window, window.tz.key)
        found = self._never.get(key)
        if found is None:
            found = self._never[key] = calendar.next_open(now, [window, *self.hours]) is None
        return found


def ringing(
    lead: Lead,
    number: Address,
    own: Collection[str],
    parts: Sequence[Part],
    states: Mapping[str, State],
    *,
    floor: SendWindow,
    days: Callable[[str], frozenset[date]],
    kind: str | None = None,
) -> Ringing:
    """What holds for this number of this lead.

    `own` are the states of its area code, `floor` the hours of everywhere, `days` tells the holidays of a calendar.
    """
    nations = {place for place in (number.country, lead.country) if place}
    zones = _zones(lead, number, nations, states)
    found = _candidates(lead, own, nations, states, zones)
    binding = [part for part in parts if part.place in nations or part.place in found]
    merged: list[Hours] = []
    named: list[tuple[str, str, Hours]] = []
    for zone in zones:
        tz = ZoneInfo(zone)
        here = [part for part in binding if _holds_in(part, zone, zones, states)]
        holidays = frozenset[date]().union(*(days(part.holidays) for part in here if part.holidays))
        window = reduce(both, (part.window for part in here if part.window), floor)
        merged.append(Hours(SendWindow(window.week, on_holidays=not holidays), tz, holidays))
        named += [_named(part, tz, states, days) for part in here if part.window or part.holidays]
        named.append((QUIET, f"{floor} in {zone}", Hours(floor, tz)))
    limits = [part for part in binding if part.most is not None]
    strictest = min(limits, key=lambda part: part.most or 0, default=None)
    return Ringing(
        hours=tuple(merged),
        parts=tuple(named),
        most=strictest.most if strictest else None,
        most_by=_name(strictest, states, "24 hours") if strictest else OFTEN,
        kind=kind,
        shown=_shown(merged, found, states),
    )


def _zones(
    lead: Lead, number: Address, nations: Collection[str], states: Mapping[str, State]
) -> tuple[str, ...]:
    """The zones whose clocks must all agree: the lead's own, else those of their state, else all of the number's."""
    if lead.timezone:
        return (lead.timezone,)
    own = next((states[key] for key in _keys(lead, nations) if key in states), None)
    return own.zones if own else number.zones


def _candidates(
    lead: Lead,
    own: Collection[str],
    nations: Collection[str],
    states: Mapping[str, State],
    zones: Sequence[str],
) -> set[str]:
    """Every state the person may be in: by their own state, by the area code, and by the zone where it says more."""
    known = {key for key in _keys(lead, nations) if key in states} | set(own)
    there = {key: state for key, state in states.items() if key[:2] in nations}
    by_zone = {key for key, state in there.items() if any(zone in state.zones for zone in zones)}
    if not known:
        return by_zone or set(there)
    # A New York number on a phone in Denver: the person has moved, and nobody has said where to.
    return known if known & by_zone and len(by_zone) > 1 else known | by_zone


def _keys(lead: Lead, nations: Collection[str]) -> Iterator[str]:
    if lead.region:
        yield from (
            f"{nation}-{lead.region}" for nation in sorted({lead.country} if lead.country else nations)
        )


def _holds_in(part: Part, zone: str, zones: Sequence[str], states: Mapping[str, State]) -> bool:
    """Whether a part holds in a zone: that of a state only where the state lies, if it lies in any of these."""
    if part.place not in states:
        return True
    there = states[part.place].zones
    return zone in there or not any(one in there for one in zones)


def _named(
    part: Part, tz: ZoneInfo, states: Mapping[str, State], days: Callable[[str], frozenset[date]]
) -> tuple[str, str, Hours]:
    window = part.window or calendar.ALWAYS
    words = f"{window} in {tz.key}" + (", not on holidays" if part.holidays else "")
    closed = days(part.holidays) if part.holidays else frozenset[date]()
    return (
        _name(part, states, "hours"),
        words,
        Hours(SendWindow(window.week, on_holidays=not closed), tz, closed),
    )


def _name(part: Part, states: Mapping[str, State], what: str) -> str:
    if part.place in states:
        return f"{part.rule} {states[part.place].name} {what}"
    return QUIET if what == "hours" else OFTEN


def _shown(merged: Sequence[Hours], found: Collection[str], states: Mapping[str, State]) -> str:
    if not merged:
        return ""
    windows = {str(hours.window) for hours in merged}
    where = merged[0].tz.key if len(merged) == 1 else f"all {len(merged)} zones the number may lie in"
    names = sorted(states[key].name for key in found)
    by = f" ({', '.join(names)})" if 0 < len(names) <= _FEW else f" ({len(names)} states)" if names else ""
    return f"{windows.pop() if len(windows) == 1 else 'the lawful hours'} in {where}{by}"
