"""Twilio's list of messages is a net under its webhooks: what it lists is what the webhook would have told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from outreach.domain.errors import ProviderError
from outreach.providers.base import Remembers
from outreach.providers.twilio import Twilio
from outreach.sandbox import Sandbox
from outreach.sandbox import Settings as SandboxSettings
from outreach.settings import Settings

OURS, OTHER, ADA = "+15005550006", "+15005550007", "+12125550101"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(SandboxSettings()) as made:
        yield made


@pytest.fixture
def twilio(sandbox: Sandbox) -> Iterator[Twilio]:
    made = Twilio(
        Settings(
            twilio_account_sid=sandbox.settings.account_sid,
            twilio_auth_token=sandbox.settings.auth_token,
            twilio_url=sandbox.url,
        )
    )
    yield made
    made.close()


def today() -> datetime:
    return datetime.now(UTC) - timedelta(hours=1)


def test_what_came_in_is_listed_under_the_key_of_its_webhook(sandbox: Sandbox, twilio: Twilio) -> None:
    assert isinstance(twilio, Remembers)
    sandbox.text(ADA, OURS, "Call me")
    sandbox.text(ADA, OTHER, "Wrong number")

    [told] = twilio.received([OURS], today())

    assert (told.sender, told.to, told.text) == (ADA, OURS, "Call me")
    assert told.key.startswith("SM")
    assert told.at is not None
    assert len(twilio.received([OURS, OTHER], today())) == 2


def test_what_we_sent_is_not_among_it(sandbox: Sandbox, twilio: Twilio) -> None:
    twilio._client.messages.create(to=OTHER, from_=OURS, body="A tip")

    assert twilio.received([OTHER], today()) == []


def test_only_what_came_since(sandbox: Sandbox, twilio: Twilio) -> None:
    sandbox.text(ADA, OURS, "Call me")

    assert twilio.received([OURS], datetime.now(UTC) + timedelta(minutes=1)) == []


def test_a_wrong_key_says_so(sandbox: Sandbox) -> None:
    twilio = Twilio(
        Settings(twilio_account_sid="AC" + "0" * 32, twilio_auth_token="x", twilio_url=sandbox.url)
    )
    with pytest.raises(ProviderError):
        twilio.received([OURS], today())
    twilio.close()
