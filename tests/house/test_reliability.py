"""docs/reliability.md: every test that it names exists, and its tables are those of the book of what was measured."""

from __future__ import annotations

import ast
import re

import pytest

from tests.chaos import book
from tests.house.plan import ROOT

PAGE = book.PAGE.read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


def named_in(path: str) -> set[str]:
    """The names of the tests in a file."""
    file = ROOT / path
    tree = ast.parse(file.read_text()) if file.is_file() else ast.Module([], [])
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("path", sorted({path for path, _ in NAMED}))
def test_every_test_that_the_page_names_exists(path: str) -> None:
    missing = {name for where, name in NAMED if where == path} - named_in(path)
    assert missing == set()


def test_every_figure_of_the_proof_stands_on_the_page() -> None:
    """Whoever adds a figure says what fault it is about."""
    path = "tests/chaos/test_figures.py"
    figures = {name for name in named_in(path) if name.startswith("test_")}
    assert figures - {name for where, name in NAMED if where == path} == set()


def test_no_row_of_the_page_names_nothing() -> None:
    """Each row ends with a test, or with "the same" as the row before."""
    section = PAGE.partition("## What may go wrong")[2].partition("\n## ")[0]
    rows = [
        line
        for line in section.splitlines()
        if line.startswith("|") and not line.startswith(("| what", "|--"))
    ]
    assert len(rows) > 60
    assert [row for row in rows if "::test_" not in row and not row.rstrip().endswith("| the same |")] == []


def test_the_tables_are_those_of_the_book() -> None:
    assert book.with_tables(PAGE, book.read()) == PAGE, "run tests/chaos/book.py"


def test_every_row_of_the_book_is_of_a_test_that_exists() -> None:
    known = named_in("tests/chaos/test_figures.py") | named_in("tests/chaos/test_mutants.py")
    assert {row.test.partition("[")[0] for row in book.read()} - known == set()
