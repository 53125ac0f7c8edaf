"""The small part of Jinja2 that templates may use: what is refused, and with which words.

Printing fields, filters, if, for, set, include, extends and block. There is no arithmetic, no call, no macro and no
loop in a loop, so what a template costs at most can be told from its text alone: sheets.py counts it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import nodes

from outreach.domain.problem import did_you_mean
from outreach.templates.filters import FILTERS
from outreach.templates.values import MOST_ITEMS

ROOTS = ("lead", "rep", "sender", "today", "unsubscribe_url")
_LONGEST_WORD = 2_000  # characters of a literal

Objection = tuple[str, str]  # what is wrong, and the likely fix
FINE: Objection = ("", "")
_NO_SUMS = "put the result in a field of the lead"


def objection(node: nodes.Node, *, looped: bool) -> Objection:
    """What speaks against one node of a syntax tree; FINE when nothing does. `looped`: it stands in a loop."""
    kind = type(node)
    if looped and kind in _NOT_IN_LOOPS:
        return _NOT_IN_LOOPS[kind]
    if kind in _PLAIN:
        return FINE
    return _JUDGES.get(kind, _unheard)(node)


def field_name(node: nodes.Getattr | nodes.Getitem) -> object:
    """The name of the field that is read; not a string when it is none."""
    return node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", None)


def _name(node: nodes.Name) -> Objection:
    if node.name.startswith("_"):
        return f"names do not begin with _ ({node.name})", ""
    if node.ctx != "load" and node.name in ROOTS:
        return f"{node.name} cannot be set", f"use another name, such as my_{node.name}"
    return FINE


def _field(node: nodes.Getattr | nodes.Getitem) -> Objection:
    name = field_name(node)
    if not isinstance(name, str):
        return (
            "only fields with a name can be read",
            "write lead.name, lead['name'], or use | first and | last",
        )
    if name.startswith("_"):
        return f"names do not begin with _ ({name})", ""
    if not isinstance(node.node, nodes.Name | nodes.Getattr | nodes.Getitem):
        return "only lead, rep and sender have fields", "read a field first, then apply filters to it"
    return FINE


def _filter(node: nodes.Filter) -> Objection:
    if node.name not in FILTERS:
        known = f"there are {', '.join(sorted(FILTERS))}"
        return f"there is no filter {node.name!r}", did_you_mean(node.name, FILTERS) or known
    if node.node is None or node.dyn_args or node.dyn_kwargs:
        return "filters are written as {{ lead.name | upper }}", ""
    return FINE


def _test(node: nodes.Test) -> Objection:
    if node.name not in ("defined", "undefined"):
        return f"there is no test {node.name!r}", "write {% if lead.name %} or {% if lead.name is defined %}"
    return FINE


def _const(node: nodes.Const) -> Objection:
    if isinstance(node.value, str) and len(node.value) > _LONGEST_WORD:
        return f"a literal of {len(node.value):,} characters; at most {_LONGEST_WORD:,}", "write it as text"
    if isinstance(node.value, int | float) and abs(node.value) > 10**12:
        return "a number of more than 12 digits", 'write it in quotes, "..."'
    return FINE


def _list(node: nodes.List | nodes.Tuple) -> Objection:
    if len(node.items) > MOST_ITEMS:
        return f"a list of {len(node.items)} items; at most {MOST_ITEMS}", ""
    # A list of lists of lists, each naming the one before, would stand for billions of items.
    if not all(isinstance(item, nodes.Const) for item in node.items):
        return "a written list holds words and numbers only", ""
    return FINE


def _for(node: nodes.For) -> Objection:
    if node.recursive:
        return "a recursive loop", "leave out `recursive`"
    if not isinstance(node.target, nodes.Name):
        return "a loop gives one name to each item", "write {% for item in lead.items %}"
    if not isinstance(node.iter, nodes.Name | nodes.Getattr | nodes.Getitem | nodes.List | nodes.Tuple):
        return "a loop goes through a list field or a written list", "write {% for item in lead.items %}"
    return FINE


def _reference(node: nodes.Include | nodes.Extends) -> Objection:
    word = "include" if isinstance(node, nodes.Include) else "extends"
    if not (isinstance(node.template, nodes.Const) and isinstance(node.template.value, str)):
        return f"{word} takes the path of a template", f'write {{% {word} "_shared/signature.md" %}}'
    if isinstance(node, nodes.Include) and (node.ignore_missing or not node.with_context):
        return "include takes nothing but a path", f'write {{% include "{node.template.value}" %}}'
    return FINE


def _unheard(node: nodes.Node) -> Objection:
    match node:
        case nodes.BinExpr():
            return f"templates do not compute (`{node.operator}`)", _NO_SUMS
        case nodes.UnaryExpr() | nodes.Concat():
            return "templates do not compute", _NO_SUMS
        case nodes.Call() | nodes.CallBlock():
            return "templates cannot call anything", "use a filter, such as {{ lead.name | upper }}"
        case nodes.Macro() | nodes.Import() | nodes.FromImport():
            return "templates have no macros and imports", 'write {% include "_shared/signature.md" %}'
        case nodes.Scope() | nodes.With():
            return "templates have no with and no autoescape", "write {% set %}"
        case _:
            return f"templates do not have {type(node).__name__}", "docs/templates.md shows what they have"


def _neg(node: nodes.Neg) -> Objection:
    return FINE if isinstance(node.node, nodes.Const) else _unheard(node)


_NOT_IN_LOOPS: dict[type[nodes.Node], Objection] = {
    nodes.For: ("a loop in a loop", "put what is to be listed in one list field of the lead"),
    nodes.Include: ("include in a loop", "write the words here, or include the whole loop"),
    nodes.Extends: ("extends in a loop", "put it on the first line"),
    nodes.Block: ("a block in a loop", "put the loop in the block"),
}
_PLAIN: frozenset[type[nodes.Node]] = frozenset(
    {
        nodes.Template,
        nodes.Output,
        nodes.TemplateData,
        nodes.Keyword,
        nodes.If,
        nodes.CondExpr,
        nodes.And,
        nodes.Or,
        nodes.Not,
        nodes.Compare,
        nodes.Operand,
        nodes.Assign,
        nodes.Block,
    }
)
_JUDGES: dict[type[nodes.Node], Callable[[Any], Objection]] = {
    nodes.Name: _name,
    nodes.Getattr: _field,
    nodes.Getitem: _field,
    nodes.Filter: _filter,
    nodes.Test: _test,
    nodes.Const: _const,
    nodes.List: _list,
    nodes.Tuple: _list,
    nodes.Neg: _neg,
    nodes.For: _for,
    nodes.Include: _reference,
    nodes.Extends: _reference,
}
