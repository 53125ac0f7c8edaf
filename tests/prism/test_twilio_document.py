"""What we ask of Twilio, and how the sandbox answers, is what Twilio's own OpenAPI document says."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.http.response import Response
from twilio.rest import Client

from outreach.sandbox import Sandbox
from tests.sandbox.conftest import ADA, OURS, LoopbackTwilio

pytestmark = pytest.mark.prism


class CheckedTwilio(LoopbackTwilio):
    """Fails at the first answer on which Prism has a remark."""

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:
        response = super().request(method, url, *args, **kwargs)
        assert "sl-violations" not in (response.headers or {}), response.headers["sl-violations"]
        return response


@pytest.fixture
def twilio(checked: dict[str, str], upstream: Sandbox) -> Iterator[Client]:
    transport = CheckedTwilio(checked["twilio"])
    transport.timeout = 20
    yield Client(upstream.settings.account_sid, upstream.settings.auth_token, http_client=transport)
    transport.session.close()


def test_texts(twilio: Client, upstream: Sandbox) -> None:
    sent = twilio.messages.create(
        to=ADA, from_=OURS, body="Hello Ada", validity_period=14_400,
        status_callback="http://127.0.0.1:9/webhooks/twilio/status?a=token#rc=5&rp=all",
    )  # fmt: skip
    upstream.settle()

    assert sent.fetch().status == "delivered"
    assert [
        m.sid
        for m in twilio.messages.list(to=ADA, from_=OURS, date_sent_after=datetime.now(UTC), page_size=50)
    ]
    assert sent.update(body="").body == ""


def test_texts_of_a_messaging_service(twilio: Client) -> None:
    sent = twilio.messages.create(
        to=ADA, messaging_service_sid="MG" + "1" * 32, body="Hello", smart_encoded=True
    )

    assert sent.status == "accepted"


def test_pages_of_texts(twilio: Client) -> None:
    sids = {twilio.messages.create(to="+12125550199", from_=OURS, body=str(n)).sid for n in range(3)}

    assert {m.sid for m in twilio.messages.list(to="+12125550199", page_size=2)} == sids


def test_calls(twilio: Client, upstream: Sandbox) -> None:
    placed = twilio.calls.create(
        to=ADA, from_=OURS, url="http://127.0.0.1:9/twiml?a=token", method="POST", timeout=30, time_limit=120,
        machine_detection="DetectMessageEnd", machine_detection_timeout=30, async_amd="true",
        async_amd_status_callback="http://127.0.0.1:9/amd", async_amd_status_callback_method="POST",
        status_callback="http://127.0.0.1:9/status", status_callback_method="POST",
        status_callback_event=["initiated", "ringing", "answered", "completed"],
    )  # fmt: skip
    upstream.settle()

    assert placed.fetch().status == "completed"
    assert [c.sid for c in twilio.calls.list(to=ADA, from_=OURS, start_time_after=datetime.now(UTC))]


def test_a_ringing_call_is_cancelled(twilio: Client, upstream: Sandbox) -> None:
    upstream.settings.ring = 2.0
    try:
        placed = twilio.calls.create(
            to=ADA, from_=OURS, url="http://127.0.0.1:9/twiml", machine_detection="Enable"
        )
        assert placed.update(status="canceled").status == "canceled"
    finally:
        upstream.settings.ring = 0.02


def test_prism_would_have_noticed(twilio: Client, checked: dict[str, str], upstream: Sandbox) -> None:
    """Without this, silence might only mean that nobody looks."""
    with pytest.raises(TwilioRestException) as refused:
        twilio.messages.create(to=ADA, from_=OURS, body="Hi", validity_period="abc")  # type: ignore[arg-type]
    assert refused.value.status == 422

    keys = (upstream.settings.account_sid, upstream.settings.auth_token)
    path = f"/2010-04-01/Accounts/{keys[0]}/Messages/SM{'0' * 32}.json"
    answer = requests.get(checked["twilio"] + path, auth=keys, timeout=20)
    assert "sl-violations" in answer.headers or answer.status_code == 500
