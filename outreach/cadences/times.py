"""The words for time in cadences.yaml: waits, durations, times of day."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any, Final

from outreach.cadences.words import Way, Wrong, plain
from outreach.domain.cadence import AT_ONCE, Unit, Wait
from outreach.domain.problem import did_you_mean

LONGEST: Final = timedelta(days=5 * 366)
_WAIT = re.compile(r"(?P<n>[-+]?\d{1,9}(?:[.,]\d{1,9})?) ?(?P<unit>[^\d\s][^\d]*?)(?: at (?P<at>.+))?")
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)")
_FIELD = re.compile(r"(?:lead\.)?([a-z_][a-z0-9_]{0,63})")
_WAIT_FIX: Final = "write it like: 2 business days, 3 days, 1 day at 16:30, 4 hours, 90 minutes, at once"
_LENGTH_FIX: Final = "write it like: 90 minutes, 6 hours, 3 days"
_UNITS: Final = {
    "minute": (Unit.MINUTES, timedelta(minutes=1)),
    "hour": (Unit.HOURS, timedelta(hours=1)),
    "day": (Unit.DAYS, timedelta(days=1)),
    "week": (Unit.DAYS, timedelta(days=7)),
    "business day": (Unit.BUSINESS_DAYS, timedelta(days=1)),
}
_SHORT: Final = {
    "min": "minutes", "mins": "minutes", "m": "minutes", "h": "hours", "hr": "hours", "hrs": "hours", "d": "days",
    "w": "weeks", "bd": "business days", "working day": "business days", "working days": "business days",
    "workday": "business days", "workdays": "business days", "weekday": "business days", "weekdays": "business days",
}  # fmt: skip
_LONG: Final = {"month": 30, "months": 30, "year": 365, "years": 365, "quarter": 91, "quarters": 91}


def wait(value: Any) -> Wait:
    """`2 business days`, `1 day at 16:30`, `at once`, or {until: field, shift: -14 days, at: "09:00"}."""
    if isinstance(value, dict):
        return _until(value)
    text = plain(value, "a wait", _WAIT_FIX)
    if text == "at once":
        return AT_ONCE
    amount, unit, each, at = _amount(text, "a wait", _WAIT_FIX)
    if amount == 0:
        raise Wrong(f"{text!r} does not wait", "write: at once")
    _positive(
        amount * each,
        text,
        "a wait cannot go back in time; to begin before a date write {until: field, shift: -14 days}",
    )
    if at and unit in (Unit.MINUTES, Unit.HOURS):
        raise Wrong(
            f"{text!r} names a time of day, which goes with days only", "write it like: 1 day at 16:30"
        )
    return Wait(
        amount=amount * (7 if each == timedelta(days=7) else 1), unit=unit, at=clock(at) if at else None
    )


def length(value: Any) -> timedelta:
    """A duration: minutes, hours, days or weeks."""
    text = plain(value, "a duration", _LENGTH_FIX)
    amount, unit, each, at = _amount(text, "a duration", _LENGTH_FIX)
    if at or unit is Unit.BUSINESS_DAYS:
        raise Wrong(f"{text!r} is not a duration", _LENGTH_FIX)
    if amount == 0:
        raise Wrong(f"{text!r} leaves no time at all", _LENGTH_FIX)
    _positive(amount * each, text, "a duration is more than nothing")
    return amount * each


def _amount(text: str, what: str, fix: str, *, at: Way = ()) -> tuple[int, Unit, timedelta, str | None]:
    found = _WAIT.fullmatch(text)
    if not found:
        raise Wrong(f"{text!r} is not {what}", fix, at=at)
    number, word = found["n"], found["unit"].strip().casefold()
    if not number.lstrip("+-").isdecimal():
        raise Wrong(
            f"{text!r} has a fraction", "use whole numbers of a smaller unit: 90 minutes, 36 hours", at=at
        )
    one = word.removesuffix("s")
    if one not in _UNITS:
        raise Wrong(f"{text!r} is not {what}: there is no unit {word!r}", _unit_fix(int(number), word) or fix)
    unit, each = _UNITS[one]
    return int(number), unit, each, found["at"]


def _unit_fix(number: int, word: str) -> str:
    if word in _SHORT:
        return f"write: {number} {_SHORT[word]}"
    if word in _LONG:
        return f"count in days: {number * _LONG[word]} days"
    return did_you_mean(word, [f"{unit}s" for unit in _UNITS])


def _positive(span: timedelta, text: str, fix: str) -> None:
    if span <= timedelta():
        raise Wrong(f"{text!r} is less than nothing", fix)
    if span > LONGEST:
        raise Wrong(f"{text!r} is longer than five years", "nobody waits that long: check the unit")


def _until(value: dict[str, Any]) -> Wait:
    known = ("until", "shift", "at")
    for key in value:
        if key not in known:
            raise Wrong(
                f"a wait until a date has no {key!r}",
                did_you_mean(key, known) or "it has: until, shift, at",
                at=(key,),
                on_name=True,
            )
    if "until" not in value:
        raise Wrong("a wait until a date needs 'until'", "write: {until: renewal_date}")
    field = _FIELD.fullmatch(
        plain(value["until"], "the name of a date field", "write: {until: renewal_date}")
    )
    if not field:
        fix = "write the name of a field of the lead, such as renewal_date; for a fixed wait write: 3 days"
        raise Wrong(f"{value['until']!r} is not the name of a field", fix, at=("until",))
    at = clock(value["at"], at=("at",)) if "at" in value else None
    return Wait(amount=_shift(value.get("shift", "0 days")), unit=Unit.UNTIL, field=field[1], at=at)


def _shift(value: Any) -> int:
    fix, at = "write it like: -14 days, or: 7 days", ("shift",)
    text = plain(value, "a shift", fix, at=at)
    amount, unit, each, clocked = _amount(text, "a shift", fix, at=at)
    if unit is not Unit.DAYS or clocked:
        raise Wrong(f"{text!r}: a shift counts days", fix, at=at)
    if abs(amount * each) > LONGEST:
        raise Wrong(f"{text!r} is longer than five years", "check the unit", at=at)
    return (amount * each).days


def clock(value: Any, *, at: Way = ()) -> time:
    """A time of day, 00:00 to 23:59."""
    minutes = minute(value, at=at)
    if minutes == 24 * 60:
        raise Wrong("24:00 is not a time of day", 'write "00:00"', at=at)
    return time(minutes // 60, minutes % 60)


def minute(value: Any, *, at: Way = ()) -> int:
    """Minutes since midnight of a time such as 09:00; 24:00 is the end of the day."""
    fix = 'write it like "09:00" or "16:30", from "00:00" to "24:00"'
    text = plain(value, "a time of day", fix, at=at).removesuffix("h")
    found = _CLOCK.fullmatch(text)
    minutes = int(found[1]) * 60 + int(found[2]) if found else -1
    if not 0 <= minutes <= 24 * 60:
        raise Wrong(f"{text!r} is not a time of day", _american(text) or fix, at=at)
    return minutes


def _american(text: str) -> str:
    found = re.fullmatch(r"(1[0-2]|0?[1-9])(?::([0-5]\d))? ?([ap])\.?m\.?", text.casefold())
    if not found:
        return ""
    hour = int(found[1]) % 12 + (12 if found[3] == "p" else 0)
    return f'write: "{hour:02}:{found[2] or "00"}"'
