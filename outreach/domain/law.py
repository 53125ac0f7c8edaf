"""The law as values: lines of the rules data with their sources, and what of them is in force at a moment.

Everything a touch asks for is worked out once for each kind of number or lead and kept: the gate asks for every touch of
a lane, inside a transaction that holds locks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final, TypeVar

from outreach.domain.calendar import SendWindow
from outreach.domain.channel import AddressKind, Channel
from outreach.domain.people import Address, Lead
from outreach.domain.regime import Regime, strictest
from outreach.domain.ringing import Part, Ringing, State, ringing

# Asked of (calendar such as US-AL, year): the holidays of that year.
Calendar = Callable[[str, int], frozenset[date]]

# 47 CFR 64.1200(c)(1): no call or text before 8:00 or after 21:00 at the called party's location. What no line says
# otherwise of, in any country, has these hours.
QUIET_OPEN: Final = SendWindow.of(range(7), (8 * 60, 21 * 60), on_holidays=True)
T = TypeVar("T")
_KEPT = 20_000  # answers kept: far more kinds of numbers and leads than a team has


class Checked(StrEnum):
    """How far a line was checked against its source."""

    OFFICIAL = "official"  # the statute, regulation or regulator's own page was read
    SECONDARY = "secondary"  # somebody else's account of it
    MEMORY = "memory"  # nobody looked: check it before relying on it


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the rules data: what holds where, from when to when, and who says so."""

    rule: str  # R5
    place: str  # US | US-FL | GB
    source: str
    since: date
    checked: Checked
    until: date | None = None  # its last day
    window: SendWindow | None = None  # telephones ring only in these hours
    holidays: str | None = None  # and not on the holidays of this calendar: US-AL
    most: int | None = None  # calls, texts and voicemails to one number in any 24 hours
    channels: frozenset[Channel] = frozenset()  # the channels it is about; empty: all that ring
    regime: Regime | None = None  # whose consent it wants
    note: str = ""

    def in_force(self, day: date) -> bool:
        """Whether it holds on `day`. A day early and a day late: it is not the same day everywhere."""
        return self.since <= day + timedelta(days=1) and (
            self.until is None or day <= self.until + timedelta(days=1)
        )


@dataclass(frozen=True, slots=True)
class Kind:
    """Numbers that are never called or texted, by how they begin."""

    prefix: str  # +881
    name: str  # a satellite number
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """All that the rules data holds, whenever it holds."""

    version: str  # which data this is, for the record (R20): the day it was last seen to, and a hash
    lines: tuple[Line, ...] = ()
    states: Mapping[str, State] = field(default_factory=dict)  # US-FL -> its name, zones and area codes
    kinds: tuple[Kind, ...] = ()


class Law:
    """What is in force on one day. Its answers are kept; ask it from any thread."""

    def __init__(self, sources: Sources, day: date, calendar: Calendar) -> None:
        self.version = sources.version
        self.lines = tuple(line for line in sources.lines if line.in_force(day))
        self.states = sources.states
        self._kinds = {kind.prefix: kind for kind in sources.kinds}
        self._longest = max((len(kind.prefix) for kind in sources.kinds), default=0)
        self._by_code: dict[str, tuple[str, ...]] = {}
        for key, state in sources.states.items():
            for code in state.area_codes:  # a few provinces share one
                self._by_code[code] = (*self._by_code.get(code, ()), key)
        self._years = range(day.year - 1, day.year + 3)
        self._calendar = calendar
        self._regimes: dict[str, list[Line]] = {}
        for line in self.lines:
            if line.regime is not None:
                self._regimes.setdefault(line.place, []).append(line)
        self._ringing: dict[tuple[object, ...], Ringing] = {}
        self._asked: dict[tuple[object, ...], Regime | None] = {}

    def ringing(self, lead: Lead, number: Address, channel: Channel) -> Ringing:
        """What the law says to a touch that makes this telephone ring."""
        value = number.value
        key = (
            value[:5],
            channel._value_,
            lead.timezone,
            lead.region,
            lead.country,
            number.zones,
            number.country,
        )
        found = self._ringing.get(key)
        if found is None:
            found = self._work_out(lead, number, channel)
            _keep(self._ringing, key, found)
        return found

    def regime(self, lead: Lead, address: Address | None, channel: Channel, home: str) -> Regime | None:
        """Whose consent, and which lawful basis, a touch of this lead needs; None where the data names none."""
        hint = None if address is None else address.country or _top_level(address)
        key = (channel._value_, lead.country, hint, home)
        try:
            return self._asked[key]
        except KeyError:
            found = strictest([line.regime for line in self._regimes_of(lead, address, home) if line.regime])
            _keep(self._asked, key, found)
            return found

    def asks(self, lead: Lead, home: str) -> bool:
        """Whether some law may ask for this lead's consent or basis, so that they must be known."""
        known = self._regimes
        if not known:
            return False
        if home in known or (lead.country or "") in known:
            return True
        return any((a.country or _top_level(a) or "") in known for a in lead.addresses)

    def kind(self, number: str) -> str | None:
        """What kind of number it is, if one that is never called or texted: `a satellite number`."""
        for length in range(2, self._longest + 1):
            found = self._kinds.get(number[:length])
            if found is not None:
                return found.name
        return None

    def _work_out(self, lead: Lead, number: Address, channel: Channel) -> Ringing:
        own = self._by_code.get(number.value[2:5], ()) if number.value.startswith("+1") else ()
        about = [line for line in self.lines if not line.channels or channel in line.channels]
        parts = [
            Part(line.rule, line.place, line.window, line.holidays, line.most)
            for line in about
            if line.window is not None or line.most is not None or line.holidays
        ]
        kind = self.kind(number.value)
        return ringing(lead, number, own, parts, self.states, floor=QUIET_OPEN, days=self.days, kind=kind)

    def days(self, calendar: str) -> frozenset[date]:
        """The holidays of a calendar around this day."""
        return frozenset[date]().union(*(self._calendar(calendar, year) for year in self._years))

    def _regimes_of(self, lead: Lead, address: Address | None, home: str) -> Sequence[Line]:
        """The lines of every country the lead may be in: their own, else what the address says, else our own.

        A telephone's country counts also beside the lead's own: its law protects whoever carries it.
        """
        places = {lead.country} if lead.country else set()
        if address is not None and address.country:
            places.add(address.country)
        if not places and address is not None and (top := _top_level(address)) in self._regimes:
            places.add(top)
        return [line for place in places or {home} if place for line in self._regimes.get(place, ())]


class Book:
    """The law of all days: `at` tells what is in force at a moment."""

    def __init__(self, sources: Sources, calendar: Calendar = lambda _calendar, _year: frozenset()) -> None:
        self.sources = sources
        self._calendar = calendar
        self._days: dict[date, Law] = {}
        self._today: tuple[datetime, datetime, Law] | None = None

    def at(self, now: datetime) -> Law:
        """The law in force at `now` (UTC)."""
        today = self._today
        if today is not None and today[0] <= now < today[1]:
            return today[2]
        begins = datetime(now.year, now.month, now.day, tzinfo=UTC)
        law = self._law(begins.date())
        self._today = (begins, begins + timedelta(days=1), law)
        return law

    def warm(self, now: datetime) -> None:
        """Ask for every holiday that a line names: the first claim must not hold its locks meanwhile."""
        law = self.at(now)
        for line in law.lines:
            if line.holidays:
                law.days(line.holidays)

    def _law(self, day: date) -> Law:
        """Days between two changes share one law, and so what it has worked out."""
        begins = max((d for d in self._changes(day.year) if d <= day), default=day)
        found = self._days.get(begins)
        if found is None:
            found = self._days[begins] = Law(self.sources, day, self._calendar)
        return found

    def _changes(self, year: int) -> set[date]:
        """The days around a year on which what is in force changes; the holidays known change with the year."""
        one = timedelta(days=1)
        starts = {line.since - one for line in self.sources.lines}
        ends = {line.until + 2 * one for line in self.sources.lines if line.until}
        return starts | ends | {date(year, 1, 1)}


def _keep(kept: dict[tuple[object, ...], T], key: tuple[object, ...], found: T) -> None:
    if len(kept) >= _KEPT:
        kept.clear()
    kept[key] = found


# ccTLDs that are no ISO codes.
_TOPS = {"UK": "GB", "EU": "EU"}


def _top_level(address: Address) -> str | None:
    """The country that the end of a mail address points to: ada@brightpipe.co.uk is likely to be in Britain."""
    if address.kind is not AddressKind.EMAIL:
        return None
    top = address.value.rpartition(".")[2].upper()
    return _TOPS.get(top, top) if len(top) == 2 else None


FEDERAL: Final = Book(
    Sources(
        version="R1 alone",
        lines=(
            Line(
                rule="R1",
                place="US",
                source="47 CFR 64.1200(c)(1)",
                since=date(2003, 10, 1),
                checked=Checked.OFFICIAL,
                window=QUIET_OPEN,
            ),
        ),
    )
)
