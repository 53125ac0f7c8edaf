"""Reading a table of leads as people save it: any spreadsheet's CSV, whole or damaged, line by line.

Whatever is wrong with a line is said of that line; the others go on. Memory is bounded: nothing keeps the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TextIO

from outreach.domain.errors import Mistake

LONGEST_CELL: Final = 65_536  # characters
_LONGEST_LINE: Final = 1_000_000  # characters of one record, over all its physical lines
_MOST_LINES: Final = 256  # physical lines of one record: after these an open quote is a slip, not a long note
_DELIMITERS: Final = (",", ";", "\t", "|")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would execute at the start of a cell
_OURS: Final = ("rejected_line", "rejected_because")  # columns of our own *.rejected.csv

# How columns are called elsewhere -> what they are called here.
SYNONYMS: Final = {
    "e_mail": "email", "mail": "email", "email_address": "email", "e_mail_address": "email", "work_email": "email",
    "tel": "phone", "telephone": "phone", "phone_number": "phone", "mobile_phone": "phone", "cell": "phone",
    "full_name": "name", "contact": "name", "contact_name": "name", "firstname": "first_name", "lastname": "last_name",
    "surname": "last_name", "organization": "company", "organisation": "company", "account": "company",
    "company_name": "company", "account_name": "company", "time_zone": "timezone", "tz": "timezone",
    "state": "region", "province": "region", "id": "external_id", "lead_id": "external_id", "contact_id": "external_id",
    "linkedin": "profile", "linkedin_url": "profile", "postal_address": "postal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One record: the number of its first physical line, its cells, and by name when nothing is wrong with it."""

    number: int
    cells: tuple[str, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    columns: tuple[str, ...] = ()
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class Table:
    """An open table. `columns` are the words of the file, `names` what each one is here (None: left out)."""

    columns: tuple[str, ...]
    names: tuple[str | None, ...]
    delimiter: str
    records: Iterator[tuple[int, str]]

    def lines(self) -> Iterator[Line]:
        """Each record that is not empty."""
        for number, text in self.records:
            if text.strip(self.delimiter + "\r\n \t"):
                yield self._line(number, text)

    def _line(self, number: int, text: str) -> Line:
        problem = _unreadable(text)
        if problem:
            return self._bad(number, [text[:LONGEST_CELL].replace("\x00", "")], problem)
        try:
            cells = _cells(text, self.delimiter)
        except csv.Error as error:
            return self._bad(number, [text.strip("\r\n")], f"this is no line of a table: {error}")
        while len(cells) > len(self.columns) and not cells[-1].strip():
            cells.pop()  # a delimiter too many at the end
        problem = self._misfit(cells)
        if problem:
            return self._bad(number, cells, problem)
        values = {
            name: _unescaped(cell)
            for name, cell in zip(self.names, cells, strict=True)
            if name and cell.strip()
        }
        return Line(number, tuple(cells), values, columns=self.columns, delimiter=self.delimiter)

    def _bad(self, number: int, cells: list[str], problem: str) -> Line:
        return Line(number, tuple(cells), problem=problem, columns=self.columns, delimiter=self.delimiter)

    def _misfit(self, cells: list[str]) -> str:
        if len(cells) != len(self.columns):
            return f"it has {len(cells)} cells, the header has {len(self.columns)}: is a quote or a delimiter missing?"
        for column, cell in zip(self.columns, cells, strict=True):
            if len(cell) > LONGEST_CELL:
                return f"{column!r} has {len(cell):,} characters; at most {LONGEST_CELL:,} are read"
        return ""


def open_table(
    file: io.BufferedReader, *, mapping: Mapping[str, str], progress: Callable[[int], None]
) -> Table:
    """A table whose first line names its columns. `progress` hears how many bytes were read.

    Raises Mistake for an empty file, a column that comes twice, and a mapping that names no column.
    """
    physical = _physical(file, progress)
    delimiter, records = _begun(physical)
    number, header = next(((n, text) for n, text in records if text.strip()), (0, ""))
    if not number:
        raise Mistake("the file is empty: its first line must name the columns, such as name,email,phone")
    if problem := _unreadable(header):
        raise Mistake(f"line {number} should name the columns, but {problem}")
    columns = tuple(cell.strip() for cell in _cells(header, delimiter))
    return Table(columns, _names(columns, mapping), delimiter, records)


def _begun(physical: Iterator[tuple[int, str]]) -> tuple[str, Iterator[tuple[int, str]]]:
    """The delimiter, and the records from the header on."""
    number, first = next(((n, text) for n, text in physical if text.strip()), (0, ""))
    said = re.fullmatch(r"sep=(.)\s*", first)  # Excel's own first line
    if said:
        return said[1], _records(physical, said[1])
    delimiter = max(_DELIMITERS, key=lambda one: _outside_quotes(first).count(one))

    def again() -> Iterator[tuple[int, str]]:
        if number:
            yield number, first
        yield from physical

    return delimiter, _records(again(), delimiter)


def _records(physical: Iterator[tuple[int, str]], delimiter: str) -> Iterator[tuple[int, str]]:
    """Physical lines, joined while a quoted cell goes on. A quote that is never closed costs its own line only."""
    pending: list[tuple[int, str]] = []
    while True:
        begun = pending.pop(0) if pending else next(physical, None)
        if begun is None:
            return
        number, text = begun
        joined = [text]
        taken: list[tuple[int, str]] = []
        while _unclosed("".join(joined), delimiter):
            more = pending.pop(0) if pending else next(physical, None)
            if more is None or len(joined) >= _MOST_LINES or sum(map(len, joined)) > _LONGEST_LINE:
                pending = taken + ([more] if more else []) + pending
                joined = [text]
                break
            taken.append(more)
            joined.append(more[1])
        yield number, "".join(joined)


def _unclosed(text: str, delimiter: str) -> bool:
    """Whether the text ends inside a quoted cell. Quotes count at the start of a cell only, as spreadsheets write them."""
    if '"' not in text or len(text) > _LONGEST_LINE:
        return False
    start = rf"(^|[{re.escape(delimiter)}\r\n])"
    closed = re.sub(rf'{start}"(?:[^"]|"")*+"', r"\1", text)
    return re.search(rf'{start}"', closed) is not None


def _unreadable(text: str) -> str:
    if len(text) > _LONGEST_LINE:
        return f"it is longer than {_LONGEST_LINE:,} characters"
    if "\x00" in text:
        return "it has a NUL character: the file is damaged, or not a table"
    return ""


def _cells(text: str, delimiter: str) -> list[str]:
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def _outside_quotes(text: str) -> str:
    return re.sub(r'"(?:[^"]|"")*"', "", text)


def _names(columns: tuple[str, ...], mapping: Mapping[str, str]) -> tuple[str | None, ...]:
    folded = {_folded(column): _folded(name) for column, name in mapping.items()}
    unknown = [column for column in mapping if _folded(column) not in {_folded(one) for one in columns}]
    if unknown:
        raise Mistake(f"--map names {unknown[0]!r}, but the columns are {', '.join(columns)}")
    names = [_name(folded.get(_folded(column), _folded(column))) for column in columns]
    for name in names:
        if name and names.count(name) > 1:
            both = " and ".join(repr(c) for c, n in zip(columns, names, strict=True) if n == name)
            raise Mistake(
                f'two columns are {name!r}: {both}; rename one in the file, or say --map "COLUMN=NAME"'
            )
    return tuple(names)


def _name(folded: str) -> str | None:
    return SYNONYMS.get(folded, folded) if folded and folded not in _OURS else None


def _folded(column: str) -> str:
    """Lower case, with _ for whatever templates could not name."""
    return re.sub(r"\W+", "_", column.strip().lower()).strip("_")


def _unescaped(cell: str) -> str:
    """The apostrophe that keeps a spreadsheet from executing a cell is no part of it."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def harmless(cell: str) -> str:
    """The cell so that no spreadsheet executes it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


# -- bytes --------------------------------------------------------------------------------------------------------------


def _physical(file: io.BufferedReader, progress: Callable[[int], None]) -> Iterator[tuple[int, str]]:
    """Number and text of each physical line, in whatever encoding it is, at most a million characters of it."""
    start = file.peek(4096)[:4096]
    wide = _wide(start)
    if start.startswith(b"\xef\xbb\xbf"):
        file.read(3)
    # Latin-1 gives every byte one character: lines are cut first, then each is decoded for itself.
    text = io.TextIOWrapper(file, encoding=wide or "latin-1", errors="replace", newline="")
    try:
        for number, line in enumerate(_cut(text), start=1):
            progress(len(line) * (2 if wide else 1))
            yield number, line.removeprefix("\ufeff") if wide else _decoded(line)
    finally:
        if not file.closed:
            text.detach()  # the file is closed by whoever opened it


def _cut(text: TextIO) -> Iterator[str]:
    """Lines with their ends; of one that is too long the beginning, longer than allowed by one character."""
    while line := text.readline(_LONGEST_LINE + 1):
        if len(line) > _LONGEST_LINE and not line.endswith(("\n", "\r")):
            while (rest := text.readline(_LONGEST_LINE)) and not rest.endswith(("\n", "\r")):
                pass
        yield line


def _wide(start: bytes) -> str | None:
    """The UTF-16 that a file begins with: by its mark, else by where its zero bytes lie."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = start[0::2].count(0), start[1::2].count(0)
    most = len(start) // 2 * 0.6
    if odd > most and not even:
        return "utf-16-le"
    return "utf-16-be" if even > most and not odd else None


def _decoded(line: str) -> str:
    """A line as UTF-8, else as Windows-1252: one file may hold both, when two people have edited it."""
    raw = line.encode("latin-1")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def opened(path: Path) -> io.BufferedReader:
    """The file. Raises Mistake when it is not there or is no file."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise Mistake(f"there is no file {path}") from None
    except IsADirectoryError:
        raise Mistake(f"{path} is a folder: name a CSV file in it") from None
