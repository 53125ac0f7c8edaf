"""One word per thing: the names in the code are those of docs/glossary.md."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.house.plan import ROOT, files

# word not to say as a name -> the word of the glossary
SAY_INSTEAD = {
    "campaign": "cadence",
    "prospect": "lead",
    "recipient": "lead, or `to`",
    "subscription": "enrollment",
    "blacklist": "suppression",
    "blocklist": "suppression",
    "blackout": "quiet hours",
    "unenroll": "stop",
    "backend": "provider",
    "esp": "provider",
    "mailing": "touch",
    "throttle": "cap",
}
# Names that mean something else: the command's file for mails.
FINE = {"mailing"}


def test_names_say_what_the_glossary_says() -> None:
    wrong = [
        f"{place}: {name} (say {SAY_INSTEAD[word]})"
        for place, name in _names()
        if name not in FINE
        for word in _words(name)
        if word in SAY_INSTEAD
    ]
    assert wrong == []


def test_there_is_no_drawer_for_things_without_a_place() -> None:
    drawers = {"utils", "util", "helpers", "common", "misc", "manager", "handler"}
    assert [str(path.relative_to(ROOT)) for path in files() if path.stem in drawers] == []


def test_the_glossary_explains_every_word_that_is_refused() -> None:
    glossary = (ROOT / "docs/glossary.md").read_text().lower()
    assert [word for word in SAY_INSTEAD if word not in glossary] == []


def _names() -> Iterator[tuple[str, str]]:
    for path in files():
        if "sandbox" in path.parts:
            continue  # it speaks as the vendors do
        for node in ast.walk(ast.parse(path.read_text())):
            place = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
            match node:
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    yield place, name
                case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                    yield place, name


def _words(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+", name)]
