"""The outbox: files one can open, and nothing that leaves the machine."""

from __future__ import annotations

import json
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from outreach.domain.errors import Refused, TooLate, Unavailable
from outreach.domain.message import Message
from outreach.providers.base import Found, machine_time
from outreach.providers.outbox import Outbox

from .builders import a_text, a_voicemail, an_attempt, an_email, some_settings, soon


def outbox(folder: Path) -> Outbox:
    return Outbox(some_settings(outbox=folder / "outbox"))


def files(folder: Path) -> list[Path]:
    return sorted((folder / "outbox").glob("*"))


def test_a_mail_is_a_file_that_a_mail_program_opens(tmp_path: Path) -> None:
    receipt = outbox(tmp_path).send(an_email(), token="token-1", deadline=soon())
    [path] = files(tmp_path)
    assert receipt.reference == path.name
    assert path.suffix == ".eml"
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert (mail["To"], mail["Subject"]) == ("Ada Lovelace <ada@lead.example>", "Your trial")
    assert mail["X-Outreach-Token"] == "token-1"


def test_a_text_is_a_text_and_a_voicemail_is_its_call(tmp_path: Path) -> None:
    box = outbox(tmp_path)
    box.send(a_text(body="Grüße, Ada"), token="token-1", deadline=soon())
    box.send(a_voicemail(audio_url="https://acme.example/drop.mp3"), token="token-2", deadline=soon())
    text, call = files(tmp_path)
    assert text.suffix == ".txt"
    assert text.read_text().endswith("\n\nGrüße, Ada\n")
    assert json.loads(call.read_text())["audio_url"] == "https://acme.example/drop.mp3"


def test_names_sort_by_time_and_tell_channel_and_lead(tmp_path: Path) -> None:
    box = outbox(tmp_path)
    names = [str(box.send(an_email(), token=f"token-{n}", deadline=soon()).reference) for n in range(5)]
    assert [path.name for path in files(tmp_path)] == names
    assert all("-email-ada-lovelace-" in name for name in names)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a/b\\c:d", "..", "Ünïcödé", "x" * 500, "\u202egnp.exe", "李雷"]
)
def test_no_name_of_a_lead_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    outbox(tmp_path).send(a_text(to_name=name), token="../token", deadline=soon())
    [path] = files(tmp_path)
    assert path.parent == tmp_path / "outbox"
    assert len(path.name) < 120
    assert path.name.isascii()


@pytest.mark.parametrize("message", [an_email(), a_text(), a_voicemail()], ids=["email", "sms", "voicemail"])
def test_what_was_written_is_found_by_its_token(tmp_path: Path, message: Message) -> None:
    box = outbox(tmp_path)
    receipt = box.send(message, token="token-1", deadline=soon())
    found = box.find(an_attempt(token="token-1"))
    assert (found.found, found.reference) == (Found.SENT, receipt.reference)
    assert box.find(an_attempt(token="token-2")).found is Found.NOT_SENT


def test_tokens_that_begin_alike_are_told_apart(tmp_path: Path) -> None:
    box = outbox(tmp_path)
    box.send(a_text(), token="abcdefghijklmnop-1", deadline=soon())
    assert box.find(an_attempt(token="abcdefghijklmnop-2")).found is Found.NOT_SENT


def test_an_outbox_that_does_not_exist_holds_nothing(tmp_path: Path) -> None:
    assert outbox(tmp_path).find(an_attempt()).found is Found.NOT_SENT


def test_after_the_deadline_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(TooLate):
        outbox(tmp_path).send(an_email(), token="token-1", deadline=machine_time() - 0.001)
    assert files(tmp_path) == []


def test_an_outbox_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file where the folder should be")
    with pytest.raises(Unavailable, match="outbox"):
        outbox(tmp_path).send(an_email(), token="token-1", deadline=soon())


def test_a_line_break_in_a_subject_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="subject"):
        outbox(tmp_path).send(an_email(subject="Hi\nBcc: ben@lead.example"), token="token-1", deadline=soon())
    assert files(tmp_path) == []
