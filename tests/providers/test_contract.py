"""What every provider promises, whichever it is."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest

from outreach.domain.channel import Channel
from outreach.domain.errors import (
    Fault,
    NoKey,
    NotFromVendor,
    Refused,
    TooLate,
    Unavailable,
    Uncertain,
)
from outreach.domain.event import AnsweredBy, PickedUp
from outreach.domain.message import Message, RepTask
from outreach.providers.base import Found, WebhookAnswer, WebhookRequest, machine_time
from outreach.providers.registry import PROVIDERS, Providers

from .builders import a_text, a_voicemail, an_attempt, an_email, some_settings, soon
from .peers import Behaviour, Peer, answer, closed_port, drip, raw, reset, silent

KINDS = [
    (name, kind)
    for name in PROVIDERS
    for kind in sorted(Providers(some_settings(), {}).by_name(name).webhooks)
]
OVER_HTTP = [("twilio", a_text()), ("twilio", a_voicemail()), ("sendgrid", an_email())]
IDS = ["twilio sms", "twilio voicemail", "sendgrid email"]
over_http = pytest.mark.parametrize(("name", "message"), OVER_HTTP, ids=IDS)


def send(peer: Peer, name: str, message: Message, *, deadline: float | None = None, **changes: Any) -> Any:
    provider = Providers(some_settings(peer.url, **changes), {}).by_name(name)
    try:
        return provider.send(message, token="token-1", deadline=soon() if deadline is None else deadline)
    finally:
        provider.close()  # type: ignore[attr-defined]


def outcome(behave: Behaviour, name: str, message: Message, **changes: Any) -> Exception:
    with Peer(behave) as peer, pytest.raises((Refused, Unavailable, Uncertain)) as raised:
        send(peer, name, message, **changes)
    return raised.value


# --- What it is


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_provider_has_what_the_contract_names(name: str) -> None:
    provider = Providers(some_settings(), {}).by_name(name)
    assert provider.name == name
    assert provider.channels
    assert not any(channel.by_rep for channel in provider.channels)
    assert isinstance(provider.webhooks, frozenset)
    for verb in ("send", "verify", "parse", "answer", "find"):
        assert callable(getattr(provider, verb))


@pytest.mark.parametrize("name", PROVIDERS)
def test_no_provider_takes_work_that_is_for_a_person(name: str) -> None:
    provider = Providers(some_settings(smtp_url="smtp://127.0.0.1:9"), {}).by_name(name)
    task = RepTask(channel=Channel.CALL, to="+12025550142", title="Call Ada", script="Hello", rep="rosa")
    with pytest.raises(Refused):
        provider.send(task, token="token-1", deadline=soon())


@pytest.mark.parametrize("name", PROVIDERS)
def test_an_answer_to_a_call_is_always_something_to_send_back(name: str) -> None:
    event = PickedUp(key="1", by=AnsweredBy.HUMAN)
    assert isinstance(Providers(some_settings(), {}).by_name(name).answer(event, None), WebhookAnswer)


# --- Webhooks


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_an_unsigned_webhook_is_refused(name: str, kind: str) -> None:
    request = WebhookRequest(
        kind=kind, url=f"https://outreach.acme.example/webhooks/{name}/{kind}", headers={}, body=b""
    )
    with pytest.raises(NotFromVendor):
        Providers(some_settings(), {}).by_name(name).verify(request)


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_without_a_key_nothing_is_believed(name: str, kind: str) -> None:
    bare = some_settings(
        twilio_account_sid=None, twilio_auth_token=None, sendgrid_event_key=None, sendgrid_inbound_key=None
    )
    request = WebhookRequest(
        kind=kind, url=f"https://outreach.acme.example/webhooks/{name}/{kind}", headers={}, body=b""
    )
    with pytest.raises(NoKey):
        Providers(bare, {}).by_name(name).verify(request)


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_kind_that_a_provider_does_not_know_is_refused(name: str) -> None:
    request = WebhookRequest(kind="nonsense", url="https://outreach.acme.example/", headers={}, body=b"")
    with pytest.raises((NotFromVendor, NoKey)):
        Providers(some_settings(), {}).by_name(name).verify(request)


@pytest.mark.parametrize(("name", "kind"), KINDS)
@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff\xfe", b"[" * 100_000, b"{}", b"null", b"[1, null, []]", b"a=b&" * 9_000]
)
def test_reading_a_webhook_never_fails_on_its_content(name: str, kind: str, body: bytes) -> None:
    for content_type in ("", "multipart/form-data; boundary=x", "multipart/form-data", "application/json"):
        headers = {"content-type": content_type}
        request = WebhookRequest(
            kind=kind, url="https://outreach.acme.example/?a=", headers=headers, body=body
        )
        assert all(event.key for event in Providers(some_settings(), {}).by_name(name).parse(request))


# --- Deadlines


@over_http
def test_after_the_deadline_nothing_is_written(name: str, message: Message) -> None:
    with Peer(answer(202)) as peer, pytest.raises(TooLate):
        send(peer, name, message, deadline=machine_time() - 0.001)
    assert peer.wire == b""


# --- Broken calls


@over_http
def test_a_refused_connection_means_that_nothing_was_sent(name: str, message: Message) -> None:
    url = f"http://127.0.0.1:{closed_port()}"
    provider = Providers(some_settings(url), {}).by_name(name)
    with pytest.raises(Unavailable) as raised:
        provider.send(message, token="token-1", deadline=soon())
    assert not isinstance(raised.value, TooLate)
    assert raised.value.fault is Fault.MESSAGE


@over_http
def test_a_name_that_does_not_exist_means_that_nothing_was_sent(name: str, message: Message) -> None:
    provider = Providers(some_settings("http://nowhere.invalid"), {}).by_name(name)
    with pytest.raises(Unavailable):
        provider.send(message, token="token-1", deadline=machine_time() + 30)


@over_http
def test_tls_that_fails_means_that_nothing_was_sent(name: str, message: Message) -> None:
    with Peer(answer(202)) as peer, pytest.raises(Unavailable):
        provider = Providers(
            some_settings(peer.url.replace("http:", "https:"), call_timeout=1.0), {}
        ).by_name(name)
        provider.send(message, token="token-1", deadline=machine_time() + 0.3)


@over_http
def test_a_reset_after_the_body_is_uncertain(name: str, message: Message) -> None:
    assert type(outcome(reset, name, message)) is Uncertain


@over_http
@pytest.mark.parametrize(
    "behave",
    [
        silent,
        drip(b""),
        drip(b"HTTP/1.1 201 Created\r\nX-Slow: "),
        drip(b"HTTP/1.1 202 Accepted\r\nContent-Length: 100000\r\n\r\n"),
        drip(b"HTTP/1.1 202 Accepted\r\nConnection: close\r\n\r\n"),
    ],
    ids=["silence", "from the start", "in a header", "in a body with a length", "in a body without one"],
)
def test_a_server_that_drips_cannot_hold_a_call(name: str, message: Message, behave: Behaviour) -> None:
    began = machine_time()
    assert type(outcome(behave, name, message, call_timeout=0.15)) is Uncertain
    assert machine_time() - began < 1.5


@over_http
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_5xx_is_uncertain(name: str, message: Message, status: int) -> None:
    error = outcome(answer(status, b'{"code": 20429, "message": "x"}'), name, message)
    assert type(error) is Uncertain


@over_http
@pytest.mark.parametrize(
    "behave",
    [
        answer(200, b"<html>Sign in to the guest network</html>"),
        answer(201, b'{"sid": "SM'),
        answer(201, b"[]"),
        answer(202, b"<html></html>"),
        raw(b"HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{}"),
        raw(b"nonsense\r\n\r\n"),
    ],
    ids=["html", "half json", "other json", "202 html", "cut off", "no http"],
)
def test_an_unreadable_answer_is_uncertain(name: str, message: Message, behave: Behaviour) -> None:
    assert type(outcome(behave, name, message)) is Uncertain


@over_http
@pytest.mark.parametrize("status", [401, 403])
def test_keys_that_are_refused_are_a_fault_of_the_account(name: str, message: Message, status: int) -> None:
    error = outcome(answer(status, b"{}"), name, message)
    assert isinstance(error, Unavailable)
    assert error.fault is Fault.ACCOUNT


@over_http
@pytest.mark.parametrize("status", [301, 302, 307, 308, 404, 405])
def test_a_wrong_address_of_the_api_stops_the_channel_and_loses_nothing(
    name: str, message: Message, status: int
) -> None:
    error = outcome(answer(status, b"", Location="http://127.0.0.1:9/"), name, message)
    assert isinstance(error, Unavailable)
    assert error.fault is Fault.ACCOUNT


@over_http
def test_a_400_that_nobody_knows_is_a_no(name: str, message: Message) -> None:
    error = outcome(
        answer(400, b'{"code": 99999, "errors": [{"message": "no", "field": "x"}]}'), name, message
    )
    assert type(error) is Refused


@over_http
@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ({}, None),
        ({"Retry_After": "7"}, 7),
        ({"Retry_After": "0"}, 0),
        ({"Retry_After": "86400"}, 3600),
        ({"Retry_After": "soon"}, None),
        ({"Retry_After": "-5"}, None),
        ({"Retry_After": "1e99"}, None),
        ({"Retry_After": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0),
        ({"Retry_After": "Fri, 21 Oct 2235 07:28:00 GMT"}, 3600),
    ],
)
def test_a_429_waits_as_long_as_asked_within_reason(
    name: str, message: Message, header: dict[str, str], wait: float | None
) -> None:
    error = outcome(answer(429, b'{"code": 20429}', **header), name, message)
    assert isinstance(error, Unavailable)
    assert error.retry_after == (None if wait is None else timedelta(seconds=wait))


@over_http
def test_nothing_is_ever_sent_twice_by_itself(name: str, message: Message) -> None:
    with Peer(answer(503)) as peer, pytest.raises(Uncertain):
        send(peer, name, message)
    assert len(peer.seen) == 1


@pytest.mark.parametrize("name", ["twilio", "sendgrid"])
@pytest.mark.parametrize(
    "behave",
    [answer(500), answer(403), answer(400), answer(404), answer(200, b"<p>"), answer(200, b"{}"), reset],
)
def test_records_that_cannot_be_read_prove_nothing(name: str, behave: Behaviour) -> None:
    attempt = an_attempt(provider=name, to="+12025550142" if name == "twilio" else "ada@lead.example")
    with Peer(behave) as peer:
        provider = Providers(some_settings(peer.url), {}).by_name(name)
        assert provider.find(attempt).found is Found.CANNOT_TELL
        provider.close()  # type: ignore[attr-defined]


# --- Quiet


@over_http
def test_no_log_holds_a_key_a_text_or_an_address(
    name: str, message: Message, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for logger in ("urllib3.connectionpool", "python_http_client.client", "twilio.http_client"):
        caplog.set_level(logging.DEBUG, logger)
    words = b'{"code": 21211, "message": "The number +1 202 555 0142 of ada@lead.example is invalid"}'
    error = outcome(answer(400, words), name, message)
    told = caplog.text + str(error) + repr(error)
    for secret in ("Hello Ada", "2025550142", "555 0142", "ada@lead", "SG.key", "twilio-auth-token"):
        assert secret not in told
