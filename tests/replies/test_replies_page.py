"""docs/replies.md is what the code does: its examples are asked, its kinds are all there."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from outreach import inbox
from outreach.domain.channel import Channel
from outreach.domain.event import Replied
from outreach.domain.reply import ReplyKind, read
from outreach.domain.reply.dates import back_on

PAGE = (Path(__file__).parents[2] / "docs/replies.md").read_text()
EXAMPLES = re.findall(r"^`(\w+)`\n```(mail|text)\n(.*?)\n```$", PAGE, re.DOTALL | re.MULTILINE)
DAYS = re.findall(r"^\| ([^|]+) \| (20\d\d-\d\d-\d\d) \|$", PAGE, re.MULTILINE)


def test_every_kind_is_on_the_page_with_an_example() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == {kind.value for kind in ReplyKind}
    assert {kind for kind, _, _ in EXAMPLES} == {kind.value for kind in ReplyKind}


@pytest.mark.parametrize(("kind", "form", "example"), EXAMPLES, ids=[one[0] for one in EXAMPLES])
def test_an_example_is_what_the_page_says(kind: str, form: str, example: str) -> None:
    if form == "text":
        reply = Replied(key="1", channel=Channel.SMS, sender="+12125550101", text=example)
    else:
        head = "" if example.startswith("From:") else "From: Ada <ada@client.example>\n"
        reply = inbox.read((head + example).encode())
    assert read(reply).kind.value == kind


@pytest.mark.parametrize(("words", "day"), DAYS)
def test_a_return_is_what_the_page_says(words: str, day: str) -> None:
    assert back_on(words, date(2026, 3, 2)) == date.fromisoformat(day)
