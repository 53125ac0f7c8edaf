"""The author's own words: a mail without what it quotes, forwards and is signed with by a machine.

Line by line and not by one large expression: each line is looked at a bounded number of times, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from outreach.domain.reply import sent
from outreach.domain.reply.marks import (
    above_line,
    attribution,
    field,
    footer,
    head_in_a_line,
    mobile,
    original,
    summary,
)

_MOST_LINES: Final = 3_000
_LONGEST_LINE: Final = 4_000
_QUOTED: Final = re.compile(r"^[ \t]{0,8}(?:[A-Za-z]{1,3})?(?:>|\u203a|\uff1e|&gt;)")
_BAR: Final = re.compile(r"^[ \t]{0,4}[|\u2502\u2503]")
_RULE: Final = re.compile(r"^[ \t>]*[_\u2014\u2500=-]{8,200}[ \t]*$")
# Telephones send a thumb on a message as words: Liked "Hi Ada, reply STOP to opt out".
_REACTION: Final = re.compile(
    r"(?is)^((?:liked|loved|disliked|laughed at|emphasi[sz]ed|questioned|reacted .{1,12} to|removed an? .{1,20} from)) [\u201c\"\u201e].*[\u201d\"\u201c]$"
)
_UNSEEN: Final = dict.fromkeys(
    [0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x202A, 0x202C, 0x00AD]
)


def own_words(text: str, ours: Sequence[str] = ()) -> str:
    """What the author wrote, without what is quoted. `ours` are texts that we sent: their lines are known, however they come back."""
    lines = [
        line[:_LONGEST_LINE].rstrip() for line in text.translate(_UNSEEN).replace("\xa0", " ").split("\n")
    ][:_MOST_LINES]
    keep = [True] * len(lines)
    _drop_quoted(lines, keep)
    found = sent.drop(lines, keep, ours)
    own = _kept(lines, keep)
    if not own and found:  # below an unmarked quotation: what is not ours is theirs
        keep = [True] * len(lines)
        sent.drop(lines, keep, ours)
        for at in range(found):
            keep[at] = False
        own = _kept([line if not _QUOTED.match(line) else "" for line in lines], keep)
    return own


def own_text(text: str, ours: Sequence[str] = ()) -> str:
    """The same of a text to a telephone, where nothing is quoted but what a reaction repeats."""
    reaction = _REACTION.match(text.strip())
    if reaction:
        return reaction[1]
    lines = text.split("\n")[:_MOST_LINES]
    keep = [True] * len(lines)
    sent.drop(lines, keep, ours)
    return _kept(lines, keep)


def quotes(text: str) -> bool:
    """Whether a mail quotes something."""
    lines = text.split("\n")[:_MOST_LINES]
    keep = [True] * len(lines)
    _drop_quoted(lines, keep)
    return any(not kept and line.strip() and not mobile(line) for line, kept in zip(lines, keep, strict=True))


def _drop_quoted(lines: list[str], keep: list[bool]) -> None:
    at = 0
    while at < len(lines):
        line = lines[at]
        if _QUOTED.match(line) or (_BAR.match(line) and at + 1 < len(lines) and _BAR.match(lines[at + 1])):
            keep[at] = False
            at += 1
        elif above_line(line):
            _close(lines, keep, at)
            return
        elif (end := _introduced(lines, at)) is not None:
            for i in range(at, end):
                keep[i] = False
            if _marked_after(lines, end):
                at = end
                continue
            _close(lines, keep, at)
            return
        elif _signature(lines, at):
            at = _skip_signature(lines, keep, at)
        else:
            keep[at] = not mobile(line)
            at += 1


def _introduced(lines: list[str], at: int) -> int | None:
    """Where an introduction of a quotation that begins in this line ends; None when none begins."""
    if not lines[at].strip():
        return None
    if original(lines[at]):
        block = _block(lines, at + 1)
        return max(at + 1, block or 0)
    if head_in_a_line(lines[at]):
        return at + 1
    if _RULE.match(lines[at]) or summary(lines[at]):
        return _block(lines, at + 1)
    wrote = attribution(lines, at)
    if wrote is not None and (wrote[1] or _marked_after(lines, wrote[0])):
        return wrote[0]
    return _block(lines, at)


def _marked_after(lines: list[str], at: int) -> bool:
    """Whether the next words are marked as quoted, so that what is not marked is the author's again."""
    for line in lines[at : at + 6]:
        if line.strip():
            return bool(_QUOTED.match(line))
    return False


def _block(lines: list[str], at: int) -> int | None:
    """Where a block of header fields ("From: ... Sent: ... Subject: ...") that begins here ends; None if none does."""
    kinds: list[str] = []
    last, strange, gap = at, 0, False
    for i in range(at, min(at + 24, len(lines))):
        words = lines[i].strip(" \t*_|>")
        if not words:
            gap = bool(kinds)
            if len(set(kinds)) >= 4:
                break
            continue
        kind = field(words)
        if kind and (kind not in kinds or kind == "copy" or (kind == "from" and not gap)):
            kinds.append(kind)
            last, strange, gap = i + 1, 0, False
            continue
        strange += 1
        # A field may be wrapped, the many names behind "To" more than once; a new thought is no wrapped field.
        if not kinds or gap or kind or strange > (3 if kinds[-1] in ("to", "copy") else 1):
            break
    return last if _is_head(kinds) else None


def _is_head(kinds: list[str]) -> bool:
    told = set(kinds)
    if len(told) < 2 or kinds[0] == "copy":
        return False
    return ("from" in told and (bool(told & {"sent", "subject"}) or len(told) >= 3)) or told >= {
        "sent",
        "to",
        "subject",
    }


def _close(lines: list[str], keep: list[bool], at: int) -> None:
    for i in range(at, len(lines)):
        keep[i] = False


def _signature(lines: list[str], at: int) -> bool:
    return lines[at] in ("--", "-- ", "- --") or footer(lines, at)


def _skip_signature(lines: list[str], keep: list[bool], at: int) -> int:
    """A signature lasts to the end, or to what is quoted below it."""
    i = at
    while (
        i < len(lines)
        and i < at + 40
        and not _QUOTED.match(lines[i])
        and (i == at or _introduced(lines, i) is None)
    ):
        keep[i] = False
        i += 1
    return i


def _kept(lines: list[str], keep: list[bool]) -> str:
    text = "\n".join(line if kept else "\x00" for line, kept in zip(lines, keep, strict=True))
    own = re.sub(r"\n{3,}", "\n\n", re.sub(r"\x00\n?", "", text)).strip()
    head, _, last = own.rpartition("\n")
    return head.rstrip() if last and not last.strip("-_=*~ ") else own  # the rule above a quotation
