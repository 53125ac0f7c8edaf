"""docs/safety.md names the test of every promise it makes, and each of them is there."""

from __future__ import annotations

import ast
import re

from tests.house.plan import ROOT

PAGE = (ROOT / "docs/safety.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)))


def test_there_are_tests_to_look_for() -> None:
    assert len(NAMED) > 40


def test_every_test_that_the_page_names_exists() -> None:
    missing = [
        f"{file}::{name}" if name else file
        for file, name in NAMED
        if not (ROOT / file).exists() or (name and name not in _functions(file))
    ]
    assert missing == []


def test_every_threat_names_a_test() -> None:
    rows = [
        line
        for line in PAGE.splitlines()
        if line.startswith("| ") and not line.startswith(("| threat", "| question", "| promise"))
    ]
    assert [row for row in rows if "`tests/" not in row] == []


def _functions(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
