"""Send windows as ops people write them, and the two limits that hold for telephones."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any, Final

from outreach.cadences.times import minute
from outreach.cadences.words import Way, Wrong, plain
from outreach.domain.calendar import ALWAYS, DAY, DAYS, SendWindow, Span, both
from outreach.domain.law import QUIET_OPEN
from outreach.domain.problem import did_you_mean

STANDARD: Final = SendWindow.of(range(5), (9 * 60, 17 * 60))
# Telephones: working days until 20:00, the stricter of the state laws (rules R2 to R5), inside rule R1.
PHONE: Final = SendWindow.of(range(5), (9 * 60, 20 * 60))

FIX: Final = 'write it like {days: mon-fri, hours: "09:00-17:00"}, {mon-thu: "09:00-17:00", fri: "09:00-13:00"} or always'
_DAY_FIX: Final = "write days like mon-fri or [tue, thu]"
_HOURS_FIX: Final = 'write hours like "09:00-17:00" or ["09:00-12:00", "13:00-17:00"]'
_FULL: Final = {"monday": "mon", "tuesday": "tue", "wednesday": "wed", "thursday": "thu", "friday": "fri",
                "saturday": "sat", "sunday": "sun", "tues": "tue", "thur": "thu", "thurs": "thu"}  # fmt: skip
_OWN: Final = ("days", "hours", "on_holidays")


def window(value: Any) -> SendWindow:
    """The send window that a value stands for. Raises Wrong with the way to the culprit."""
    if isinstance(value, str) and value.strip() == "always":
        return ALWAYS
    if not isinstance(value, dict):
        raise Wrong(f"{plain(value, 'a send window', FIX)!r} is not a send window", FIX)
    on_holidays = value.get("on_holidays", False)
    if not isinstance(on_holidays, bool):
        raise Wrong("on_holidays is true or false", "write: on_holidays: true", at=("on_holidays",))
    by_day = [k for k in value if k not in _OWN]
    week = _by_day(value, by_day) if by_day else _same_hours(value)
    found = SendWindow(tuple(tuple(week.get(day, ())) for day in range(7)), on_holidays)
    if found.never:
        raise Wrong("this window is never open", FIX)
    return found


def lawful(found: SendWindow) -> bool:
    """Whether a telephone may ring in all of its hours (rule R1)."""
    return both(found, QUIET_OPEN).week == found.week


def _same_hours(value: dict[str, Any]) -> dict[int, list[Span]]:
    on = days(value.get("days", "mon-sun"), at=("days",))
    open_at = spans(value.get("hours", "00:00-24:00"), at=("hours",))
    return dict.fromkeys(on, open_at)


def _by_day(value: dict[str, Any], names: list[str]) -> dict[int, list[Span]]:
    """{mon-thu: "09:00-17:00", fri: "09:00-13:00"}."""
    for name in names:
        _comma(value, name)
        if "days" in value or "hours" in value:
            raise Wrong(
                f"a send window has no {name!r}", did_you_mean(name, _OWN) or FIX, at=(name,), on_name=True
            )
    week: dict[int, list[Span]] = {}
    for name in names:
        for day in days(name, at=(name,), on_name=True):
            if day in week:
                raise Wrong(f"{DAYS[day]} is named twice", "name each day once", at=(name,), on_name=True)
            week[day] = spans(value[name], at=(name,))
    return week


def _comma(value: dict[str, Any], name: str) -> None:
    """{days: mon-wed, fri} is two entries for YAML, the second without a value."""
    if value[name] is None and "days" in value:
        raise Wrong(
            f"inside {{...}} the comma before {name!r} begins a new entry",
            f"write days: [{value['days']}, {name}]",
            at=(name,),
        )


def days(value: Any, *, at: Way, on_name: bool = False) -> list[int]:
    """Days of the week (0 is Monday): `mon-fri`, `mon-wed, fri`, [tue, thu]."""
    parts = value if isinstance(value, list) else plain(value, "days of the week", _DAY_FIX, at=at).split(",")
    found: set[int] = set()
    for part in parts:
        first, dash, last = plain(part, "a day of the week", _DAY_FIX, at=at).partition("-")
        start = _day(first.strip(), at, on_name)
        end = _day(last.strip(), at, on_name) if dash else start
        found.update((start + n) % 7 for n in range((end - start) % 7 + 1))
    if not found:
        raise Wrong("no day is named, so this window is never open", _DAY_FIX, at=at)
    return sorted(found)


def _day(name: str, at: Way, on_name: bool) -> int:
    short = name.casefold()
    if short in DAYS:
        return DAYS.index(short)
    fix = f"write {_FULL[short]}" if short in _FULL else did_you_mean(short, DAYS) or _DAY_FIX
    raise Wrong(f"{name!r} is not a day of the week", fix, at=at, on_name=on_name)


def spans(value: Any, *, at: Way) -> list[Span]:
    """Spans of the local day in minutes, in order and apart: "09:00-17:00", ["09:00-12:00", "13:00-17:00"]."""
    parts = value if isinstance(value, list) else plain(value, "hours", _HOURS_FIX, at=at).split(",")
    found = sorted(_span(plain(part, "hours", _HOURS_FIX, at=at), at) for part in parts)
    if not found:
        raise Wrong("no hours are named, so this window is never open", _HOURS_FIX, at=at)
    for (_, end), (start, _) in pairwise(found):
        if start < end:
            raise Wrong("two spans of hours overlap", "join them into one", at=at)
    return found


def _span(text: str, at: Way) -> Span:
    first, dash, last = re.sub(r" (?:to|until) |\s*[–—]\s*", "-", text).partition("-")
    if not dash:
        raise Wrong(f"{text!r} has no end", _HOURS_FIX, at=at)
    start, end = minute(first.strip(), at=at), minute(last.strip(), at=at)
    if start == end:
        raise Wrong(f"{text!r} is never open", _HOURS_FIX, at=at)
    if start > end:
        fix = f'write two spans: ["{clocked(0)}-{clocked(end)}", "{clocked(start)}-{clocked(DAY)}"]'
        raise Wrong(f"{text!r} goes over midnight", fix if end else f'write "{clocked(start)}-24:00"', at=at)
    return start, end


def clocked(minutes: int) -> str:
    """Minutes since midnight as a clock shows them."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
