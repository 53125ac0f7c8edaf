"""A small law to judge by: one line of each kind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from outreach.domain.calendar import SendWindow
from outreach.domain.channel import Channel
from outreach.domain.law import QUIET_OPEN, Book, Checked, Kind, Line, Sources
from outreach.domain.regime import Regime
from outreach.domain.ringing import State

EAST, CENTRAL, HAWAII = "America/New_York", "America/Chicago", "Pacific/Honolulu"
STATES = {
    "US-NY": State("New York", (EAST,), ("212",)),
    "US-FL": State("Florida", (EAST, CENTRAL), ("305",)),
    "US-AL": State("Alabama", (CENTRAL,), ("205",)),
    "US-KY": State("Kentucky", (EAST, CENTRAL), ("502",)),
    "US-HI": State("Hawaii", (HAWAII,), ("808",)),
}
ASKED = frozenset({Channel.EMAIL, Channel.SMS})
HOLIDAY = date(2026, 12, 25)


def hours(first: int, last: int, *days: int, on_holidays: bool = True) -> SendWindow:
    """From one full hour to another, on these days (0 is Monday); on all of them when none is named."""
    return SendWindow.of(days or range(7), (first * 60, last * 60), on_holidays=on_holidays)


def line(place: str, rule: str = "R5", **more: Any) -> Line:
    """In force for ever, unless told otherwise."""
    known = {"since": date(2000, 1, 1), "checked": Checked.MEMORY, "source": "a test"}
    return Line(rule=rule, place=place, **{**known, **more})


def country(place: str, rule: str = "R15", **more: Any) -> Line:
    """A country that asks for consent to mails and texts."""
    return line(place, rule, regime=Regime(rule, place, ASKED, **more))


LINES = (
    line("US", "R1", window=QUIET_OPEN),
    line("US-FL", "R2", window=hours(8, 20), most=3),
    line("US-AL", window=hours(8, 20, 0, 1, 2, 3, 4, 5, on_holidays=False), holidays="US-AL"),
    line("US-KY", window=hours(10, 21)),
    country("GB", corporate=True, basis=True),
    country("DE", basis=True),
    country("CA", "R17", implied=timedelta(days=183), by_purchase=timedelta(days=730)),
)
KINDS = (Kind("+1800", "a toll-free number", "a test"), Kind("+881", "a satellite number", "a test"))


def book(*lines: Line) -> Book:
    """The law of these lines, by default of all of them."""
    sources = Sources(version="test", lines=lines or LINES, states=STATES, kinds=KINDS)
    return Book(sources, lambda _, year: frozenset({HOLIDAY.replace(year=year)}))


LAW = book()
