"""What nobody knows the end of: touches that may or may not have gone out, and what is being done about each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from outreach.casework.house import House
from outreach.domain.channel import Channel
from outreach.store import reconciling


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """One uncertain touch. `since` and `review_at` are business time, `look_at` machine time (all UTC)."""

    touch_id: int
    lead_id: int
    lead: str
    cadence: str
    step_id: str
    channel: Channel
    to: str
    reason: str  # why it is uncertain
    since: datetime | None
    review_at: datetime | None  # when somebody should look at it again
    provider: str | None  # None: it was lost with a backup, there is nobody to ask
    token: str | None  # to look for in the provider's own console
    looks: int  # empty looks that count; two mean "not sent"
    look_at: datetime | None  # when the provider is asked next
    found: str | None  # what the last look found


def uncertain(house: House, limit: int = 500) -> list[Uncertain]:
    """Every touch in doubt, those in doubt longest first."""
    with house.store.read() as db:
        return [_read(row) for row in reconciling.doubts(db, limit)]


def _read(row: Any) -> Uncertain:
    values = {name: getattr(row, name) for name in Uncertain.__dataclass_fields__}
    fixed = {
        "channel": Channel(row.channel),
        "to": row.to or "",
        "reason": row.reason or "",
        "looks": row.looks or 0,
    }
    return Uncertain(**values | fixed)
