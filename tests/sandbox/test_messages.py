"""Texts through the real Twilio SDK: accepted, called back, listed, refused."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from outreach.sandbox import Sandbox, Undeliverable
from tests.sandbox.conftest import ADA, OURS, LoopbackTwilio, Receiver


def test_an_accepted_text_has_a_sid_and_is_in_the_ledger(sandbox: Sandbox, twilio: Client) -> None:
    message = twilio.messages.create(to=ADA, from_=OURS, body="Hello Ada")

    assert re.fullmatch("SM[0-9a-f]{32}", message.sid)
    assert message.status == "queued"
    [line] = sandbox.accepted()
    assert (line.provider, line.kind, line.reference) == ("twilio", "sms", message.sid)
    assert (line.to, line.from_, line.body, line.accepted) == (ADA, OURS, "Hello Ada", True)
    assert line.raw == {"To": ADA, "From": OURS, "Body": "Hello Ada"}


def test_the_fate_of_a_text_is_told_by_signed_callbacks(
    sandbox: Sandbox, twilio: Client, receiver: Receiver
) -> None:
    url = receiver.url + "/status?a=%2B1%20x&t=abc"
    message = twilio.messages.create(to=ADA, from_=OURS, body="Hello", status_callback=url)

    hits = receiver.wait(2, "/status")
    assert [hit.form["MessageStatus"] for hit in hits] == ["sent", "delivered"]
    validator = RequestValidator(sandbox.settings.auth_token)
    for hit in hits:
        assert hit.url == url
        assert hit.form["MessageSid"] == message.sid
        assert validator.validate(hit.url, hit.form, hit.headers["x-twilio-signature"])
        assert hit.headers["i-twilio-idempotency-token"]


def test_a_carrier_that_does_not_deliver_gives_its_code(
    sandbox: Sandbox, twilio: Client, receiver: Receiver
) -> None:
    sandbox.persona(ADA, Undeliverable(code=30005))
    message = twilio.messages.create(to=ADA, from_=OURS, body="Hi", status_callback=receiver.url + "/status")

    last = receiver.wait(2)[-1].form
    assert (last["MessageStatus"], last["ErrorCode"]) == ("undelivered", "30005")
    assert message.fetch().error_code == 30005


def test_a_messaging_service_starts_with_accepted_and_tells_queued(
    sandbox: Sandbox, twilio: Client, receiver: Receiver
) -> None:
    message = twilio.messages.create(
        to=ADA, messaging_service_sid="MG" + "1" * 32, body="Hi", status_callback=receiver.url + "/status"
    )

    assert message.status == "accepted"
    assert [h.form["MessageStatus"] for h in receiver.wait(3)] == ["queued", "sent", "delivered"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"to": ""}, 21604),
        ({"to": "+15005550001"}, 21211),
        ({"to": "+15005550002"}, 21612),
        ({"to": "+15005550003"}, 21408),
        ({"to": "+15005550004"}, 21610),
        ({"to": "+15005550009"}, 21614),
        ({"to": "12345"}, 21211),
        ({"from_": ""}, 21603),
        ({"from_": "+15005550007"}, 21606),
        ({"body": ""}, 21602),
        ({"body": "x" * 1601}, 21617),
        ({"status_callback": "http://my_host/x"}, 21609),
        ({"validity_period": 40000}, 20001),
        ({"send_at": datetime.now(UTC) + timedelta(hours=1), "schedule_type": "fixed"}, 35118),
    ],
)
def test_twilio_refuses_with_its_code(
    sandbox: Sandbox, twilio: Client, changed: dict[str, object], code: int
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        twilio.messages.create(**{"to": ADA, "from_": OURS, "body": "Hi", **changed})

    assert refused.value.code == code
    assert not sandbox.accepted()
    assert sandbox.refused()[0].code == code


def test_wrong_keys_are_refused(sandbox: Sandbox) -> None:
    transport = LoopbackTwilio(sandbox.url)
    stranger = Client(sandbox.settings.account_sid, "wrong", http_client=transport)
    with pytest.raises(TwilioRestException) as refused:
        stranger.messages.create(to=ADA, from_=OURS, body="Hi")
    transport.session.close()

    assert (refused.value.status, refused.value.code) == (401, 20003)


def test_listings_go_by_recipient_and_whole_days_in_pages(sandbox: Sandbox, twilio: Client) -> None:
    sids = [twilio.messages.create(to=ADA, from_=OURS, body=f"Text {i}").sid for i in range(5)]
    twilio.messages.create(to="+12125550102", from_=OURS, body="Somebody else")
    today = datetime.now(UTC)

    listed = twilio.messages.list(to=ADA, from_=OURS, date_sent_after=today, page_size=2)
    assert [m.sid for m in listed] == sids[::-1]
    assert listed[0].body == "Text 4"
    assert not twilio.messages.list(to=ADA, date_sent_after=today + timedelta(days=2))
    assert len(twilio.messages.list(to=ADA, date_sent=today)) == 5
    assert not twilio.messages.list(to=ADA, date_sent_before=today - timedelta(days=1))


def test_what_is_scheduled_can_be_cancelled_and_what_was_sent_redacted(
    sandbox: Sandbox, twilio: Client, receiver: Receiver
) -> None:
    later = twilio.messages.create(
        to=ADA, messaging_service_sid="MG" + "1" * 32, body="Later", schedule_type="fixed",
        send_at=datetime.now(UTC) + timedelta(hours=1), status_callback=receiver.url + "/status",
    )  # fmt: skip
    assert later.status == "scheduled"
    assert later.update(status="canceled").status == "canceled"
    assert receiver.wait(1)[0].form["MessageStatus"] == "canceled"

    sent = twilio.messages.create(to=ADA, from_=OURS, body="Secret")
    assert sent.update(body="").body == ""
    assert twilio.messages(sent.sid).fetch().body == ""


def test_stop_makes_twilio_refuse_and_start_lifts_it(
    sandbox: Sandbox, twilio: Client, receiver: Receiver
) -> None:
    assert sandbox.text(ADA, OURS, "Stop").status == 204
    [hit] = receiver.wait(1, "/inbound")
    assert hit.form["OptOutType"] == "STOP"
    assert RequestValidator(sandbox.settings.auth_token).validate(
        hit.url, hit.form, hit.headers["x-twilio-signature"]
    )
    with pytest.raises(TwilioRestException, match="unsubscribed"):
        twilio.messages.create(to=ADA, from_=OURS, body="One more thing")

    sandbox.text(ADA, OURS, "START")
    assert twilio.messages.create(to=ADA, from_=OURS, body="Welcome back").sid


def test_texts_that_came_in_are_listed_too(sandbox: Sandbox, twilio: Client) -> None:
    sandbox.text(ADA, OURS, "Call me")

    [message] = twilio.messages.list(to=OURS)
    assert (message.direction, message.status, message.body) == ("inbound", "received", "Call me")
