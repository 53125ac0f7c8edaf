"""Which provider carries what, by the settings."""

from __future__ import annotations

import subprocess
import sys

import pytest

from outreach.domain.channel import Channel
from outreach.domain.errors import (
    Misconfigured,
    Unknown,
)
from outreach.providers.registry import build

from .builders import some_settings


def test_without_keys_everything_goes_to_the_outbox() -> None:
    providers = build(some_settings(twilio_account_sid=None, twilio_auth_token=None, sendgrid_api_key=None))
    assert {channel.value: name for channel, name in providers.chosen.items()} == {
        "email": "outbox",
        "sms": "outbox",
        "voicemail": "outbox",
    }
    assert [provider.name for provider in providers] == ["outbox"]


def test_keys_turn_the_vendors_on() -> None:
    providers = build(some_settings(smtp_url="smtp://mail.example"))
    assert {channel.value: name for channel, name in providers.chosen.items()} == {
        "email": "sendgrid",
        "sms": "twilio",
        "voicemail": "twilio",
    }


def test_the_wanted_email_provider_wins_over_the_configured_one() -> None:
    settings = some_settings(smtp_url="smtp://mail.example", email_provider="smtp")
    assert build(settings).for_channel(Channel.EMAIL).name == "smtp"


@pytest.mark.parametrize("wanted", ["smtp", "twilio", "pigeon"])
def test_an_email_provider_that_cannot_be_is_named_at_the_start(wanted: str) -> None:
    with pytest.raises(Misconfigured, match=wanted):
        build(some_settings(email_provider=wanted))


def test_a_misspelt_provider_is_answered_with_the_closest() -> None:
    with pytest.raises(Unknown, match="did you mean 'sendgrid'"):
        build(some_settings()).by_name("sendgird")


def test_nobody_carries_a_letter() -> None:
    with pytest.raises(Unknown, match="letter"):
        build(some_settings()).for_channel(Channel.LETTER)


def test_a_provider_out_of_use_can_still_be_asked() -> None:
    """What went out through it last week has a status this week."""
    assert (
        build(some_settings(twilio_account_sid=None, twilio_auth_token=None)).by_name("twilio").name
        == "twilio"
    )


def test_building_loads_no_sdk() -> None:
    """The admin command must start fast."""
    code = (
        "import sys; from outreach.settings import Settings; from outreach.providers.registry import build;"
        "p = build(Settings(twilio_account_sid='AC1', twilio_auth_token='t', sendgrid_api_key='k'));"
        "assert [x.name for x in p] == ['sendgrid', 'twilio'];"
        "found = {'twilio', 'sendgrid', 'urllib3', 'cryptography', 'requests'} & set(sys.modules); assert not found, found"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
