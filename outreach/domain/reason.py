"""What a rule of the gate answers with: its name, what it says, and what it looked at in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from outreach.domain.calendar import Hours
from outreach.domain.enrollment import Cause

REVIEW: Final = timedelta(hours=1)  # how soon a wait without a natural end is looked at again


class Says(StrEnum):
    """What a rule says."""

    PASS = "pass"  # noqa: S105 - a verdict
    WAIT = "wait"
    SKIP = "skip"
    END = "end"


@dataclass(frozen=True, slots=True)
class Reason:
    """What one rule said, in plain words."""

    rule: str
    says: Says
    text: str
    until: datetime | None = None  # for WAIT: the first time it will pass, or the next look
    cause: Cause | None = None  # for END


def ok(rule: str, text: str) -> Reason:
    """It has nothing against it."""
    return Reason(rule, Says.PASS, text)


def by_hours(rule: str, hours: Sequence[Hours], now: datetime, shown: str) -> Reason:
    """Whether all of these hours are open at `now`; else the latest time (UTC) at which one of them opens."""
    openings = [h.next_open(now) for h in hours]
    if any(opening is None for opening in openings):
        return Reason(rule, Says.SKIP, f"it can never be sent: {shown} is never open")
    latest = max((opening for opening in openings if opening is not None), default=now)
    if latest <= now:
        return ok(rule, f"open: {shown}")
    return Reason(rule, Says.WAIT, f"closed: {shown}", latest)
