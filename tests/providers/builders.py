"""Messages, settings and signed requests with sensible defaults. Ada is the lead, Rosa the rep, Acme the team."""

from __future__ import annotations

import base64
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from twilio.request_validator import RequestValidator
from urllib3.filepost import encode_multipart_formdata

from outreach.domain.channel import Channel
from outreach.domain.message import Email, Text, Voicemail
from outreach.domain.touch import Attempt, AttemptState
from outreach.providers.base import WebhookRequest, machine_time
from outreach.settings import Settings

PAYLOADS = Path(__file__).parent / "payloads"
PUBLIC = "https://outreach.acme.example"
ACCOUNT, AUTH_TOKEN = "AC" + "0" * 32, "twilio-auth-token"
ADA, ACME = "+12025550142", "+15005550006"
KEY = ec.generate_private_key(ec.SECP256R1())
OTHER_KEY = ec.generate_private_key(ec.SECP256R1())


def public(key: ec.EllipticCurvePrivateKey = KEY) -> str:
    """The key as SendGrid shows it."""
    return base64.b64encode(
        key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    ).decode()


def some_settings(url: str = "http://127.0.0.1:9", **changes: Any) -> Settings:
    given: dict[str, Any] = {
        "public_url": PUBLIC,
        "twilio_account_sid": ACCOUNT,
        "twilio_auth_token": AUTH_TOKEN,
        "twilio_url": url,
        "sendgrid_api_key": "SG.key",
        "sendgrid_url": url,
        "sendgrid_event_key": public(),
        "sendgrid_inbound_key": public(),
    }
    return Settings(**{**given, **changes})


def soon() -> float:
    return machine_time() + 2


def a_text(**changes: Any) -> Text:
    return Text(**{"to": ADA, "sender": ACME, "body": "Hello Ada", **changes})


def a_voicemail(**changes: Any) -> Voicemail:
    return Voicemail(**{"to": ADA, "sender": ACME, "speech": "Hello Ada, this is Rosa of Acme.", **changes})


def an_email(**changes: Any) -> Email:
    given: dict[str, Any] = {
        "to": "ada@lead.example",
        "to_name": "Ada Lovelace",
        "sender": "team@acme.example",
        "sender_name": "Rosa Diaz",
        "reply_to": "reply+abcdefgh12345678@reply.acme.example",
        "subject": "Your trial",
        "text": "Hello Ada",
        "html": "<p>Hello Ada</p>",
        "headers": {"Message-ID": "<t1@acme.example>"},
    }
    return Email(**{**given, **changes})


def an_attempt(**changes: Any) -> Attempt:
    now = datetime.now(UTC)
    given: dict[str, Any] = {
        "id": 1,
        "touch_id": 1,
        "token": "token-1",
        "provider": "twilio",
        "channel": Channel.SMS,
        "state": AttemptState.UNCERTAIN,
        "to": ADA,
        "sender": ACME,
        "request_hash": "",
        "at": now,
        "started_at": now,
        "lease_until": now + timedelta(seconds=30),
        "text": "Hello Ada",
    }
    return Attempt(**{**given, **changes})


def payload(name: str) -> Any:
    """A recorded shape from payloads/."""
    return json.loads((PAYLOADS / f"{name}.json").read_text())


def from_twilio(
    kind: str, fields: dict[str, str], *, query: str = "?a=token-1", **changes: Any
) -> WebhookRequest:
    """A request that Twilio signed."""
    fields = {"AccountSid": ACCOUNT, **fields}
    url = f"{PUBLIC}/webhooks/twilio/{kind}{query}"
    signature = RequestValidator(AUTH_TOKEN).compute_signature(url, fields)
    headers = {"x-twilio-signature": signature, "content-type": "application/x-www-form-urlencoded"}
    return WebhookRequest(
        **{"kind": kind, "url": url, "headers": headers, "body": urlencode(fields).encode(), **changes}
    )


def from_sendgrid(
    body: bytes,
    *,
    kind: str = "events",
    at: float | None = None,
    key: ec.EllipticCurvePrivateKey = KEY,
    **more: str,
) -> WebhookRequest:
    """A request that SendGrid signed."""
    stamp = str(int(time.time() if at is None else at))
    signature = base64.b64encode(key.sign(stamp.encode() + body, ec.ECDSA(SHA256()))).decode()
    headers = {
        "x-twilio-email-event-webhook-signature": signature,
        "x-twilio-email-event-webhook-timestamp": stamp,
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    return WebhookRequest(kind=kind, url=f"{PUBLIC}/webhooks/sendgrid/{kind}", headers=headers, body=body)


def inbound(fields: dict[str, str | bytes], **changes: Any) -> WebhookRequest:
    """An inbound mail that SendGrid signed."""
    body, content_type = encode_multipart_formdata({**fields}, boundary="xYzZY")
    return from_sendgrid(body, kind="inbound", content_type=content_type, **changes)
