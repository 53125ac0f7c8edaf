"""What a report says of a mail of ours: delivery status (RFC 3464), abuse (RFC 5965), read receipts (RFC 8098)."""

from __future__ import annotations

import re
from typing import Final

from outreach.domain.event import Returned
from outreach.inbox.charsets import decoded, header
from outreach.inbox.parts import Part, fields_of

_REPORTS: Final = {
    "message/delivery-status": "delivery-status",
    "message/global-delivery-status": "delivery-status",
    "message/feedback-report": "feedback-report",
    "message/disposition-notification": "disposition-notification",
    "message/global-disposition-notification": "disposition-notification",
}
_HEADS: Final = frozenset(
    {"message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers"}
)
_LONGEST: Final = 64_000
_MOST_BLOCKS: Final = 50
# Which recipient's block tells most: one failure among deliveries is what concerns us.
_WEIGHT: Final = {"failed": 3, "delayed": 2, "": 1}


def report_in(mail: Part) -> Returned | None:
    """The report in a mail, if it is one (a person may attach one: only the mail itself, or its first level, counts)."""
    parts = [mail, *(one for one in mail.parts if not one.kind.startswith("multipart/"))]
    parts += [deep for one in mail.parts if one.kind.startswith("multipart/") for deep in one.parts]
    for part in parts:
        kind = _REPORTS.get(part.kind)
        if kind and (mail.kind.startswith("multipart/") or part is mail):
            return _read(kind, part, _head_of_ours(mail))
    if mail.kind == "multipart/report":
        kind = mail.params.get("report-type", "").lower()
        if kind in _REPORTS.values():
            return _read(kind, None, _head_of_ours(mail))
    return None


def _read(kind: str, part: Part | None, ours: dict[str, bytes]) -> Returned:
    raw = part.content(_LONGEST)[:_LONGEST] if part else b""
    blocks = [fields_of(one.strip(b"\n")) for one in re.split(rb"\n[ \t]*\n", raw.replace(b"\r\n", b"\n"))][
        :_MOST_BLOCKS
    ]
    texts = [{name: header(value) for name, value in block.items()} for block in blocks if block]
    about = max(texts, key=_tells, default={})
    # A feedback report has one block; what a delivery status says of the whole mail stands in its first.
    told = {**(texts[0] if texts else {}), **about}
    to = (
        told.get("original-recipient")
        or told.get("final-recipient")
        or told.get("original-rcpt-to")
        or header(ours.get("to", b""))
    )
    status = re.search(r"\b[245]\.\d{1,3}\.\d{1,3}\b", told.get("status", ""))
    return Returned(
        report=kind,
        to=_address(to),
        status=status[0] if status else "",
        action=told.get("action", told.get("feedback-type", "")).strip().lower().split(" ")[0].strip("(;"),
        diagnostic=" ".join([told.get("diagnostic-code", ""), told.get("status", "")]).strip()[:1_000],
        message_id=_id(header(ours.get("message-id", b"")) or told.get("original-message-id", "")),
        token=header(ours.get("x-outreach-token", b""))[:200],
    )


def _tells(block: dict[str, str]) -> int:
    return (
        _WEIGHT.get(block.get("action", "").strip().lower(), 1)
        if "final-recipient" in block or "action" in block
        else 0
    )


def _head_of_ours(mail: Part) -> dict[str, bytes]:
    """The header fields of the mail that came back, whole or as headers only."""
    for part in mail.walk():
        if part is mail or part.kind not in _HEADS:
            continue
        fields = part.parts[0].fields if part.parts else fields_of(part.content(_LONGEST).lstrip(b"\n"))
        if fields:
            return fields
    return {}


def ours_in_text(text: str) -> dict[str, str]:
    """The header fields of our mail where a mail server has pasted it into the text (qmail, Exim, older Exchange)."""
    found: dict[str, str] = {}
    for name, value in re.findall(
        r"(?im)^(?:> ?)?(message-id|x-outreach-token)[ \t]{0,5}:[ \t]{0,5}(\S{1,300})", text[:100_000]
    ):
        found.setdefault(name.lower(), value)
    return found


def text_of(part: Part, most: int) -> str:
    """A part's body as letters."""
    return decoded(part.content(most)[: most * 2], part.params.get("charset"))


def _address(value: str) -> str:
    """The address in "rfc822; ada@lead.example" or in a To field; empty when there is none."""
    found = re.search(r"[^\s<>;,()\"]{1,64}@[^\s<>;,()\"]{1,255}", value.partition(";")[2] or value)
    return found[0].lower() if found else ""


def _id(value: str) -> str:
    found = re.search(r"<[^<>\s]{1,500}>", value)
    return found[0] if found else ""
