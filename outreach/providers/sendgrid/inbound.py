"""Mails that leads write to us, as Inbound Parse posts them: a form with the headers, the texts and the envelope.

https://www.twilio.com/docs/sendgrid/for-developers/parsing-email/setting-up-the-inbound-parse-webhook
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from outreach import inbox
from outreach.domain.event import Event, Replied, Unrecognised
from outreach.inbox.charsets import decoded
from outreach.inbox.markup import readable
from outreach.inbox.reading import TOKEN, address_in
from outreach.providers.base import WebhookRequest

# Attachments are left lying: a reply is what somebody wrote.
_WANTED: Final = frozenset(
    {"headers", "from", "to", "cc", "subject", "text", "html", "envelope", "charsets", "email"}
)
_LONGEST: Final = 200_000  # characters of a field that are looked at
_LONGEST_HEADERS: Final = 64_000


def parse(request: WebhookRequest) -> list[Event]:
    """The reply in a verified request."""
    fields = _fields(request)
    if not fields:
        return [Unrecognised(key=hashlib.sha256(request.body).hexdigest(), kind="not an inbound mail")]
    charsets = _charsets(fields.get("charsets", b""))
    whole = fields.pop("email", None)  # "post the raw MIME" is ticked
    texts = {name: decoded(value[:_LONGEST], charsets.get(name)) for name, value in fields.items()}
    envelope = _envelope(texts.get("envelope", ""))
    if whole is not None:
        reply = inbox.read(whole)
        key = _key(reply.headers.get("message-id", ""), envelope, reply.text)
        return [_addressed(replace(reply, key=key), texts, envelope)]
    return [_reply(texts, envelope)]


def _reply(texts: Mapping[str, str], envelope: Mapping[str, Any]) -> Event:
    """A mail that SendGrid has taken apart. Its reports are gone then; their words are not."""
    head = f"{texts.get('headers', '').strip()}\n\n".encode("utf-8", "replace")
    text = texts.get("text") or readable(texts.get("html", ""))
    reply = inbox.read(head[:_LONGEST_HEADERS], words=text)
    subject = texts.get("subject") or reply.subject
    key = _key(reply.headers.get("message-id", ""), envelope, text)
    return _addressed(replace(reply, key=key, subject=subject), texts, envelope)


def _key(message_id: str, envelope: Mapping[str, Any], text: str) -> str:
    told = [message_id, envelope["from"], *envelope["to"], text]
    return hashlib.sha256("\n".join(told).encode("utf-8", "replace")).hexdigest()


def _addressed(reply: Replied, texts: Mapping[str, str], envelope: Mapping[str, Any]) -> Replied:
    """With what the envelope and the form say of sender and token: a forwarded reply has a new sender and an old token."""
    to = " ".join([*envelope["to"], texts.get("to", ""), texts.get("cc", "")])
    token = TOKEN.search(to)
    return replace(
        reply,
        sender=address_in(texts.get("from", "")) or reply.sender or envelope["from"],
        to=address_in(texts.get("to", "")) or next(iter(envelope["to"]), "") or reply.to,
        reply_token=token[1].lower() if token else reply.reply_token,
    )


def _fields(request: WebhookRequest) -> dict[str, bytes]:
    """The fields we want as raw bytes: each may be in a charset of its own. Empty when it is no form."""
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        return {}
    found: dict[str, list[bytes]] = {}
    part = _Part(found)
    try:
        parser = MultipartParser(options[b"boundary"], part.callbacks())
        parser.write(request.body)
        parser.finalize()
    except FormParserError:  # cut off in the middle: what came until then is better than nothing
        pass
    return {name: b"".join(chunks) for name, chunks in found.items()}


class _Part:
    """Where the parser is: the headers of a part, then its bytes when we want them."""

    def __init__(self, found: dict[str, list[bytes]]) -> None:
        self._found = found
        self._header, self._value = b"", b""
        self._into: list[bytes] | None = None

    def callbacks(self) -> Any:
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._on_header,
            "on_header_value": self._on_value,
            "on_header_end": self._on_header_end,
            "on_part_data": self._on_data,
        }

    def _begin(self) -> None:
        self._header, self._value, self._into = b"", b"", None

    def _on_header(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            _, options = parse_options_header(self._value)
            name = options.get(b"name", b"").decode("ascii", "replace")
            if name in _WANTED and name not in self._found:
                self._into = self._found[name] = []
        self._header, self._value = b"", b""

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        if self._into is not None:
            self._into.append(data[start:end])


def _charsets(field: bytes) -> dict[str, str]:
    try:
        told = json.loads(field)
    except (ValueError, RecursionError):
        return {}
    return {str(k): v for k, v in told.items() if isinstance(v, str)} if isinstance(told, dict) else {}


def _envelope(field: str) -> dict[str, Any]:
    try:
        told = json.loads(field)
    except (ValueError, RecursionError):
        told = {}
    told = told if isinstance(told, dict) else {}
    to = told.get("to")
    sender = told.get("from")
    return {
        "to": [str(one) for one in to] if isinstance(to, list) else [],
        "from": sender.strip().lower() if isinstance(sender, str) else "",
    }
