"""Mails that leads write to us, as Inbound Parse posts them: a form with the headers, the texts and the envelope.

https://www.twilio.com/docs/sendgrid/for-developers/parsing-email/setting-up-the-inbound-parse-webhook
"""

from __future__ import annotations

import email
import email.errors
import hashlib
import json
import re
from collections.abc import Mapping
from email.policy import compat32
from email.utils import getaddresses
from html import unescape
from typing import Any, Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from outreach.domain.channel import Channel
from outreach.domain.event import Event, Replied, Unrecognised
from outreach.providers.base import WebhookRequest

# Attachments are left lying: a reply is what somebody wrote.
_WANTED: Final = frozenset(
    {"headers", "from", "to", "cc", "subject", "text", "html", "envelope", "charsets", "email"}
)
_LONGEST: Final = 200_000  # characters of a field that are looked at
_LONGEST_HEADERS: Final = 64_000
_LONGEST_ADDRESS: Final = 2_000
_MOST_IDS: Final = 100
_TOKEN: Final = re.compile(r"\breply\+([a-z0-9_-]{8,64})@", re.IGNORECASE)
_TAG: Final = re.compile(r"(</?[a-zA-Z][^<>]*>|<![^<>]*>)")
_TAG_NAME: Final = re.compile(r"<[/!]?([a-zA-Z0-9]*)")
_HIDDEN: Final = frozenset({"style", "script", "title"})
_BREAKS: Final = {"br": "\n", "p": "\n", "div": "\n", "tr": "\n", "li": "\n", "blockquote": "\n> "}
_ID: Final = re.compile(r"<[^<>\s]{1,500}>")


def parse(request: WebhookRequest) -> list[Event]:
    """The reply in a verified request."""
    fields = _fields(request)
    if not fields:
        return [Unrecognised(key=hashlib.sha256(request.body).hexdigest(), kind="not an inbound mail")]
    if "email" in fields:  # "post the raw MIME" is ticked
        fields = {**_from_mime(fields["email"]), **{k: v for k, v in fields.items() if k != "email"}}
    charsets = _charsets(fields.get("charsets", b""))
    texts = {name: _decoded(value, charsets.get(name)) for name, value in fields.items()}
    return [_reply(texts)]


def _reply(texts: Mapping[str, str]) -> Event:
    headers = _headers(texts.get("headers", ""))
    envelope = _envelope(texts.get("envelope", ""))
    to = " ".join([*envelope["to"], texts.get("to", ""), texts.get("cc", ""), headers.get("to", "")])
    token = _TOKEN.search(to)
    ids = _ID.findall(f"{headers.get('in-reply-to', '')} {headers.get('references', '')}")
    text = texts.get("text") or _readable(texts.get("html", ""))
    told = [headers.get("message-id", ""), envelope["from"], *envelope["to"], text]
    return Replied(
        key=hashlib.sha256("\n".join(told).encode("utf-8", "replace")).hexdigest(),
        channel=Channel.EMAIL,
        sender=_address(texts.get("from") or headers.get("from", "")) or envelope["from"],
        to=_address(texts.get("to", "")) or next(iter(envelope["to"]), ""),
        text=text,
        subject=texts.get("subject") or headers.get("subject", ""),
        headers=headers,
        reply_token=token[1].lower() if token else None,  # some mail servers change the case of addresses
        message_ids=tuple(dict.fromkeys(ids))[:_MOST_IDS],
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


def _decoded(value: bytes, charset: str | None) -> str:
    for name in (charset, "utf-8"):
        try:
            return value[:_LONGEST].decode(name or "utf-8")
        except (LookupError, UnicodeError, ValueError):
            continue  # charsets lie, and some do not exist
    return value[:_LONGEST].decode("latin-1")


def _headers(block: str) -> dict[str, str]:
    """Header fields by lower-case name, unfolded and decoded; of several the first."""
    parsed = email.message_from_string(block[:_LONGEST_HEADERS], policy=compat32)
    headers: dict[str, str] = {}
    for name, value in parsed.items():
        headers.setdefault(name.lower(), _unfolded(str(value)))
    return headers


def _unfolded(value: str) -> str:
    from email.header import decode_header, make_header

    flat = " ".join(value.split())
    try:
        return str(make_header(decode_header(flat)))
    except (LookupError, UnicodeError, ValueError, email.errors.HeaderParseError):
        return flat


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


def _address(field: str) -> str:
    """The first address of a field, in lower case; empty when there is none."""
    try:
        found = getaddresses([field[:_LONGEST_ADDRESS]])
    except RecursionError:  # a thousand brackets
        return ""
    return next((address.strip().lower() for _, address in found if "@" in address), "")


def _from_mime(raw: bytes) -> dict[str, bytes]:
    """The fields of a mail that came whole; of one that cannot be taken apart, its head and the rest as text.

    With the old policy on purpose: the new one takes half a minute for a hostile Content-Type of 160 kB.
    """
    head, _, rest = raw[:_LONGEST].replace(b"\r\n", b"\n").partition(b"\n\n")
    fields = {"headers": head}
    try:
        for part in email.message_from_bytes(raw[:_LONGEST], policy=compat32).walk():
            name = {"text/plain": "text", "text/html": "html"}.get(part.get_content_type())
            content = part.get_payload(decode=True)
            if name and name not in fields and isinstance(content, bytes) and not part.get_filename():
                fields[name] = _decoded(content, part.get_content_charset()).encode("utf-8", "replace")
    except (RecursionError, LookupError, ValueError, TypeError):
        fields.setdefault("text", rest)
    return fields


def _readable(html: str) -> str:
    """The words of a mail that came without plain text; quotations keep a mark.

    Cut at the tags by hand: the standard library's HTML parser takes minutes for 200 kB of `<a `, and anybody may
    write to us.
    """
    words: list[str] = []
    hidden = ""
    for piece in _TAG.split(html):
        tag = _TAG_NAME.match(piece)
        if tag is None:
            words.append("" if hidden else unescape(piece))
        elif hidden:
            hidden = "" if tag[0].lower() == f"</{hidden}" else hidden
        elif (name := tag[1].lower()) in _HIDDEN:
            hidden = name
        elif name in _BREAKS and not tag[0].startswith("</"):
            words.append(_BREAKS[name])
    return "\n".join(" ".join(line.split()) for line in "".join(words).splitlines()).strip()
