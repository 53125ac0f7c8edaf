"""Business time: what waits, windows and lateness are measured in. Real time unless a demonstration compresses it.

Every process computes it from the same three settings, so all agree. Machine time (leases, deadlines) is never scaled:
that is `providers.base.machine_time` and the database's clock.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from outreach.settings import Settings

Clock = Callable[[], datetime]
_MOMENT = timedelta(seconds=10)


def real_now() -> datetime:
    """The wall clock, UTC."""
    return datetime.now(UTC)


def clock_of(settings: Settings, real: Clock = real_now) -> Clock:
    """The business clock of these settings."""
    if settings.clock_start is None or settings.clock_origin is None:
        return real
    start, origin, speed = settings.clock_start, settings.clock_origin, settings.clock_speed
    return lambda: start + (real() - origin) * speed


def real_span(settings: Settings, business: timedelta) -> timedelta:
    """How long a stretch of business time really takes."""
    return business if settings.clock_start is None else business / settings.clock_speed


def real_rest(settings: Settings, business: timedelta) -> timedelta:
    """How long a provider may still try what must go within a stretch of business time: at least a moment of it.

    On a compressed clock the rest of a day is a blink, and providers count in whole real seconds (Twilio from 5 on).
    """
    return max(real_span(settings, business), min(business, _MOMENT))


def business_span(settings: Settings, real: timedelta) -> timedelta:
    """How much business time passes in a stretch of real time."""
    return real if settings.clock_start is None else real * settings.clock_speed
