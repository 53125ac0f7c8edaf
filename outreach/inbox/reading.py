"""A raw mail, as it came over IMAP or from a vendor that posts it whole, becomes a `Replied`."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final

from outreach.domain.channel import Channel
from outreach.domain.event import Replied
from outreach.inbox.charsets import header
from outreach.inbox.markup import readable
from outreach.inbox.parts import Part, take_apart
from outreach.inbox.reports import ours_in_text, report_in, text_of

_LONGEST_TEXT: Final = 200_000  # characters of a mail that are read
_LONGEST_ADDRESS: Final = 2_000
_MOST_IDS: Final = 100
TOKEN: Final = re.compile(r"\breply\+([a-z0-9_-]{8,64})@", re.IGNORECASE)
_ID: Final = re.compile(r"<[^<>\s]{1,500}>")
_FLOWS: Final = re.compile(r"(?i)\bflowed\b")
_TO_FIELDS: Final = (
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "to",
    "cc",
    "x-forwarded-to",
    "resent-to",
)
_NO_WORDS: Final = re.compile(
    r"(?i)\b(html|rich text|not support|view (this|it) in|mail (client|program|reader)|mime|multipart|kein html)\b"
)


def read(raw: bytes, *, key: str | None = None, words: str | None = None) -> Replied:
    """What a mail says. Raises nothing, takes time in proportion to its size; `at` is its own Date in UTC.

    `key` names the mail among all of its mailbox or vendor; without one it is made from the mail itself. `words` are
    its text where somebody has taken it apart already and `raw` is its head.
    """
    mail = take_apart(raw)
    headers = {name: header(value) for name, value in mail.fields.items()}
    text = (
        words_of(mail) if words is None else words.replace("\r\n", "\n").replace("\r", "\n")[:_LONGEST_TEXT]
    )
    returned = report_in(mail)
    pasted = ours_in_text(text) if returned or _by_server(headers) else {}
    to = " ".join(headers.get(name, "") for name in _TO_FIELDS)
    token = TOKEN.search(to)
    ids = _ID.findall(f"{headers.get('in-reply-to', '')} {headers.get('references', '')}")
    if returned or pasted:
        ids.append((returned.message_id if returned else "") or pasted.get("message-id", ""))
    return Replied(
        key=key or hashlib.sha256(raw).hexdigest(),
        at=_moment(headers.get("date", "")),
        token=(returned.token if returned else "") or pasted.get("x-outreach-token") or None,
        channel=Channel.EMAIL,
        sender=address_in(headers.get("from", "")) or address_in(headers.get("return-path", "")),
        to=address_in(headers.get("to", "")) or address_in(to),
        text=text,
        subject=headers.get("subject", ""),
        headers=headers,
        reply_token=token[1].lower() if token else None,  # some mail servers change the case of addresses
        message_ids=tuple(dict.fromkeys(one for one in ids if one))[:_MOST_IDS],
        returned=returned,
    )


def _by_server(headers: dict[str, str]) -> bool:
    """Whether a mail server wrote it: then what looks like a head in its text is that of our mail."""
    named = re.search(r"(?i)mailer-daemon|postmaster|mail delivery|x-failed", headers.get("from", ""))
    return bool(named) or "<>" in headers.get("return-path", "") or "x-failed-recipients" in headers


def address_in(field: str) -> str:
    """The first address of a field, in lower case; empty when there is none."""
    try:
        found = getaddresses([field[:_LONGEST_ADDRESS]])
    except (RecursionError, ValueError, IndexError):  # a thousand brackets
        found = []
    for _, address in found:
        if "@" in address:
            return address.strip().lower()
    bare = re.search(r"[^\s<>,;:\"()]{1,64}@[^\s<>,;:\"()]{1,255}", field[:_LONGEST_ADDRESS])
    return bare[0].lower() if bare else ""


def words_of(mail: Part) -> str:
    """The text somebody wrote, without files: plain text where there is any, else the words of the HTML."""
    pieces = _pieces(mail)
    text = "\n\n".join(piece.strip("\n") for piece in pieces if piece.strip())
    return text.replace("\r\n", "\n").replace("\r", "\n")[:_LONGEST_TEXT]


def _pieces(part: Part) -> list[str]:
    if part.kind == "multipart/alternative":
        return _best(part)
    if part.kind.startswith("multipart/"):
        inside = part.parts[:1] if part.kind in ("multipart/related", "multipart/report") else part.parts
        return [text for one in inside for text in _pieces(one)]
    if part.attached or not part.kind.startswith("text/"):
        return []
    if part.kind == "text/html":
        return [readable(text_of(part, _LONGEST_TEXT * 2))]
    if part.kind in ("text/plain", "text/enriched", "text/richtext"):
        text = text_of(part, _LONGEST_TEXT).replace("\r\n", "\n").replace("\r", "\n")
        if part.kind == "text/plain" and looks_like_html(text):
            return [readable(text)]
        return [_flowing(text) if _FLOWS.search(part.params.get("format", "")) else text]
    return []


def _best(part: Part) -> list[str]:
    """Of several forms of the same words the plain one, unless it only says that there is another."""
    found = {one.kind: _pieces(one) for one in reversed(part.parts)}
    plain = "\n".join(found.pop("text/plain", []))
    others = [text for pieces in found.values() for text in pieces if text.strip()]
    excuse = len(plain) < 400 and _NO_WORDS.search(plain) and others and len(others[0]) > len(plain) // 2
    if plain.strip() and not excuse:
        return [plain]
    return others[:1] or [plain]


def looks_like_html(text: str) -> bool:
    """Whether a text that calls itself plain is HTML."""
    start = text[:500].lstrip().lower()
    return start.startswith(("<!doctype html", "<html", "<head", "<body")) or (
        start.startswith(("<div", "<p>", "<p ", "<table")) and "</" in text
    )


def _flowing(text: str) -> str:
    """Soft line breaks taken back (RFC 3676): a line that ends with a space goes on in the next of the same depth."""
    lines: list[str] = []
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        before = lines[-1] if lines else ""
        before_depth = len(before) - len(before.lstrip(">"))
        if (
            before.endswith(" ")
            and not before.endswith("-- ")
            and before_depth == depth
            and words.strip()
            and words != "-- "
        ):
            lines[-1] = before + words
        else:
            lines.append(">" * depth + (" " if depth else "") + words)
    return "\n".join(lines)


def _moment(date: str) -> datetime | None:
    try:
        told = parsedate_to_datetime(date[:200])
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
