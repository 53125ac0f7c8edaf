"""How Twilio posts: a form, signed over the exact URL, with a token that stays the same when repeated."""

import secrets
from urllib.parse import urlencode

from outreach.sandbox.courier import Post
from outreach.sandbox.settings import Settings
from outreach.sandbox.signing import TWILIO_SIGNATURE, twilio_signature


def signed_post(settings: Settings, url: str, params: dict[str, str], *, kind: str, about: str) -> Post:
    headers = {
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        "User-Agent": "TwilioProxy/1.1",
        "I-Twilio-Idempotency-Token": secrets.token_hex(16),
        TWILIO_SIGNATURE: twilio_signature(settings.auth_token, url, params.items()),
    }
    return Post(url, urlencode(params).encode(), lambda: headers, "twilio", kind, about)
