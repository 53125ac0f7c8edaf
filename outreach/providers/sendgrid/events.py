"""What became of our mails, as the Event Webhook tells it."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime
from typing import Any, Final

from outreach.domain.channel import Channel
from outreach.domain.event import (
    Bounced,
    Complained,
    Delivered,
    Dropped,
    Engaged,
    Event,
    OptedOut,
    Progressed,
    Unrecognised,
)
from outreach.providers.base import WebhookRequest
from outreach.providers.sendgrid.tables import EVENTS, SOFT, SUPPRESSED

TOKEN: Final = "outreach_token"  # custom args end up beside SendGrid's own fields: a prefix keeps them apart  # noqa: S105


def parse(request: WebhookRequest) -> list[Event]:
    """The events of one post, in their order; a bad one among them spoils no other."""
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):
        return [Unrecognised(key=hashlib.sha256(request.body).hexdigest(), kind="not JSON")]
    return [_event(one) for one in (told if isinstance(told, list) else [told])]


def _event(told: Any) -> Event:
    if not isinstance(told, dict):
        return Unrecognised(key=_digest(told), kind="not an event")
    kind = _text(told, "event")
    about: dict[str, Any] = {
        "key": _text(told, "sg_event_id") or _digest(told),
        "at": _moment(told.get("timestamp")),
        "token": _text(told, TOKEN) or None,
        "reference": reference(_text(told, "sg_message_id")),
    }
    became = EVENTS.get(kind)
    if became is Progressed:
        return Progressed(**about, status=kind)
    if became is Delivered:
        return Delivered(**about)
    if became is Bounced:
        return _bounced(told, kind, about)
    if became is Dropped:
        reason = _text(told, "reason")
        return Dropped(**about, text=reason, suppressed=reason.strip().lower() in SUPPRESSED)
    address = _text(told, "email").strip().lower()
    if became is Complained:
        return Complained(**about, address=address)
    if became is OptedOut:
        return OptedOut(**about, channel=Channel.EMAIL, address=address, how=f"SendGrid {kind}")
    if became is Engaged:
        return Engaged(**about, kind=kind, url=_text(told, "url"))
    return Unrecognised(**about, kind=kind or "no event name")


def _bounced(told: dict[str, Any], kind: str, about: dict[str, Any]) -> Event:
    code = _text(told, "status")
    soft = SOFT in (kind, _text(told, "type")) or code.startswith("4")
    return Bounced(**about, hard=not soft, code=code, text=_text(told, "reason"))


def reference(sg_message_id: str) -> str | None:
    """The X-Message-Id that mail/send answered, out of the longer id that events carry.

    A suffix of the machine that took it follows: "Xj5LmNkW.recvd-85ab-1-2", or of old "14c5d75ce93.dfd.64b469.filter001...".
    """
    if not sg_message_id:
        return None
    marked = re.split(r"\.(?=filter|recv)", sg_message_id, maxsplit=1)
    return marked[0] if len(marked) > 1 else sg_message_id.split(".", 1)[0]


def _text(told: dict[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def _moment(seconds: Any) -> datetime | None:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _digest(told: Any) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
