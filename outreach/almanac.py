"""Which days are holidays, by the calendars the team chose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache


def holidays(calendars: Sequence[str], country: str | None, around: datetime) -> frozenset[date]:
    """The holidays that close a lead's windows, from the year before `around` to two years after.

    `calendars` are ISO countries, with a subdivision if wanted (US, US-CA, DE-BY). A lead whose country is on the list
    has that country's; one whose country is unknown has all of them, which is the stricter branch.
    """
    own = tuple(c for c in calendars if country and c.split("-")[0] == country)
    chosen = own or (() if country else tuple(calendars))
    return frozenset().union(
        *(days(c, year) for c in chosen for year in range(around.year - 1, around.year + 3))
    )


@lru_cache(maxsize=512)
def days(calendar: str, year: int) -> frozenset[date]:
    """The holidays of one calendar in one year.

    A year that the calendar knows nothing of has those of the last year it knows, by day and month: to close on a day too
    many is the stricter branch.
    """
    for back in range(10):
        found = known(calendar, year - back)
        if found:
            return frozenset(_moved(day, year) for day in found) if back else found
    return frozenset()


def _moved(day: date, year: int) -> date:
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def known(calendar: str, year: int) -> frozenset[date]:
    """The holidays that a calendar itself knows of in a year."""
    from holidays import country_holidays  # 70 ms: only those who plan pay for it

    country, _, subdivision = calendar.partition("-")
    return frozenset(country_holidays(country, subdiv=subdivision or None, years=year))
