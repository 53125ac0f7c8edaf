"""Making a value from another: what `dataclasses.replace` does, at a tenth of its cost.

A touch is moved four times on its way and its enrollment twice; `replace` would be a tenth of all that a worker does.
Only for frozen dataclasses without slots and without anything that their construction works out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

T = TypeVar("T")


def made(kind: type[T], fields: Mapping[str, Any]) -> T:
    """A value of `kind` with exactly these fields: all of them, which the caller vouches for."""
    value = object.__new__(kind)
    value.__dict__.update(fields)
    return value


def changed(value: T, **fields: Any) -> T:
    """The value with other fields. Raises TypeError for one that it does not have."""
    unknown = fields.keys() - value.__dict__.keys()
    if unknown:
        raise TypeError(f"{type(value).__name__} has no {', '.join(sorted(unknown))}")
    other = object.__new__(type(value))
    other.__dict__.update(value.__dict__)
    other.__dict__.update(fields)
    return other
