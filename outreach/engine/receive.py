"""Receive: take in what a provider or a lead tells us. Stored raw, once; its effect is committed before the answer.

A reply is kept and its people are held in one transaction, with the opt-out itself when it is one in so many words;
then it is read, which turns the hold into a stop, a pause or a release. When this has returned, nothing begins any more
for a person who replied or opted out, except what is named as crossed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import msgspec
import structlog

from outreach import crash
from outreach.casework.house import House
from outreach.domain.errors import Error
from outreach.domain.event import Bounced, Complained, Event, PickedUp, Replied
from outreach.domain.touch import Touch
from outreach.engine.breakers import watch
from outreach.engine.effects import Effect, apply
from outreach.engine.hold import hold
from outreach.engine.stop import wait_for
from outreach.engine.understand import understand
from outreach.providers.base import Provider, WebhookAnswer, WebhookRequest
from outreach.store import events
from outreach.store.database import Db
from outreach.store.replies import Raw

log = structlog.get_logger()
_LONGEST_RAW = 64_000  # bytes of a single event's request that are kept as they came


@dataclass(slots=True)
class Received:
    """What a request held: how many events, how many were new, what to answer, what crossed a stop."""

    events: int = 0
    new: int = 0
    stopped: set[int] = field(default_factory=set)  # leads whose touches must not begin any more
    stopping: set[int] = field(default_factory=set)  # the events that stopped them
    harmed: set[int] = field(default_factory=set)  # touches that bounced for good or were called spam
    unread: list[tuple[int, int]] = field(default_factory=list)  # (event, reply): kept and held, to be read
    crossed: tuple[Touch, ...] = ()
    answer: WebhookAnswer | None = None


def receive(house: House, provider_name: str, request: WebhookRequest) -> Received:
    """Take in one webhook. Raises Unknown (provider), NotFromVendor or NoKey: then nothing was stored."""
    provider = house.providers.by_name(provider_name)
    provider.verify(request)
    told = provider.parse(request)
    received = house.store.run(lambda db: _take_in(db, house, provider, request, told))
    crash.point("in_webhook_after_commit")
    return _followed_up(house, received)


def take_reply(house: House, source: str, reply: Replied, raw: Raw | None = None) -> Received:
    """Take in a reply that we fetched ourselves, from a mailbox or a provider's list: through the same door."""
    kept = {"event": msgspec.to_builtins(reply), "kind": "fetched"}

    def work(db: Db) -> Received:
        received = Received(events=1)
        machine = house.store.machine_now(db)
        event_id = _keep(db, house, source, reply, kept, machine)
        if event_id is not None:
            received.new = 1
            _held(db, house, source, event_id, reply, raw, received)
        return received

    return _followed_up(house, house.store.run(work))


def _followed_up(house: House, received: Received) -> Received:
    """What comes after the commit: read what is held, wait for what is on the wire, look whether harm was done."""
    for event_id, reply_id in received.unread:
        understood = understand(house, reply_id)
        received.harmed |= understood.harmed
        if understood.stopped:
            received.stopped |= understood.stopped
            received.stopping.add(event_id)
    if received.stopped:
        received.crossed = wait_for(house, received.stopped)
        house.store.run(lambda db: events.answered(db, received.stopping, crossed=len(received.crossed)))
    watch(house, received.harmed)
    return received


def _take_in(
    db: Db, house: House, provider: Provider, request: WebhookRequest, told: list[Event]
) -> Received:
    received = Received(events=len(told))
    machine = house.store.machine_now(db)
    for event in told:
        raw = _raw(event, request, alone=len(told) == 1)
        event_id = _keep(db, house, provider.name, event, raw, machine)
        if event_id is None and not _asks(event):
            continue  # told before: no effect twice
        received.new += event_id is not None
        if isinstance(event, Replied) and event_id is not None:
            alone = len(told) == 1
            wrote = Raw(request.body, request.headers.get("content-type", "")) if alone else None
            _held(db, house, provider.name, event_id, event, wrote, received)
            continue
        effect = _guarded(db, house, provider, event)
        received.stopped |= effect.stopped
        received.answer = effect.answer or received.answer
        if effect.touch_id is not None and _harms(event):
            received.harmed.add(effect.touch_id)
        if event_id is not None:
            if effect.stopped:
                received.stopping.add(event_id)
            events.settle(db, event_id, lead_id=effect.lead_id, touch_id=effect.touch_id, effect=effect.text)
    crash.point("in_webhook_before_commit")
    return received


def _keep(
    db: Db, house: House, source: str, event: Event, raw: dict[str, object], machine: datetime
) -> int | None:
    return events.keep(
        db,
        source,
        event.key,
        type(event).__name__,
        raw,
        received_at=house.now(),
        machine_at=machine,
        at=event.at,
    )


def _held(
    db: Db, house: House, source: str, event_id: int, reply: Replied, raw: Raw | None, received: Received
) -> None:
    """A reply is kept and its people are held; it is read after the commit."""
    held = hold(db, house, event_id, reply, raw, by=source)
    lead_id = min(held.lead_ids, default=None)
    events.settle(db, event_id, lead_id=lead_id, touch_id=None, effect=held.text)
    if held.reply_id is not None:
        received.unread.append((event_id, held.reply_id))
    elif held.stopped:
        received.stopped |= held.stopped
        received.stopping.add(event_id)


def _guarded(db: Db, house: House, provider: Provider, event: Event) -> Effect:
    """One event that cannot be carried out must not void its neighbours: it is kept, and says what went wrong."""
    try:
        with db.begin_nested():
            return apply(db, house, provider, event)
    except Error as error:
        log.warning("event without effect", provider=provider.name, kind=type(event).__name__, why=str(error))
        return Effect(f"no effect: {error}")


def _harms(event: Event) -> bool:
    return isinstance(event, Complained) or (isinstance(event, Bounced) and event.hard)


def _asks(event: Event) -> bool:
    """Whether the vendor waits for words: then it is answered however often it asks."""
    return isinstance(event, PickedUp)


def _raw(event: Event, request: WebhookRequest, *, alone: bool) -> dict[str, object]:
    kept: dict[str, object] = {"event": msgspec.to_builtins(event), "kind": request.kind}
    if alone and len(request.body) <= _LONGEST_RAW and not isinstance(event, Replied):
        kept["body"] = request.body.decode("utf-8", "backslashreplace").replace("\x00", "\\x00")
    return kept
