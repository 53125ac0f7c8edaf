"""Mails that leads write to us, and mails that nobody should."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from outreach.domain.channel import Channel
from outreach.domain.event import (
    Event,
    Replied,
)
from outreach.domain.reply import ReplyKind, classify
from outreach.providers.base import WebhookRequest
from outreach.providers.sendgrid import SendGrid

from .builders import from_sendgrid, inbound, payload, some_settings


def told(request: WebhookRequest) -> list[Event]:
    sendgrid = SendGrid(some_settings())
    sendgrid.verify(request)
    return sendgrid.parse(request)


def replied(**changes: Any) -> Replied:
    fields = {k: v for k, v in {**payload("sendgrid_inbound"), **changes}.items() if v is not None}
    [reply] = told(inbound(fields))
    assert isinstance(reply, Replied)
    return reply


def test_a_reply_is_read_with_its_token_and_its_thread() -> None:
    reply = replied()
    assert (reply.channel, reply.sender) == (Channel.EMAIL, "ada@lead.example")
    assert reply.reply_token == "abcdefgh12345678"
    assert reply.message_ids == ("<t1@acme.example>", "<t0@acme.example>")
    assert reply.subject == "Re: Your trial – café"
    assert reply.text.startswith("Sounds good, call me Thursday")
    assert reply.headers["message-id"] == "<answer-1@lead.example>"
    assert reply.headers["references"] == "<t0@acme.example> <t1@acme.example>"
    assert reply.headers["subject"] == "Re: Your trial – café"
    assert classify(reply) is ReplyKind.HUMAN


def test_the_same_mail_has_the_same_key_and_another_another() -> None:
    assert replied().key == replied().key != replied(text="No").key


def test_a_reply_that_was_forwarded_keeps_its_token_and_has_a_new_sender() -> None:
    envelope = '{"to":["reply+abcdefgh12345678@reply.acme.example"],"from":"ben@lead.example"}'
    reply = replied(
        **{"from": "Ben <ben@lead.example>", "to": "sales@acme.example", "envelope": envelope, "headers": ""}
    )
    assert (reply.sender, reply.reply_token) == ("ben@lead.example", "abcdefgh12345678")
    assert reply.message_ids == ()


def test_a_mail_without_a_token_has_none() -> None:
    envelope = '{"to":["team@acme.example"],"from":"ada@lead.example"}'
    assert replied(to="team@acme.example", envelope=envelope, headers="").reply_token is None


def test_an_automatic_answer_is_known_by_its_headers() -> None:
    headers = payload("sendgrid_inbound")["headers"] + "Auto-Submitted: auto-replied\n"
    assert classify(replied(headers=headers, text="I am out of office")).by_machine


def test_a_mail_with_html_only_is_read_as_words() -> None:
    html = "<style>p {color: red}</style><p>Yes&nbsp;please</p><blockquote>unsubscribe here</blockquote>"
    reply = replied(text=None, html=html)
    assert reply.text.splitlines()[0] == "Yes please"
    assert "color" not in reply.text
    assert classify(reply) is ReplyKind.HUMAN


@pytest.mark.parametrize(
    ("charset", "raw", "read"),
    [
        ("iso-8859-1", "Grüße".encode("latin-1"), "Grüße"),
        ("utf-8", "Grüße".encode(), "Grüße"),
        ("iso-2022-jp", "止めて".encode("iso-2022-jp"), "止めて"),
        ("utf-8", b"Gr\xfc\xdfe", "Grüße"),  # it lies
        ("x-unknown", "Grüße".encode(), "Grüße"),
        ("utf-7", b"+AGE-+/", "+AGE-+/"),  # broken
        ("rot13", b"STOP", "STOP"),  # a codec, but not of bytes
        ("\x00", b"STOP", "STOP"),
    ],
)
def test_texts_are_read_in_their_own_charset_or_saved_as_well_as_can_be(
    charset: str, raw: bytes, read: str
) -> None:
    assert replied(text=raw, charsets=json.dumps({"text": charset})).text == read


@pytest.mark.parametrize(
    "changes",
    [
        {"charsets": "["},
        {"charsets": "[1]"},
        {"envelope": "{"},
        {"envelope": '{"to": 5, "from": []}'},
        {"headers": "\x00\n:::\nno header"},
        {"headers": "Subject: =?x-unknown?q?=ff?=\nReferences: " + "<a@b> " * 20_000},
        {"from": "nobody"},
        {"subject": None},
    ],
)
def test_a_broken_field_does_not_lose_the_reply(changes: dict[str, Any]) -> None:
    assert replied(**changes).text.startswith("Sounds good")


def test_a_reply_with_huge_attachments_in_ten_thousand_parts_is_read_for_its_words() -> None:
    fields: dict[str, Any] = {f"attachment{n}": b"x" * 500 for n in range(10_000)}
    [reply] = told(inbound({**fields, **payload("sendgrid_inbound")}))
    assert isinstance(reply, Replied)
    assert reply.reply_token == "abcdefgh12345678"


def test_a_form_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    whole = inbound({"headers": payload("sendgrid_inbound")["headers"], "text": "STOP", "subject": "x" * 100})
    cut = from_sendgrid(whole.body[:-60], kind="inbound", content_type=whole.headers["content-type"])
    [reply] = told(cut)
    assert isinstance(reply, Replied)
    assert reply.text == "STOP"


def test_a_mail_that_comes_raw_is_read_too() -> None:
    mail = (
        b"From: Ada <Ada@lead.example>\r\nTo: reply+abcdefgh12345678@reply.acme.example\r\nSubject: Re: trial\r\n"
        b"Message-ID: <answer-2@lead.example>\r\nIn-Reply-To: <t1@acme.example>\r\n"
        b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\n"
    ) + "Schöne Grüße".encode("latin-1")
    envelope = '{"to":["reply+abcdefgh12345678@reply.acme.example"],"from":"ada@lead.example"}'
    [reply] = told(inbound({"email": mail, "envelope": envelope}))
    assert isinstance(reply, Replied)
    assert (reply.sender, reply.reply_token, reply.subject) == (
        "ada@lead.example",
        "abcdefgh12345678",
        "Re: trial",
    )
    assert reply.text == "Schöne Grüße"
    assert reply.message_ids == ("<t1@acme.example>",)


PART = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
HOSTILE: dict[str, dict[str, Any]] = {
    "tags without end": {"text": None, "html": "<a " * 66_000},
    "comments without end": {"text": None, "html": "<!--" * 50_000},
    "scripts without end": {"text": None, "html": "<script>" * 25_000},
    "a sender in brackets": {"from": "(" * 100_000},
    "a million words of code in the subject": {"headers": "Subject: " + "=?utf-8?q?a?= " * 14_000},
    "40,000 headers": {"headers": "a: b\n" * 40_000},
    "an opt-out among a million letters": {"text": "unsubscribe" + "a" * 1_000_000},
    "a thousand nested parts": {"email": b"".join(PART % (n, n) for n in range(1_000))},
    "a thousand forwards": {"email": b"Content-Type: message/rfc822\r\n\r\n" * 1_000},
    "a type with 20,000 parameters": {
        "email": b"Content-Type: text/plain; " + b"a*0*=x;" * 20_000 + b"\r\n\r\nhi"
    },
    "a charset in brackets": {"email": b"Content-Type: text/plain; charset=" + b"(" * 20_000 + b"\r\n\r\nhi"},
}


@pytest.mark.parametrize("changes", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_mail_is_read_in_a_moment(changes: dict[str, Any]) -> None:
    """Anybody may write to us, and the webhook has to answer."""
    began = time.process_time()
    replied(**changes)
    assert time.process_time() - began < 30  # a bound on blow-ups (minutes), not a measure
