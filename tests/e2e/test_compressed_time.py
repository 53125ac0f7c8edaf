"""A compressed clock shortens waits, but not what a provider needs to try at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from outreach.settings import Settings
from outreach.timekeeping import real_rest

REAL = Settings()
WEEK_IN_A_MINUTE = Settings(
    clock_start=datetime(2026, 12, 1, tzinfo=UTC),
    clock_origin=datetime(2026, 12, 1, tzinfo=UTC),
    clock_speed=10_080,
)


@pytest.mark.parametrize(
    ("settings", "business", "seconds"),
    [
        (REAL, timedelta(hours=4), 4 * 3600),
        (REAL, timedelta(seconds=3), 3),  # the provider refuses it, and rightly: the window is about to close
        (WEEK_IN_A_MINUTE, timedelta(hours=4), 10),  # 1.4 s of real time: a text could never leave
        (WEEK_IN_A_MINUTE, timedelta(days=7), 60),
        (WEEK_IN_A_MINUTE, timedelta(seconds=3), 3),
    ],
)
def test_what_is_left_of_a_window_is_at_least_a_moment(
    settings: Settings, business: timedelta, seconds: float
) -> None:
    assert real_rest(settings, business) == timedelta(seconds=seconds)
