"""The frame around the HTML part of a mail, and the footer that no mail leaves without.

Style sheets are written onto the elements once for each shape of a frame (with or without a preheader, say), not once
a mail: what changes from lead to lead is a mark in it by then.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from html.parser import HTMLParser
from importlib import resources

import css_inline
from jinja2 import Template

from outreach.templates.environment import FIRST_MARK, Html, Skeleton, render
from outreach.templates.folder import LAYOUT
from outreach.templates.pieces import Href, Piece, html, joined, split, text
from outreach.templates.rendered import RenderError

NAMES = ("body", "footer", "preheader", "subject")  # what a layout may print besides what all templates may
_ADDRESSES = frozenset({"href", "src"})
_WORDS = frozenset({"alt", "title", "lang"})  # the other attributes that may hold a value
_ONCE = "a layout prints {{ body }} and {{ footer }} once each, as text of the page"
_PAGE = "the page"
_LINK = "color:#687080;text-decoration:underline"


@cache
def shipped() -> str:
    """The layout of this package, used unless the team has one of its own."""
    return resources.files("outreach.templates").joinpath("layout.html").read_text(encoding="utf-8")


def footer(path: str, names: Mapping[str, object]) -> tuple[str, Html]:
    """Who writes, from where (rule R12), and how to stop it (rule R14), as text and as HTML.

    Raises RenderError without a sender's name and postal address: such a mail must not leave.
    """
    sender = names.get("sender")
    given = sender if isinstance(sender, Mapping) else {}
    values: list[str | Html] = []
    for field in ("name", "postal_address"):
        words = " ".join(str(given.get(field) or "").split())
        if not words:
            raise RenderError(
                path,
                0,
                f"sender.{field} is missing; every mail ends with it: add it to the sender in cadences.yaml",
            )
        values.append(words)
    url = str(names.get("unsubscribe_url") or "")
    values.append(url)
    one, two, three = (chr(FIRST_MARK + n) for n in range(3))
    stop: list[Piece] = ["<br>\n<a", Href(three), f' style="{_LINK}">Unsubscribe</a>'] if url else []
    plain = f"-- \n{one}, {two}" + (f"\nUnsubscribe: {three}" if url else "")
    return text(split(plain), values), Html(html([*split(f"{one} · {two}"), *stop], values))


def framed(template: Template, names: Mapping[str, object]) -> str:
    """The HTML part: a layout with `names`, among them body, footer, preheader and subject.

    Raises RenderError when the layout would leave out the body or the footer, or print a value where it may not.
    """
    skeleton = render(template, names)
    places = tuple(_place(skeleton, names[name]) for name in ("body", "footer"))
    return html(_inlined(skeleton.text, places), skeleton.values)


def _place(skeleton: Skeleton, part: object) -> int:
    places = [n for n, value in enumerate(skeleton.values) if value is part]
    if len(places) != 1:
        raise RenderError(LAYOUT, 0, _ONCE)
    return places[0]


@lru_cache(maxsize=64)
def _inlined(skeleton: str, places: tuple[int, ...]) -> tuple[Piece, ...]:
    # @media rules cannot be inlined. They stay in a style sheet that says so, else they are gathered at the top.
    gather = 'data-css-inline="keep"' not in skeleton
    inlined = css_inline.CSSInliner(keep_at_rules=gather, load_remote_stylesheets=False).inline(skeleton)
    reader = _Reader()
    reader.feed(inlined)
    reader.close()
    problems = reader.problems + ([] if set(places) <= reader.seen else [_ONCE])
    if problems:
        raise RenderError(LAYOUT, 0, "; ".join(problems))
    return tuple(joined(reader.pieces))


class _Reader(HTMLParser):
    """Finds where values stand in a layout, so that each is written as its place demands."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[Piece] = []
        self.problems: list[str] = []
        self.seen: set[int] = set()  # values printed as text of the page
        self._raw: str | None = None  # within <style> or <script>

    def _marks(self, words: str, where: str, *, allowed: bool) -> None:
        numbers = [piece for piece in split(words) if isinstance(piece, int)]
        if numbers and not allowed:
            self.problems.append(f"a layout prints nothing in {where}")
        elif where == _PAGE:
            self.seen.update(numbers)

    def _add(self, words: str, where: str, *, allowed: bool = True) -> None:
        self._marks(words, where, allowed=allowed)
        self.pieces += split(words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        whole = self.get_starttag_text() or ""
        if not _marked(whole):
            self.pieces.append(whole)
        else:
            self._tag_with_values(tag, attrs)
        self._raw = tag if tag in ("style", "script") else None

    def _tag_with_values(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pieces.append(f"<{tag}")
        for name, value in attrs:
            words = value or ""
            self._marks(words, f"the attribute {name}", allowed=name in _ADDRESSES | _WORDS)
            if name in _ADDRESSES and _marked(words):
                self.pieces.append(Href(words, name))
            else:
                quoted = words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
                self.pieces += [f' {name}="', *split(quoted), '"']
        self.pieces.append(">")

    def handle_endtag(self, tag: str) -> None:
        self._raw = None
        self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._add(data, f"<{self._raw}>" if self._raw else _PAGE, allowed=self._raw is None)

    def handle_entityref(self, name: str) -> None:
        self.pieces.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.pieces.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._add(f"<!--{data}-->", "a comment", allowed=False)

    def handle_decl(self, decl: str) -> None:
        self.pieces.append(f"<!{decl}>")


def _marked(words: str) -> bool:
    return any(isinstance(piece, int) for piece in split(words))
