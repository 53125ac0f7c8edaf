"""Webhooks that somebody else wrote, or altered on the way: refused, without effect, without a row."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from office import OURS, PUBLIC, everything

from outreach.casework.house import House
from outreach.sandbox import Sandbox
from outreach.sandbox.signing import EVENT_SIGNATURE, EVENT_TIMESTAMP, EventKey, twilio_signature

INBOUND = f"{PUBLIC}/webhooks/twilio/inbound"
EVENTS = b'[{"event": "spamreport", "email": "ada@client.example", "sg_event_id": "e1"}]'
Fields = dict[str, str]


@pytest.fixture
def stop(sandbox: Sandbox) -> Fields:
    """A text as Twilio posts it."""
    account = sandbox.settings.account_sid
    return {"AccountSid": account, "MessageSid": "SM1", "From": "+12125550101", "To": OURS, "Body": "STOP"}


def signed(sandbox: Sandbox, fields: Fields, url: str = INBOUND, token: str = "") -> dict[str, str]:
    """The header by which Twilio proves who it is."""
    made = twilio_signature(token or sandbox.settings.auth_token, url, fields.items())
    return {"X-Twilio-Signature": made, "Content-Type": "application/x-www-form-urlencoded"}


def test_a_signed_text_is_taken_whatever_the_host_header_says(
    door: TestClient, sandbox: Sandbox, stop: Fields
) -> None:
    """Behind a proxy the Host header is whatever the proxy, or an attacker, makes of it."""
    headers = {**signed(sandbox, stop), "Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    assert door.post("/webhooks/twilio/inbound", content=urlencode(stop), headers=headers).status_code == 204


FORGED: dict[str, Callable[[Sandbox, Fields], Mapping[str, str | bytes]]] = {
    "no header": lambda sandbox, stop: {},
    "an empty header": lambda sandbox, stop: {"X-Twilio-Signature": ""},
    "nonsense": lambda sandbox, stop: {"X-Twilio-Signature": b"\xe9" * 28},
    "another token": lambda sandbox, stop: signed(sandbox, stop, token="guessed"),
    "an empty token": lambda sandbox, stop: signed(sandbox, stop, token="\0"),
    "another text": lambda sandbox, stop: signed(sandbox, {**stop, "Body": "Yes please"}),
    "a field less": lambda sandbox, stop: signed(sandbox, {k: v for k, v in stop.items() if k != "To"}),
    "another kind": lambda sandbox, stop: signed(sandbox, stop, url=f"{PUBLIC}/webhooks/twilio/status"),
    "another host": lambda sandbox, stop: signed(sandbox, stop, url=INBOUND.replace("follow", "evil")),
    "the inner address": lambda sandbox, stop: signed(
        sandbox, stop, url="http://internal.example:8000/webhooks/twilio/inbound"
    ),
    "http for https": lambda sandbox, stop: signed(sandbox, stop, url=INBOUND.replace("https", "http")),
    "another port": lambda sandbox, stop: signed(
        sandbox, stop, url=INBOUND.replace(".example", ".example:8443")
    ),
    "a query more": lambda sandbox, stop: signed(sandbox, stop, url=f"{INBOUND}?a=1"),
    "another algorithm": lambda sandbox, stop: {
        "X-Twilio-Signature": "x",
        "X-Twilio-Webhooks-Signature-Settings": "key=mine,algorithm=HMAC_SHA256",
    },
}


@pytest.mark.parametrize("how", FORGED)
def test_a_text_with_a_wrong_signature_is_refused(
    door: TestClient, house: House, sandbox: Sandbox, stop: Fields, how: str
) -> None:
    before = everything(house.store)
    answer = door.post(
        "/webhooks/twilio/inbound", content=urlencode(stop), headers=FORGED[how](sandbox, stop)
    )
    assert (answer.status_code, answer.json()) == (403, {"error": "not signed"})
    assert everything(house.store) == before


def test_a_text_of_another_account_is_refused(
    door: TestClient, house: House, sandbox: Sandbox, stop: Fields
) -> None:
    """Subaccounts may share a token; their leads are not ours."""
    other = {**stop, "AccountSid": "AC" + "9" * 32}
    answer = door.post("/webhooks/twilio/inbound", content=urlencode(other), headers=signed(sandbox, other))
    assert answer.status_code == 403
    assert not everything(house.store)["events"]


def test_a_text_posted_to_another_query_is_refused(
    door: TestClient, house: House, sandbox: Sandbox, stop: Fields
) -> None:
    answer = door.post("/webhooks/twilio/inbound?a=1", content=urlencode(stop), headers=signed(sandbox, stop))
    assert answer.status_code == 403
    assert not everything(house.store)["events"]


def events_signed(key: EventKey, body: bytes, at: float | None = None) -> dict[str, str]:
    """SendGrid's two headers; with `at` they claim another time than they were signed for."""
    headers = key.headers(body)
    return {**headers, EVENT_TIMESTAMP: str(int(at))} if at is not None else headers


@pytest.mark.parametrize(
    "forge",
    [
        lambda key, own: {},
        lambda key, own: {EVENT_SIGNATURE: "", EVENT_TIMESTAMP: ""},
        lambda key, own: {EVENT_SIGNATURE: "not base64!", EVENT_TIMESTAMP: "1"},
        lambda key, own: events_signed(own, EVENTS),
        lambda key, own: events_signed(key, EVENTS.replace(b" ", b"")),
        lambda key, own: events_signed(key, EVENTS, at=time.time() - 60),
        lambda key, own: {**events_signed(key, EVENTS), EVENT_TIMESTAMP: ""},
    ],
    ids=["nothing", "empty", "nonsense", "own key", "written anew", "another time", "no time"],
)
def test_mail_events_with_a_wrong_signature_are_refused(
    door: TestClient,
    house: House,
    sandbox: Sandbox,
    forge: Callable[[EventKey, EventKey], dict[str, str]],
) -> None:
    key = sandbox._backstage.event_key
    before = everything(house.store)
    answer = door.post("/webhooks/sendgrid/events", content=EVENTS, headers=forge(key, EventKey()))
    assert answer.status_code == 403
    assert everything(house.store) == before


def test_events_that_were_signed_with_the_key_for_mail_are_refused(
    door: TestClient, sandbox: Sandbox
) -> None:
    headers = sandbox._backstage.mail_key.headers(EVENTS)
    assert door.post("/webhooks/sendgrid/events", content=EVENTS, headers=headers).status_code == 403


REPLY = (
    b'--b\r\nContent-Disposition: form-data; name="from"\r\n\r\nada@client.example\r\n'
    b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nYes please\r\n--b--\r\n'
)
MULTIPART = {"Content-Type": "multipart/form-data; boundary=b"}
OLD = 4 * 86_400  # seconds: SendGrid tries to hand over a reply for three days


@pytest.mark.parametrize(
    "forge",
    [
        lambda key, own: {},
        lambda key, own: {EVENT_SIGNATURE: "", EVENT_TIMESTAMP: ""},
        lambda key, own: {EVENT_SIGNATURE: "AAAA", EVENT_TIMESTAMP: str(int(time.time()))},
        lambda key, own: own.headers(REPLY),
        lambda key, own: key.headers(REPLY.replace(b"Yes", b"No")),
        lambda key, own: key.headers(REPLY + b"\r\n"),
        lambda key, own: {**key.headers(REPLY), EVENT_TIMESTAMP: str(int(time.time()) - OLD)},
        lambda key, own: {**key.headers(REPLY), EVENT_TIMESTAMP: "now"},
        lambda key, own: {**key.headers(REPLY), EVENT_TIMESTAMP: "-1"},
        lambda key, own: {EVENT_SIGNATURE: key.headers(REPLY)[EVENT_SIGNATURE]},
    ],
    ids=[
        "nothing", "empty", "too short", "own key", "another answer", "a line more", "long ago", "no number", "before 1970",
        "no time",
    ],
)  # fmt: skip
def test_a_reply_with_a_wrong_signature_is_refused(
    door: TestClient, house: House, sandbox: Sandbox, forge: Callable[[EventKey, EventKey], dict[str, str]]
) -> None:
    """Whoever could forge one could stop any cadence, or be answered by a rep."""
    before = everything(house.store)
    headers = MULTIPART | forge(sandbox._backstage.mail_key, EventKey())
    assert door.post("/webhooks/sendgrid/inbound", content=REPLY, headers=headers).status_code == 403
    assert everything(house.store) == before


def test_the_same_reply_signed_rightly_is_taken(door: TestClient, sandbox: Sandbox) -> None:
    """Else every refusal above might have another reason."""
    headers = MULTIPART | sandbox._backstage.mail_key.headers(REPLY)
    assert door.post("/webhooks/sendgrid/inbound", content=REPLY, headers=headers).status_code == 204


def test_there_are_thirty_kinds_of_forgery() -> None:
    """14 and 2 for texts, 8 for mail events, 10 for replies; each kind is one line above."""
    assert len(FORGED) + 2 + 8 + 10 >= 30


def test_a_hundred_replays_have_the_effect_of_one(door: TestClient, house: House, sandbox: Sandbox) -> None:
    headers = sandbox._backstage.event_key.headers(EVENTS)
    answers = {
        door.post("/webhooks/sendgrid/events", content=EVENTS, headers=headers).status_code
        for _ in range(100)
    }
    assert answers == {204}
    assert len(everything(house.store)["events"]) == 1
