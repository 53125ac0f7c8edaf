"""What the text of a template says about it before it is run: what it names, what it needs, what it costs at most."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from jinja2 import nodes

from outreach.domain.problem import Problem
from outreach.templates.grammar import field_name, objection
from outreach.templates.values import MOST_ITEMS

_MOST_NODES = 2_000  # parts of one template's syntax tree
_DEEPEST = 25  # levels of it
# Characters that mean nothing in a message, among them those that mark the places of values.
_PRIVATE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufeff\ue000-\uf8ff\U000f0000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Use:
    """A field that a template names. `optional`: the template copes when it is missing."""

    root: str
    name: str
    line: int
    optional: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """Another template that this one includes or extends."""

    path: str
    line: int


@dataclass(slots=True)
class Sheet:
    """The findings about one template, with all that is wrong in it."""

    path: str
    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    loads: list[tuple[str, int]] = field(default_factory=list)  # bare names it reads, with their lines
    stores: set[str] = field(default_factory=set)  # names it sets
    weight: int = 0  # nodes evaluated at most, loops counted in full
    characters: int = 0  # literal text written at most


@dataclass(frozen=True, slots=True)
class _At:
    """Where the walk is: how deep, whether in a loop, and whether a missing field is coped with."""

    depth: int = 0
    looped: bool = False
    optional: bool = False

    @property
    def times(self) -> int:
        return MOST_ITEMS if self.looped else 1

    def below(self, *, looped: bool = False, optional: bool = False) -> _At:
        return _At(self.depth + 1, self.looped or looped, self.optional or optional)


def inspect(path: str, source: str, tree: nodes.Template) -> Sheet:
    """Walk a parsed template. Never raises; without recursion, so that no tree is too deep for it."""
    sheet = Sheet(path, problems=_private(path, source))
    stack: list[tuple[nodes.Node, _At]] = [(tree, _At())]
    seen = 0
    while stack:
        node, at = stack.pop()
        seen += 1
        if seen > _MOST_NODES or at.depth > _DEEPEST:
            size = f"has more than {_MOST_NODES:,} parts" if seen > _MOST_NODES else "is nested too deeply"
            sheet.problems.append(
                Problem(path, node.lineno, 0, f"this template {size}", "split it with include")
            )
            break
        text, fix = objection(node, looped=at.looped)
        if text:
            sheet.problems.append(Problem(path, _line(node), 0, text, fix))
        else:
            _note(sheet, node, at)
            stack.extend(_children(node, at))
    return sheet


def _line(node: nodes.Node) -> int:
    # Jinja2 gives some nodes no line of their own.
    return node.lineno or next((child.lineno for child in node.iter_child_nodes() if child.lineno), 1)


def _private(path: str, source: str) -> list[Problem]:
    found = _PRIVATE.search(source)
    if not found:
        return []
    text = f"the character U+{ord(found[0]):04X} has no meaning in a message"
    return [Problem(path, source.count("\n", 0, found.start()) + 1, 0, text, "delete it")]


def _note(sheet: Sheet, node: nodes.Node, at: _At) -> None:
    sheet.weight += at.times
    match node:
        case nodes.TemplateData():
            sheet.characters += len(node.data) * at.times
        case nodes.Name() if node.ctx == "load":
            sheet.loads.append((node.name, node.lineno))
        case nodes.Name():
            sheet.stores.add(node.name)
        case nodes.Getattr() | nodes.Getitem() if isinstance(node.node, nodes.Name):
            sheet.uses.append(Use(node.node.name, str(field_name(node)), node.lineno, at.optional))
        case nodes.Include() | nodes.Extends() if isinstance(node.template, nodes.Const):
            sheet.references.append(Reference(node.template.value, node.lineno))
        case _:
            pass


def _children(node: nodes.Node, at: _At) -> Iterator[tuple[nodes.Node, _At]]:
    for child in node.iter_child_nodes():
        match node:
            case nodes.For():
                yield child, at.below(looped=child is not node.iter)
            case nodes.If() | nodes.CondExpr():
                yield child, at.below(optional=child is node.test)
            case nodes.Test():
                yield child, at.below(optional=True)
            case nodes.Filter():
                yield child, at.below(optional=node.name in ("default", "d") and child is node.node)
            case _:
                yield child, at.below()
