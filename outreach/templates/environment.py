"""Jinja2 behind a fence: templates read fields and print them, and can reach nothing else.

Printed values do not go into the text. Each leaves one private-use character in its place and is kept beside it: the
*skeleton*. Markdown is made of the skeleton alone, so nothing in a lead's fields can become a link, a heading or a
tag; and as most leads of a cadence share a skeleton, the Markdown of a template is parsed once, not once a lead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import BaseLoader, Template, UndefinedError, nodes, pass_context
from jinja2.runtime import Context, LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from outreach.templates.filters import FILTERS
from outreach.templates.reading import read
from outreach.templates.values import MOST_ITEMS, Fields, Missing, clean, printed

FIRST_MARK = 0xF0000  # Supplementary Private Use Area-A: 65,534 characters that mean nothing to Markdown
MARK = re.compile("([\U000f0000-\U000ffffd])")
MOST_VALUES = 20_000  # printed values in one message
_KEPT = "_values"  # where a render keeps them; names that begin with _ are refused in templates
_LOOP = frozenset({"first", "last", "index", "length"})


@dataclass(frozen=True, slots=True)
class Html:
    """Text that is HTML already, made by us."""

    text: str


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A rendered template in which the n-th printed value is the character FIRST_MARK + n."""

    text: str
    values: list[str | Html]

    def plain(self) -> str:
        """The text with its values in place."""
        parts = MARK.split(self.text)
        for n in range(1, len(parts), 2):
            value = self.values[ord(parts[n]) - FIRST_MARK]
            parts[n] = value.text if isinstance(value, Html) else value
        return "".join(parts)


@pass_context
def _keep(context: Context, value: object) -> str:
    kept: list[str | Html] = context.parent[_KEPT]
    if len(kept) >= MOST_VALUES:
        raise UndefinedError(f"more than {MOST_VALUES:,} printed values in one message")
    kept.append(value if isinstance(value, Html) else printed(value))
    return chr(FIRST_MARK + len(kept) - 1)


def _items(value: object) -> object:
    if isinstance(value, Undefined):
        return printed(value)  # raises, with the name of what is missing
    if not isinstance(value, list | tuple):
        raise UndefinedError("a loop goes through a list; this is a single value")
    if len(value) > MOST_ITEMS:
        raise UndefinedError(f"a loop goes through at most {MOST_ITEMS} items; these are {len(value)}")
    return value


class Shelf(ImmutableSandboxedEnvironment):
    """The only Jinja2 environment for what ops people write. The sandbox is the outer wall; we never lean on it."""

    def __init__(self, loader: BaseLoader | None = None) -> None:
        super().__init__(
            loader=loader,
            undefined=Missing,
            finalize=_keep,
            autoescape=False,  # values never touch the text: they are escaped where they are put back
            auto_reload=False,
            cache_size=-1,
        )
        self.globals.clear()
        self.filters.clear()
        self.filters.update(FILTERS, _items=_items)
        self.tests = {name: self.tests[name] for name in ("defined", "undefined")}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Read with the grammar, so that nothing else is ever compiled. Raises Problems."""
        tree = read(filename or name or "", source)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "_items", [], [], None, None, lineno=loop.lineno)
        tree.set_environment(self)
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of a group, or where we are in a loop. Never an attribute of a Python object."""
        if type(obj) is Fields:
            value = obj.read(attribute)
            return self.undefined(obj=obj, name=attribute) if value is None else value
        if isinstance(obj, Undefined):
            return printed(obj)  # raises, with the name of what is missing
        if type(obj) is LoopContext and attribute in _LOOP:
            return getattr(obj, attribute)
        raise UndefinedError(f"there is no .{attribute} here; only lead, rep and sender have fields")

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The same, for `lead["field name"]`."""
        return self.getattr(obj, str(argument))


def render(template: Template, names: Mapping[str, object]) -> Skeleton:
    """Render a compiled template. Raises whatever the template raises, with the template's lines in the traceback."""
    values: list[str | Html] = []
    given: dict[str, object] = {}
    for name, value in names.items():
        if isinstance(value, Mapping):
            given[name] = Fields(name, value)
        else:
            given[name] = clean(value) if isinstance(value, str) else value
    given[_KEPT] = values
    return Skeleton(template.render(given), values)
