"""A file is one room one can overlook, a function one page."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.house.plan import ROOT, files

FILE, FUNCTION = 300, 40
# A table of tables: cut in pieces it would be harder to read, not easier.
LONG = {"outreach/store/schema.py"}


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    sizes = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in files()}
    assert {name: size for name, size in sizes.items() if size > FILE and name not in LONG} == {}
    assert {name for name in LONG if sizes.get(name, 0) <= FILE} == set(), "no longer an exception"


def test_no_function_is_longer_than_forty_lines() -> None:
    assert [place for place, size in _functions() if size > FUNCTION] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT)) for path in files() if not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def _functions() -> Iterator[tuple[str, int]]:
    for path in files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) is not None else node.body
                if body:
                    size = (body[-1].end_lineno or 0) - body[0].lineno + 1
                    yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}() has {size} lines", size
