"""Markdown tokens to plain text: words first, "words (address)" for links, no signs of markup."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from outreach.templates.pieces import Linked, Piece, split

_RULE = "- - -"
_GAPS = re.compile(r"\n{3,}")


def blocks(tokens: Sequence[Token]) -> list[Piece]:
    """The text of a page; blocks are set apart by blank lines, the items of a tight list are not."""
    return _Writer().write(tokens)


class _Writer:
    """Keeps what each new line begins with: `> ` in quotations, spaces under the items of a list."""

    def __init__(self) -> None:
        self._written: list[Piece] = []
        self._indents: list[str] = []
        self._numbers: list[int | None] = []  # the next number of each open list; None: bullets
        self._marker = ""  # of an item whose first line is not yet written
        self._tight = False

    def write(self, tokens: Sequence[Token]) -> list[Piece]:
        for n, token in enumerate(tokens):
            match token.type:
                case "inline":
                    self._paragraph(_inline(token.children or []), tight=tokens[n - 1].hidden)
                case "fence" | "code_block":
                    lines = "\n".join("    " + line for line in token.content.rstrip("\n").split("\n"))
                    self._paragraph(split(lines), tight=False)
                case "hr":
                    self._paragraph([_RULE], tight=False)
                case "blockquote_open":
                    self._indents.append("> ")
                case "bullet_list_open" | "ordered_list_open":
                    # A list within a tight one follows its item at once.
                    self._tight = self._tight and bool(self._numbers)
                    self._numbers.append(int(token.attrGet("start") or 1) if token.tag == "ol" else None)
                case "bullet_list_close" | "ordered_list_close":
                    self._numbers.pop()
                    self._tight = self._tight and bool(self._numbers)
                case "list_item_open":
                    self._item()
                case "list_item_close" | "blockquote_close":
                    self._indents.pop()
                    self._marker = ""
                case _:
                    pass
        return self._written

    def _item(self) -> None:
        number = self._numbers[-1]
        # An item in an item that has no words of its own: both signs stand on one line.
        self._marker = self._marker + ("- " if number is None else f"{number}. ")
        if number is not None:
            self._numbers[-1] = number + 1
        self._indents.append("  " if number is None else " " * (len(str(number)) + 2))

    def _paragraph(self, pieces: list[Piece], *, tight: bool) -> None:
        indent = "".join(self._indents)
        first = indent[: len(indent) - len(self._marker)] + self._marker
        if self._written:
            # Within a tight list only the items' own lines follow at once.
            self._written.append("\n" if tight and self._tight else "\n\n")
        self._written.append(first)
        self._written += [p.replace("\n", "\n" + indent) if isinstance(p, str) else p for p in pieces]
        self._marker, self._tight = "", tight


def _inline(tokens: Sequence[Token]) -> list[Piece]:
    written: list[Piece] = []
    links: list[tuple[list[Piece], Token]] = []  # open links, and what stood before them
    for token in tokens:
        match token.type:
            case "text" | "text_special" | "code_inline" | "html_inline":
                written += split(token.content)
            case "softbreak" | "hardbreak":
                written.append("\n")
            case "link_open":
                links.append((written, token))
                written = []
            case "link_close":
                before, link = links.pop()
                # <https://...> has its address for words.
                words = () if link.markup == "autolink" else tuple(written)
                written = [*before, Linked(words, str(link.attrGet("href") or ""))]
            case "image":
                written += split(token.content)
            case _:
                pass
    return written


def tidy(words: str) -> str:
    """Without blanks at the ends of lines and more than one blank line in a row, which `{% if %}` leaves behind."""
    if " \n" in words or "\t\n" in words:
        # Not a regular expression: `[ \t]+\n` takes time by the square of a long run of spaces.
        words = "\n".join(line.rstrip() for line in words.split("\n"))
    return (_GAPS.sub("\n\n", words) if "\n\n\n" in words else words).strip()
