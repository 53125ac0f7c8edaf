"""Which providers there are, and which of them carries which channel here.

A new provider is one line in PROVIDERS (docs/adding-a-provider.md). Nothing of a vendor is loaded before it is needed.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, Final, Self

from outreach.domain.channel import Channel
from outreach.domain.errors import Misconfigured, Unknown
from outreach.domain.problem import closest
from outreach.providers.base import Managed, Provider
from outreach.settings import Settings

# name -> where it lives. The first configured one that carries a channel gets it; the outbox takes what is left.
PROVIDERS: Final[dict[str, str]] = {
    "twilio": "outreach.providers.twilio:Twilio",
    "sendgrid": "outreach.providers.sendgrid:SendGrid",
    "smtp": "outreach.providers.smtp:Smtp",
    "outbox": "outreach.providers.outbox:Outbox",
}


class Providers:
    """The providers of this installation: each is made when it is first asked for."""

    def __init__(
        self, settings: Settings, chosen: Mapping[Channel, str], fallback: Mapping[Channel, str] | None = None
    ) -> None:
        self._settings = settings
        self.chosen = dict(chosen)
        self.fallback = dict(fallback or {})  # who carries a channel while the chosen one is in trouble
        self._made: dict[str, Provider] = {}
        self._lock = threading.Lock()

    @classmethod
    def of(cls, *providers: Provider, fallback: Mapping[Channel, str] | None = None) -> Self:
        """Providers made elsewhere; of two that carry one channel the first gets it."""
        chosen = {channel: p.name for p in reversed(providers) for channel in p.channels}
        self = cls(Settings(), chosen, fallback)
        self._made.update({provider.name: provider for provider in providers})
        return self

    def by_name(self, name: str) -> Provider:
        """The provider of that name, in use or not: what went out last week is asked for there. Raises Unknown."""
        with self._lock:
            if name not in self._made:
                if name not in PROVIDERS:
                    known = {*PROVIDERS, *self._made}
                    raise Unknown(
                        "provider",
                        name,
                        closest=closest(name, known),
                        hint=f"known: {', '.join(sorted(known))}",
                    )
                self._made[name] = _load(name)(self._settings)
            return self._made[name]

    def for_channel(self, channel: Channel) -> Provider:
        """The provider that carries a channel. Raises Unknown for what people do themselves."""
        if channel not in self.chosen:
            raise Unknown("provider for", channel.value, hint="that is work for a person")
        return self.by_name(self.chosen[channel])

    def __iter__(self) -> Iterator[Provider]:
        """Each provider in use, once."""
        names = dict.fromkeys([*self.chosen.values(), *self.fallback.values()])
        return iter([self.by_name(name) for name in names])

    def warm(self) -> None:
        """Load the SDKs now: a worker does so at its start, since loading takes longer than a send may wait."""
        for provider in self:
            if isinstance(provider, Managed):
                provider.warm()

    def close(self) -> None:
        """Let go of idle connections."""
        for provider in list(self._made.values()):
            if isinstance(provider, Managed):
                provider.close()


def build(settings: Settings) -> Providers:
    """Choose a provider for each channel that machines carry. Raises Misconfigured."""
    chosen: dict[Channel, str] = {}
    for channel in Channel:
        if not channel.by_rep:
            able = [
                name
                for name in PROVIDERS
                if channel in _load(name).channels and _load(name).configured(settings)
            ]
            chosen[channel] = able[0]
    if settings.email_provider:
        chosen[Channel.EMAIL] = _wanted("OUTREACH_EMAIL_PROVIDER", settings.email_provider, settings)
    fallback: dict[Channel, str] = {}
    if settings.email_fallback:
        fallback[Channel.EMAIL] = _wanted("OUTREACH_EMAIL_FALLBACK", settings.email_fallback, settings)
        if fallback[Channel.EMAIL] == chosen[Channel.EMAIL]:
            raise Misconfigured(
                f"OUTREACH_EMAIL_FALLBACK={settings.email_fallback!r} carries email already: name another provider"
            )
    return Providers(settings, chosen, fallback)


def _wanted(variable: str, name: str, settings: Settings) -> str:
    able = [known for known in PROVIDERS if Channel.EMAIL in _load(known).channels]
    if name not in able:
        raise Misconfigured(f"{variable}={name!r} is none of {', '.join(able)}")
    if not _load(name).configured(settings):
        raise Misconfigured(f"{variable}={name!r} is not configured: its key or address is missing")
    return name


def _load(name: str) -> Any:
    module, _, attribute = PROVIDERS[name].partition(":")
    return getattr(import_module(module), attribute)
