"""States and provinces as people write them: FL, US-FL, Florida."""

from __future__ import annotations

from typing import Final

from outreach import rules
from outreach.domain.errors import Mistake
from outreach.domain.problem import closest

_NATIONS: Final = ("US", "CA")
# What else stands where a state would in an address of the United States. No line of the law names them.
_ALSO: Final = frozenset({"PR", "GU", "VI", "AS", "MP", "AA", "AE", "AP"})
_LONGEST: Final = 8


def state_of(text: str, said: str, home: str) -> str | None:
    """The code of a state (FL) of a lead in the country they say, else in ours; None when it is no state we know.

    In the United States and Canada a name that is none is refused, since the law goes by it: raises Mistake.
    """
    words = " ".join(text.split())
    if not words:
        return None
    nation = (said or home).upper()
    if nation not in _NATIONS:
        return words.upper() if len(words) <= _LONGEST else None
    for one in (nation, *_NATIONS) if not said else (nation,):
        code = _code(words, one)
        if code is not None:
            return code
    states = rules.sources().states
    names = [state.name for key, state in states.items() if key.startswith(nation)]
    near = closest(words, names)
    if said or near:
        hint = f"did you mean {near}?" if near else "write it like FL or Florida"
        raise Mistake(f"there is no state {words!r} in {nation} ({hint})")
    return None


def _code(words: str, nation: str) -> str | None:
    states = rules.sources().states
    short = words.upper().removeprefix(f"{nation}-").strip(".")
    if f"{nation}-{short}" in states or (nation == "US" and short in _ALSO):
        return short
    folded = words.casefold()
    return next(
        (key[3:] for key, state in states.items() if key[:2] == nation and state.name.casefold() == folded),
        None,
    )
