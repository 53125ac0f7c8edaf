"""`doctor` and `settings`: what is missing is found before a lead finds it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.cli.conftest import PLAYBOOK, Desk


def wrong(desk: Desk) -> str:
    """What the doctor calls wrong; the exit code must say so too."""
    answer = desk("doctor")
    assert answer.code == (1 if "WRONG" in answer.out else 0)
    return "\n".join(line for line in answer.out.splitlines() if line.startswith("WRONG"))


def test_a_house_without_keys_is_well_and_says_that_nothing_leaves(desk: Desk):
    answer = desk.done("doctor")
    assert "no live provider: messages are written to outbox/" in answer.out
    assert "the files are what runs" in answer.out


def test_live_providers_need_a_public_address_and_their_webhook_keys(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SENDGRID_API_KEY", "SG.secret-secret")
    found = wrong(desk)
    assert "OUTREACH_URL=http://127.0.0.1:8000" in found
    assert "SENDGRID_EVENT_KEY is missing" in found
    assert "SENDGRID_INBOUND_KEY is missing: replies are refused and stop nobody" in found
    assert "secret-secret" not in found


def test_a_stopped_provider_is_told_with_the_command_that_resumes_it(desk: Desk):
    desk.done("pause", "--provider", "twilio", "--because", "the key was refused")
    assert (
        "provider:twilio is stopped: the key was refused -> mend the cause, then `outreach resume --provider twilio`"
        in wrong(desk)
    )
    desk.done("resume", "--provider", "twilio")
    assert wrong(desk) == ""


def test_a_sender_without_a_postal_address_is_found(desk: Desk):
    desk.write_playbook(PLAYBOOK.replace("    postal_address: 1 Main St, Springfield\n", ""))
    answer = desk("doctor")
    assert answer.code == 1
    assert "postal_address" in answer.out


def test_files_that_differ_from_what_runs_are_named(desk: Desk):
    desk.write_playbook(PLAYBOOK.replace("after: 2 days", "after: 3 days"))
    assert "the files differ from what runs: trial" in desk.done("doctor").out


def test_a_house_in_which_nothing_was_applied_is_not_well(bare: Desk):
    bare.write_playbook()
    assert "no cadence is loaded -> run `outreach apply`" in wrong(bare)


def test_a_file_that_is_no_database_is_found(desk: Desk):
    (desk.folder / "outreach.db").write_text("this is a letter\n" * 500)
    assert "file is not a database" in wrong(desk)


def test_a_page_of_the_database_that_went_bad_is_found(desk: Desk):
    """One page of one table, as a dying disk leaves it."""
    file = desk.folder / "outreach.db"
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = db.execute("PRAGMA page_size").fetchone()[0]
        root = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'history'").fetchone()[0]
    with file.open("r+b") as pages:
        pages.seek((root - 1) * size)
        pages.write(b"\xa5" * size)
    found = wrong(desk)
    assert "the database file is damaged" in found
    assert "stop everything and restore the last backup" in found


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("OUTREACH_LANE", "many", "OUTREACH_LANE='many'"),
        ("REDIS_URL", "redis://127.0.0.1:1/0", "Redis does not answer"),
        ("DATABASE_URL", "sqlite:////nowhere/at/all.db", "does not exist"),
        ("DATABASE_URL", "oracle:x", "DATABASE_URL"),
    ],
)
def test_a_wrong_setting_is_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
):
    monkeypatch.setenv(name, value)
    assert said in wrong(desk)


def test_settings_are_shown_without_their_secrets(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENDGRID_API_KEY", "SG.a-very-secret-key")
    shown = desk.done("settings").out
    assert "SENDGRID_API_KEY=...-key" in shown
    assert "a-very-secret" not in shown
    assert "REDIS_URL" in desk.done("settings", "--all").out


def test_without_a_key_it_says_that_nobody_can_be_forgotten(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SENDGRID_API_KEY", "SG.key")
    assert "OUTREACH_SUPPRESSION_KEY is not set" in desk("doctor").out
    monkeypatch.setenv("OUTREACH_SUPPRESSION_KEY", "k" * 40)
    assert "OUTREACH_SUPPRESSION_KEY" not in desk("doctor").out
