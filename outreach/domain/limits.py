"""How much is too much: caps on what goes out, the pace of a sender, and when there is room again.

Pure: what was counted comes in, room or the first time of room comes out. Times are UTC instants of business time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

from outreach.domain import calendar
from outreach.domain.channel import Channel
from outreach.domain.freemail import FREE_MAIL

DAY: Final = timedelta(hours=24)
HORIZON: Final = timedelta(hours=1)  # how far ahead the slots of a paced sender are promised one by one
LONGEST_KEY: Final = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Ramp:
    """A new sender begins small and may send more each day: receivers trust slowly."""

    start: int
    step: int

    def allowed(self, first_at: datetime | None, now: datetime) -> int:
        """How many in 24 hours, so long after the sender's very first."""
        days = max(now - first_at, timedelta()) // DAY if first_at else 0
        return self.start + self.step * days


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a sender's mails follow each other."""

    gap: timedelta = timedelta()  # at least, between two
    jitter: timedelta = timedelta()  # at most, on top of it: what comes every 45 seconds is no person
    ramp: Ramp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """How many touches in a calendar day and in a week from Monday on, where the lead is; and how far apart."""

    day: int | None = None
    week: int | None = None
    gap: timedelta = timedelta()  # at least, between two, on all channels and in all cadences


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """When a cadence does more harm than good and is paused: shares of its latest mails."""

    bounces: float = 0.08
    complaints: float = 0.003
    of: int = 200  # the latest mails looked at
    least: int = 50  # fewer prove nothing
    least_a_day: int = 300  # nor do fewer of a mail domain in a day (rule R13)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the team allows itself. Without an entry there is no cap, and counting costs nothing."""

    organisation: dict[Channel, int] = field(default_factory=dict)  # in any 24 hours, as the next four
    sender: dict[Channel, int] = field(default_factory=dict)
    rep: dict[Channel, int] = field(default_factory=dict)
    domain: dict[Channel, int] = field(default_factory=dict)
    channel: dict[Channel, int] = field(default_factory=dict)
    prefix: dict[Channel, int] = field(default_factory=dict)  # to ten thousand neighbouring numbers
    exempt: tuple[str, ...] = ()  # mail domains that are not counted, besides those of everybody
    pace: Pace = Pace()
    lead: Days = Days()
    account: Days = Days()
    alarm: Alarm = Alarm()
    new_first: bool = False  # whether first touches go before follow-ups when there is not room for all

    @property
    def bind(self) -> bool:
        """Whether there is any cap at all."""
        return self != Limits(alarm=self.alarm, new_first=self.new_first, exempt=self.exempt)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """One limit that one touch comes under."""

    key: str  # what it is counted under
    name: str  # how people call it
    limit: int | None = None  # in any 24 hours
    pace: Pace = Pace()
    days: Days = Days()

    @property
    def rolls(self) -> bool:
        """Whether it counts the last 24 hours."""
        return self.limit is not None or self.pace.ramp is not None

    @property
    def paced(self) -> bool:
        """Whether the time of the last one matters."""
        return self.pace != Pace()

    @property
    def by_day(self) -> bool:
        """Whether it counts calendar days."""
        return self.days != Days()

    def allowed(self, first_at: datetime | None, now: datetime) -> int:
        """How many in 24 hours; only for a cap that rolls."""
        ramped = self.pace.ramp.allowed(first_at, now) if self.pace.ramp else None
        return min(n for n in (self.limit, ramped) if n is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What has been counted under a cap."""

    used: int = 0  # in the last 24 hours
    frees: datetime | None = (
        None  # when the next place frees that is promised to nobody; None: all are promised
    )
    times: tuple[datetime, ...] = ()  # of the marks since the week began, for calendar caps
    first_at: datetime | None = None
    last_at: datetime | None = None
    slot_at: datetime | None = None  # the last slot that was promised, of a paced sender


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Who asks for room, and when."""

    now: datetime
    zone: ZoneInfo  # the lead's
    first: bool = False  # a first touch: it does not jump the line
    returning: bool = False  # it had to wait for room before, and this is its turn
    chance: float = 0.0  # in [0, 1): the same for the same touch at the same moment
    # How much later than it is claimed a request may arrive at the provider: a window is longer by so much, so that
    # no 24 hours of the provider's own clock ever see one too many.
    margin: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Room:
    """What a cap says to a touch: there is room, or until when to wait."""

    cap: str  # its name
    text: str
    until: datetime | None = None  # None: there is room
    slot: datetime | None = None  # a slot that this wait would take


def caps_of(
    limits: Limits,
    *,
    channel: Channel,
    lead_id: int,
    account_id: int | None = None,
    sender: str | None = None,
    rep: str | None = None,
    domain: str | None = None,
    prefix: str | None = None,
) -> tuple[Cap, ...]:
    """Every cap that a touch on this channel comes under; `domain` or `prefix` is where it goes to."""
    found: list[Cap] = []
    paced = limits.pace if channel.paced else Pace()
    if sender and (channel in limits.sender or paced != Pace()):
        key = f"sender:{sender}:{channel.value}"
        name = f"sender {sender}, {channel.value}"
        found.append(Cap(key=key, name=name, limit=limits.sender.get(channel), pace=paced))
    for scope, who, allowed in (
        ("rep", rep, limits.rep),
        ("domain", _counted(domain, limits), limits.domain),
        ("prefix", prefix, limits.prefix),
        ("organisation", "all", limits.organisation),
        ("channel", "all", limits.channel),
    ):
        if who and channel in allowed:
            name = f"{scope} {who}, {channel.value}" if who != "all" else f"{scope}, {channel.value}"
            found.append(Cap(key=_key(scope, who, channel.value), name=name, limit=allowed[channel]))
    if limits.lead != Days():
        found.append(Cap(key=f"lead:{lead_id}", name="lead", days=limits.lead))
    if account_id is not None and limits.account != Days():
        found.append(Cap(key=f"account:{account_id}", name="account", days=limits.account))
    return tuple(found)


def _counted(domain: str | None, limits: Limits) -> str | None:
    return None if domain is None or domain in FREE_MAIL or domain in limits.exempt else domain


def _key(*parts: str) -> str:
    key = ":".join(parts)
    return key if len(key) <= LONGEST_KEY else f"{parts[0]}:{sha256(key.encode()).hexdigest()}"


def room(cap: Cap, count: Count, turn: Turn) -> Room:
    """Whether there is room under a cap; else the first time at which this touch may find some."""
    asked = [_rolling(cap, count, turn), _paced(cap, count, turn), _by_day(cap, count, turn)]
    waits = [found for found in asked if found and found.until]
    if waits:
        return max(waits, key=lambda found: found.until or turn.now)
    return next((found for found in asked if found), Room(cap.name, cap.name))


def _rolling(cap: Cap, count: Count, turn: Turn) -> Room | None:
    if not cap.rolls:
        return None
    allowed = cap.allowed(count.first_at, turn.now)
    text = f"{cap.name}: {count.used} of {allowed} in 24 hours"
    if count.used < allowed:
        return Room(cap.name, text)
    # Where every place of the next day is promised, the rest look again in the second half of it, spread: ten
    # thousand that wait are asked twice a day, not every minute.
    later = turn.now + (DAY + turn.margin) * (0.5 + turn.chance / 2)
    return Room(cap.name, text, max(count.frees or later, turn.now))


def _paced(cap: Cap, count: Count, turn: Turn) -> Room | None:
    gap, jitter = cap.pace.gap, cap.pace.jitter
    if not gap:
        return None
    text = f"{cap.name}: {_spoken(gap)} between two"
    free_at = count.last_at + gap if count.last_at else turn.now
    if not turn.returning and count.last_at:
        free_at += jitter * chance(cap.key, count.last_at)
    line = count.slot_at is not None and count.slot_at > turn.now
    if free_at <= turn.now and (turn.returning or not (line and turn.first)):
        return Room(cap.name, text)
    if turn.returning and turn.now < free_at <= turn.now + gap / 2:
        return Room(cap.name, text, free_at)  # its slot came a little early: not to the end of the line again
    behind = count.slot_at + gap if count.slot_at else free_at
    slot = max(free_at, behind) + jitter * turn.chance
    if slot > turn.now + max(HORIZON, 4 * gap):
        return Room(cap.name, text, turn.now + max(HORIZON, 4 * gap) * (1 + turn.chance))
    return Room(cap.name, text, slot, slot)


def _by_day(cap: Cap, count: Count, turn: Turn) -> Room | None:
    if not cap.by_day:
        return None
    days, now = cap.days, turn.now
    today, week = _counts(count.times, now, turn)
    parts = [
        f"{n} of {allowed} {what}"
        for n, allowed, what in ((today, days.day, "today"), (week, days.week, "this week"))
        if allowed is not None
    ]
    apart = max(count.times, default=now - days.gap) + days.gap
    text = f"{cap.name}: {', '.join([*parts, *([f'{_spoken(days.gap)} between two'] if days.gap else ())])}"
    if apart <= now and _fits(days, count.times, now, turn):
        return Room(cap.name, text)
    local = now.astimezone(turn.zone).date()
    mornings = (calendar.instant(local + timedelta(days=n), time(), turn.zone) for n in range(1, 16))
    moments = (now, *mornings) if apart > now else mornings
    until = next((at for at in moments if _fits(days, count.times, at, turn)), now + 15 * DAY)
    return Room(cap.name, text, max(until, apart))


def week_begins(now: datetime, zone: ZoneInfo) -> datetime:
    """Monday's first instant of the week of `now` in a zone."""
    local = now.astimezone(zone).date()
    return calendar.instant(local - timedelta(days=local.weekday()), time(), zone)


def _fits(days: Days, times: tuple[datetime, ...], at: datetime, turn: Turn) -> bool:
    today, week = _counts(times, at, turn)
    return (days.day is None or today < days.day) and (days.week is None or week < days.week)


def _counts(times: tuple[datetime, ...], at: datetime, turn: Turn) -> tuple[int, int]:
    """Marks in the local day and in the week of `at`. One shortly before midnight may arrive after it: it counts twice."""
    if not times:
        return 0, 0
    day = calendar.instant(at.astimezone(turn.zone).date(), time(), turn.zone) - turn.margin
    week = week_begins(at, turn.zone) - turn.margin
    return sum(mark > day for mark in times), sum(mark > week for mark in times)


def chance(*seed: object) -> float:
    """A number in [0, 1) that is always the same for the same seed: jitter without dice."""
    digest = sha256(":".join(map(str, seed)).encode()).digest()
    return int.from_bytes(digest[:6]) / 2**48


def _spoken(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    return (
        f"{seconds} s"
        if seconds < 120
        else f"{seconds // 60} min"
        if seconds < 7200
        else f"{seconds // 3600} h"
    )
