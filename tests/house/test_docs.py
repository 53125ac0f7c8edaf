"""The pages say what the code does: made pages are fresh, commands and links exist, no machine of ours is named."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from outreach.cli.main import COMMANDS
from outreach.settings import Settings
from tests.house.plan import ROOT
from tools import pages

PAGES = [*sorted((ROOT / "docs").glob("*.md")), *sorted(ROOT.glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[^)]*)?\)")
# In code, at the start of a line or after the prompt, or in backquotes: `outreach enroll ada@example.com`
COMMAND = re.compile(r"(?:`|^ {4}\$? ?|&& |\n\$ )(?:\.venv/bin/)?outreach ([a-z][a-z-]+)", re.MULTILINE)
VARIABLE = re.compile(r"\b((?:OUTREACH|TWILIO|SENDGRID|SMTP|REDIS|DATABASE)_[A-Z_]+)\b")
OTHER_VARIABLES = {"OUTREACH_PRISM"}  # for developers, not a setting


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", sorted(pages.PAGES))
def test_a_made_page_is_fresh(page: str) -> None:
    assert (ROOT / "docs" / page).read_text() == pages.PAGES[page](), "run `make docs`"


def test_the_reference_of_the_command_is_fresh() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "outreach.cli.reference"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert (ROOT / "docs/cli.md").read_text() == made.stdout, "run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_on_a_page_exists(page: Path) -> None:
    assert set(COMMAND.findall(page.read_text())) - COMMANDS.keys() == set()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    prose = re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)
    dead = [link for link in LINK.findall(prose) if not (page.parent / link).exists()]
    assert dead == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_setting_on_a_page_exists(page: Path) -> None:
    known = {row[0] for row in Settings().shown()}
    assert set(VARIABLE.findall(page.read_text())) - known - OTHER_VARIABLES == set()


def test_every_source_file_that_a_page_names_exists() -> None:
    named = re.compile(r"`((?:outreach|tests|docs|tools)/[\w./-]+\.(?:py|md|yaml|txt|html))`")
    missing = {
        f"{name(page)}: {path}"
        for page in PAGES
        for path in named.findall(page.read_text())
        if not (ROOT / path).exists() and "<" not in path
    }
    assert missing == set()


def test_nothing_that_is_checked_in_names_a_folder_of_somebodys_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    files = [ROOT / one for one in listed if (ROOT / one).is_file()] or PAGES
    personal = re.compile(r"/(?:home|Users|root|work)/[a-z]")
    found = [
        f"{path.relative_to(ROOT)}: {hit.group(0)}"
        for path in files
        if path.suffix in {".py", ".md", ".yaml", ".toml", ".txt", ".html", ""} and path != Path(__file__)
        for hit in [personal.search(path.read_text(errors="replace"))]
        if hit
    ]
    assert found == []


def test_the_readme_begins_with_what_it_is_and_how_to_see_it() -> None:
    readme = (ROOT / "README.md").read_text()
    assert readme.startswith("# outreach\n")
    commands = re.findall(r"^ {4}(python3 -m venv .*)$", readme, re.MULTILINE)
    assert [command.rsplit("&& ", 1)[-1] for command in commands] == [
        ".venv/bin/outreach demo",
        ".venv/bin/pytest -q -n 2",
    ]
