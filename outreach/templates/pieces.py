"""Puts values back into parsed text: escaped into HTML, plain into text, encoded into addresses of links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from urllib.parse import quote

from markdown_it.common.normalize_url import normalizeLink

from outreach.templates.environment import FIRST_MARK, MARK, Html

_SCHEME = re.compile(
    r"(https?://|mailto:|tel:)[^\s]", re.IGNORECASE
)  # javascript:, data: and the rest are dropped


@dataclass(frozen=True, slots=True)
class Href:
    """The address of a link, as an attribute; left out when it leads anywhere but to web, mail and telephone."""

    address: str  # may hold marks
    attribute: str = "href"


@dataclass(frozen=True, slots=True)
class Linked:
    """A link in plain text: "words (address)"."""

    words: tuple[Piece, ...]
    address: str


Piece = str | int | Href | Linked  # finished text, the number of a value, or a link
Values = Sequence[str | Html]


def split(text: str) -> list[Piece]:
    """Finished text and the numbers of values in it, in order."""
    return [ord(part) - FIRST_MARK if n % 2 else part for n, part in enumerate(MARK.split(text)) if part]


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """The same pieces with neighbouring finished texts made one."""
    together: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and together and isinstance(together[-1], str):
            together[-1] += piece
        else:
            together.append(piece)
    return together


def html(pieces: Iterable[Piece], values: Values) -> str:
    """Put values into pieces of HTML."""
    written: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            written.append(piece)
        elif isinstance(piece, int):
            value = values[piece]
            written.append(value.text if isinstance(value, Html) else escape(value))
        elif isinstance(piece, Href) and (to := address(piece.address, values)):
            written.append(f' {piece.attribute}="{escape(to)}"')
    return "".join(written)


def text(pieces: Iterable[Piece], values: Values) -> str:
    """Put values into pieces of plain text."""
    written: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            written.append(piece)
        elif isinstance(piece, int):
            value = values[piece]
            written.append(value.text if isinstance(value, Html) else value)
        elif isinstance(piece, Linked):
            written.append(_linked(text(piece.words, values).strip(), address(piece.address, values)))
    return "".join(written)


def _linked(words: str, to: str) -> str:
    bare = re.sub(r"^(mailto|tel):", "", to)
    if not to or words in (to, bare):
        return words
    return f"{words} ({bare})" if words else bare


def address(pattern: str, values: Values) -> str:
    """The address of a link with its values; empty when a mail may not lead there.

    A value that begins an address is taken as it is (a whole URL); one further on is percent-encoded, so that a
    company called "Smith & Sons" cannot end a parameter and no field can change the host.
    """

    def value(found: re.Match[str]) -> str:
        words = values[ord(found[0]) - FIRST_MARK]
        plain = words.text if isinstance(words, Html) else words
        return plain if found.start() == 0 else quote(plain, safe="")

    whole = MARK.sub(value, pattern).strip()
    return _encoded(whole) if _SCHEME.match(whole) and whole.isprintable() else ""


@lru_cache(maxsize=4096)
def _encoded(url: str) -> str:
    return normalizeLink(url)
