"""SendGrid in its own words: what we post, what it answers, and what its records say."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from outreach.domain.channel import Channel
from outreach.domain.errors import Fault, Refused, Unavailable, Uncertain
from outreach.domain.message import Message, Receipt
from outreach.providers.base import Evidence, Found
from outreach.providers.sendgrid import SendGrid

from .builders import an_attempt, an_email, payload, some_settings, soon
from .peers import Behaviour, Peer, Seen, answer, by_path

TAKEN = answer(202, X_Message_Id="Xj5LmNkWSOqRbdvOpR34BA")


def ask(message: Message, behave: Behaviour = TAKEN) -> tuple[Receipt, Seen]:
    with Peer(behave) as peer:
        sendgrid = SendGrid(some_settings(peer.url))
        receipt = sendgrid.send(message, token="token-1", deadline=soon())
        sendgrid.close()
        return receipt, peer.seen[0]


def posted(**changes: Any) -> dict[str, Any]:
    _, seen = ask(an_email(**changes))
    body: dict[str, Any] = json.loads(seen.body)
    return body


# --- Sending


def test_a_mail_is_posted_with_the_token_in_its_personalization() -> None:
    receipt, seen = ask(an_email())
    assert receipt.reference == "Xj5LmNkWSOqRbdvOpR34BA"
    assert seen.line.startswith("POST /v3/mail/send ")
    assert seen.headers["authorization"] == "Bearer SG.key"
    body = json.loads(seen.body)
    assert body["personalizations"] == [
        {
            "to": [{"email": "ada@lead.example", "name": "Ada Lovelace"}],
            "custom_args": {"outreach_token": "token-1"},
        }
    ]
    assert "custom_args" not in body
    assert body["from"] == {"email": "team@acme.example", "name": "Rosa Diaz"}
    assert body["reply_to"] == {"email": "reply+abcdefgh12345678@reply.acme.example"}
    assert body["content"] == [
        {"type": "text/plain", "value": "Hello Ada"},
        {"type": "text/html", "value": "<p>Hello Ada</p>"},
    ]


def test_our_headers_travel_with_the_mail() -> None:
    headers = {
        "Message-ID": "<t2@acme.example>",
        "In-Reply-To": "<t1@acme.example>",
        "References": "<t0@acme.example> <t1@acme.example>",
        "List-Unsubscribe": "<https://outreach.acme.example/u/abc>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert posted(headers=headers)["headers"] == headers


def test_nothing_is_tracked_and_no_suppression_list_is_passed_by() -> None:
    body = posted()
    assert [setting["enable"] for setting in body["tracking_settings"].values()] == [False] * 4
    assert "bypass" not in json.dumps(body)


def test_a_mail_without_html_or_reply_address_leaves_them_out() -> None:
    body = posted(html="", reply_to=None)
    assert body["content"] == [{"type": "text/plain", "value": "Hello Ada"}]
    assert "reply_to" not in body


def test_a_mail_that_was_taken_without_a_reference_was_taken() -> None:
    receipt, _ = ask(an_email(), answer(202))
    assert receipt.reference is None


def test_one_connection_carries_many_mails_and_no_call_changes_the_next() -> None:
    with Peer(TAKEN) as peer:
        sendgrid = SendGrid(some_settings(peer.url))
        for _ in range(5):
            sendgrid.send(an_email(), token="token-1", deadline=soon())
        sendgrid.close()
        assert peer.connections == 1
        assert len({tuple(sorted(seen.headers.items())) for seen in peer.seen}) == 1


CONTROLS = [chr(n) for n in (*range(32), *range(127, 160))] + ["\u2028", "\u2029"]
BOUND = ["to", "to_name", "sender", "sender_name", "reply_to", "subject"]


@pytest.mark.parametrize("where", BOUND)
def test_a_control_character_never_reaches_a_header(where: str) -> None:
    sendgrid = SendGrid(some_settings())
    for letter in CONTROLS:
        bad = an_email(**{where: f"Ada{letter}Bcc: ben@lead.example"})
        with pytest.raises(Refused, match=where):
            sendgrid.send(bad, token="token-1", deadline=soon())


def test_a_control_character_in_a_header_of_ours_or_in_the_token_is_refused() -> None:
    sendgrid = SendGrid(some_settings())
    for letter in CONTROLS:
        for bad, token in (
            (an_email(headers={"References": f"<a@b>{letter}"}), "token-1"),
            (an_email(headers={f"X{letter}": "a"}), "token-1"),
            (an_email(), f"token{letter}"),
        ):
            with pytest.raises(Refused, match="control character"):
                sendgrid.send(bad, token=token, deadline=soon())


def test_line_breaks_are_fine_where_they_belong() -> None:
    assert posted(text="Hello\n\tAda\r\n")["content"][0]["value"] == "Hello\n\tAda\r\n"


def _says(field: str | None, status: int = 400) -> Behaviour:
    return answer(status, json.dumps({"errors": [{"message": "no", "field": field, "help": ""}]}).encode())


@pytest.mark.parametrize(
    ("behave", "kind", "fault"),
    [
        (answer(400, json.dumps(payload("sendgrid_error")).encode()), Refused, Fault.ADDRESS),
        (_says("from.email"), Unavailable, Fault.SENDER),
        (_says("from", 403), Unavailable, Fault.SENDER),
        (_says(None, 403), Unavailable, Fault.ACCOUNT),
        (_says(None, 401), Unavailable, Fault.ACCOUNT),
        (_says("subject"), Refused, Fault.MESSAGE),
        (_says(None, 413), Refused, Fault.MESSAGE),
        (_says("from", 500), Uncertain, Fault.MESSAGE),
        (answer(400, b"<html>"), Refused, Fault.MESSAGE),
        (answer(400, b'{"errors": "many"}'), Refused, Fault.MESSAGE),
    ],
)
def test_each_error_is_about_what_its_field_says(
    behave: Behaviour, kind: type[Exception], fault: Fault
) -> None:
    with pytest.raises(kind) as raised:
        ask(an_email(), behave)
    assert type(raised.value) is kind
    assert raised.value.fault is fault  # type: ignore[attr-defined]


def test_without_a_key_the_channel_is_at_fault() -> None:
    with pytest.raises(Unavailable) as raised:
        SendGrid(some_settings(sendgrid_api_key=None)).send(an_email(), token="t", deadline=soon())
    assert raised.value.fault is Fault.ACCOUNT


# --- Looking for it


def _found(routes: dict[str, Behaviour], **changes: Any) -> tuple[Evidence, list[Seen]]:
    at = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
    given = {"to": "ada@lead.example", "started_at": at, "lease_until": at + timedelta(seconds=30), **changes}
    with Peer(by_path(routes)) as peer:
        sendgrid = SendGrid(some_settings(peer.url))
        evidence = sendgrid.find(an_attempt(channel=Channel.EMAIL, provider="sendgrid", **given))
        sendgrid.close()
        return evidence, peer.seen


def _json(name: str, **changes: Any) -> Behaviour:
    return answer(200, json.dumps({**payload(name), **changes}).encode())


def test_the_mail_with_our_token_is_the_evidence() -> None:
    evidence, seen = _found(
        {
            "/v3/logs": _json("sendgrid_logs"),
            "/other.recvd-1-1": _json("sendgrid_log", custom_args={"outreach_token": "token-2"}),
            "/Xj5LmNkWSOqRbdvOpR34BA.recvd-85abf8d92c-3qfgp-2-7890E356-43C.1": _json("sendgrid_log"),
        }
    )
    assert (evidence.found, evidence.reference) == (Found.SENT, "Xj5LmNkWSOqRbdvOpR34BA")
    assert json.loads(seen[0].body) == {
        "query": 'to_email = "ada@lead.example" AND sg_message_id_created_at >= TIMESTAMP "2026-11-22T10:14:55Z"'
        ' AND sg_message_id_created_at <= TIMESTAMP "2026-11-22T10:16:30Z"',
        "limit": 100,
    }


def test_mails_with_other_tokens_or_none_are_no_evidence() -> None:
    for custom_args in ({"outreach_token": "token-2"}, {}, None):
        one = _json("sendgrid_log", custom_args=custom_args)
        evidence, _ = _found({"/v3/logs": _json("sendgrid_logs"), "": one})
        assert evidence.found is Found.NOT_SENT


def test_an_empty_list_found_nothing() -> None:
    assert _found({"/v3/logs": answer(200, b'{"messages": []}')})[0].found is Found.NOT_SENT


def test_a_mail_that_cannot_be_opened_proves_nothing() -> None:
    """One of them may be ours, and the one we cannot read may be it."""
    evidence, _ = _found({"/v3/logs": _json("sendgrid_logs"), "": answer(404, b'{"errors": []}')})
    assert evidence.found is Found.CANNOT_TELL


def test_an_address_cannot_change_the_question() -> None:
    evidence, seen = _found({}, to='ada" OR to_email = "ben@lead.example')
    assert evidence.found is Found.CANNOT_TELL
    assert seen == []
