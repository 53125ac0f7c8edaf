"""Twilio in its own words: what we ask, what it answers, and what its lists say."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from outreach.domain.channel import Channel
from outreach.domain.errors import Fault, Refused, Unavailable
from outreach.domain.message import Message, Receipt
from outreach.domain.people import OnHuman
from outreach.providers.base import Evidence, Found
from outreach.providers.twilio import Twilio
from outreach.providers.twilio.tables import ERRORS

from .builders import (
    ACCOUNT,
    ACME,
    ADA,
    AUTH_TOKEN,
    PUBLIC,
    a_text,
    a_voicemail,
    an_attempt,
    payload,
    some_settings,
    soon,
)
from .peers import Peer, Seen, answer

MADE = answer(201, json.dumps(payload("twilio_message")).encode())


def ask(message: Message, behave: Any = MADE, **changes: Any) -> tuple[Receipt, Seen]:
    with Peer(behave) as peer:
        twilio = Twilio(some_settings(peer.url, **changes))
        receipt = twilio.send(message, token="token-1", deadline=soon())
        twilio.close()
        return receipt, peer.seen[0]


# --- Sending


def test_a_text_carries_the_token_in_its_status_callback() -> None:
    receipt, seen = ask(a_text())
    assert receipt.reference == payload("twilio_message")["sid"]
    assert seen.path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert seen.headers["authorization"] == "Basic " + b64encode(f"{ACCOUNT}:{AUTH_TOKEN}".encode()).decode()
    assert seen.form == {
        "To": [ADA],
        "From": [ACME],
        "Body": ["Hello Ada"],
        "StatusCallback": [f"{PUBLIC}/webhooks/twilio/status?a=token-1"],
    }


def test_a_messaging_service_takes_the_place_of_the_number() -> None:
    _, seen = ask(a_text(sender=None, messaging_service="MG1"))
    assert seen.form["MessagingServiceSid"] == ["MG1"]
    assert "From" not in seen.form


@pytest.mark.parametrize(("left", "sent"), [(5, "5"), (59.9, "59"), (36_000, "36000"), (90_000, "36000")])
def test_a_text_is_valid_no_longer_than_its_window(left: float, sent: str) -> None:
    _, seen = ask(a_text(valid_for=timedelta(seconds=left)))
    assert seen.form["ValidityPeriod"] == [sent]


@pytest.mark.parametrize("left", [4.9, 0, -60])
def test_a_text_with_no_time_left_is_not_sent(left: float) -> None:
    with Peer(MADE) as peer, pytest.raises(Unavailable, match="window"):
        Twilio(some_settings(peer.url)).send(
            a_text(valid_for=timedelta(seconds=left)), token="t", deadline=soon()
        )
    assert peer.wire == b""


def test_a_voicemail_asks_us_what_to_say_when_the_greeting_has_ended() -> None:
    _, seen = ask(a_voicemail(), answer(201, json.dumps(payload("twilio_call")).encode()))
    assert seen.path == f"/2010-04-01/Accounts/{ACCOUNT}/Calls.json"
    form = seen.form
    assert form["Url"] == [f"{PUBLIC}/webhooks/twilio/twiml?a=token-1"]
    assert form["MachineDetection"] == ["DetectMessageEnd"]
    assert form["StatusCallback"] == [f"{PUBLIC}/webhooks/twilio/call?a=token-1"]
    assert form["StatusCallbackEvent"] == ["initiated", "answered", "completed"]
    assert int(form["TimeLimit"][0]) == 180
    assert "Twiml" not in form


def test_a_call_that_may_be_put_through_to_a_rep_is_not_cut_off() -> None:
    _, seen = ask(
        a_voicemail(on_human=OnHuman.RING_REP), answer(201, json.dumps(payload("twilio_call")).encode())
    )
    assert int(seen.form["TimeLimit"][0]) >= 3600


def test_a_base_address_may_have_a_path() -> None:
    with Peer(MADE) as peer:
        twilio = Twilio(some_settings(peer.url + "/sandbox/"))
        twilio.send(a_text(), token="token-1", deadline=soon())
        twilio.close()
        assert peer.seen[0].path == f"/sandbox/2010-04-01/Accounts/{ACCOUNT}/Messages.json"


def test_without_keys_the_channel_is_at_fault() -> None:
    with pytest.raises(Unavailable) as raised:
        Twilio(some_settings(twilio_auth_token=None)).send(a_text(), token="t", deadline=soon())
    assert raised.value.fault is Fault.ACCOUNT


# Row by row: code -> (what we raise, whose fault)
ANSWERS = {
    20429: (Unavailable, Fault.MESSAGE),
    20003: (Unavailable, Fault.ACCOUNT),
    30002: (Unavailable, Fault.ACCOUNT),
    21211: (Refused, Fault.ADDRESS),
    21214: (Refused, Fault.ADDRESS),
    13224: (Refused, Fault.ADDRESS),
    21614: (Refused, Fault.ADDRESS),
    21215: (Refused, Fault.ADDRESS),
    32205: (Refused, Fault.ADDRESS),
    13227: (Refused, Fault.ADDRESS),
    21408: (Refused, Fault.ADDRESS),
    21610: (Refused, Fault.OPTED_OUT),
    21606: (Unavailable, Fault.SENDER),
    21612: (Unavailable, Fault.SENDER),
    30034: (Unavailable, Fault.SENDER),
    21617: (Refused, Fault.MESSAGE),
    30003: (Unavailable, Fault.ADDRESS),
    30004: (Refused, Fault.ADDRESS),
    30005: (Refused, Fault.ADDRESS),
    30006: (Refused, Fault.ADDRESS),
    30007: (Refused, Fault.MESSAGE),
    30001: (Unavailable, Fault.MESSAGE),
    30008: (Unavailable, Fault.MESSAGE),
    99999: (Refused, Fault.MESSAGE),  # unknown: for good for this touch, and listed
}


@pytest.mark.parametrize(("code", "means"), ANSWERS.items())
@pytest.mark.parametrize("status", [400, 401, 403])
def test_each_code_in_an_answer_is_what_the_table_says(
    code: int, means: tuple[Any, Fault], status: int
) -> None:
    """The code wins over the status: 21215 comes with 401 and is about the number, not about our keys."""
    if code == 99999 and status != 400:
        means = (Unavailable, Fault.ACCOUNT)
    body = json.dumps({"code": code, "message": "no", "more_info": "", "status": status}).encode()
    with pytest.raises(means[0]) as raised:
        ask(a_text(), answer(status, body))
    assert type(raised.value) is means[0]
    assert raised.value.fault is means[1]
    assert raised.value.code == str(code)


def test_every_code_has_words_for_people() -> None:
    assert all(code.says and len(code.says) < 80 for code in ERRORS.values())


# --- Looking for it

AT = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)  # when the recorded message and call were created


def find(records: list[dict[str, Any]], *, key: str = "messages", **changes: Any) -> tuple[Evidence, Seen]:
    page = {key: records, "page": 0, "page_size": 1000, "next_page_uri": None, "uri": "/"}
    given = {"started_at": AT - timedelta(seconds=2), "lease_until": AT + timedelta(seconds=28), **changes}
    with Peer(answer(200, json.dumps(page).encode())) as peer:
        twilio = Twilio(some_settings(peer.url))
        evidence = twilio.find(an_attempt(**given))
        twilio.close()
        return evidence, peer.seen[0]


def test_the_one_text_that_fits_is_the_evidence() -> None:
    message = payload("twilio_message")
    other = {**message, "sid": "SM2", "body": "Hello Ben"}
    evidence, seen = find([other, message])
    # Without our token in it the record is only alike: whoever asks must see that no other attempt owns it.
    assert evidence == Evidence(Found.SENT, reference=message["sid"], candidates=(message["sid"],))
    assert seen.query["To"] == [ADA]
    assert seen.query["From"] == [ACME]
    assert seen.query["DateSent>"][0].startswith("2026-11-22")


@pytest.mark.parametrize(
    "change",
    [
        {"body": "Hello Ben"},
        {"date_created": "Sun, 22 Nov 2026 10:14:52 +0000"},
        {"date_created": "Sun, 22 Nov 2026 10:16:29 +0000"},
        {"date_created": None},
    ],
)
def test_another_text_or_time_is_no_evidence(change: dict[str, Any]) -> None:
    evidence, _ = find([{**payload("twilio_message"), **change}])
    assert evidence.found is Found.NOT_SENT


def test_of_two_that_fit_nobody_can_tell_which() -> None:
    message = payload("twilio_message")
    evidence, _ = find([message, {**message, "sid": "SM2"}])
    assert evidence.found is Found.CANNOT_TELL
    assert evidence.candidates == (message["sid"], "SM2")


def test_a_text_of_a_messaging_service_is_looked_for_without_a_number() -> None:
    message = {**payload("twilio_message"), "messaging_service_sid": "MG1"}
    evidence, seen = find([message, {**message, "sid": "SM2", "messaging_service_sid": None}], sender="MG1")
    assert evidence.reference == message["sid"]
    assert "From" not in seen.query


def test_a_call_is_found_by_its_time() -> None:
    evidence, seen = find([payload("twilio_call")], key="calls", channel=Channel.VOICEMAIL)
    assert evidence.reference == payload("twilio_call")["sid"]
    assert seen.path.endswith("/Calls.json")
    assert "StartTime>" in seen.query


def test_a_full_list_without_it_is_no_proof() -> None:
    other = {**payload("twilio_message"), "body": "Hello Ben"}
    evidence, _ = find([{**other, "sid": f"SM{n}"} for n in range(1000)])
    assert evidence.found is Found.CANNOT_TELL
