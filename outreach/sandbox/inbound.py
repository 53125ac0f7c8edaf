"""What leads send to the product: texts as Twilio's inbound webhook, mails as SendGrid's Inbound Parse."""

import secrets
from collections.abc import Callable, Mapping
from typing import Final

from outreach.sandbox.backstage import Backstage
from outreach.sandbox.courier import Answer, Post
from outreach.sandbox.sendgrid.parse import parse_form, raw_headers
from outreach.sandbox.twilio.callbacks import signed_post

# Twilio's default words on long codes; the whole text must be one of them.
STOP_WORDS: Final = frozenset({"STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"})
START_WORDS: Final = frozenset({"START", "YES", "UNSTOP"})
HELP_WORDS: Final = frozenset({"HELP", "INFO"})


class Inbound:
    """`opted_out` is Twilio's own list, which refuses later sends with 21610."""

    def __init__(self, backstage: Backstage) -> None:
        self.backstage = backstage
        self.settings = backstage.settings
        self.opted_out: set[str] = set()
        # Set by the desk: a text that came in is also listed among the account's messages.
        self.listed: Callable[[str, str, str, str], None] = lambda *_: None

    async def text(self, from_: str, to: str, body: str) -> Answer:
        """A lead writes to one of our numbers."""
        sid = "SM" + secrets.token_hex(16)
        kind = self._opt(from_, body)
        self.listed(sid, from_, to, body)
        if not self.settings.sms_url:
            return Answer(0)
        params = {
            "AccountSid": self.settings.account_sid,
            "ApiVersion": "2010-04-01",
            "Body": body,
            "From": from_,
            "MessageSid": sid,
            "NumMedia": "0",
            "NumSegments": "1",
            "SmsMessageSid": sid,
            "SmsSid": sid,
            "SmsStatus": "received",
            "To": to,
        }
        if kind:
            params["OptOutType"] = kind
        return await self.backstage.courier.post(
            signed_post(self.settings, self.settings.sms_url, params, kind="inbound", about=sid)
        )

    def _opt(self, number: str, body: str) -> str:
        word = body.strip().upper()
        if word in STOP_WORDS:
            self.opted_out.add(number)
            return "STOP"
        if word in START_WORDS and number in self.opted_out:
            self.opted_out.discard(number)
            return "START"
        return "HELP" if word in HELP_WORDS else ""

    async def mail(
        self,
        from_: str,
        to: str,
        subject: str,
        text: str,
        *,
        html: str = "",
        headers: Mapping[str, str] | None = None,
        in_reply_to: str = "",
    ) -> Answer:
        """A lead writes a mail to an address whose domain Inbound Parse serves."""
        if not self.settings.mail_url:
            return Answer(0)
        now = self.settings.now()
        head = raw_headers(from_, to, subject, extra=headers or {}, in_reply_to=in_reply_to, at=now)
        body, content_type = parse_form(head, from_=from_, to=to, subject=subject, text=text, html=html)

        def signed() -> dict[str, str]:
            return {
                "Content-Type": content_type,
                "User-Agent": "Sendlib/1.0",
                **self.backstage.mail_key.headers(body),
            }

        post = Post(self.settings.mail_url, body, signed, "sendgrid", "mail", from_)
        return await self.backstage.courier.post(post)
