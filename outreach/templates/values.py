"""Makes what we know of a lead fit to print: no control characters, no invisible ones, no empty greetings.

Templates see `lead`, `rep` and `sender` as `Fields`. Nothing else of Python can be reached from a template: see
`Shelf.getattr` in environment.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from jinja2 import StrictUndefined, UndefinedError

from outreach.templates.rendered import LONGEST_VALUE

MOST_ITEMS = 100  # of a list that a template goes through

_BREAKS = re.compile(r"\s+")  # line breaks of all kinds among them
# Control characters (UTF-16 read wrongly is full of NUL), zero-width and direction-changing characters (UAX 9), soft hyphens, tag characters, byte order marks, surrogates
# (cannot be encoded) and private use (what we mark places with). ZWJ and ZWNJ belong to Persian, Hindi and emoji.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)


def clean(text: str) -> str:
    """The text on one line, without control, invisible or direction-changing characters, cut to a bound."""
    if len(text) > LONGEST_VALUE:
        text = text[: LONGEST_VALUE - 3].rstrip() + "..."
    if not text.isprintable():
        text = _UNSEEN.sub("", _BREAKS.sub(" ", text))
    return text.strip()


class Missing(StrictUndefined):
    """A field that is not there. As in `when:` conditions it is false and equals nothing; printing it is an error."""

    __slots__ = ()

    def __bool__(self) -> bool:  # type: ignore[override]
        return False

    def __eq__(self, other: object) -> bool:  # type: ignore[override]
        return False

    def __ne__(self, other: object) -> bool:  # type: ignore[override]
        return True

    def __hash__(self) -> int:  # type: ignore[override]
        return id(type(self))

    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __eq__  # type: ignore[assignment]

    @property
    def _undefined_message(self) -> str:
        name = str(self._undefined_name)
        if isinstance(self._undefined_obj, Fields):
            return missing(f"{self._undefined_obj.path}.{name}")
        return f"there is no {name}; a template may use lead, rep, sender, today and unsubscribe_url"


_INSTEAD = {"first_name": "there", "name": "there", "company": "your team"}


def missing(dotted: str) -> str:
    """What to tell when a field is missing, with the likely fix."""
    root, _, name = dotted.partition(".")
    if root == "lead":
        instead = _INSTEAD.get(name, "...")
        return f"{dotted} is missing; fill the field or write {{{{ {dotted} | default('{instead}') }}}}"
    return f"{dotted} is missing; add `{name}` to the {root} in cadences.yaml or write {{{{ {dotted} | default('...') }}}}"


class Fields:
    """A group of named values. Reading one gives it cleaned; what says nothing counts as missing."""

    __slots__ = ("_values", "path")

    def __init__(self, path: str, values: Mapping[str, object]) -> None:
        self.path, self._values = path, values

    def read(self, name: str) -> Any:
        """The value of that name, fit for a template; None when there is none."""
        value = self._values.get(name)
        # Most fields are short printable words: no more than two looks for them.
        if type(value) is str and value.isprintable() and len(value) <= LONGEST_VALUE:
            return value.strip() or None
        return None if value is None else _fit(f"{self.path}.{name}", value)


def _fit(path: str, value: object) -> object:
    match value:
        case str():
            return clean(value) or None
        case bool() | int() | float() | Decimal() | date():
            return value
        case Mapping():
            return Fields(path, value)
        case list() | tuple() | set() | frozenset():
            items = sorted(value, key=str) if isinstance(value, set | frozenset) else list(value)
            if len(items) > MOST_ITEMS:
                raise UndefinedError(
                    f"{path} has {len(items)} items; a template goes through at most {MOST_ITEMS}"
                )
            return [fit for item in items if (fit := _fit(f"{path}[]", item)) is not None] or None
        case _:
            return clean(str(value)) or None


def printed(value: object) -> str:
    """How a value appears in a message. Raises UndefinedError for what cannot be printed (a list, a group, missing)."""
    if isinstance(value, str):
        return value if value.isprintable() and len(value) <= LONGEST_VALUE else clean(value)
    match value:
        case Missing():
            return str(value)  # raises, with the name of the field
        case bool():
            return "yes" if value else "no"
        case int() | float() | Decimal():
            return clean(str(value))
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case list() | tuple():
            raise UndefinedError("this is a list; write `| join(', ')` or go through it with {% for %}")
        case Fields():
            raise UndefinedError(f"{value.path} is a group of fields; name one, such as {value.path}.name")
        case _:
            raise UndefinedError(f"a {type(value).__name__} cannot be printed")
