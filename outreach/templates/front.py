"""Reads the head of a template: a few `name: words` lines between two `---` lines."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import yaml

from outreach.domain.problem import Problem, Problems, did_you_mean

KEYS = ("subject", "preheader", "title")
_LONGEST = 4_000
_FENCE = "---"
# A tag that has a line for itself, except include, whose last line needs its end.
_ALONE = re.compile(
    r"^[ \t]*(\{%(?!-?\s*include\b)(?:(?!%\}).)*[^-+\n]|\{#(?:(?!#\}).)*[^-+\n])([%#]\})[ \t]*\n",
    re.MULTILINE,
)
_ENTRY = re.compile(r"(?P<key>[A-Za-z_][\w-]*):[ \t]+(?P<words>[^\s\"'|>].*)")


@dataclass(frozen=True, slots=True)
class Line:
    """Words and the line of the file they stand in, counted from 1."""

    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Parts:
    """A template's head and body. The body has blank lines where the head was, so that line numbers stay true."""

    head: dict[str, Line]
    body: str
    begins: int  # the line of the file where the body begins

    def source_of(self, key: str) -> str | None:
        """The words of a key, on their line."""
        line = self.head.get(key)
        return "\n" * (line.number - 1) + line.text if line else None


def parts(path: str, source: str) -> Parts:
    """Split a template. Raises Problems for a head that is not closed, has unknown or double keys, or is not text."""
    lines = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].rstrip() != _FENCE:
        return Parts({}, _closed_up("\n".join(lines)), 1)
    end = next((n for n, line in enumerate(lines) if n and line.rstrip() == _FENCE), None)
    if end is None:
        raise Problems([Problem(path, 1, 0, "the head is not closed", "end it with a line of ---")])
    head = _head(path, lines[1:end])
    return Parts(head, "\n" * (end + 1) + _closed_up("\n".join(lines[end + 1 :])), end + 2)


def _closed_up(body: str) -> str:
    """A line that holds only a tag leaves no empty line behind.

    Its line break moves into the tag, so that lines keep their numbers. Jinja2's trim_blocks would also eat the break
    after a tag at the end of a sentence, and glue two paragraphs together.
    """
    return _ALONE.sub(r"\1\n\2", body)


def _head(path: str, lines: list[str]) -> dict[str, Line]:
    # Words without quotes are taken as they stand: `subject: {{ lead.company }}: tip #3` is three traps in YAML.
    text = "\n".join(_quoted(line) for line in lines)
    if len(text) > _LONGEST:
        raise Problems([Problem(path, 1, 0, f"the head is longer than {_LONGEST:,} characters")])
    try:
        return _entries(path, text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        fix = 'write lines such as `subject: A word about routes`, or put the words in "quotes"'
        raise Problems([Problem(path, line, 0, "cannot read the head", fix)]) from None


def _quoted(line: str) -> str:
    entry = _ENTRY.fullmatch(line.rstrip())
    return f"{entry['key']}: {json.dumps(entry['words'])}" if entry else line


def _entries(path: str, text: str) -> dict[str, Line]:
    head: dict[str, Line] = {}
    key: Line | None = None
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        line = (event.start_mark.line if event.start_mark else 0) + 2  # the fence is line 1
        if isinstance(event, yaml.SequenceStartEvent | yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Problems([Problem(path, line, 0, "the head holds words only, no lists or references")])
        if isinstance(event, yaml.MappingStartEvent) and key:
            raise Problems([Problem(path, line, 0, f"`{key.text}` must be words, not a group")])
        if not isinstance(event, yaml.ScalarEvent):
            continue
        if key is None:
            key = _key(path, event.value, line, head)
        else:
            head[key.text] = Line(event.value, key.number)
            key = None
    return head


def _key(path: str, name: str, line: int, head: dict[str, Line]) -> Line:
    if name not in KEYS:
        fix = did_you_mean(name, KEYS) or f"a head may say {', '.join(KEYS)}"
        raise Problems([Problem(path, line, 0, f"unknown key `{name}` in the head", fix)])
    if name in head:
        raise Problems(
            [Problem(path, line, 0, f"`{name}` is given twice", f"first on line {head[name].number}")]
        )
    return Line(name, line)
