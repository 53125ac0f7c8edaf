"""The filters a template may use; docs/templates.md shows each. All are quick and give short results."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from jinja2 import UndefinedError
from jinja2.runtime import Undefined

from outreach.templates.values import printed

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
# The C library's strftime takes widths (`%900000000d`) and the server's language; these are all we read.
_DATE_PARTS: dict[str, Callable[[date], str]] = {
    "%d": lambda d: f"{d.day:02}",
    "%-d": lambda d: str(d.day),
    "%m": lambda d: f"{d.month:02}",
    "%-m": lambda d: str(d.month),
    "%y": lambda d: f"{d.year % 100:02}",
    "%Y": lambda d: str(d.year),
    "%B": lambda d: _MONTHS[d.month - 1],
    "%b": lambda d: _MONTHS[d.month - 1][:3],
    "%A": lambda d: _DAYS[d.weekday()],
    "%a": lambda d: _DAYS[d.weekday()][:3],
}
_DATE_PART = re.compile(r"%-?.")


def _default(value: object, instead: object = "") -> object:
    return instead if isinstance(value, Undefined) or value is None or value == "" else value


def _join(value: object, between: str = ", ", last: str | None = None) -> str:
    if isinstance(value, Undefined):
        return printed(value)
    items = [printed(item) for item in value] if isinstance(value, list | tuple) else [printed(value)]
    if last is None or len(items) < 2:
        return printed(between.join(items))
    return printed(between.join(items[:-1]) + last + items[-1])


def _truncate(value: object, length: int = 80) -> str:
    text = printed(value)
    if len(text) <= length:
        return text
    cut = text[: max(length - 3, 0)]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;.") + "..."


def _day(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = printed(value)
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise UndefinedError(f"{text!r} is not a date; dates are written as 2026-11-30") from None


def _date(value: object, pattern: str = "%-d %B %Y") -> str:
    day = _day(value)

    def part(found: re.Match[str]) -> str:
        write = _DATE_PARTS.get(found[0])
        if write is None:
            raise UndefinedError(f"a date has no part {found[0]!r}; use {' '.join(_DATE_PARTS)}")
        return write(day)

    return _DATE_PART.sub(part, pattern)


def _plus_days(value: object, days: int) -> date:
    try:
        return _day(value) + timedelta(days=days)
    except (OverflowError, TypeError):
        raise UndefinedError(f"cannot count {days!r} days from {printed(value)}") from None


def _number(value: object, decimals: int = 0) -> str:
    if decimals not in range(7):
        raise UndefinedError("number(...) takes 0 to 6 decimals")
    text = printed(value)
    try:
        number = Decimal(text.replace(",", ""))
        return printed(f"{number:,.{decimals}f}") if abs(number) < Decimal(10) ** 30 else text
    except InvalidOperation:
        raise UndefinedError(f"{text!r} is not a number") from None


def _phone(value: object) -> str:
    text = printed(value)
    american = re.fullmatch(r"\+1(\d{3})(\d{3})(\d{4})", text)
    return "-".join(american.groups()) if american else text


def _spoken(value: object) -> str:
    # Speech engines read +15005550006 as a number of millions; single digits with pauses can be written down.
    groups = re.findall(r"\d+", _phone(value))
    return ", ".join(" ".join(group) for group in groups)


def _end(value: object, place: int) -> object:
    if isinstance(value, Undefined):
        return printed(value)
    sequence = value if isinstance(value, list | tuple) else printed(value)
    return sequence[place] if sequence else ""


def _length(value: object) -> int:
    return (
        0
        if isinstance(value, Undefined)
        else len(value if isinstance(value, list | tuple) else printed(value))
    )


def _title(value: object) -> str:
    return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)*", lambda word: word[0].capitalize(), printed(value))


FILTERS: dict[str, Callable[..., Any]] = {
    "default": _default,
    "d": _default,
    "capitalize": lambda value: printed(value).capitalize(),
    "title": _title,
    "lower": lambda value: printed(value).lower(),
    "upper": lambda value: printed(value).upper(),
    "trim": lambda value: printed(value).strip(),
    "truncate": _truncate,
    "join": _join,
    "first": lambda value: _end(value, 0),
    "last": lambda value: _end(value, -1),
    "length": _length,
    "number": _number,
    "date": _date,
    "plus_days": _plus_days,
    "phone": _phone,
    "spoken": _spoken,
}
