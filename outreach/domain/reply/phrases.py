"""Finds phrases of a table in a text, however it is cased, accented, wrapped and punctuated.

In a table, `(a|b c|)` stands for any of its forms, `~` for up to five words, and a word that ends with `*` for all that
begin so. The time taken is in proportion to the text: each word of it is compared with the few phrases that begin alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

_GAP: Final = 5  # words that "~" may stand for
_LONGEST: Final = 40_000  # letters of a text that are looked at
_APOSTROPHES: Final = dict.fromkeys(map(ord, "'`´\u2018\u2019\u201b\u02bc\uff07"))
_END: Final = re.compile(r"[.!?]+(?=\s|$)|[;:\u2026\u3002\uff01\uff1f]+|\n[ \t]*\n")
_WORD: Final = re.compile(r"\w+|(?<= )[.?](?= )")
_UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\u3040-\u30ff]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that was found: in which language, in which words, and from which word to which."""

    language: str
    words: str
    start: int
    end: int


class Text:
    """A text made comparable: lower case, no accents, no apostrophes, its words, and where its sentences end."""

    __slots__ = ("dense", "tokens")

    def __init__(self, text: str) -> None:
        plain = fold(text[:_LONGEST])
        self.tokens = _WORD.findall(_END.sub(_stop, plain))
        self.dense = re.sub(r"\s+", "", plain) if _UNSPACED.search(plain) else ""


def _stop(found: re.Match[str]) -> str:
    return " ? " if "?" in found[0] or "\uff1f" in found[0] else " . "


def fold(text: str) -> str:
    """Lower case without accents and apostrophes."""
    lower = text.translate(_APOSTROPHES).lower()
    if lower.isascii():
        return lower
    parts = (
        unicodedata.normalize("NFKD", lower)
        .replace("ß", "ss")
        .replace("\u0131", "i")
        .replace("ł", "l")
        .replace("ø", "o")
        .replace("æ", "ae")
    )
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


_Form = tuple[str, ...]  # words in a row
_Pattern = tuple[tuple[_Form, ...], ...]  # places in a row, each with its forms


class Phrases:
    """A table of phrases by language, ready to be found."""

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        self._words: dict[str, list[tuple[_Pattern, str]]] = {}  # by first word
        self._stems: dict[str, list[tuple[_Pattern, str]]] = {}  # by the two letters a first word begins with
        self._dense: list[tuple[str, str]] = []
        for language, templates in table.items():
            for template in templates:
                self._add(language, fold(template))

    def _add(self, language: str, template: str) -> None:
        if _UNSPACED.search(template):
            self._dense.append((re.sub(r"\s+", "", template), language))
            return
        pattern = _pattern(template)
        firsts = _firsts(pattern)
        assert firsts, f"{template!r} may begin with anything"
        for first in firsts:
            into, key = (self._stems, first[:2]) if first.endswith("*") else (self._words, first)
            into.setdefault(key, []).append((pattern, language))

    def all(self, text: Text) -> Iterator[Hit]:
        """Every place where a phrase is found, in the order of the text; phrases without spaces come last."""
        tokens = text.tokens
        for at, word in enumerate(tokens):
            for candidates in (self._words.get(word), self._stems.get(word[:2])):
                for pattern, language in candidates or ():
                    end = _match(tokens, at, pattern, 0)
                    if end is not None:
                        yield Hit(language, " ".join(tokens[at:end]), at, end)
        if text.dense:
            for letters, language in self._dense:
                at = text.dense.find(letters)
                if at >= 0:
                    yield Hit(language, letters, at, at + len(letters))

    def first(self, text: Text) -> Hit | None:
        """The first place where one is found."""
        return next(self.all(text), None)


def _pattern(template: str) -> _Pattern:
    places: list[tuple[_Form, ...]] = []
    for group, word in _parts(template):
        places.append(
            tuple(form for choice in _choices(group) for form in _forms(choice))
            if word is None
            else ((word,),)
        )
    return tuple(places)


def _parts(template: str) -> Iterator[tuple[str, str | None]]:
    """The groups and the words of a template, in a row."""
    at = 0
    while at < len(template):
        if template[at] == "(":
            end = _closing(template, at)
            yield template[at + 1 : end], None
            at = end + 1
        else:
            end = template.find("(", at)
            end = len(template) if end < 0 else end
            yield from (("", word) for word in re.findall(r"\w+\*?|[~?]", template[at:end]))
            at = end


def _closing(template: str, at: int) -> int:
    depth = 0
    for end in range(at, len(template)):
        depth += (template[end] == "(") - (template[end] == ")")
        if depth == 0:
            return end
    raise AssertionError(f"{template!r} has a bracket that is never closed")


def _choices(group: str) -> Iterator[str]:
    depth, start = 0, 0
    for at, letter in enumerate(group):
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            yield group[start:at]
            start = at + 1
    yield group[start:]


def _forms(choice: str) -> Iterator[_Form]:
    """A choice that holds groups itself has several forms."""
    forms: list[_Form] = [()]
    for group, word in _parts(choice):
        more = [(word,)] if word is not None else [form for one in _choices(group) for form in _forms(one)]
        forms = [(*form, *tail) for form in forms for tail in more]
    yield from forms


def _firsts(pattern: _Pattern) -> set[str]:
    """The words a pattern may begin with."""
    found: set[str] = set()
    for place in pattern:
        found |= {form[0] for form in place if form and form[0] != "~"}
        if all(place) and not any(form[0] == "~" for form in place):
            return found
    return found


def _match(tokens: list[str], at: int, pattern: _Pattern, place: int) -> int | None:
    if place == len(pattern):
        return at
    for form in pattern[place]:
        for end in _ends(tokens, at, form, 0):
            last = _match(tokens, end, pattern, place + 1)
            if last is not None:
                return last
    return None


def _ends(tokens: list[str], at: int, form: _Form, part: int) -> Iterator[int]:
    """Where the words of a form may end when they begin here."""
    while part < len(form):
        wanted = form[part]
        if wanted == "~":
            for gap in range(_GAP + 1):
                yield from _ends(tokens, at + gap, form, part + 1)
                if at + gap >= len(tokens) or tokens[at + gap] in ".?":
                    break
            return
        if at >= len(tokens):
            return
        if tokens[at] != wanted and not (wanted.endswith("*") and tokens[at].startswith(wanted[:-1])):
            return
        at, part = at + 1, part + 1
    yield at
