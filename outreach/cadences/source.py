"""The text of cadences.yaml becomes plain values, each with its place; YAML's traps are refused by name.

Built from the parser's events, one pass and no recursion over what people wrote: the C loader crashes the process on
100 kB of `[`, and a compose-then-construct reader stops at the first duplicate key. Scalars follow YAML 1.2: `no`,
`9:00`, `017` and `2026-01-05` are texts; only true, false, null and plain numbers are anything else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import yaml

from outreach.cadences import syntax
from outreach.domain.problem import Problem, Problems

Path: TypeAlias = tuple[str | int, ...]

_TAG: Final = "tag:yaml.org,2002:"
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FRACTION = re.compile(r"[-+]?(?:[0-9]{1,17})?\.[0-9]{1,17}|[-+]?[0-9]{1,17}\.")
_WORDS: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands (counted from 1), and how it was written."""

    line: int
    column: int
    written: str = ""  # a scalar as it stands in the file, without quotes
    in_braces: bool = False  # inside {...}, where a comma begins the next entry


@dataclass(slots=True)
class Document:
    """What one file says, and where."""

    file: str
    data: Any = None
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, path: Path, text: str, fix: str = "", *, key: bool = False) -> None:
        """Note a mistake at a path: at its value, or with `key` at the name before it."""
        place = self.place(path, key=key)
        self.problems.append(Problem(self.file, place.line, place.column, _short(text), _short(fix)))

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where a path stands; what is missing stands where its parent does."""
        for n in range(len(path), -1, -1):
            first, second = (self.keys, self.values) if key else (self.values, self.keys)
            if found := first.get(path[:n]) or second.get(path[:n]):
                return found
        return Place(1, 1)


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read."""

    path: Path
    value: dict[str, Any] | list[Any]
    braces: bool
    key: str | None = None
    repeated: bool = False


def parse(text: str, file: str) -> Document:
    """The values of a YAML text. Raises Problems for what is not YAML or is refused on purpose.

    A key that is written twice is only noted, so that the rest can be checked in the same run; the first one holds.
    """
    unfit = [Problem(file, *found) for found in syntax.unfit(text)]
    if unfit:
        raise Problems(unfit)
    reader = _Reader(Document(file))
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            reader.take(event)
    except yaml.YAMLError as error:
        raise Problems([*reader.refused, Problem(file, *syntax.explained(error, text))]) from None
    if reader.refused:
        raise Problems(reader.refused)
    return reader.document


class _Reader:
    """Puts the parser's events together."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.refused: list[Problem] = []  # what makes the rest unreadable
        self._open: list[_Open] = []
        self._documents = 0

    def take(self, event: Any) -> None:
        """One event of the parser, in the order of the text."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents == 2:
                self._refuse(
                    event, "the file holds a second document after '---'", "keep one and remove the line ---"
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"an alias (*{event.anchor}) is not allowed here", _quote("*"))
            self._put(None, event)
        elif isinstance(event, yaml.NodeEvent):
            self._node(event)

    def _node(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse(event, f"an anchor (&{event.anchor}) is not allowed here", _quote("&"))
        if event.tag is not None:
            self._refuse(event, f"a tag ({event.tag.replace(_TAG, '!!')}) is not allowed here", _quote("!"))
        if isinstance(event, yaml.ScalarEvent):
            self._put(_scalar(event), event)
            return
        if len(self._open) >= syntax.DEEPEST:
            self._refuse(event, *syntax.TOO_DEEP)
            raise Problems(self.refused)
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        if self._waits_for_key():
            self._refuse(
                event,
                "a list or {...} cannot be the name of an entry",
                "put a text that begins with { or [ in quotes",
            )
        path = self._put(value, event)
        self._open.append(_Open(path, value, bool(event.flow_style)))

    def _waits_for_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].value, dict) and self._open[-1].key is None

    def _put(self, value: Any, event: Any) -> Path:
        """Where a value goes: the document, the end of a list, a key, or what a key stands for."""
        written = getattr(event, "value", "")
        place = Place(event.start_mark.line + 1, event.start_mark.column + 1, written)
        if not self._open:
            path: Path = ()
            self.document.data = value if self._documents < 2 else self.document.data
        else:
            top = self._open[-1]
            place = Place(place.line, place.column, written, top.braces)
            if isinstance(top.value, list):
                path = (*top.path, len(top.value))
                top.value.append(value)
            elif top.key is None:
                return self._key(top, written, place)
            else:
                path = (*top.path, top.key)
                if not top.repeated:
                    top.value[top.key] = value
                top.key, top.repeated = None, False
        self.document.values.setdefault(path, place)
        return path

    def _key(self, top: _Open, name: str, place: Place) -> Path:
        path = (*top.path, name)
        first = self.document.keys.setdefault(path, place)
        top.key, top.repeated = name, first is not place
        if top.repeated:
            # A name of its own, so that what stands below it is not taken for repetitions as well.
            top.key = f"{name}\0{place.line}"
            text = f"{name!r} is written twice, first in line {first.line}"
            self.document.problems.append(self._at(place, text, "keep one of the two, or rename one"))
        if name == "<<":
            self.refused.append(self._at(place, "merging with << is not allowed here", "write it out"))
        return path

    def _refuse(self, event: Any, text: str, fix: str) -> None:
        place = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        self.refused.append(self._at(place, text, fix))

    def _at(self, place: Place, text: str, fix: str) -> Problem:
        return Problem(self.document.file, place.line, place.column, text, fix)


def _scalar(event: yaml.ScalarEvent) -> Any:
    """The value of a scalar by YAML 1.2's core schema."""
    text: str = event.value
    if not event.implicit[0]:  # quoted, or a block of text
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text in _NOTHING:
        return None
    if _NUMBER.fullmatch(text):
        return int(text)
    return float(text) if _FRACTION.fullmatch(text) else text


def _short(text: str) -> str:
    """A text that quotes a whole page is cut in the middle: its ends tell what it is about."""
    return text if len(text) <= 400 else f"{text[:200]} ... {text[-190:]}"


def _quote(sign: str) -> str:
    return f"write it out; a text that begins with {sign} goes in quotes"
