"""How long somebody who is away is left alone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from outreach.domain.calendar import add_business_days, instant

UNKNOWN: Final = 3  # working days, when no date is named or it is past
SETTLING: Final = 1  # working day after the return: nobody reads on the first one
LONGEST: Final = timedelta(days=30)  # an answer set up for half a year must not lose the lead


def alone_until(back_on: date | None, now: datetime, zone: ZoneInfo, holidays: frozenset[date]) -> datetime:
    """The instant (UTC) until which somebody who is back at work on `back_on` is left alone, at most 30 days ahead."""
    if back_on is None or back_on < now.astimezone(zone).date():
        until = add_business_days(now, UNKNOWN, zone, holidays)
    elif back_on > (now + LONGEST).astimezone(zone).date():
        return now + LONGEST
    else:
        until = add_business_days(instant(back_on, time(9), zone), SETTLING, zone, holidays)
    return min(until, now + LONGEST)
