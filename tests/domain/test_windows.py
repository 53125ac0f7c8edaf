"""Windows open and close by the wall clock of the lead, whatever that clock does."""

from __future__ import annotations

import random
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.domain import calendar
from outreach.domain.calendar import ALWAYS, DAY, Hours, SendWindow
from tests.domain.people import OFFICE

NEW_YORK = ZoneInfo("America/New_York")
MINUTE = timedelta(minutes=1)
CHANCE = st.integers(0, 2**63).map(random.Random)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def at(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@cache
def changes(zone: str, first: int = 2025, last: int = 2028) -> tuple[datetime, ...]:
    """The instants at which the clock of a zone is changed in these years, to the minute."""
    tz, moment, found = ZoneInfo(zone), datetime(first, 1, 1, tzinfo=UTC), []
    step = timedelta(days=1)
    while moment.year < last:
        if moment.astimezone(tz).utcoffset() != (moment + step).astimezone(tz).utcoffset():
            exact = moment
            while exact.astimezone(tz).utcoffset() == moment.astimezone(tz).utcoffset():
                exact += timedelta(minutes=15)
            found.append(exact)
        moment += step
    return tuple(found)


CHANGING = tuple(zone for zone in sorted(zoneinfo.available_timezones()) if changes(zone, 2026, 2027))

WHEN = [
    # (window, zone, asked at (local), opens at (local))
    (OFFICE, "America/New_York", "2026-12-01 11:00", "2026-12-01 11:00"),
    (OFFICE, "America/New_York", "2026-12-01 08:59", "2026-12-01 09:00"),
    (OFFICE, "America/New_York", "2026-12-01 17:00", "2026-12-02 09:00"),
    (OFFICE, "America/New_York", "2026-12-04 17:30", "2026-12-07 09:00"),
    (SendWindow.of([2, 3], (960, 1020)), "Asia/Kolkata", "2026-12-04 10:00", "2026-12-09 16:00"),
    # the spring gap swallows the opening, and more
    (SendWindow.of(range(7), (150, 240)), "America/New_York", "2026-03-08 00:00", "2026-03-08 03:00"),
    (SendWindow.of(range(7), (150, 165)), "America/New_York", "2026-03-08 00:00", "2026-03-09 02:30"),
    # midnight itself is skipped
    (SendWindow.of(range(7), (0, 120)), "Africa/Cairo", "2026-04-23 23:00", "2026-04-24 01:00"),
    (SendWindow.of(range(7), (0, 60)), "Asia/Beirut", "2026-03-28 23:00", "2026-03-30 00:00"),
    # Lord Howe moves its clock by half an hour
    (SendWindow.of(range(7), (130, 140)), "Australia/Lord_Howe", "2026-10-04 01:00", "2026-10-05 02:10"),
    (SendWindow.of(range(7), (130, 200)), "Australia/Lord_Howe", "2026-10-04 01:00", "2026-10-04 02:30"),
    # Apia never had a 30 December 2011, a Friday
    (SendWindow.of([4], (540, 1020)), "Pacific/Apia", "2011-12-29 20:00", "2012-01-06 09:00"),
    (SendWindow.of([5], (0, 60)), "Pacific/Apia", "2011-12-29 20:00", "2011-12-31 00:00"),
]


@pytest.mark.parametrize(("window", "zone", "asked", "opens"), WHEN)
def test_the_next_opening_is_by_the_leads_own_clock(
    window: SendWindow, zone: str, asked: str, opens: str
) -> None:
    hours = Hours(window, ZoneInfo(zone))
    assert hours.next_open(at(asked, zone)) == at(opens, zone)


def test_a_repeated_hour_outside_the_window_stays_outside() -> None:
    """At 2:00 on 1 November 2026 New York goes back to 1:00; a window from 2:00 opens an hour of waiting later."""
    hours = Hours(SendWindow.of(range(7), (120, 180)), NEW_YORK)
    second_one = utc("2026-11-01 06:00")  # 1:00 for the second time
    assert not hours.is_open(second_one)
    assert hours.next_open(second_one) == utc("2026-11-01 07:00")


def test_a_clock_that_goes_back_into_a_window_opens_it_again() -> None:
    """Open from 0:30 to 1:30; at 2:00 the clock goes back to 1:00, and the window is open for half an hour more."""
    hours = Hours(SendWindow.of(range(7), (30, 90)), NEW_YORK)
    assert hours.closes(utc("2026-11-01 05:10")) == utc("2026-11-01 05:30")
    assert hours.next_open(utc("2026-11-01 05:40")) == utc("2026-11-01 06:00")
    assert hours.closes(utc("2026-11-01 06:10")) == utc("2026-11-01 06:30")


def test_a_window_that_passes_midnight_closes_on_the_next_day() -> None:
    """What is left of the window travels with a text as its validity: too long, and it arrives at night."""
    late = SendWindow(tuple(((0, 60), (1200, DAY)) for _ in range(7)))
    assert Hours(late, NEW_YORK).closes(at("2026-12-01 22:00", "America/New_York")) == at(
        "2026-12-02 01:00", "America/New_York"
    )


def test_a_window_that_never_closes_is_answered_with_a_day() -> None:
    moment = utc("2026-12-01 16:00")
    assert Hours(ALWAYS, NEW_YORK).closes(moment) == moment + timedelta(days=1)


def test_a_window_that_never_opens_has_no_next_opening() -> None:
    assert Hours(SendWindow.of([]), NEW_YORK).next_open(utc("2026-12-01 16:00")) is None
    assert SendWindow.of([]).never


def test_holidays_close_a_window_unless_it_says_otherwise() -> None:
    christmas = frozenset({date(2026, 12, 25)})
    friday = at("2026-12-25 10:00", "America/New_York")
    assert Hours(OFFICE, NEW_YORK, christmas).next_open(friday) == at("2026-12-28 09:00", "America/New_York")
    working = SendWindow.of(range(5), (540, 1020), on_holidays=True)
    assert Hours(working, NEW_YORK, christmas).is_open(friday)


def test_a_window_reads_as_people_write_it() -> None:
    assert str(OFFICE) == "mon-fri 09:00-17:00"
    assert str(SendWindow.of([2, 3], (960, 1020))) == "wed-thu 16:00-17:00"
    assert (
        str(SendWindow.of([0, 2], (540, 720), (780, 1020)))
        == "mon 09:00-12:00 13:00-17:00, wed 09:00-12:00 13:00-17:00"
    )
    assert str(SendWindow.of([])) == "never"


def test_several_windows_are_open_only_when_all_are() -> None:
    """Nine to five in New York and in Los Angeles: from noon to five on the east coast."""
    both = [Hours(OFFICE, ZoneInfo(zone)) for zone in ("America/New_York", "America/Los_Angeles")]
    morning = at("2026-12-01 09:00", "America/New_York")
    assert calendar.next_open(morning, both) == at("2026-12-01 12:00", "America/New_York")
    assert calendar.closes(at("2026-12-01 13:00", "America/New_York"), both) == at(
        "2026-12-01 17:00", "America/New_York"
    )


def test_windows_that_are_never_open_together_have_no_next_opening() -> None:
    apart = [Hours(SendWindow.of([0], (540, 600)), NEW_YORK), Hours(SendWindow.of([1], (540, 600)), NEW_YORK)]
    assert calendar.next_open(utc("2026-12-01 16:00"), apart) is None


def test_no_zone_of_the_world_opens_a_minute_outside() -> None:
    """Around every change of every clock in 2026: an opening reads inside the window, and so does all until it closes."""
    window = SendWindow.of(range(7), (0, 61), (119, 181), (540, 1020), (1380, DAY))
    outside = 0
    for zone in CHANGING:
        hours = Hours(window, ZoneInfo(zone))
        for change in changes(zone, 2026, 2027):
            moment = change - timedelta(hours=5)
            while moment < change + timedelta(hours=5):
                opens = hours.next_open(moment)
                assert opens is not None
                closes = hours.closes(opens)
                probe = opens
                while probe < closes:
                    local = probe.astimezone(hours.tz)
                    minute = local.hour * 60 + local.minute
                    outside += not any(a <= minute < b for a, b in window.week[local.weekday()])
                    probe += 7 * MINUTE
                assert closes == opens + timedelta(days=1) or not hours.is_open(closes)
                moment = closes
    assert outside == 0


def random_week(chance: random.Random, around: int) -> SendWindow:
    """A week of odd hours, some of them touching midnight, some near the minute `around`."""
    week = []
    for _ in range(7):
        edges = sorted(chance.sample(range(0, DAY + 1, chance.choice([1, 15, 30])), 2 * chance.randint(0, 2)))
        if edges and chance.random() < 0.4:
            edges = sorted({0, *edges[1:]})
        if edges and chance.random() < 0.4:
            edges = sorted({*edges[:-1], DAY})
        if chance.random() < 0.3:
            start = (around + chance.choice([-60, -30, 0, 15, 30, 60])) % DAY
            edges = [start, min(DAY, start + chance.choice([15, 30, 60, 90]))]
        edges = edges[: len(edges) // 2 * 2]
        week.append(tuple(zip(edges[::2], edges[1::2], strict=True)))
    return SendWindow(tuple(week))


def scan(hours: Hours, moment: datetime, *, wanted: bool, limit: timedelta) -> datetime | None:
    """The same answer by looking at the wall clock of every single minute."""
    if hours.is_open(moment) is wanted:
        return moment
    probe = moment.replace(second=0) + MINUTE
    while probe < moment + limit:
        if hours.is_open(probe) is wanted:
            return probe
        probe += MINUTE
    return None


@settings(max_examples=250)
@given(CHANCE)
def test_openings_and_closings_agree_with_a_look_at_every_minute(chance: random.Random) -> None:
    zone = chance.choice(CHANGING)
    change = chance.choice(changes(zone, 2026, 2027))
    local = change.astimezone(ZoneInfo(zone))
    hours = Hours(random_week(chance, local.hour * 60 + local.minute), ZoneInfo(zone))
    moment = change + timedelta(minutes=chance.randint(-180, 180), seconds=chance.choice([0, 17]))

    limit = timedelta(days=2)
    opens = scan(hours, moment, wanted=True, limit=limit)
    found = hours.next_open(moment)
    assert found == opens or (opens is None and (found is None or found >= moment + limit))
    if hours.is_open(moment):
        day = timedelta(days=1)
        assert hours.closes(moment) == (scan(hours, moment, wanted=False, limit=day) or moment + day)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)),
    st.sampled_from(CHANGING),
    st.times(),
)
def test_a_wall_time_becomes_an_instant_that_reads_the_same_or_just_after_a_gap(
    day: datetime, zone: str, wall: time
) -> None:
    tz = ZoneInfo(zone)
    moment = calendar.instant(day.date(), wall, tz)
    shown = moment.astimezone(tz)
    if shown.replace(tzinfo=None, fold=0) != datetime.combine(day.date(), wall):
        before = (moment - timedelta(seconds=1)).astimezone(tz)
        assert before.utcoffset() != shown.utcoffset(), "only a gap may show another time"
        assert before.replace(tzinfo=None) < datetime.combine(day.date(), wall) < shown.replace(tzinfo=None)
    else:
        assert moment == min(moment, shown.replace(fold=0).astimezone(UTC)), "the first of two"
