"""What we sent ourselves, recognised when it comes back: wrapped anew, marked or not, in other punctuation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_LONGEST: Final = 60_000  # letters of what we sent that are known
_ENOUGH: Final = 4  # words in a row: fewer may be the author's by chance
_WORD: Final = re.compile(r"\w+")
_LINK: Final = re.compile(r"(?:<|\[|\()?(?:https?://|mailto:|www\.)\S{1,2000}")


def drop(lines: list[str], keep: list[bool], ours: Sequence[str]) -> int:
    """Mark the lines that are ours as not kept; the number of the line after the last of them, 0 when none is."""
    known = _known(ours)
    if not known:
        return 0
    whole = {_plain(line) for text in ours for line in text[:_LONGEST].splitlines()} - {""}
    mine = [_is_ours(line, known) for line in lines]
    for at, line in enumerate(lines):
        # A short line beside ours that is a whole line of ours is ours too: "Hi Ada," or "Rosa".
        if mine[at] is None and _plain(line) in whole and _beside(mine, at):
            mine[at] = True
        if mine[at]:
            keep[at] = False
    return max((at + 1 for at, one in enumerate(mine) if one), default=0)


def _known(ours: Sequence[str]) -> str:
    texts = [_plain(text[:_LONGEST]) for text in ours][:20]
    links = " ".join(_bare(link) for text in ours for link in _LINK.findall(text[:_LONGEST]))
    return "".join(f" {text} \n" for text in texts if text) + (f"\n {links} " if texts else "")


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(_LINK.sub(" ", text).lower()))


def _bare(link: str) -> str:
    return link.strip("<>[]().,").lower()


def _is_ours(line: str, known: str) -> bool | None:
    """True when its words are ours in our order; None when it is too short to say."""
    words = _plain(line)
    if not words and (link := _LINK.search(line)):
        return _bare(link[0]) in known
    if words.count(" ") + 1 < _ENOUGH:
        return None
    return f" {words} " in known


def _beside(mine: list[bool | None], at: int) -> bool:
    before = next((one for one in reversed(mine[max(0, at - 3) : at]) if one is not None), None)
    after = next((one for one in mine[at + 1 : at + 4] if one is not None), None)
    return bool(before or after)
