"""The words for limits in cadences.yaml: so many a day, so long between two, so many per cent."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Final

from outreach.cadences.words import Wrong, plain

MOST: Final = 10_000_000
LONGEST_GAP: Final = timedelta(hours=1)
LONGEST_APART: Final = timedelta(days=14)
FIRST: Final = ("follow-ups", "new leads")
_PER = re.compile(r"([\d_., ]+?)\s*(?:/|per|a)\s*([a-z]+)", re.IGNORECASE)
_SPAN = re.compile(r"(\d{1,6}) ?([a-z]+)")
_PER_CENT = re.compile(r"(\d{1,3}(?:\.\d{1,3})?) ?%")
_SECONDS: Final = {"s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60, "h": 3600, "hour": 3600,
                   "d": 86400, "day": 86400}  # fmt: skip


def per_day(value: Any) -> int:
    """How many in any 24 hours: 400/day."""
    return _per(value, "day", "400/day")


def touches_a_day(value: Any) -> int:
    """How many on a calendar day: 1/day."""
    return _per(value, "day", "1/day")


def a_week(value: Any) -> int:
    """How many in a calendar week: 4, or 4/week."""
    if isinstance(value, int) and not isinstance(value, bool):
        return _within(value, str(value), "week: 4")
    return _per(value, "week", "week: 4")


def gap(value: Any) -> timedelta:
    """A short time: 45s, 2 minutes."""
    span = _between(value, "write it like: 45s, 90 seconds, 2 minutes")
    if span > LONGEST_GAP:
        raise Wrong(
            f"{value!r} is longer than an hour", "write a limit per day instead, such as email: 20/day"
        )
    return span


def apart(value: Any) -> timedelta:
    """The least time between two touches of one person: 90 minutes, 4 hours, 2 days."""
    span = _between(value, "write it like: 90 minutes, 4 hours, 2 days")
    if span > LONGEST_APART:
        raise Wrong(f"{value!r} is longer than two weeks", "write a limit per week instead, such as week: 1")
    return span


def _between(value: Any, fix: str) -> timedelta:
    text = plain(value, "a time between two", fix)
    found = _SPAN.fullmatch(text.casefold())
    unit = found[2] if found and found[2] in _SECONDS else found[2].removesuffix("s") if found else ""
    if not found or unit not in _SECONDS:
        raise Wrong(f"{text!r} is not a time between two", fix)
    span = timedelta(seconds=int(found[1]) * _SECONDS[unit])
    if not span:
        raise Wrong(f"{text!r} is no time at all", "remove it, or " + fix)
    return span


def per_cent(value: Any) -> float:
    """A share: 8%, 0.3%."""
    fix = "write it like: 8%, or: 0.3%"
    text = plain(value, "a share", f"write: {value}%" if isinstance(value, int | float) else fix)
    found = _PER_CENT.fullmatch(text)
    if not found or not 0 < float(found[1]) <= 100:
        raise Wrong(f"{text!r} is not a share", fix)
    return float(found[1]) / 100


def number(value: Any) -> int:
    """A whole number from 1 on."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise Wrong(f"{plain(str(value), 'a number')!r} is not a whole number", "write it like: 200")
    return _within(value, str(value), "200")


def _per(value: Any, unit: str, example: str) -> int:
    fix = f"write it like: {example}"
    text = plain(value, "a limit", f"write: {value}/{unit}" if isinstance(value, int) else fix)
    found = _PER.fullmatch(text)
    if not found:
        raise Wrong(f"{text!r} is not a limit", fix)
    digits = re.sub(r"[_, ]", "", found[1])
    if not digits.isdecimal():
        raise Wrong(f"{text!r} is not a whole number", fix)
    if found[2].casefold() != unit:
        raise Wrong(f"{text!r}: this limit counts per {unit}", f"write: {digits}/{unit}, or another number")
    return _within(int(digits), text, example)


def _within(amount: int, text: str, example: str) -> int:
    if amount < 1:
        raise Wrong(
            f"{text!r} would let nothing through",
            "to stop a channel use `outreach pause --channel`; to have no limit remove this entry",
        )
    if amount > MOST:
        raise Wrong(f"{text!r} is more than anybody sends", f"check the zeros, or write it like: {example}")
    return amount


def first(value: Any) -> str:
    """Who goes first when there is not room for all."""
    fix = f"write one of: {', '.join(FIRST)}"
    text = plain(value, "one of two", fix)
    if text not in FIRST:
        raise Wrong(f"{text!r} is not known", fix)
    return text
