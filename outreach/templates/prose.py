"""Doubts about the words themselves: costly characters, HTML in Markdown, links that go nowhere, empty check-ins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from markdown_it.token import Token

from outreach.domain.channel import Channel
from outreach.domain.problem import Problem
from outreach.templates.environment import FIRST_MARK
from outreach.templates.folder import LAYOUT
from outreach.templates.front import parts
from outreach.templates.markup import parse
from outreach.templates.pieces import address
from outreach.templates.rendered import LONGEST_MARKDOWN
from outreach.templates.segments import segments

_TAG = re.compile(r"{[{%#].*?[}%#]}", re.DOTALL)
_HTML = re.compile(
    r"</?(?:a|b|br|div|em|font|h[1-6]|i|img|p|script|span|strong|style|table|td|tr|u)\b[^<>]*>", re.IGNORECASE
)
_EMPTY = re.compile(
    r"\b(?:just|only)\s+(?:checking\s+in|following\s+up|touching\s+base|circling\s+back)\b|\btouch(?:ing)?\s+base\b|\bbumping\s+this\b",
    re.IGNORECASE,
)


def doubts(channel: Channel, sources: Mapping[str, str]) -> Iterator[Problem]:
    """What to look at again in a template and its includes. Links that no mail may have are errors, the rest warnings."""
    for name, source in sources.items():
        if name == LAYOUT:
            continue
        body = parts(name, source).body
        words = _TAG.sub(_blanked, body)
        if found := _EMPTY.search(words):
            text = f"{found[0]!r} gives the lead nothing"
            yield Problem(
                name,
                _line(words, found.start()),
                0,
                text,
                "give a tip, an example or an answer",
                warning=True,
            )
        if channel.threads:
            yield from _mail(name, body, words)
        elif not channel.by_rep and not channel.prerecorded:
            yield from _costly(name, words)


def _mail(name: str, body: str, words: str) -> Iterator[Problem]:
    if found := _HTML.search(words):
        text = f"{found[0]!r} is shown as it stands: mails are written in Markdown"
        yield Problem(
            name, _line(words, found.start()), 0, text, "write **bold**, [words](https://...)", warning=True
        )
    if len(words) > LONGEST_MARKDOWN:
        text = f"a mail of {len(words):,} characters; at most {LONGEST_MARKDOWN:,}"
        yield Problem(name, 1, 0, text, "say less, or put it on a page and link to it")
        return
    # A tag stands for some value; where it begins an address, the value is judged when it is known.
    for block in parse(_TAG.sub(lambda tag: chr(FIRST_MARK) + "\n" * tag[0].count("\n"), body)):
        line = block.map[0] + 1 if block.map else 0
        for token in block.children or []:
            yield from _link(name, token, line)


def _link(name: str, token: Token, line: int) -> Iterator[Problem]:
    to = token.attrGet("href") or token.attrGet("src")
    if to is None or str(to).startswith(chr(FIRST_MARK)) or address(str(to), ["x"]):
        return
    shown = str(to).replace(chr(FIRST_MARK), "{{ ... }}")
    yield Problem(
        name,
        line,
        0,
        f"a mail cannot link to {shown!r}",
        "links begin with https://, http://, mailto: or tel:",
    )


def _costly(name: str, words: str) -> Iterator[Problem]:
    for number, line in enumerate(words.split("\n"), 1):
        for culprit in segments(line).culprits:
            yield Problem(
                name,
                number,
                0,
                f"{culprit} more than halves the room in a text",
                "use plain characters",
                warning=True,
            )


def _blanked(tag: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", tag[0])


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
