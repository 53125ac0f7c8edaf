"""What this process counted since it began: webhooks and unsubscribes. Labels never hold anything of a person."""

from __future__ import annotations

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram

# A webhook answers within a second, except where it waits for what is on the wire (5 s) or for the database.
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Tally:
    """Counters in a registry of their own, so that two applications in one process do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._webhooks = Counter(
            "outreach_webhooks",
            "Webhooks by what became of them",
            ["provider", "kind", "outcome"],
            registry=self.registry,
        )
        self._answer = Histogram(
            "outreach_webhook_seconds",
            "Time until a webhook was answered",
            ["provider", "kind"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._unsubscribes = Counter(
            "outreach_unsubscribes",
            "Uses of the unsubscribe link by way and outcome",
            ["way", "outcome"],
            registry=self.registry,
        )

    def webhook(self, provider: str, kind: str, outcome: str, seconds: float) -> None:
        """Count one webhook; provider and kind are names we know, never what a stranger wrote into the address."""
        self._webhooks.labels(provider, kind, outcome).inc()
        self._answer.labels(provider, kind).observe(seconds)

    def unsubscribe(self, way: str, outcome: str) -> None:
        """Count one use of an unsubscribe link: by `one-click` or `page`; `new`, `repeated`, `unknown` or `failed`."""
        self._unsubscribes.labels(way, outcome).inc()
