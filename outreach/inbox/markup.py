"""The words of a mail in HTML, as lines of text; what it quotes is marked with "> " as in plain text."""

from __future__ import annotations

import re
from html import unescape
from typing import Any, Final

_LONGEST: Final = 400_000  # characters that are looked at
_MOST_TAGS: Final = 12_000  # beyond, and for nesting beyond DEEPEST, the plain way is taken
_DEEPEST: Final = 150
_TAG: Final = re.compile(r"(</?[a-zA-Z][^<>]*>|<![^<>]*>)")
_TAG_NAME: Final = re.compile(r"<[/!]?([a-zA-Z0-9]*)")
_HIDDEN: Final = frozenset({"style", "script", "title", "head"})
_BREAKS: Final = {
    "br": "\n",
    "p": "\n",
    "div": "\n",
    "tr": "\n",
    "li": "\n",
    "blockquote": "\n> ",
    "hr": "\n",
}

# Boxes in which mail programs put what is quoted.
_BOX_IDS: Final = re.compile(
    r"(?i)^(x_)*(olk_src_body_section|mail-editor-reference-message-container|bloop_quote|isreplycontent|"
    r"isforwardcontent|qt|reply-intro|yahoo_quoted.*|oriquoted.*|__?maileditor_quoted.*)$"
)
_BOX_CLASSES: Final = frozenset(
    """yahoo_quoted protonmail_quote tutanota_quote zmail_extra gmail_attr moz-cite-prefix clean_bq front-blockquote
    sh-quoted-content freshdesk_quote qmbox ntes_quote mail-quote quoted-text quote_container moz-email-headers-table
    moz-forward-container yj6qo iosymail sparrow_quote replied_quote""".split()
)
# From these on, everything that follows is what was answered.
_REST_IDS: Final = re.compile(
    r"(?i)^(x_)*(divrplyfwdmsg|appendonsend|stopspelling|zwchr|ms-outlook-.*quote|divtagdefault.*fwd)$"
)
_RULE: Final = re.compile(r"(?i)border:\s*none;\s*border-top:\s*solid\s+#[0-9a-f]{6}\s+1\.0pt")
_OWN_INDENT: Final = re.compile(
    r"(?i)border:\s*none|border-left:\s*(none|0)|margin(-left)?:\s*0\S* 0\S* 0\S* 40px"
)
_FORWARD: Final = re.compile(r"^\s*-{3,}")


def readable(html: str) -> str:
    """The text of a mail in HTML. Raises nothing."""
    html = re.sub(r"^\s{0,1000}<\?xml[^>]{0,500}\?>", "", html[:_LONGEST])
    if html.count("<") > _MOST_TAGS or html.lower().count("<table") > 60:
        return plainly(html)
    try:
        return _by_tree(html)
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, AssertionError):
        return plainly(html)  # whatever a library met in somebody's HTML: the words count


def plainly(html: str) -> str:
    """Cut at the tags: less pretty, but linear whatever stands there."""
    words: list[str] = []
    hidden = ""
    for piece in _TAG.split(html):
        tag = _TAG_NAME.match(piece)
        if tag is None:
            words.append("" if hidden else unescape(piece))
        elif hidden:
            hidden = "" if tag[0].lower() == f"</{hidden}" else hidden
        elif (name := tag[1].lower()) in _HIDDEN and not tag[0].startswith("</"):
            hidden = name
        elif name in _BREAKS and not tag[0].startswith("</"):
            words.append(_BREAKS[name])
    return "\n".join(" ".join(line.split()) for line in "".join(words).splitlines()).strip()


def _by_tree(html: str) -> str:
    from lxml.html import HTMLParser, document_fromstring

    if not html.strip():
        return ""
    tree = document_fromstring(html, parser=HTMLParser(recover=True, remove_comments=True, remove_pis=True))
    if _too_deep(tree):
        return plainly(html)
    for rule in tree.iter("hr"):
        if not _REST_IDS.match(_short(rule, "id")):
            rule.tag, rule.text = "div", "_" * 12
    quotes: list[Any] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        children = [one for one in list(node) if isinstance(one.tag, str)]
        waiting += [one for one in children if one.getparent() is node and not _marked(one, quotes)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_lines(tree, quotes))).strip()


def _lines(tree: Any, quotes: list[Any], depth: int = 0) -> list[str]:
    """The lines of a tree, with "> " before those of each quotation in it."""
    lines: list[str] = []
    for line in _text(tree).splitlines():
        at = line.strip()
        if at.startswith(_OPEN) and at.endswith(_CLOSE) and at[1:-1].isdigit() and depth < _DEEPEST:
            quoted = "\n".join(_lines(quotes[int(at[1:-1])], quotes, depth + 1)).strip()
            lines += ["", *(f"> {words}".rstrip() for words in quoted.splitlines()), ""]
        else:
            lines.append(" ".join(line.split()))
    return lines


_OPEN, _CLOSE = "\ue000", "\ue001"


def _too_deep(tree: Any) -> bool:
    depth, level = 0, [tree]
    while level and depth <= _DEEPEST:
        depth, level = depth + 1, [child for node in level for child in node]
    return bool(level)


def _text(tree: Any) -> str:
    from inscriptis.css_profiles import CSS_PROFILES
    from inscriptis.html_engine import Inscriptis
    from inscriptis.model.config import ParserConfig

    if tree.tag in ("html", "body") and not len(tree) and not (tree.text or "").strip():
        return ""
    return str(Inscriptis(tree, ParserConfig(css=CSS_PROFILES["relaxed"])).get_text())


def _marked(node: Any, quotes: list[Any]) -> bool:
    """Whether it is a quotation, which then has a numbered mark in its place."""
    if (node.get("id") and _REST_IDS.match(_short(node, "id"))) or (
        node.tag == "div" and node.get("style") and _RULE.search(_short(node, "style"))
    ):
        _take_rest(node, quotes)
    elif _is_quote(node):
        _take([node], quotes)
    else:
        return False
    return True


def _short(node: Any, name: str) -> str:
    """An attribute as far as it matters: nobody's style is a megabyte but an attacker's."""
    return str(node.get(name) or "")[:300]


def _is_quote(node: Any) -> bool:
    classes = set((node.get("class") or "").split())
    if node.tag == "blockquote":
        named = node.get("type") or classes & {"gmail_quote", "cite"} or node.get("cite")
        return bool(named) or not _OWN_INDENT.search(_short(node, "style"))
    if (
        classes & _BOX_CLASSES
        or (node.get("id") and _BOX_IDS.match(_short(node, "id")))
        or node.get("name") == "quote"
    ):
        return True
    if "gmail_quote" in classes:  # answers may stand between its blockquotes; a forward is one piece
        return next(node.iter("blockquote"), None) is None or bool(
            _FORWARD.match("".join(node.itertext())[:200])
        )
    return False


def _take_rest(node: Any, quotes: list[Any]) -> None:
    """It, and all that follows it in the document, whatever box it stands in."""
    first = [node, *node.itersiblings()]
    above = list(node.iterancestors())
    _take(first, quotes)
    for outer in above:
        if outer.tag not in ("html", "body", "tr", "td", "tbody", "table"):
            _take(list(outer.itersiblings()), quotes)


def _take(nodes: list[Any], quotes: list[Any]) -> None:
    parent = nodes[0].getparent() if nodes else None
    if parent is None:
        return
    box, mark = nodes[0].makeelement("div"), nodes[0].makeelement("div")
    mark.text = f"{_OPEN}{len(quotes)}{_CLOSE}"
    parent.insert(parent.index(nodes[0]), mark)
    if len(nodes) == 1:
        mark.tail, nodes[0].tail = nodes[0].tail, None  # what follows a quotation is not part of it
    for node in nodes:
        box.append(node)
    quotes.append(box)
