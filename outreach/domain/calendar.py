"""When: send windows, quiet hours, business days. All instants are aware UTC datetimes; `tz` is a lead's zone.

Daylight saving, stated once: a local time that the spring gap swallows means the first instant after the gap; a local
time that autumn repeats means its first occurrence; "after 1 day" keeps the wall clock (23 or 25 real hours).
Whether a window is open is judged by the wall clock alone, so a repeated hour outside the window stays outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Self, TypeAlias
from zoneinfo import ZoneInfo

DAY = 24 * 60
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FAR = 400  # days to look ahead for an opening: more than a year, so that "never" is certain

Span: TypeAlias = tuple[int, int]  # minutes of the local day, [start, end)


@dataclass(frozen=True, slots=True)
class SendWindow:
    """Hours of the week in which a lead may be touched, in the lead's own time zone."""

    week: tuple[tuple[Span, ...], ...]  # seven days, Monday first
    on_holidays: bool = False

    @classmethod
    def of(cls, days: Sequence[int], *spans: Span, on_holidays: bool = False) -> Self:
        """The same spans (minutes of the day) on each of `days` (0 is Monday)."""
        return cls(tuple(tuple(spans) if day in days else () for day in range(7)), on_holidays)

    @property
    def never(self) -> bool:
        """Whether no hour of any week is open."""
        return not any(self.week)

    @lru_cache(maxsize=256)  # noqa: B019 - a team has a handful of windows, and each decision names one
    def __str__(self) -> str:
        days = [(DAYS[i], _spans(spans)) for i, spans in enumerate(self.week) if spans]
        runs: list[tuple[str, str, str]] = []
        for name, hours in days:
            if runs and runs[-1][2] == hours and DAYS.index(runs[-1][1]) + 1 == DAYS.index(name):
                runs[-1] = (runs[-1][0], name, hours)
            else:
                runs.append((name, name, hours))
        return ", ".join(f"{a}-{b} {h}" if a != b else f"{a} {h}" for a, b, h in runs) or "never"


ALWAYS = SendWindow.of(range(7), (0, DAY), on_holidays=True)


def both(one: SendWindow, other: SendWindow) -> SendWindow:
    """The hours in which both windows are open."""
    week = tuple(
        tuple((max(a, c), min(b, d)) for a, b in mine for c, d in theirs if max(a, c) < min(b, d))
        for mine, theirs in zip(one.week, other.week, strict=True)
    )
    return SendWindow(week, one.on_holidays and other.on_holidays)


@dataclass(frozen=True, slots=True)
class Hours:
    """A window in one zone with the holidays that close it."""

    window: SendWindow
    tz: ZoneInfo
    holidays: frozenset[date] = frozenset()

    def is_open(self, moment: datetime) -> bool:
        """Whether the wall clock in the zone reads an open minute at `moment`."""
        local = moment.astimezone(self.tz)
        minute = local.hour * 60 + local.minute
        return any(start <= minute < end for start, end in self._spans(local.date()))

    def next_open(self, moment: datetime) -> datetime | None:
        """The first open instant at or after `moment`; None when there is none within 400 days."""
        if self.is_open(moment):
            return moment
        first = moment.astimezone(self.tz).date() - timedelta(days=1)
        for n in range(_FAR):
            day = first + timedelta(days=n)
            starts = (start for start, _ in self._spans(day))
            later = [at for at in self._edges(day, starts) if at >= moment and self.is_open(at)]
            if later:
                return min(later)
        return None

    @lru_cache(maxsize=256)  # noqa: B019 - a lane asks the same of a few: they are values, and a few are kept
    def closes(self, moment: datetime) -> datetime:
        """The first closed instant after an open `moment`, at most a day ahead."""
        today = moment.astimezone(self.tz).date()
        limit = moment + timedelta(days=1)
        # The day before and the two after: a window may pass midnight, and a zone may skip a whole day.
        days = (today + timedelta(days=n) for n in range(-1, 3))
        ends = (at for day in days for at in self._edges(day, (end for _, end in self._spans(day))))
        return min((at for at in ends if moment < at < limit and not self.is_open(at)), default=limit)

    def _edges(self, day: date, minutes: Iterable[int]) -> Iterator[datetime]:
        """The instants of a local day at which a window may open or close: these minutes, and a change of the clock.

        When the clock goes back, it may go back into a window, or out of one.
        """
        for minute in minutes:
            yield from _occurrences(day, minute, self.tz)
        yield from _changes(day, self.tz)

    def _spans(self, day: date) -> tuple[Span, ...]:
        if day in self.holidays and not self.window.on_holidays:
            return ()
        return self.window.week[day.weekday()]


def next_open(moment: datetime, all_of: Sequence[Hours]) -> datetime | None:
    """The first instant at or after `moment` at which every one of `all_of` is open; None: never within 400 days."""
    at = moment
    limit = moment + timedelta(days=_FAR)
    while at < limit:
        latest = at
        for hours in all_of:
            opening = hours.next_open(latest)
            if opening is None:
                return None
            latest = opening
        if latest == at:
            return at
        at = latest
    return None


def closes(moment: datetime, all_of: Sequence[Hours]) -> datetime:
    """The first instant after `moment` at which one of `all_of` is closed, at most a day ahead."""
    return min((hours.closes(moment) for hours in all_of), default=moment + timedelta(days=1))


def add_days(moment: datetime, days: int, tz: ZoneInfo) -> datetime:
    """`moment` plus calendar days on the wall clock of `tz`."""
    local = moment.astimezone(tz)
    return instant(local.date() + timedelta(days=days), local.time(), tz)


def add_business_days(moment: datetime, days: int, tz: ZoneInfo, holidays: frozenset[date]) -> datetime:
    """`moment` plus `days` days that are neither Saturday, Sunday nor a holiday; same wall time."""
    local = moment.astimezone(tz)
    day = local.date()
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            days -= 1
    return instant(day, local.time(), tz)


def instant(day: date, at: time, tz: ZoneInfo) -> datetime:
    """The UTC instant of a wall time: after the gap when skipped, the first one when repeated."""
    minute = at.hour * 60 + at.minute
    rest = timedelta(seconds=at.second, microseconds=at.microsecond)
    found = next(_occurrences(day, minute, tz))
    shown = found.astimezone(tz)
    return found + rest if shown.hour * 60 + shown.minute == minute else found


def _occurrences(day: date, minute: int, tz: ZoneInfo) -> Iterator[datetime]:
    """The instants (one; two in a fold; the end of the gap in a gap) at which the wall clock reads `minute`."""
    naive = datetime.combine(day, time()) + timedelta(minutes=minute)
    first = naive.replace(tzinfo=tz, fold=0).astimezone(UTC)
    second = naive.replace(tzinfo=tz, fold=1).astimezone(UTC)
    if first <= second:
        yield first
        if second != first:
            yield second
    else:  # a gap: fold=0 reads past it, fold=1 before it; the change lies between
        yield _change(second, first, tz)


@lru_cache(maxsize=4096)
def _changes(day: date, tz: ZoneInfo) -> tuple[datetime, ...]:
    """The instant of that local day, if any, at which the clock of `tz` is changed."""
    begins = datetime.combine(day, time(), tz).astimezone(UTC)
    ends = datetime.combine(day + timedelta(days=1), time(), tz).astimezone(UTC)
    if begins.astimezone(tz).utcoffset() == ends.astimezone(tz).utcoffset():
        return ()
    return (_change(begins, ends, tz),)


@lru_cache(maxsize=1024)
def _change(before: datetime, after: datetime, tz: ZoneInfo) -> datetime:
    """The first whole second in (before, after] with the later offset."""
    offset = before.astimezone(tz).utcoffset()
    low, high = before, after
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(tz).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


def _spans(spans: tuple[Span, ...]) -> str:
    return " ".join(f"{s // 60:02}:{s % 60:02}-{e // 60:02}:{e % 60:02}" for s, e in spans)
