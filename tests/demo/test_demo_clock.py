"""Business time of the demo: it stands while anything is on its way, and wakes who waits."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta

from outreach.demo.clock import DemoClock

START = datetime(2027, 1, 11, 14, 0, tzinfo=UTC)


def test_it_stands_still_until_it_is_told_to_flow() -> None:
    clock = DemoClock(START, breath=0, pace=0)
    assert clock() == clock() == START


def test_it_flows_to_an_instant_and_not_beyond() -> None:
    clock = DemoClock(START, breath=0.5, pace=0)
    seen: list[datetime] = []
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            seen.append(clock())

    watcher = threading.Thread(target=watch)
    watcher.start()
    clock.flow(START + timedelta(days=2))
    done.set()
    watcher.join()
    assert seen == sorted(seen)
    assert any(START < at < START + timedelta(days=2) for at in seen)
    assert clock() == START + timedelta(days=2)


def test_who_waits_by_it_is_woken_at_the_right_instant_and_not_before() -> None:
    clock = DemoClock(START, breath=0, pace=0)
    woken: list[datetime] = []

    async def wait_three_hours() -> None:
        await clock.wait(3 * 3600)
        woken.append(clock())

    async def play() -> None:
        waiting = asyncio.create_task(wait_three_hours())
        await asyncio.sleep(0)
        assert clock.alarms() == [START + timedelta(hours=3)]
        clock.flow(START + timedelta(hours=2))
        await asyncio.sleep(0)
        assert woken == []
        clock.flow(START + timedelta(hours=3))
        assert clock.alarms() == []
        await waiting

    asyncio.run(play())
    assert woken == [START + timedelta(hours=3)]
