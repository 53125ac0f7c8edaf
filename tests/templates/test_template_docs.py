"""docs/templates.md says what is so: every example in it is run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from template_shelf import ADA, sms

from outreach.domain.channel import Channel
from outreach.templates import Templates, check, read_folder
from outreach.templates.filters import FILTERS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
SHARED = {path: text for path, text in read_folder(ROOT / "templates").items() if path.startswith("_")}
EXAMPLES = re.findall(r"```jinja (\w+)\n(.*?)```\n\n```gives\n(.*?)```", PAGE, re.DOTALL)
MISTAKES = re.findall(r"```check (\w+)\n(.*?)```\n\n```says\n(.*?)```", PAGE, re.DOTALL)
ROWS = re.findall(r"^\| `([a-z_]+)[^|]*\| `(\{\{.*?\}\})` \| (.*?) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("channel", "template", "result"), EXAMPLES)
def test_an_example_gives_what_the_page_says(channel: str, template: str, result: str) -> None:
    shelf = Templates({"x.md": template, **SHARED})
    match Channel(channel):
        case Channel.EMAIL:
            mail = shelf.email("x.md", ADA)
            given = f"{mail.subject}\n\n{mail.text}"
        case Channel.SMS:
            given = shelf.text("x.md", ADA)
        case Channel.VOICEMAIL:
            given = shelf.speech("x.md", ADA).text
        case _:
            task = shelf.task("x.md", ADA)
            given = f"{task.title}\n\n{task.script}"
    assert given.strip() == result.strip()


@pytest.mark.parametrize(("name", "template", "result"), ROWS)
def test_a_filter_gives_what_its_row_says(name: str, template: str, result: str) -> None:
    assert f"| {name}" in template.replace("\\|", "|")
    assert sms(template.replace("\\|", "|")) == result


@pytest.mark.parametrize(("channel", "template", "says"), MISTAKES)
def test_a_mistake_is_told_as_the_page_says(channel: str, template: str, says: str) -> None:
    path = "hello.md" if channel == "email" else "hello.txt"
    found = check(path, Channel(channel), {path: template}, [ADA])
    assert [str(problem) for problem in found] == says.strip().split("\n")


def test_the_page_has_examples_of_each_kind_and_every_filter() -> None:
    assert len(EXAMPLES) == 8
    assert len(MISTAKES) == 2
    assert {name for name, _, _ in ROWS} == set(FILTERS) - {"d"}
