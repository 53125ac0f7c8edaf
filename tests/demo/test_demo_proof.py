"""The demo's proof can fail: what it counts against us."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from outreach.demo.proof import accepted_after
from outreach.demo.stage import loopback_only
from outreach.domain.errors import Misconfigured
from outreach.sandbox import Accepted, Posted
from outreach.settings import Settings

NOON = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)


def an_accepted(seq: int) -> Accepted:
    return Accepted(
        provider="sendgrid", kind="mail", reference=f"m{seq}", to="ada@x.example", from_="us", seq=seq
    )


def a_posted(seq: int, *, at: datetime = NOON, status: int = 204, kind: str = "mail") -> Posted:
    return Posted(
        provider="sendgrid", kind=kind, about="ada", url="", status=status, attempts=1, seconds=0.0, seq=seq,
        at=at.timestamp(),
    )  # fmt: skip


def test_a_message_after_the_answer_is_counted() -> None:
    assert accepted_after(NOON, [an_accepted(3), an_accepted(9)], [a_posted(5)]) == 1


def test_a_message_before_the_answer_is_not() -> None:
    assert accepted_after(NOON, [an_accepted(3)], [a_posted(5)]) == 0


@pytest.mark.parametrize(
    "posted",
    [
        pytest.param([], id="none"),
        pytest.param([a_posted(5, status=503)], id="refused"),
        pytest.param([a_posted(5, kind="status")], id="another kind"),
        pytest.param([a_posted(5, at=NOON.replace(hour=9))], id="another time"),
    ],
)
def test_without_a_webhook_that_was_taken_every_message_is_counted(posted: list[Posted]) -> None:
    assert accepted_after(NOON, [an_accepted(3), an_accepted(9)], posted) == 2


@pytest.mark.parametrize(
    "elsewhere",
    [
        Settings(sendgrid_api_key="SG.x", sendgrid_url="https://api.sendgrid.example"),
        Settings(twilio_account_sid="AC1", twilio_auth_token="x", twilio_url="http://192.0.2.1"),
    ],
)
def test_it_refuses_to_play_when_a_provider_is_elsewhere(elsewhere: Settings) -> None:
    with pytest.raises(Misconfigured, match="this machine only"):
        loopback_only(elsewhere)
