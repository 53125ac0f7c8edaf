"""The law that the gate asks: the rules data, with the holidays that some of its lines name."""

from __future__ import annotations

from functools import cache

from outreach import almanac, rules
from outreach.domain.law import Book


@cache
def lawbook() -> Book:
    """The law that is shipped, read when it is first asked for."""
    return Book(rules.sources(), almanac.days)
