"""Finds the days a text names, in its order: 13 March, 3/13, 13.3., 2026-03-13, 3月13日, "Monday", "next week"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from outreach.domain.reply import daynames
from outreach.domain.reply.day import ONE_DAY, STALE, Day, Order, Reader, one, real
from outreach.domain.reply.phrases import fold

_MOST: Final = 60  # days of a text that are looked at


def found_in(plain: str, written: date, order: Order) -> list[Day]:
    """The days in a folded text, in its order, none within another."""
    reader = Reader(written, _order(plain, order))
    found: list[Day] = []
    taken: list[tuple[int, int]] = []
    for finder in (
        _iso,
        _eastern,
        daynames.named,
        _numeric,
        daynames.month_only,
        daynames.relative,
        daynames.weekday,
    ):
        for day in finder(plain, reader):
            if not any(day.start < end and start < day.end for start, end in taken):
                found.append(day)
                taken.append((day.start, day.end))
        if len(found) > _MOST:
            break
    return _in_order(_joined(sorted(found, key=lambda day: day.start), plain), written)


def _joined(days: list[Day], plain: str) -> list[Day]:
    """Without the weekdays that stand beside a date and are part of it."""
    kept: list[Day] = []
    for at, day in enumerate(days):
        if day.weekday:
            follows = days[at + 1] if at + 1 < len(days) else None
            if (
                follows
                and follows.sure
                and follows.start - day.end <= 12
                and _between(plain[day.end : follows.start])
            ):
                continue
            if kept and kept[-1].sure and day.start - kept[-1].end <= 4:
                continue
        kept.append(day)
    return kept


def _between(text: str) -> bool:
    return all(word in _JOINTS for word in re.findall(r"\w+", text)) and not set(text) & set("!?;\n")


_JOINTS: Final = frozenset("the le el o dem den der il lo de d of den det dia am on the a e".split())


def _in_order(days: list[Day], written: date) -> list[Day]:
    """Over New Year: "24 December to 2 January" ends in the year after it begins."""
    for at in range(1, len(days)):
        before, day = days[at - 1], days[at]
        if day.yearless and before.sure and before.first >= written and day.first < before.first - STALE:
            first = real(day.first.year + 1, day.first.month, day.first.day) or day.first
            days[at] = replace(day, first=first, after=first + ONE_DAY)
    return days


_ISO: Final = re.compile(r"(?<![\d.])(20\d\d) ?([-./]) ?(\d{1,2}) ?\2 ?(\d{1,2})(?!\d)")


def _iso(plain: str, _: Reader) -> Iterator[Day]:
    for found in _ISO.finditer(plain):
        yield from one(found.start(), found.end(), real(int(found[1]), int(found[3]), int(found[4])))


_YEAR_MARK, _MONTH_MARK, _DAY_MARK = (fold(one) for one in ("년", "월", "일"))
_EASTERN: Final = re.compile(
    rf"(?:(20\d\d) ?(?:\u5e74|{_YEAR_MARK}) ?)?(?<!\d)(\d{{1,2}}) ?(?:\u6708|{_MONTH_MARK}) ?(\d{{1,2}}) ?(?:[\u65e5\u53f7\u865f]|{_DAY_MARK})(?: ?[(\uff08][^()\uff08\uff09]{{1,6}}[)\uff09])?"
)
_EASTERN_END: Final = re.compile(
    rf" ?(?:-|\uff5e|~|\u301c|\u2013|\u81f3|\u5230|\u304b\u3089|{fold('부터')}) ?(\d{{1,2}}) ?(?:[\u65e5\u53f7\u865f]|{_DAY_MARK})"
)


def _eastern(plain: str, reader: Reader) -> Iterator[Day]:
    for found in _EASTERN.finditer(plain):
        year, month = found[1], int(found[2])
        yield from one(found.start(), found.end(), reader.day(year, month, int(found[3])), year)
        if end := _EASTERN_END.match(plain, found.end()):  # the second day has its month before the first
            yield from one(end.start(1), end.end(), reader.day(year, month, int(end[1])), year)


_NUMERIC: Final = re.compile(
    r"(?<![\d./:,+])(\d{1,2}) ?([./-]) ?(\d{1,2})(?: ?\2 ?(20\d\d|\d\d)(?![\d:]))?(\.?)(?![\d/:%]|\.\d)"
)
_CLOCK: Final = re.compile(r" ?(?:uhr|h\b|am\b|pm\b|a\.m|p\.m|o'?clock|hrs?\b|%|gb|mb|million|eur|usd)")


def _numeric(plain: str, reader: Reader) -> Iterator[Day]:
    for found in _NUMERIC.finditer(plain):
        first, sign, second, year = int(found[1]), found[2], int(found[3]), found[4]
        if not year and (
            _CLOCK.match(plain, found.end())
            or (first, second) in ((24, 7), (9, 11), (1, 1))
            or (sign == "-" and not year)
        ):
            continue
        if not year and sign == "." and not found[5] and not _dotted(plain, found.start(), found.end()):
            continue
        month_first = sign == "/" and reader.order is Order.MONTH_FIRST
        month_first = month_first or (sign == "-" and reader.order is Order.MONTH_FIRST)
        day, month = (second, first) if month_first else (first, second)
        if month > 12 >= day:
            day, month = month, day
        yield from one(found.start(), found.end(), reader.day(year, month, day), year)


def _dotted(plain: str, start: int, end: int) -> bool:
    """Whether 3.8 is a date and no number: it stands in a range, or after a word that dates follow."""
    before, after = plain[max(0, start - 12) : start], plain[end : end + 12]
    if re.match(r"\d{1,2}\.(?:0[1-9]|1[0-2])(?!\d)", plain[start:end]) and not re.search(
        r"(?<!\w)(?:um|kl\.?|klo|at|ore|las|om|v|version|o|godz\.?|saat) $", before
    ):
        return True
    return bool(
        re.search(
            r"(?:-|\u2013|(?<!\w)(?:bis|vom|von|am|ab|zum|til|till|do|od|den|d\.|asti|le|tot|dne|до|с|по|den|on|until|pe|la)) ?$",
            before,
        )
        or re.match(r" ?(?:-|\u2013|bis|asti|saakka|alkaen|tarih|do|til|till)", after)
    )


def _order(plain: str, order: Order) -> Order:
    """What the other dates of the text say of how its author writes; else what is known of them."""
    for found in _NUMERIC.finditer(plain[:3_000]):
        if found[2] == "/" or (found[2] == "-" and found[4]):
            if int(found[1]) > 12 >= int(found[3]):
                return Order.DAY_FIRST
            if int(found[3]) > 12 >= int(found[1]):
                return Order.MONTH_FIRST
    return order
