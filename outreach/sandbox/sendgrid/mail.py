"""SendGrid mail/send: accepts mails, and lets each recipient's mail have its fate, told as events."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from outreach.sandbox.backstage import Backstage, Outcome
from outreach.sandbox.ledger import Accepted
from outreach.sandbox.personas import AnyAct, HardBounces, SoftBounces, find
from outreach.sandbox.sendgrid.check import check
from outreach.sandbox.sendgrid.errors import Refusal
from outreach.sandbox.sendgrid.events import Event, Events, new_event_id
from outreach.sandbox.sendgrid.suppressions import Suppressions
from outreach.sandbox.wire import Request, Response

LARGEST = 30 * 1024 * 1024


@dataclass(slots=True)
class Mail:
    """One recipient's copy of what a request asked for."""

    id: str  # request id + "." + suffix, as events carry it
    to: str
    from_: str
    subject: str
    text: str
    html: str
    reply_to: str
    headers: dict[str, str]
    custom_args: dict[str, str]
    categories: list[str]
    created: float
    send_at: float = 0.0
    status: str = "processed"
    reason: str = ""
    events: list[Event] = field(default_factory=list)

    @property
    def message_id(self) -> str:
        """The Message-ID header the lead's mail program sees: ours if we gave one, else SendGrid's."""
        given = next((v for name, v in self.headers.items() if name.lower() == "message-id"), "")
        return given or f"<{self.id.partition('.')[0]}@geopod-ismtpd-1>"


class PostOffice:
    """Takes requests in, remembers the mails, moves each along."""

    def __init__(self, backstage: Backstage, events: Events, suppressions: Suppressions) -> None:
        self.backstage = backstage
        self.settings = backstage.settings
        self.events = events
        self.suppressions = suppressions
        # Set by the desk: what the lead does once a mail lies in their inbox.
        self.arrived: Callable[[Mail, list[AnyAct]], None] = lambda *_: None
        self.mails: dict[str, Mail] = {}
        self.by_to: dict[str, list[Mail]] = {}

    def send(self, request: Request) -> Outcome:
        if len(request.body) > LARGEST:
            raise Refusal(413, "The JSON payload you have included in your request is too large.")
        try:
            asked = msgspec.json.decode(request.body)
        except msgspec.DecodeError:
            raise Refusal(400, "Bad Request") from None
        check(asked)
        message_id = secrets.token_urlsafe(16)
        mails = list(self._copies(message_id, asked))
        for mail in mails:
            self.mails[mail.id] = mail
            self.by_to.setdefault(mail.to.lower(), []).append(mail)
        self.backstage.ledger.write(self._line(message_id, mails, asked, request.verdict))
        return Outcome(Response(202, headers={"X-Message-Id": message_id}), self._stories(mails))

    def _copies(self, message_id: str, asked: dict[str, Any]) -> list[Mail]:
        bodies = {part["type"]: part["value"] for part in asked.get("content", ())}
        copies: list[Mail] = []
        for personal in asked["personalizations"]:
            both = {
                name: {**(asked.get(name) or {}), **(personal.get(name) or {})}
                for name in ("headers", "custom_args")
            }
            for person in (*personal["to"], *personal.get("cc", ()), *personal.get("bcc", ())):
                copies.append(
                    Mail(
                        id=f"{message_id}.recvd-{secrets.token_hex(4)}-1-{secrets.token_hex(4)}.{len(copies)}",
                        to=person["email"],
                        from_=(personal.get("from") or asked["from"])["email"],
                        subject=personal.get("subject") or asked.get("subject", ""),
                        text=bodies.get("text/plain", ""),
                        html=bodies.get("text/html", ""),
                        reply_to=(asked.get("reply_to") or {}).get("email", ""),
                        headers=both["headers"],
                        custom_args={name: str(value) for name, value in both["custom_args"].items()},
                        categories=asked.get("categories", []),
                        created=self.settings.now(),
                        send_at=float(personal.get("send_at") or asked.get("send_at") or 0),
                    )
                )
        return copies

    def _line(self, message_id: str, mails: list[Mail], asked: dict[str, Any], verdict: str) -> Accepted:
        mail = mails[0]
        return Accepted(
            provider="sendgrid",
            kind="mail",
            reference=message_id,
            to=", ".join(mail.to for mail in mails),
            from_=mail.from_,
            body=mail.text or mail.html,
            subject=mail.subject,
            custom_args=mail.custom_args,
            raw=asked,
            verdict=verdict,
        )

    # What happens afterwards

    async def _stories(self, mails: list[Mail]) -> None:
        await asyncio.gather(*(self._story(mail) for mail in mails))

    async def _story(self, mail: Mail) -> None:
        acts = self.backstage.cast.reached(mail.to, "mail")
        await asyncio.sleep(max(0.0, mail.send_at - self.settings.now()) if mail.send_at else 0)
        await self.happens(mail, "processed")
        if why := self.suppressions.reason_to_drop(mail.to):
            await self.happens(mail, "dropped", reason=why, status="5.0.0")
            return
        if await self._fails(mail, acts):
            return
        await self.happens(mail, "delivered", response="250 2.0.0 OK", ip="192.0.2.10", tls=1)
        self.arrived(mail, acts)
        if not (acts or self.settings.remember_raw):
            mail.text = mail.html = ""  # nobody will read it again

    async def _fails(self, mail: Mail, acts: list[AnyAct]) -> bool:
        now = self.settings.now()
        if hard := find(acts, HardBounces):
            self.suppressions.add("bounces", mail.to, now, reason=hard.reason, status=hard.status)
            await self.happens(mail, "bounce", reason=hard.reason, status=hard.status, type="bounce")
            return True
        if soft := find(acts, SoftBounces):
            for attempt in range(1, soft.times + 1):
                await self.happens(mail, "deferred", response=soft.reason, attempt=str(attempt))
            if soft.gives_up:
                self.suppressions.add("blocks", mail.to, now, reason=soft.reason, status="4.2.2")
                await self.happens(mail, "bounce", reason=soft.reason, status="4.2.2", type="blocked")
            return soft.gives_up
        return False

    async def happens(self, mail: Mail, event: str, **more: Any) -> None:
        """Something happened to this mail: remember it for the logs and tell the Event Webhook."""
        if self.settings.status_delay:
            await asyncio.sleep(self.settings.status_delay)
        told: Event = {
            # Custom args lie beside SendGrid's own names; where they collide, SendGrid's win.
            **mail.custom_args,
            "email": mail.to,
            "timestamp": int(self.settings.now()),
            "smtp-id": mail.message_id,
            "event": event,
            "sg_event_id": new_event_id(),
            "sg_message_id": mail.id,
            **more,
        }
        if mail.categories:
            told["category"] = mail.categories
        mail.events.append(told)
        summary = {"bounce": "blocked" if more.get("type") == "blocked" else "bounced"}
        if event in ("processed", "delivered", "deferred", "dropped", "bounce"):
            mail.status = summary.get(event, event)
            mail.reason = str(more.get("reason") or more.get("response") or "")
        await self.events.tell(told)
