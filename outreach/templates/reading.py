"""Turns the text of a template into a syntax tree, or says on which line it cannot be read."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.parser import Parser

from outreach.domain.problem import Problem, Problems
from outreach.templates.sheets import Sheet, inspect
from outreach.templates.values import MOST_ITEMS

_MOST_TOKENS = 2 * MOST_ITEMS + 50  # in one {{ }} or {% %}: a written list of 100 items fits
_LARGEST = 64_000  # bytes
_MOST_TAGS = 1_000
_DEEPEST_BLOCKS = 8  # if in if in for ...
_DEEPEST_BRACKETS = 8
_OPENERS = frozenset({"if", "for", "block", "macro", "call", "filter", "with", "autoescape"})
# A tree is only ever read with these settings; the lexer is the same as the Shelf's.
_READER = Environment(autoescape=False)  # noqa: S701 - nothing is rendered with it


def read(path: str, source: str) -> nodes.Template:
    """The syntax tree of a template that keeps to the grammar. Raises Problems with lines otherwise."""
    tree, problems = _parsed(path, source)
    if tree is not None:
        problems = inspect(path, source, tree).problems
    if tree is None or problems:
        raise Problems(problems)
    return tree


@lru_cache(maxsize=512)
def sheet(path: str, source: str) -> Sheet:
    """What a template says of itself, with all that is wrong in it. Do not change it: it is shared."""
    tree, problems = _parsed(path, source)
    return Sheet(path, problems=problems) if tree is None else inspect(path, source, tree)


def _parsed(path: str, source: str) -> tuple[nodes.Template | None, list[Problem]]:
    if len(source.encode(errors="replace")) > _LARGEST:
        return None, [
            Problem(path, 1, 0, f"a template has at most {_LARGEST:,} bytes", "split it with include")
        ]
    try:
        if problem := _bounded(path, source):
            return None, [problem]
        return Parser(_READER, source, path, path).parse(), []
    except TemplateSyntaxError as error:
        return None, [Problem(path, error.lineno or 1, 0, _in_words(error))]
    except (RecursionError, ValueError, OverflowError, MemoryError):
        return None, [Problem(path, 1, 0, "this template is nested too deeply", "split it with include")]


def _bounded(path: str, source: str) -> Problem | None:
    """Refuse before parsing what would exhaust the parser's stack."""
    tags = tokens = brackets = blocks = 0
    at_tag = False
    for line, kind, value in _READER.lex(source):
        if kind in ("variable_begin", "block_begin"):
            tags, tokens, brackets, at_tag = tags + 1, 0, 0, kind == "block_begin"
        elif kind == "operator":
            brackets += (value in "([{") - (value in ")]}")
        elif kind == "name" and at_tag:
            blocks += (value in _OPENERS) - value.startswith("end")
            at_tag = False
        tokens += kind != "whitespace"
        if tags > _MOST_TAGS:
            return Problem(path, line, 0, f"more than {_MOST_TAGS:,} tags", "split it with include")
        if blocks > _DEEPEST_BLOCKS or brackets > _DEEPEST_BRACKETS:
            return Problem(
                path, line, 0, f"nested deeper than {_DEEPEST_BLOCKS} levels", "split it with include"
            )
        if tokens > _MOST_TOKENS:
            return Problem(path, line, 0, "this tag is too long", "use {% set %} for its parts")
    return None


def _in_words(error: TemplateSyntaxError) -> str:
    text = error.message or "cannot be read"
    return text[0].lower() + text[1:].rstrip(".")
