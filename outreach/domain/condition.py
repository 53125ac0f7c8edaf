"""`when:` conditions: a small, safe part of Python's expressions over `lead` and `outcome`.

`lead.phone`, `lead.country == "US"`, `not lead.company`, `lead.purchases >= 2 and lead.plan in ["trial", "free"]`,
`outcome.call_1 == "no_answer"`. A field the lead does not have is empty, hence false.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from outreach.domain.errors import Mistake

ROOTS = ("lead", "outcome")
_LONGEST = 500

_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}


class BadCondition(Mistake):
    """A condition that cannot be read; the message says what and where in it."""


@lru_cache(maxsize=4096)
def parsed(text: str) -> ast.expr:
    """The checked tree of a condition. Raises BadCondition for whatever is not in the small language."""
    if len(text) > _LONGEST:
        raise BadCondition(f"a condition has at most {_LONGEST} characters; this one has {len(text)}")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise BadCondition(f"cannot read the condition {text!r}: {getattr(error, 'msg', error)}") from None
    _check(tree)
    return tree


def names(text: str) -> set[str]:
    """The dotted names a condition uses, such as `lead.phone`."""
    return {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(parsed(text))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }


def holds(text: str, values: Mapping[str, Mapping[str, object]]) -> bool:
    """Whether a condition is true of `values`: {"lead": {...}, "outcome": {...}}.

    Comparing what cannot be compared (a text with a number) is false, not an error.
    """
    return bool(_value(parsed(text), values))


def _check(node: ast.expr) -> None:
    match node:
        case ast.Constant(value=str() | int() | float() | bool() | None):
            return
        case ast.Attribute(value=ast.Name(id=root)) if root in ROOTS:
            return
        case ast.BoolOp(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            pass
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            parts = [operand]
        case ast.Compare(left=left, comparators=rest, ops=ops) if all(type(op) in _COMPARE for op in ops):
            parts = [left, *rest]
        case ast.Name(id=name):
            raise BadCondition(f"unknown name {name!r}: write lead.{name} for a field of the lead")
        case _:
            raise BadCondition(
                f"{ast.unparse(node)!r} is not allowed in a condition: use lead.field, outcome.step, "
                'and, or, not, ==, !=, <, <=, >, >=, in, [..], "text" and numbers'
            )
    for part in parts:
        _check(part)


def _value(node: ast.expr, values: Mapping[str, Mapping[str, object]]) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Attribute(value=ast.Name(id=root), attr=name):
            return values.get(root, {}).get(name)
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_value(part, values) for part in parts)
        case ast.BoolOp(values=parts):
            return any(_value(part, values) for part in parts)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not _value(operand, values)
        case ast.UnaryOp(operand=operand):
            number = _value(operand, values)
            return -number if isinstance(number, int | float) else None
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return [_value(part, values) for part in parts]
        case ast.Compare(left=left, ops=ops, comparators=rest):
            return _compare(_value(left, values), ops, [_value(part, values) for part in rest])
    raise BadCondition(f"{ast.unparse(node)!r} is not allowed in a condition")


def _compare(left: Any, ops: list[ast.cmpop], rest: list[Any]) -> bool:
    for op, right in zip(ops, rest, strict=True):
        try:
            if not _COMPARE[type(op)](left, right):
                return False
        except TypeError:
            return False
        left = right
    return True
