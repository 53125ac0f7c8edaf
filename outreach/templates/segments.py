"""Counts what an SMS costs: its segments, and the characters that make it cost more."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

# 3GPP TS 23.038, default alphabet and its extension table, which takes an escape septet for each character.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")

# What word processors and telephones put in place of plain characters.
_INSTEAD = {
    **dict.fromkeys("‘’‚‛′ʼʹˈ`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys(
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
    ),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
    "…": "...",
    "•": "-",
    "·": "-",
    "⁄": "/",
    "×": "x",
    "™": "TM",
    "©": "(c)",
    "®": "(r)",
    "\t": " ",
    "ç": "c",
}


@dataclass(frozen=True, slots=True)
class Segments:
    """How a text is carried. `characters`: septets of GSM-7, UTF-16 units of UCS-2. `count`: segments billed."""

    encoding: Literal["GSM-7", "UCS-2"]
    characters: int
    count: int
    culprits: tuple[str, ...]  # what forces UCS-2, each with what to write instead


def segments(text: str) -> Segments:
    """Count the segments of a text: 160 septets, or 153 in each of several; 70 or 67 units when a character needs UCS-2."""
    if all(char in _BASIC or char in _EXTENDED for char in text):
        widths = [2 if char in _EXTENDED else 1 for char in text]
        return Segments("GSM-7", sum(widths), _packed(widths, 160, 153), ())
    widths = [2 if ord(char) > 0xFFFF else 1 for char in text]
    odd = dict.fromkeys(char for char in text if char not in _BASIC and char not in _EXTENDED)
    return Segments("UCS-2", sum(widths), _packed(widths, 70, 67), tuple(_culprit(char) for char in odd))


def _packed(widths: list[int], alone: int, each: int) -> int:
    """Segments needed; a character of two units is never cut in half."""
    if sum(widths) <= alone:
        return 1
    count, filled = 1, 0
    for width in widths:
        if filled + width > each:
            count, filled = count + 1, 0
        filled += width
    return count


def _culprit(char: str) -> str:
    name = unicodedata.name(char, "CONTROL CHARACTER").lower()
    shown = f" {char}" if char.isprintable() and not char.isspace() else ""
    return f"U+{ord(char):04X} {name}{shown}" + _advice(char)


def _advice(char: str) -> str:
    instead = _INSTEAD.get(char)
    if instead is None:
        plain = unicodedata.normalize("NFKD", char)[0]
        instead = plain if plain in _BASIC and plain != char else None
    if instead is None:
        return ""
    if not instead:
        return " (delete it)"
    return " (write a space)" if instead == " " else f" (write {instead})"
