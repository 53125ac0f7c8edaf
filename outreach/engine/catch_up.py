"""Catch up: ask providers for what leads wrote and no webhook told. What is known already has no effect twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from outreach.casework.house import House
from outreach.domain.errors import ProviderError
from outreach.engine.receive import take_reply
from outreach.providers.base import Remembers
from outreach.store import events
from outreach.timekeeping import real_now

log = structlog.get_logger()
# Machine time throughout: these are the provider's own clocks.
GRACE: Final = timedelta(minutes=2)  # the webhook goes first: it may say more than the list does
_OVERLAP: Final = timedelta(hours=1)  # looked at again: a list may be written late
_FIRST: Final = timedelta(days=1)
_LONGEST: Final = timedelta(days=7)


def catch_up(house: House, now: datetime | None = None) -> int:
    """Take in what was missed; returns how many. The clock calls this; any number may. Never raises for a provider."""
    now = now or real_now()
    return sum(_of(house, one, now) for one in house.providers if isinstance(one, Remembers))


def _of(house: House, provider: Remembers, now: datetime) -> int:
    with house.store.read() as db:
        senders = house.library.team(db).senders.values()
        last = events.caught_up(db, provider.name)
    numbers = sorted({sender.sms for sender in senders if sender.sms})
    since = max(_moment(last) - _OVERLAP, now - _LONGEST) if last else now - _FIRST
    try:
        told = provider.received(numbers, since)
    except ProviderError as error:
        log.warning("not caught up", provider=provider.name, why=str(error))
        return 0
    settled = [reply for reply in told if reply.at is None or reply.at <= now - GRACE]
    with house.store.read() as db:
        known = events.known(db, provider.name, [reply.key for reply in settled])
    missed = [reply for reply in settled if reply.key not in known]
    for reply in missed:
        log.warning("a webhook was missed", provider=provider.name, channel=reply.channel.value)
        take_reply(house, provider.name, reply)
    with house.store.begin() as db:
        events.catch_up(db, provider.name, int((now - GRACE).timestamp()))
    return len(missed)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
