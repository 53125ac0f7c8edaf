"""The Event Webhook: gathers what happens to mails and posts it in signed batches."""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from outreach.sandbox.backstage import Backstage
from outreach.sandbox.courier import Answer, Post

Event = dict[str, Any]
MOST = 1000  # events in one batch


class Events:
    def __init__(self, backstage: Backstage) -> None:
        self.backstage = backstage
        self.settings = backstage.settings
        self._waiting: list[Event] = []
        self._flush: asyncio.Task[None] | None = None

    async def tell(self, event: Event) -> None:
        """Put the event into the next batch and wait until that was answered."""
        if not self.settings.events_url or not self.settings.callbacks:
            return
        self._waiting.append(event)
        if self._flush is None or len(self._waiting) >= MOST:
            self._flush = self.backstage.play(self._post_batch(self._flush is not None))
        await asyncio.shield(self._flush)

    async def _post_batch(self, at_once: bool) -> None:
        if not at_once:
            await asyncio.sleep(self.settings.event_batch)
        batch, self._waiting, self._flush = self._waiting, [], None
        if batch:
            await self.post(batch)

    async def post(self, batch: Sequence[Mapping[str, Any]]) -> Answer:
        body = msgspec.json.encode(batch)
        about = str(batch[0].get("sg_message_id", "")) if len(batch) == 1 else f"{len(batch)} events"
        return await self.backstage.courier.post(
            Post(self.settings.events_url, body, lambda: self._headers(body), "sendgrid", "events", about)
        )

    def _headers(self, body: bytes) -> dict[str, str]:
        return {
            "Content-Type": "application/json;charset=utf-8",
            "User-Agent": "SendGrid Event API",
            **self.backstage.event_key.headers(body),
        }


def new_event_id() -> str:
    return secrets.token_urlsafe(16)
