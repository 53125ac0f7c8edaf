"""Settings come from the environment; what is wrong is named at once, and secrets are never shown."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outreach.domain.errors import Misconfigured
from outreach.settings import Settings

SECRETS = {
    "SENDGRID_API_KEY": "SG.abcdefgh.verysecret",
    "TWILIO_AUTH_TOKEN": "0123456789abcdefsecret",
    "REDIS_URL": "redis://:hunter2secret@redis.example:6379/0",
    "SMTP_URL": "smtp://team:hunter2secret@mail.example:587",
    "DATABASE_URL": "postgresql://outreach:hunter2secret@db.example/outreach",
    "TWILIO_ACCOUNT_SID": "AC1",
}


def test_nothing_needs_to_be_set() -> None:
    settings = Settings.from_env({})
    assert settings == Settings()
    assert settings.embedded
    assert settings.nothing_leaves


def test_each_kind_of_value_is_read() -> None:
    settings = Settings.from_env(
        {
            "OUTREACH_PORT": "9000",
            "OUTREACH_TICK": " 0.5 ",
            "OUTREACH_CADENCES": "ops/cadences.yaml",
            "OUTREACH_CLOCK_START": "2026-12-01T09:00:00",
            "OUTREACH_HOST": "",
        }
    )
    assert (settings.port, settings.tick, settings.cadences) == (9000, 0.5, Path("ops/cadences.yaml"))
    assert settings.clock_start == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert settings.host == "127.0.0.1"


def test_every_wrong_variable_is_named_at_once() -> None:
    wrong = {
        "OUTREACH_PORT": "eighty",
        "OUTREACH_TICK": "often",
        "OUTREACH_LANE": "1.5",
        "OUTREACH_CLOCK_START": "tomorrow",
        "OUTREACH_LEASE": "1",
        "TWILIO_ACCOUNT_SID": "AC1",
        "OUTREACH_URL": "acme.example",
        "OUTREACH_THREADS": "0",
    }
    with pytest.raises(Misconfigured) as caught:
        Settings.from_env(wrong)
    assert [name for name in wrong if name not in str(caught.value)] == []
    assert "'eighty'" in str(caught.value)


def test_the_nested_times_must_fit_into_each_other() -> None:
    with pytest.raises(Misconfigured, match="OUTREACH_SEND_DEADLINE < OUTREACH_STOP_WAIT"):
        Settings.from_env({"OUTREACH_STOP_WAIT": "20"})


def test_no_secret_is_ever_shown() -> None:
    shown = str(Settings.from_env(SECRETS).shown())
    for value in SECRETS.values():
        assert value not in shown or value == "AC1"
    assert "hunter2secret" not in shown
    assert "***@db.example/outreach" in shown, "the rest of an address helps"


def test_no_secret_is_in_an_error() -> None:
    with pytest.raises(Misconfigured) as caught:
        Settings.from_env({"TWILIO_AUTH_TOKEN": SECRETS["TWILIO_AUTH_TOKEN"], "OUTREACH_PORT": "x"})
    assert "secret" not in str(caught.value)


def test_only_what_was_set_is_marked_as_set() -> None:
    rows = Settings.from_env({"OUTREACH_PORT": "9000"}).shown()
    assert [name for name, _, _, is_set in rows if is_set] == ["OUTREACH_PORT"]
    assert len(rows) == len(fields(Settings))
    assert all(meaning for _, _, meaning, _ in rows)


@pytest.mark.parametrize(
    ("env", "stays"),
    [
        ({"SENDGRID_API_KEY": "SG.x"}, False),
        ({"SENDGRID_API_KEY": "SG.x", "SENDGRID_URL": "http://127.0.0.1:4011"}, True),
        ({"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t", "TWILIO_URL": "http://localhost:1"}, True),
        ({"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t"}, False),
        ({"SMTP_URL": "smtp://u:p@mail.example:587"}, False),
    ],
)
def test_it_is_known_whether_messages_leave_the_machine(env: dict[str, str], stays: bool) -> None:
    assert Settings.from_env(env).nothing_leaves is stays
