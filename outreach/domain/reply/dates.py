"""When somebody who is out of office will be there again.

What is told is normalised to the first day back: "back on 13 March" is 13 March, and so is "until 12 March", for the day
that ends an absence is still part of it. (A bare "until Monday" is that Monday: nobody is away until Monday evening.)
Dates are read against the day the mail was written; a return that has passed by then is no return.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Final

from outreach.domain.reply.day import Day, Order
from outreach.domain.reply.days import found_in
from outreach.domain.reply.phrases import fold
from outreach.domain.reply.words import calendar as words

_LONGEST: Final = 6_000  # letters that are read: a notice tells its date early
_BEFORE, _AFTER = 100, 60  # letters around a date that may say what it is
_FARTHEST: Final = timedelta(days=730)
_RANGE: Final = re.compile(
    r"\d\.?(?:st|nd|rd|th|er|o|ª|º|\. ?[a-z]+|[./-]\d{0,4})?[ \w]{0,14}?(?:-|\u2013|\u2014|~|\u301c|to|and|until|bis|und|au|et|al|a|y|ao|e|tot|en|till|til|och|og|do|i|ja|по|и|ile)$"
)
# "I'm out of the office Friday": only then is a bare weekday an absence.
_OUT: Final = re.compile(
    r"(?<!\w)(?:out|away|off|absent|abwesend|buro|haus|frei|urlaub|ausente|assente|afwezig|vrij|ledig|poissa|office)(?: on| this| am| le| el| il| op| pa| der| den)? ?$"
)
_OUT_AFTER: Final = re.compile(
    r" (?:leider )?(?:nicht (?:im|da|in|an|er)|abwesend|absent|im urlaub|frei(?!ta)|niet (?:op|aan)|ikke|inte)"
)
_STOP: Final = re.compile(r"[.!?\n\u3002](?=[^\d]{2})(?![a-z]\.)")


class _Role(StrEnum):
    BACK = "back"
    UNTIL = "until"
    FROM = "from"
    AWAY = "away"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class _Told:
    """A day in a text and what it is there for."""

    day: Day
    role: _Role


def back_on(text: str, written: date, order: Order = Order.UNKNOWN) -> date | None:
    """The first day back that a notice names; None when it names none that lies ahead.

    `written` is the day of the mail by its own Date header, `order` how its author writes 3/4 when nothing else tells.
    """
    plain = re.sub(r"[ \t]+", " ", re.sub(r"\n[ \t]*\n\s*", ". \n", fold(text[:_LONGEST])).replace("\r", ""))
    plain = re.sub(r"(?<!\. )\n", " ", plain)
    days = found_in(plain, written, order)
    told = [_Told(day, _role(plain, days, at)) for at, day in enumerate(days)]
    for candidate in _candidates(told):
        if written <= candidate <= written + _FARTHEST:
            return candidate
    return None


def _candidates(told: list[_Told]) -> Iterator[date]:
    """Returns first, then ends of absences, then the days of absences."""
    yield from (one.day.first for one in told if one.role is _Role.BACK)
    yield from (one.day.after for one in told if one.role is _Role.UNTIL)
    yield from sorted((one.day.after for one in told if one.role is _Role.AWAY), reverse=True)


def _role(text: str, days: list[Day], at: int) -> _Role:
    day = days[at]
    start = max(days[at - 1].end if at else 0, day.start - _BEFORE)
    stop = min(days[at + 1].start if at + 1 < len(days) else len(text), day.end + _AFTER)
    before, after = text[start : day.start], text[day.end : stop]
    sentence = _STOP.split(before)[-1]
    rest = _STOP.split(after)[0]
    near = _near(sentence if at == 0 or start > days[at - 1].end else text[days[at - 1].start : day.start])
    if near == "" and _RANGE.search(text[max(0, day.start - 24) : day.start].rstrip()):
        near = "until"
    back = _speaks_of_back(sentence)
    follows = rest.strip(" )\"'\u2019-").lower()
    if near == "before":
        return _Role.BACK
    if near == "after":
        return _Role.UNTIL
    if near == "until" or follows.startswith(words.UNTIL_AFTER):
        return _Role.BACK if back and near == "until" and _denies(sentence) else _Role.UNTIL
    if back or _speaks_of_back(_clause(rest)):
        return _Role.BACK
    if near == "from" or follows.startswith(words.FROM_AFTER):
        return _Role.FROM
    return (
        _Role.AWAY
        if day.sure or (day.weekday and (_OUT.search(sentence) or _OUT_AFTER.match(rest)))
        else _Role.PLAIN
    )


def _clause(rest: str) -> str:
    """What follows a date up to where another thought begins."""
    return re.split(r"[,;(]| and | und | et | y | e | en | och | og | ja | \u0438 ", rest, maxsplit=1)[0][
        :_AFTER
    ]


@cache
def _lead_ins() -> tuple[tuple[str, str], ...]:
    """Every word before a date and what it makes of it; the longest first."""
    tables = (("until", words.UNTIL), ("after", words.AFTER), ("before", words.BEFORE), ("from", words.FROM))
    told = {(fold(one.replace("_", " ")), role) for role, table in tables for one in table.split()}
    return tuple(sorted(told, key=lambda one: -len(one[0])))


_FILLERS: Final = frozenset(words.FILLERS.split())


def _near(before: str) -> str:
    """What the words right before a date make of it; "" when they say nothing."""
    left = before.rstrip(" ,:(.\"'-\u2013\n")
    for _ in range(6):
        for lead, role in _lead_ins():
            if left.endswith(lead) and (
                not left[: -len(lead)] or not left[-len(lead) - 1].isalnum() or not lead[0].isascii()
            ):
                return role
        head, _, last = left.rpartition(" ")
        word = last.strip(" ,.:()-'")
        if word and word not in _FILLERS and word not in _weekdays():
            return ""
        left = head.rstrip(" ,:(.")
        if not left:
            return ""
    return ""


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(
        fold(name) for names in words.WEEKDAYS.values() for name in names.replace("/", " ").split()
    )


@cache
def _backs() -> re.Pattern[str]:
    stems = sorted({fold(one.replace("_", " ")) for one in words.BACK.split()}, key=len, reverse=True)
    spaced = [re.escape(one) for one in stems if one[0] < "\u0e00"]
    dense = [re.escape(one) for one in stems if one[0] >= "\u0e00"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})|{'|'.join(dense)}")


def _speaks_of_back(text: str) -> bool:
    return bool(_backs().search(text)) and not re.search(
        r"(?<!\w)(?:call|get|come|calling) (?:you )?back(?! (?:on|in|from|to the))|re-?turn (?:your|the|any|all) (?:call|mail|message)",
        text,
    )


def _denies(sentence: str) -> bool:
    return any(word in words.NOT for word in re.findall(r"\w+", sentence))
