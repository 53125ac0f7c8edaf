"""Signs callbacks the way each vendor does, and signs them wrongly when a fault asks for it."""

import base64
import hmac
import os
import time
from collections.abc import Iterable
from hashlib import sha1

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

TWILIO_SIGNATURE = "X-Twilio-Signature"
EVENT_SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature"
EVENT_TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp"


def twilio_signature(token: str, url: str, params: Iterable[tuple[str, str]]) -> str:
    """base64(HMAC-SHA1(token, URL with query but without fragment + the sorted parameters)).

    The fragment carries Twilio's retry rules; it is never sent, so it cannot be part of what is signed.
    """
    text = url.partition("#")[0] + "".join(name + value for name, value in sorted(set(params)))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), sha1).digest()).decode()


class EventKey:
    """SendGrid's key pair for one kind of webhook: it signs, we only ever show the public half."""

    def __init__(self) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())

    @property
    def public(self) -> str:
        """As SendGrid's settings page shows it: the DER form in base64, without PEM lines."""
        der = self._private.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return base64.b64encode(der).decode()

    def headers(self, body: bytes) -> dict[str, str]:
        # Machine time even when the sandbox's calendar is compressed: receivers check freshness by it.
        timestamp = str(int(time.time()))
        signature = self._private.sign(timestamp.encode() + body, ec.ECDSA(hashes.SHA256()))
        return {EVENT_SIGNATURE: base64.b64encode(signature).decode(), EVENT_TIMESTAMP: timestamp}


def forged(headers: dict[str, str]) -> dict[str, str]:
    """The same headers with signatures of the right shape by somebody who does not have the key."""
    stranger = EventKey()
    fake = dict(headers)
    if TWILIO_SIGNATURE in fake:
        fake[TWILIO_SIGNATURE] = base64.b64encode(os.urandom(20)).decode()
    if EVENT_SIGNATURE in fake:
        fake |= stranger.headers(os.urandom(8))
    return fake


def unsigned(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in (TWILIO_SIGNATURE, EVENT_SIGNATURE)}
