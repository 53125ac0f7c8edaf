"""The texts we ship keep our own rules: they render, they give something, they say who we are and how to stop us."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from template_shelf import ADA, BEN, ZOE

from outreach.domain.channel import Channel
from outreach.templates import Templates, check, read_folder, segments

SOURCES = read_folder(Path(__file__).parents[2] / "templates")
TEXTS = sorted(path for path in SOURCES if not path.startswith("_"))
SHELF = Templates(SOURCES)
FOLDERS = {"inbound": 8, "outbound": 8, "after-meeting": 6, "nurture": 12, "post-purchase": 6, "win-back": 5}


def channel(path: str) -> Channel:
    if path.endswith(".txt"):
        return Channel.VOICEMAIL if "voicemail" in path else Channel.SMS
    return next(
        (c for c in (Channel.CALL, Channel.LETTER, Channel.SOCIAL) if path.endswith(f"-{c}.md")),
        Channel.EMAIL,
    )


def of(*channels: Channel) -> list[str]:
    return [path for path in TEXTS if channel(path) in channels]


def first_of(*channels: Channel) -> list[str]:
    """The first text of each folder on a channel."""
    return [
        next(p for p in of(*channels) if p.startswith(f"{f}/"))
        for f in sorted({p.split("/")[0] for p in of(*channels)})
    ]


def test_the_folders_hold_what_the_cadences_need() -> None:
    assert {folder: sum(p.startswith(f"{folder}/") for p in TEXTS) for folder in FOLDERS} == FOLDERS


@pytest.mark.parametrize("path", TEXTS)
def test_check_has_nothing_to_say(path: str) -> None:
    assert check(path, channel(path), SOURCES, [ADA, BEN, ZOE]) == []


@pytest.mark.parametrize("path", of(Channel.EMAIL))
def test_a_mail_greets_and_gives_and_is_short(path: str) -> None:
    for names in (ADA, BEN, ZOE):
        mail = SHELF.email(path, names, thread_subject="What we spoke of")
        body = mail.text.partition("\n\n-- \n")[0]
        assert re.match(r"Hi \S+,\n\n[A-Z]", body)
        assert 60 <= len(body.split()) <= 230
        assert len(mail.subject) <= 78
        assert "Rosa" in body


@pytest.mark.parametrize("path", first_of(Channel.EMAIL))
def test_the_first_mail_of_a_cadence_begins_a_thread(path: str) -> None:
    assert SHELF.subject_of(path)


@pytest.mark.parametrize("path", of(Channel.SMS))
def test_a_text_says_who_writes_in_at_most_two_segments(path: str) -> None:
    for names in (ADA, BEN):
        text = SHELF.text(path, names)
        assert segments(text).encoding == "GSM-7"
        assert segments(text).count <= 2
        assert "Rosa" in text
        assert "Acme" in text


@pytest.mark.parametrize("path", first_of(Channel.SMS))
def test_the_first_text_of_a_cadence_says_how_to_stop(path: str) -> None:
    assert SHELF.text(path, ADA).endswith("Reply STOP to opt out.")


@pytest.mark.parametrize("path", of(Channel.VOICEMAIL))
def test_a_recording_begins_with_who_calls_the_number_and_the_way_out(path: str) -> None:
    """Rule R7."""
    spoken = SHELF.speech(path, ADA).text
    assert spoken.startswith(
        "Hello Ada, this is a recorded message from Rosa Diaz at Acme. My number is 5 0 0, "
    )
    assert "call 8 0 0, 5 5 5, 0 1 0 0 at any time" in spoken.split("\n")[0]
    assert SHELF.speech(path, {**ADA, "lead": {}}).text.startswith("Hello, this is")


@pytest.mark.parametrize("path", of(Channel.CALL))
def test_a_call_script_has_an_opener_three_questions_and_what_to_note(path: str) -> None:
    task = SHELF.task(path, BEN)
    assert task.title.startswith("Call Ben Okafor")
    assert "OPENER" in task.script
    assert len(re.findall(r"^[123]\. \"", task.script, re.MULTILINE)) == 3
    assert "What to note afterwards" in task.script


def test_an_opener_uses_what_is_known() -> None:
    observed = {**ADA, "lead": {**ADA["lead"], "observation": "you are opening a depot in Aurora"}}  # type: ignore[dict-item]
    assert (
        "I noticed that you are opening a depot in Aurora."
        in SHELF.email("outbound/02-idea.md", observed).text
    )
    agreed = {**ADA, "lead": {**ADA["lead"], "agreed": ["a trial in May", "three technicians"]}}  # type: ignore[dict-item]
    assert (
        "What we agreed\n\n- a trial in May\n- three technicians\n"
        in SHELF.email("after-meeting/01-summary.md", agreed).text
    )
    assert (
        "We agreed: a trial in May; three technicians"
        in SHELF.task("after-meeting/03-call.md", agreed).script
    )


def test_former_customers_and_silent_leads_read_other_words() -> None:
    left = {**ADA, "lead": {**ADA["lead"], "purchases": 2, "loss_reason": "the app was slow"}}  # type: ignore[dict-item]
    assert (
        "You stopped using Acme, and you will have had your reasons.\nYou told us that the app was slow"
        in (SHELF.email("win-back/01-changed.md", left).text)
    )
    assert "It has been quiet between us" in SHELF.email("win-back/01-changed.md", ADA).text
    assert "Your old data." in SHELF.email("win-back/05-last.md", left, thread_subject="x").text
    assert "Your old data." not in SHELF.email("win-back/05-last.md", ADA, thread_subject="x").text


def test_the_playbook_names_the_fields_that_the_texts_use() -> None:
    page = (Path(__file__).parents[2] / "docs" / "playbook.md").read_text(encoding="utf-8")
    own = set(re.findall(r"lead\.(\w+)", "".join(SOURCES.values()))) - set(ADA["lead"])  # type: ignore[call-overload]
    assert own == {"observation", "found_on", "agreed", "loss_reason", "purchases"}
    assert [field for field in sorted(own) if f"`{field}`" not in page] == []
