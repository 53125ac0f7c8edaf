"""Who says it: ECDSA signatures of the Event Webhook and of Inbound Parse.

https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features
The SDK's own helper looks at no age and lets malformed base64 through as an exception, so it is not used.
"""

from __future__ import annotations

import base64
import binascii
import time
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from outreach.domain.errors import NoKey, NotFromVendor
from outreach.providers.base import WebhookRequest

_SIGNATURE: Final = "x-twilio-email-event-webhook-signature"
_TIMESTAMP: Final = "x-twilio-email-event-webhook-timestamp"
_SLACK: Final = 3_600  # seconds by which clocks may differ and the last retry may be late


def verify(request: WebhookRequest, *, key: str, setting: str, fresh: float) -> None:
    """Raise NotFromVendor unless these raw bytes were signed with `key` at most `fresh` seconds ago."""
    signature, timestamp = request.headers.get(_SIGNATURE, ""), request.headers.get(_TIMESTAMP, "")
    if not signature or not timestamp:
        raise NotFromVendor("there is no signature, or no timestamp to it")
    public = _key(key, setting)
    try:
        public.verify(
            base64.b64decode(signature, validate=True), timestamp.encode() + request.body, ec.ECDSA(SHA256())
        )
    except (binascii.Error, ValueError, InvalidSignature):
        raise NotFromVendor(f"the signature does not fit the body (is {setting} the right key?)") from None
    if not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > 12:
        raise NotFromVendor("the timestamp is not a number of seconds")
    age = time.time() - int(timestamp)
    if not -_SLACK <= age <= fresh + _SLACK:
        raise NotFromVendor(f"signed {abs(age) / 3600:.0f} hours {'ago' if age > 0 else 'ahead'}")


@lru_cache(maxsize=8)
def _key(text: str, setting: str) -> ec.EllipticCurvePublicKey:
    """The key as SendGrid shows it: one line of base64, with or without the PEM frame. Raises NoKey."""
    bare = "".join(line.strip() for line in text.splitlines() if not line.startswith("-----"))
    try:
        key = load_der_public_key(base64.b64decode(bare, validate=True))
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        raise NoKey(f"{setting} is not a public key; copy it from SendGrid as one line of base64") from None
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise NoKey(f"{setting} is not an ECDSA key; copy the verification key from SendGrid")
    return key
