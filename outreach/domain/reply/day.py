"""A day that a text names, and what is known of how its author writes days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

ONE_DAY: Final = timedelta(days=1)
# A date without a year lies at most so far back; farther back it is meant for next year.
STALE: Final = timedelta(days=90)


class Order(StrEnum):
    """How somebody writes the third of April in digits."""

    DAY_FIRST = "3/4"
    MONTH_FIRST = "4/3"
    UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or a few, that a text names: where it stands, its first day, and the day after its last."""

    start: int
    end: int
    first: date
    after: date
    sure: bool = True  # False: too vague to be an absence by itself
    weekday: bool = False  # told as a day of the week
    yearless: bool = False  # the year is our guess


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns numbers into days as seen from the day of writing."""

    written: date
    order: Order

    def day(self, year: str | None, month: int, day: int) -> date | None:
        if year:
            number = int(year.strip("'\u2019")) + (2000 if len(year.strip("'\u2019")) == 2 else 0)
            return real(number, month, day)
        here = [real(self.written.year + n, month, day) for n in (-1, 0, 1)]
        around = [one for one in here if one]
        ahead = [one for one in around if one >= self.written]
        stale = [one for one in around if self.written - STALE <= one < self.written]
        if stale and not (ahead and ahead[0] - self.written < STALE):
            return stale[-1]
        return ahead[0] if ahead else None


def one(start: int, end: int, day: date | None, year: str | None = "") -> Iterator[Day]:
    if day:
        yield Day(start, end, day, day + ONE_DAY, yearless=year is None)


def real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 2000 <= year <= 2100 else None
    except ValueError:
        return None
