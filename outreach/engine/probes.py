"""Probes: when a breaker's time has come, one touch of all processes tries whether the provider is well again."""

from __future__ import annotations

from datetime import datetime, timedelta

from outreach.casework.gather import Case
from outreach.casework.house import House
from outreach.domain.limits import chance
from outreach.domain.reason import Reason, Says
from outreach.store import breakers
from outreach.store.database import Db
from outreach.timekeeping import business_span

RULE = "breaker"


class Probes:
    """The tries that one lane may make at providers that were in trouble: one for each breaker, of all processes."""

    def __init__(self, db: Db, house: House, now: datetime) -> None:
        self.db, self.house, self.now = db, house, now

    def held(self, case: Case) -> Reason | None:
        """None: it may go; and if a breaker's time has come, it is the one that tries. Else why it must wait."""
        lease = self.now + business_span(self.house.settings, timedelta(seconds=self.house.settings.lease))
        for one in case.facts.breakers:
            if not breakers.probe(self.db, one.name, until=lease, at=self.now):
                # With a second provider for this channel there is nothing to wait for: it is claimed again, for that.
                other = case.facts.step.channel in self.house.providers.fallback
                until = self.now if other else lease
                return Reason(RULE, Says.WAIT, f"another touch tries whether {one.name} is well", until)
        return None

    def spread(self, until: datetime, rule: str, touch_id: int) -> datetime:
        """When a touch comes back that a breaker holds: not all at the very moment it may be tried again."""
        if rule != RULE:
            return until
        return until + max(until - self.now, timedelta()) * chance(touch_id, until) / 2
