"""Markdown to the two parts of a mail: HTML with its styles written on each element, and text that reads well.

Styles are a table here, and not a style sheet inlined into each mail: that would cost more than all else together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from outreach.templates import plaintext
from outreach.templates.pieces import Href, Piece, joined, split

STYLES = {
    "p": "margin:0 0 16px",
    "h1": "margin:24px 0 12px;font-size:22px;line-height:1.3",
    "h2": "margin:24px 0 12px;font-size:19px;line-height:1.3",
    "h3": "margin:20px 0 8px;font-size:16px;line-height:1.4",
    "h4": "margin:20px 0 8px;font-size:16px;line-height:1.4",
    "h5": "margin:20px 0 8px;font-size:16px;line-height:1.4",
    "h6": "margin:20px 0 8px;font-size:16px;line-height:1.4",
    "ul": "margin:0 0 16px;padding:0 0 0 24px",
    "ol": "margin:0 0 16px;padding:0 0 0 24px",
    "li": "margin:0 0 6px",
    "blockquote": "margin:0 0 16px;padding:0 0 0 14px;border-left:3px solid #c9ced6",
    "a": "color:#1457c2;text-decoration:underline",
    "hr": "margin:24px 0;border:0;border-top:1px solid #d9dde3",
    "code": "font-family:ui-monospace,Menlo,Consolas,monospace;font-size:14px",
    "pre": "margin:0 0 16px;padding:12px 14px;background:#f4f5f7;border-radius:6px;white-space:pre-wrap;"
    "font-family:ui-monospace,Menlo,Consolas,monospace;font-size:14px",
    "img": "max-width:100%;height:auto;border:0",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page in which only the values are still open."""

    html: tuple[Piece, ...]
    text: tuple[Piece, ...]


@lru_cache(maxsize=256)
def page(skeleton: str) -> Page:
    """Parse the Markdown of a skeleton. Leads that take the same branches share one."""
    tokens = parse(skeleton)
    return Page(tuple(joined(_blocks(tokens))), tuple(joined(plaintext.blocks(tokens))))


def parse(source: str) -> list[Token]:
    """The Markdown tokens of a text."""
    return _MARKDOWN.parse(source)


def _parser() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True, "maxNesting": 12})
    markdown.enable("strikethrough")
    # Addresses are judged and encoded when the values are in: see pieces.address.
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    markdown.normalizeLink = lambda url: url  # type: ignore[method-assign]
    return markdown


_MARKDOWN = _parser()


def _blocks(tokens: Sequence[Token]) -> list[Piece]:
    written: list[Piece] = []
    for token in tokens:
        if token.hidden:  # the paragraphs of a tight list
            continue
        if token.type == "inline":
            written += _inline(token.children or [])
        elif token.type in ("fence", "code_block"):
            written += [
                f'<pre style="{STYLES["pre"]}">',
                *split(escapeHtml(token.content.rstrip("\n"))),
                "</pre>\n",
            ]
        else:
            written.append(_tag(token) + ("\n" if token.nesting <= 0 else ""))
    return written


def _tag(token: Token) -> str:
    if token.nesting < 0:
        return f"</{token.tag}>"
    start = token.attrGet("start")
    begin = f' start="{int(start)}"' if start is not None else ""
    style = STYLES.get(token.tag)
    return f"<{token.tag}{begin}" + (f' style="{style}"' if style else "") + ">"


def _inline(tokens: Sequence[Token]) -> list[Piece]:
    written: list[Piece] = []
    for token in tokens:
        match token.type:
            case "text" | "text_special" | "html_inline":
                written += split(escapeHtml(token.content))
            case "softbreak" | "hardbreak":
                written.append("<br>\n")
            case "code_inline":
                written += [f'<code style="{STYLES["code"]}">', *split(escapeHtml(token.content)), "</code>"]
            case "link_open":
                written += ["<a", Href(str(token.attrGet("href") or "")), f' style="{STYLES["a"]}">']
            case "image":
                written += _image(token)
            case _:
                written.append(_tag(token))
    return written


def _image(token: Token) -> list[Piece]:
    words = split(escapeHtml(token.content))
    return [
        "<img",
        Href(str(token.attrGet("src") or ""), "src"),
        ' alt="',
        *words,
        f'" style="{STYLES["img"]}">',
    ]
