"""What is wrong with a text that is not YAML at all, told to somebody who has never heard of a scanner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import yaml

# line, column (from 1), text, fix
Found = tuple[int, int, str, str]

# Characters outside of these crash the parser, end a line where no editor shows it, or cannot be stored.
_UNFIT = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_INDENT = re.compile(r"^( *)([\t\xa0])[ \t\xa0]*(?=[^\s#])", re.MULTILINE)
_BREAK = re.compile(r"\r\n|\r|\n")
DEEPEST: Final = 50  # levels; a playbook needs eight
TOO_DEEP: Final = (
    f"nested more than {DEEPEST} levels deep",
    "look for a bracket that is opened and never closed",
)
_MANY: Final = 20  # a file indented with tabs has one on every line: twenty make the point

# What libyaml says, and what it means to the person who typed it.
_MEANING: Final = (
    (
        "mapping values are not allowed",
        "a second ': ' in one line, or an entry that is indented too far",
        "put a text with ': ' in quotes; give entries of one list the same indentation",
    ),
    ("found unexpected end of stream", "a quote is opened here and never closed", "close the quote"),
    (
        "did not find expected ',' or",
        "a bracket or brace is opened here and not closed properly",
        "close it, put a comma between its entries, and a text with ': ' in quotes",
    ),
    (
        "did not find expected '-'",
        "this list has an entry that does not begin with '- '",
        "begin each entry with '- ' in the same column",
    ),
    (
        "did not find expected key",
        "an entry here does not line up with its neighbours, or text follows a closed quote",
        "give entries of one group the same indentation; put the whole text in one pair of quotes",
    ),
    ("could not find expected ':'", "a name without ': ' after it", "write  name: value"),
    (
        "cannot start any token",
        "a text may not begin with this character",
        "put the text in quotes",
    ),
    ("unexpected ':'", "a ':' without a space after it", "write a space after the colon, or put the text in quotes"),
    ("unknown escape", "a backslash in double quotes means something special", "use single quotes, or write \\\\"),
    ("did not find expected node content", "something is missing between two signs here", "remove the extra comma or colon"),
    ("block sequence entries are not allowed", "a '- ' cannot stand here", "begin the list on a line of its own"),
    ("exceeded maximum nesting depth", *TOO_DEEP),  # what the parser itself bears, since PyYAML 6.0.4
    ("did not find expected <document start>", "the file goes on after it has ended", "check the indentation of this line"),
)  # fmt: skip


def unfit(text: str) -> Iterator[Found]:
    """Characters and tabs that no cadence file needs and that would be misread."""
    found = list(_unfit_characters(text))
    for match in _INDENT.finditer(_BREAK.sub("\n", text)):
        line = match.string.count("\n", 0, match.start()) + 1
        sign = "tab" if match[2] == "\t" else "non-breaking space"
        found.append(
            (line, len(match[1]) + 1, f"a {sign} at the beginning of the line", "indent with spaces")
        )
        if len(found) >= _MANY:
            break
    yield from found


def _unfit_characters(text: str) -> Iterator[Found]:
    for n, match in enumerate(_UNFIT.finditer(text)):
        if n == _MANY:
            return
        line, column = place(text, match.start())
        name = f"U+{ord(match[0]):04X}"
        yield line, column, f"an invisible or broken character ({name})", "delete it and type the text again"


def place(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, counted from 1."""
    before = _BREAK.split(text[:offset])
    return len(before), len(before[-1]) + 1


def explained(error: yaml.YAMLError, text: str) -> Found:
    """Where and what a syntax error is, with the likely fix."""
    said = str(getattr(error, "problem", None) or error)
    mark = getattr(error, "context_mark" if _begins_earlier(said) else "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    meaning, fix = next(
        ((what, fix) for sign, what, fix in _MEANING if sign in said), ("this cannot be read", "")
    )
    lines = text.splitlines() or [""]
    if "\xa0" in lines[min(line, len(lines)) - 1]:
        fix = "the line holds a non-breaking space: type it again with ordinary spaces"
    elif line >= len(lines) and not text.endswith("\n") and meaning not in TOO_DEEP:
        fix = f"{fix}; the file ends in the middle of a line: was it saved completely?".lstrip("; ")
    return line, column, meaning, fix or "compare it with the lines around it"


def _begins_earlier(said: str) -> bool:
    """Whether the culprit is where something was begun, not where the parser gave up."""
    return any(
        sign in said
        for sign in ("unexpected end of stream", "expected ',' or", "could not find expected ':'")
    )
