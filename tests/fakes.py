"""The one fake: a provider that records what it was handed and does what it is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from outreach.domain.channel import Channel
from outreach.domain.errors import NotFromVendor
from outreach.domain.event import Event, PickedUp, Replied
from outreach.domain.message import Message, Receipt, Voicemail
from outreach.domain.touch import Attempt
from outreach.providers.base import Evidence, Found, WebhookAnswer, WebhookRequest


@dataclass
class FakeProvider:
    """Carries every machine channel. `on_send` may raise a ProviderError, wait, or call back before it answers."""

    name: str = "fake"
    channels: frozenset[Channel] = frozenset(c for c in Channel if not c.by_rep)
    webhooks: frozenset[str] = frozenset({"events"})
    on_send: Callable[[Message, str], None] = lambda message, token: None
    on_find: Callable[[Attempt], Evidence] = lambda attempt: Evidence(
        Found.CANNOT_TELL
    )  # what its records say
    asked: list[str] = field(default_factory=list)  # tokens of the attempts it was asked about
    sent: list[tuple[Message, str]] = field(default_factory=list)  # what was accepted, with its token
    spoken: list[Voicemail | None] = field(default_factory=list)
    got: list[Replied] = field(default_factory=list)  # what leads wrote, as its own list has it

    def __post_init__(self) -> None:
        self._told: dict[bytes, list[Event]] = {}
        self._turn = threading.Lock()

    def send(self, message: Message, *, token: str, deadline: float) -> Receipt:
        self.on_send(message, token)
        with self._turn:
            self.sent.append((message, token))
            return Receipt(reference=f"ref-{token[:8]}")

    def request(self, *events: Event) -> WebhookRequest:
        """A signed webhook that holds these events."""
        with self._turn:
            body = f"webhook {len(self._told)}".encode()
            self._told[body] = list(events)
        return WebhookRequest(
            kind="events", url="http://test/webhooks/fake/events", headers={"signed": "yes"}, body=body
        )

    def verify(self, request: WebhookRequest) -> None:
        if request.headers.get("signed") != "yes":
            raise NotFromVendor("unsigned")

    def parse(self, request: WebhookRequest) -> list[Event]:
        return self._told[request.body]

    def answer(self, event: PickedUp, message: Voicemail | None) -> WebhookAnswer:
        self.spoken.append(message)
        return WebhookAnswer("<Response/>")

    def received(self, numbers: Sequence[str], since: datetime) -> list[Replied]:
        return [one for one in self.got if one.to in numbers and (one.at is None or one.at >= since)]

    def find(self, attempt: Attempt) -> Evidence:
        self.asked.append(attempt.token)
        return self.on_find(attempt)
