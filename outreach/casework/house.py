"""What every verb is handed: the store, the clock, the library, the providers and the bell."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from outreach.casework.lawbook import lawbook
from outreach.casework.library import Library
from outreach.domain.channel import Channel
from outreach.domain.event import Replied
from outreach.domain.law import Book
from outreach.domain.reply import Reading, read
from outreach.domain.storm import Storms
from outreach.providers.registry import Providers
from outreach.settings import Settings
from outreach.store.database import Store
from outreach.timekeeping import Clock

Read = Callable[[Replied, Sequence[str]], Reading]
Ring = Callable[[Sequence[tuple[int, Channel]]], None]


def new_token() -> str:
    """128 bits in 32 lower-case characters: it must survive lower-casing and fit the local part of an address."""
    return secrets.token_hex(16)


def _nobody(_: Sequence[tuple[int, Channel]]) -> None:
    """A bell that nobody hears: the clock rings for what stays queued."""


@dataclass(frozen=True, kw_only=True)
class House:
    """Built by bootstrap, once per process."""

    settings: Settings
    store: Store
    clock: Clock
    providers: Providers
    library: Library = field(default_factory=Library)
    ring: Ring = _nobody
    law: Callable[[], Book] = lawbook
    read: Read = read  # understands replies
    new_token: Callable[[], str] = new_token
    storms: Storms = field(default_factory=Storms)  # what this process has heard from providers lately

    def now(self) -> datetime:
        """Business time (UTC)."""
        return self.clock()
