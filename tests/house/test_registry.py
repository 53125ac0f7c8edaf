"""Every provider is registered, held to the contract and documented; a half-added one is noticed."""

from __future__ import annotations

import ast

import pytest

from outreach.domain.channel import Channel
from outreach.providers.registry import PROVIDERS, build
from outreach.settings import Settings
from tests.house.plan import PACKAGE, ROOT, files

# What lies in the folder and is no provider.
SHARED = {"__init__", "base", "bound", "lines", "mail", "registry", "transport"}


def vendors() -> set[str]:
    found = {path.stem for path in (PACKAGE / "providers").glob("*.py")}
    return (found | {path.parent.name for path in (PACKAGE / "providers").glob("*/__init__.py")}) - SHARED


def test_every_vendors_file_is_registered_under_its_name() -> None:
    assert vendors() == set(PROVIDERS)
    assert {name: place.split(":")[0] for name, place in PROVIDERS.items()} == {
        name: f"outreach.providers.{name}" for name in vendors()
    }


def test_the_contract_suite_asks_every_registered_provider() -> None:
    suite = (ROOT / "tests/providers/test_contract.py").read_text()
    assert suite.count('parametrize("name", PROVIDERS)') >= 3


@pytest.mark.parametrize("name", sorted(vendors()))
def test_a_provider_has_tests_and_a_page_that_names_it(name: str) -> None:
    assert list((ROOT / "tests/providers").glob(f"test_{name}*.py")), (
        f"tests/providers/test_{name}.py is missing"
    )
    pages = "".join(page.read_text().lower() for page in (ROOT / "docs").glob("*.md"))
    assert name in pages


def test_every_channel_that_machines_carry_has_a_provider_without_any_key() -> None:
    chosen = build(Settings()).chosen
    assert set(chosen) == {channel for channel in Channel if not channel.by_rep}
    assert set(chosen.values()) == {"outbox"}


def test_no_vendor_is_named_outside_its_own_files() -> None:
    """If it is, something is in the wrong room. An example in a help text is no knowledge of the vendor."""
    may = {
        "settings.py",
        "demo/stage.py",
        "insight/doctor.py",
        "cli/holding.py",
    }  # each names settings, or is help
    wrong = []
    for path in files():
        place = path.relative_to(PACKAGE).as_posix()
        if place.startswith(("providers/", "sandbox/")) or place in may:
            continue
        code = _code(path.read_text()).lower()
        wrong += [f"{place} names {name}" for name in ("twilio", "sendgrid") if name in code]
    assert wrong == []


def _code(text: str) -> str:
    """The source without comments and docstrings: prose may explain whose habits it follows."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant(value=str()) as words):
                words.value = ""
    return ast.unparse(tree)
