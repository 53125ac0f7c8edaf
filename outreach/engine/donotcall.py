"""Do-not-call lists come in: a national list of millions of numbers, a state's, our own (rule R11).

A file is read line by line and stored by the batch, so that others get their turn in between and memory stays small.
Whoever kills it in the middle runs it again: a number that is there already is only confirmed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from outreach import addresses
from outreach.casework.house import House
from outreach.domain.channel import AddressKind
from outreach.domain.errors import Mistake
from outreach.store import history, leads, permissions, telephones
from outreach.store.database import Db

BATCH = 5000  # numbers in one transaction
_SHOWN = 10  # lines that could not be read, told one by one
_LONGEST = 200  # characters of a line that holds one number
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,31}")
_DIGITS = re.compile(r"[^0-9]")


@dataclass(slots=True)
class Read:
    """What became of the lines of a list."""

    lines: int = 0
    rejected: int = 0
    first_rejected: list[tuple[int, str]] = field(default_factory=list)
    new: int = 0
    removed: int = 0  # not in the newest edition any more
    numbers: int = 0  # on the list now


def import_list(
    house: House,
    lines: Iterable[str],
    name: str,
    *,
    as_of: datetime,
    by: str,
    source: str = "",
    whole: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> Read:
    """Put the numbers of a file on a list. `whole`: those of an earlier edition that are not in it are taken off.

    A line holds one number, as the registries write them: 2025550101, 202,5550101 or +12025550101, and whatever else
    after a further comma. Raises Mistake when the list cannot have this name, or no line holds a number.
    """
    if not _NAME.fullmatch(name):
        raise Mistake(
            f"{name!r} cannot be the name of a list: use letters and digits, such as national or TX"
        )
    done = Read()
    with house.store.read() as db:
        country = house.library.team(db).country
        before = telephones.counted(db, name)
    for batch in _batches(_numbers(lines, country, done)):
        house.store.run(lambda db, some=batch: telephones.put(db, name, some, as_of=as_of))  # type: ignore[misc]
        progress(len(batch))
    if done.lines == done.rejected:
        raise Mistake("no line of it holds a telephone number" + _first(done))
    with house.store.begin() as db:
        done.removed = telephones.remove_older(db, name, as_of) if whole else 0
        done.numbers = telephones.counted(db, name)
        done.new = max(done.numbers + done.removed - before, 0)
        telephones.note(db, name, as_of=as_of, at=house.now(), by=by, source=source)
    return done


def forbid(house: House, number: str, *, by: str, name: str = telephones.INTERNAL, because: str = "") -> str:
    """Put one number on a list; every later claim sees it. Returns it as it is stored. Raises BadAddress."""
    with house.store.begin() as db:
        value = addresses.phone(number, house.library.team(db).country).value
        concerned = leads.holders(db, AddressKind.PHONE, value)
        permissions.lock_people(db, concerned)  # claims that hold them go first
        telephones.put(db, name, [value], as_of=house.now())
        telephones.note(db, name, as_of=house.now(), at=house.now(), by=by, source="by hand")
        _note(house, db, concerned, f"on the {name} do-not-call list", by, because)
    return value


def allow(house: House, number: str, *, by: str, name: str = telephones.INTERNAL) -> bool:
    """Take one number off a list; False when it was not on it. Raises BadAddress."""
    with house.store.begin() as db:
        value = addresses.phone(number, house.library.team(db).country).value
        concerned = leads.holders(db, AddressKind.PHONE, value)
        permissions.lock_people(db, concerned)
        was = telephones.remove(db, name, [value]) > 0
        if was:
            _note(house, db, concerned, f"off the {name} do-not-call list", by, "")
    return was


def _note(house: House, db: Db, concerned: list[int], cause: str, by: str, because: str) -> None:
    at = house.now()
    history.add(
        db, [history.Entry(at=at, lead_id=i, cause=cause, by=by, because=because or None) for i in concerned]
    )


def _numbers(lines: Iterable[str], country: str, done: Read) -> Iterator[str]:
    for line in lines:
        text = line.strip().lstrip("\ufeff")
        if not text:
            continue
        done.lines += 1
        try:
            yield _number(text, country)
        except Mistake as error:
            if done.lines == 1 and not any(char.isdigit() for char in text):
                done.lines = 0  # a heading
                continue
            done.rejected += 1
            if len(done.first_rejected) < _SHOWN:
                done.first_rejected.append((done.lines, str(error)))


def _number(text: str, country: str) -> str:
    """The number of a line in E.164; read the short way where there is one: a library's takes ten times as long."""
    if len(text) > _LONGEST:
        raise Mistake(f"the line has {len(text)} characters: it is no list of numbers")
    first, comma, rest = text.replace(chr(34), "").partition(",")
    if comma and len(first.strip()) == 3:  # area code, number: as the national registry writes them
        first += rest.partition(",")[0]
    digits = _DIGITS.sub("", first)
    if first.strip().startswith("+"):
        if 8 <= len(digits) <= 15:
            return f"+{digits}"
    elif country in ("US", "CA"):
        if len(digits) == 10 and digits[0] > "1":
            return f"+1{digits}"
        if len(digits) == 11 and digits[0] == "1":
            return f"+{digits}"
    return addresses.phone(first, country).value


def _batches(numbers: Iterator[str]) -> Iterator[list[str]]:
    batch: dict[str, None] = {}
    for number in numbers:
        batch[number] = None
        if len(batch) >= BATCH:
            yield list(batch)
            batch = {}
    if batch:
        yield list(batch)


def _first(done: Read) -> str:
    return f": line {done.first_rejected[0][0]}: {done.first_rejected[0][1]}" if done.first_rejected else ""
