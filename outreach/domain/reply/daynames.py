"""Days that are told by a name: 13 March, March 13th, "Monday", "next week", "the end of April"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Final

from outreach.domain.reply.day import ONE_DAY, Day, Reader, one
from outreach.domain.reply.phrases import fold
from outreach.domain.reply.words import calendar as words

_WEEK: Final = timedelta(days=7)


@cache
def _months() -> dict[str, int]:
    numbers: dict[str, int] = {}
    for names in words.MONTHS.values():
        for number, forms in enumerate(names.split(), 1):
            for form in forms.split("/"):
                numbers.setdefault(fold(form), number)
    return numbers


@cache
def _named_forms() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    month = "|".join(re.escape(one) for one in sorted(_months(), key=len, reverse=True))
    year = r"(?:[ .,]{0,3}(?:de |del |of |do |,)?[ ]?(20\d\d|['\u2019]\d\d)(?!\d|[:.]\d))?"
    day = r"(?<![\d:./])(\d{1,2})(?!\d)(?:(?: ?(?:st|nd|rd|th|er)|ere|re|eme|o|a|os|as|te|ten|e|de|:a|:e|:te)\b)?"
    return (
        re.compile(
            rf"{day}[ .,/-]{{0,3}}(?:of the |of |de |del |di |d |dem |den |do )?[ ]?({month})(?:[td][ae]n?|ya|ye)?(?!\w){year}"
        ),
        re.compile(
            rf"(?:(20\d\d)[. ,]{{1,3}})?(?<!\w)({month})[ .,-]{{0,3}}(?:the )?(?<!\d)(\d{{1,2}})(?!\d|[:]\d| ?[ap]m\b)(?: ?(?:st|nd|rd|th)\b)?{year}"
        ),
        re.compile(rf"(?<!\w)({month})(?!\w)"),
    )


def named(plain: str, reader: Reader) -> Iterator[Day]:
    day_first, month_first, _ = _named_forms()
    ends: list[tuple[int, int]] = []
    for found in day_first.finditer(plain):
        if _after_month(plain, found.start()):
            continue  # "December 24 - January 2": the 24th is not in January
        ends.append(found.span())
        yield from one(
            found.start(), found.end(), reader.day(found[3], _months()[found[2]], int(found[1])), found[3]
        )
    for found in month_first.finditer(plain):
        if not any(start < found.end() and found.start() < end for start, end in ends):
            year = found[4] or found[1]
            first = reader.day(year, _months()[found[2]], int(found[3]))
            yield from one(found.start(), found.end(), first, year)
            yield from _same_month(plain, found.end(), _months()[found[2]], year, reader)


def _after_month(plain: str, at: int) -> bool:
    last = plain[max(0, at - 20) : at].rstrip(" .").rpartition(" ")[2]
    return last in _months() and plain[at - 1 : at] in " ."


_SAME_MONTH: Final = re.compile(
    r" ?(?:-|\u2013|\u2014|to|through|until|thru|and|till) ?(?:the )?(\d{1,2})(?!\d|:)(?: ?(?:st|nd|rd|th)\b)?(?:[ ,]{1,2}(20\d\d))?"
)


def _same_month(plain: str, at: int, month: int, year: str | None, reader: Reader) -> Iterator[Day]:
    """ "March 3 - 12": the second day has its month before the first."""
    found = _SAME_MONTH.match(plain, at)
    if found:
        yield from one(
            found.start(1), found.end(), reader.day(found[2] or year, month, int(found[1])), found[2] or year
        )


def month_only(plain: str, reader: Reader) -> Iterator[Day]:
    """ "until the end of March", "back in April"."""
    for found in _named_forms()[2].finditer(plain):
        before = plain[max(0, found.start() - 30) : found.start()]
        ends = re.search(
            r"(?:end|late|ende|fin|finales|final|fim|fine|eind|einde|slutet|slutningen|slutten|loppuun|konca|konce|конца) (?:of |de |di |del |d|do |af |av |van )?$",
            before,
        )
        middle = re.search(
            r"(?:mid|mitte|mi|mediados de|meados de|meta|medio|mitten av|midten af|polowy) ?-?$", before
        )
        if (
            not ends
            and not middle
            and not re.search(
                r"(?:until|till|in|bis|im|en|em|a|in|tot|til|till|do|early|beginning of|anfang|debut|jusquen|hasta|ate|fino a) $",
                before,
            )
        ):
            continue
        first = reader.day(None, _months()[found[1]], 15 if middle else 1)
        if len(found[1]) < 4 or (found[1] in ("mars", "mart") and not ends and not middle):
            continue
        if first:
            after = (first.replace(day=28) + timedelta(days=4)).replace(day=1) if ends else first
            yield Day(found.start(), found.end(), after if ends else first, after, sure=False)


def relative(plain: str, reader: Reader) -> Iterator[Day]:
    monday = reader.written + timedelta(days=7 - reader.written.weekday())
    for names, first, after in ((words.NEXT_WEEK, monday, monday + _WEEK), (words.THIS_WEEK, monday, monday)):
        for name in names.split("|"):
            for at in _places(plain, fold(name)):
                until = re.search(
                    r"(?:until|till|bis|jusqua|jusquau|hasta|ate|fino a|fino alla|tot|til) (?:the |zur |la |a |alla )?$",
                    plain[max(0, at - 20) : at],
                )
                yield Day(at, at + len(fold(name)), first, first if until else after)
    for name, ahead in words.DAYS.items():
        if name == "manana":
            continue  # "por la mañana" is the morning
        for at in _places(plain, fold(name)):
            day = reader.written + timedelta(days=ahead)
            yield Day(at, at + len(fold(name)), day, day + ONE_DAY)


def _places(plain: str, name: str) -> Iterator[int]:
    at = plain.find(name)
    while at >= 0:
        edges = plain[at - 1 : at] + plain[at + len(name) : at + len(name) + 1]
        if not name[0].isascii() or not any(letter.isalnum() for letter in edges):
            yield at
        at = plain.find(name, at + len(name))


@cache
def _weekday_form() -> tuple[re.Pattern[str], dict[str, int]]:
    numbers: dict[str, int] = {}
    for names in words.WEEKDAYS.values():
        for number, forms in enumerate(names.split()):
            for form in forms.split("/"):
                if len(form) > 3 or not form.isascii() or form == "mon":
                    numbers.setdefault(fold(form), number)
    spaced = sorted((one for one in numbers if one[0] < "\u0e00"), key=len, reverse=True)
    dense = sorted((one for one in numbers if one[0] >= "\u0e00"), key=len, reverse=True)
    return re.compile(
        rf"(?<!\w)({'|'.join(map(re.escape, spaced))})(?!\w)|({'|'.join(map(re.escape, dense))})"
    ), numbers


_NUMBERED: Final = re.compile(
    r"[ ,]{1,3}(?:the |den |d |le |dia |il |de )?(\d{1,2})(?:st|nd|rd|th|\.)?(?![\d:./-]|\w| ?(?:uhr|h|am|pm)\b)"
)


def weekday(plain: str, reader: Reader) -> Iterator[Day]:
    """ "on Monday", "on Monday the 16th"."""
    form, numbers = _weekday_form()
    for found in form.finditer(plain):
        number = numbers[found[1] or found[2]]
        told = _NUMBERED.match(plain, found.end())
        exact = told and _numbered(reader.written, number, int(told[1]))
        if told and exact:
            yield from one(found.start(), told.end(), exact)
            continue
        day = reader.written + timedelta(days=(number - reader.written.weekday()) % 7 or 7)
        # Nobody is away until Monday evening: "until Monday" means back on Monday.
        after = day if day.weekday() == 0 else day + ONE_DAY
        yield Day(found.start(), found.end(), day, after, sure=False, weekday=True)


def _numbered(written: date, weekday: int, number: int) -> date | None:
    """The next day of that number that is such a weekday, within two months."""
    days = (written + timedelta(days=n) for n in range(62))
    return next((day for day in days if day.day == number and day.weekday() == weekday), None)
