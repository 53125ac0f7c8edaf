"""How long after the step before: minutes, days on the wall clock, business days, dates of the lead."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain import calendar
from outreach.domain.cadence import AT_ONCE, Unit, Wait

ZONE = "America/New_York"
THANKSGIVING = frozenset({date(2026, 11, 26), date(2026, 11, 27)})

WAITS = [
    # (wait, from, planned), all on New York's wall clock
    (AT_ONCE, "2026-12-01 11:00", "2026-12-01 11:00"),
    (Wait(amount=45), "2026-12-01 11:00", "2026-12-01 11:45"),
    (Wait(amount=2, unit=Unit.HOURS), "2026-12-01 23:00", "2026-12-02 01:00"),
    (Wait(amount=1, unit=Unit.DAYS), "2026-12-01 11:00", "2026-12-02 11:00"),
    # a day is a day on the wall clock: 23 hours in spring, 25 in autumn; 24 hours are 24 hours
    (Wait(amount=1, unit=Unit.DAYS), "2026-03-07 11:00", "2026-03-08 11:00"),
    (Wait(amount=1, unit=Unit.DAYS), "2026-10-31 11:00", "2026-11-01 11:00"),
    (Wait(amount=24, unit=Unit.HOURS), "2026-03-07 11:00", "2026-03-08 12:00"),
    # 29 February is a day; nothing ends in January 2038
    (Wait(amount=1, unit=Unit.DAYS), "2028-02-28 11:00", "2028-02-29 11:00"),
    (Wait(amount=366, unit=Unit.DAYS), "2028-02-29 11:00", "2029-03-01 11:00"),
    (Wait(amount=2, unit=Unit.DAYS), "2038-01-18 22:14", "2038-01-20 22:14"),
    # into the gap: the first instant after it; into the repeated hour: its first occurrence
    (Wait(amount=1, unit=Unit.DAYS), "2026-03-07 02:30", "2026-03-08 03:00"),
    (Wait(amount=1, unit=Unit.DAYS), "2026-10-31 01:30", "2026-11-01 01:30"),
    # business days: over a weekend, over holidays, from a Saturday
    (Wait(amount=1, unit=Unit.BUSINESS_DAYS), "2026-12-04 11:00", "2026-12-07 11:00"),
    (Wait(amount=2, unit=Unit.BUSINESS_DAYS), "2026-11-25 11:00", "2026-12-01 11:00"),
    (Wait(amount=1, unit=Unit.BUSINESS_DAYS), "2026-12-05 11:00", "2026-12-07 11:00"),
    # at a time of day: that day's, or the next one's when it has passed
    (Wait(amount=3, unit=Unit.DAYS, at=time(10)), "2026-12-01 16:20", "2026-12-04 10:00"),
    (Wait(at=time(18)), "2026-12-01 11:00", "2026-12-01 18:00"),
    (Wait(at=time(9)), "2026-12-01 11:00", "2026-12-02 09:00"),
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


@pytest.mark.parametrize(("wait", "start", "planned"), WAITS, ids=str)
def test_a_wait_ends_by_the_wall_clock(wait: Wait, start: str, planned: str) -> None:
    assert wait.after(at(start), ZoneInfo(ZONE), THANKSGIVING) == at(planned)


@pytest.mark.parametrize(
    ("wait", "planned"),
    [
        (Wait(unit=Unit.UNTIL, field="renewal"), "2026-12-31 09:00"),
        (Wait(unit=Unit.UNTIL, field="renewal", amount=-30), "2026-12-01 09:00"),
        (Wait(unit=Unit.UNTIL, field="renewal", amount=1, at=time(16, 30)), "2027-01-01 16:30"),
    ],
)
def test_a_wait_until_a_date_of_the_lead_may_lie_days_before_or_after_it(wait: Wait, planned: str) -> None:
    assert wait.until(date(2026, 12, 31), ZoneInfo(ZONE)) == at(planned)


def test_a_wait_until_a_date_cannot_be_counted_from_a_moment() -> None:
    with pytest.raises(ValueError, match="call until"):
        Wait(unit=Unit.UNTIL, field="renewal").after(at("2026-12-01 11:00"), ZoneInfo(ZONE), frozenset())


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (AT_ONCE, "at once"),
        (Wait(amount=1, unit=Unit.DAYS), "after 1 day"),
        (Wait(amount=2, unit=Unit.BUSINESS_DAYS, at=time(9)), "after 2 business days at 09:00"),
        (Wait(unit=Unit.UNTIL, field="renewal", amount=-30), "until lead.renewal -30 days"),
    ],
)
def test_a_wait_reads_as_people_write_it(wait: Wait, words: str) -> None:
    assert str(wait) == words


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC)),
    st.integers(1, 30),
    st.sampled_from(
        ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Kathmandu"]
    ),
)
def test_business_days_are_never_weekends_and_never_skip_one(moment: datetime, days: int, zone: str) -> None:
    tz = ZoneInfo(zone)
    landed = calendar.add_business_days(moment, days, tz, frozenset())
    first, last = moment.astimezone(tz).date(), landed.astimezone(tz).date()
    between = [date.fromordinal(n) for n in range(first.toordinal() + 1, last.toordinal() + 1)]
    assert sum(day.weekday() < 5 for day in between) == days
    assert last.weekday() < 5
