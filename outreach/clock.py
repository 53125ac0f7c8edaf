"""The clock: ticks, and asks the database what is due. Any number may run; a missed or doubled tick changes nothing.

python -m outreach.clock
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Sequence
from datetime import UTC
from typing import Any

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from outreach import bell, bootstrap
from outreach.casework.house import House
from outreach.domain.errors import Misconfigured
from outreach.engine.caps import forget
from outreach.engine.catch_up import catch_up
from outreach.engine.dispatch import dispatch, ring_anew
from outreach.engine.forgotten import remember
from outreach.engine.heartbeat import beat, end_in_good_order
from outreach.engine.mailbox import follow
from outreach.engine.reconcile import reconcile
from outreach.engine.restored import Watch
from outreach.engine.retention import EVERY, purge_at_night
from outreach.engine.sweep import sweep
from outreach.engine.sync import sync
from outreach.inbox.mailbox import Mailbox, mailboxes
from outreach.settings import Settings

log = structlog.get_logger()
_SWEEPS = 5  # the sweep runs on every so many ticks
_REMEMBERS = 300  # and this many: it reads every open enrollment, to find what must not exist


def scheduler(house: House, more: dict[Callable[[], Any], float] | None = None) -> BackgroundScheduler:
    """A scheduler that only ticks: intervals in UTC, kept in memory. `more` maps further jobs to seconds.

    Before anything can tick it looks whether a backup was restored.
    """
    watch = Watch(house)
    watch.look()
    ticks = BackgroundScheduler(
        timezone=UTC,
        # A late tick still asks what is due; several missed ones ask once.
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    tick = house.settings.tick
    jobs: dict[Callable[[], Any], float] = {
        lambda: dispatch(house): tick,
        lambda: sweep(house): tick * _SWEEPS,
        watch.look: tick * _SWEEPS,
        lambda: still_there(house, end_in_good_order): tick,
        lambda: forget(house): tick * _SWEEPS,
        lambda: reconcile(house): house.settings.reconcile_every,
        lambda: catch_up(house): house.settings.catch_up_every,
        lambda: remember(house): tick * _REMEMBERS,
        lambda: purge_at_night(house): EVERY,
        lambda: sync(house): house.settings.sync_every,
        **(more or {}),
    }
    for job, seconds in jobs.items():
        ticks.add_job(_guarded(job), "interval", seconds=seconds)
    return ticks


def postmen(house: House, boxes: Sequence[Mailbox], done: threading.Event) -> list[threading.Thread]:
    """A thread for each mailbox that is read for replies, started; they end soon after `done`."""
    threads = [
        threading.Thread(target=follow, args=(house, box, done), name=f"mailbox {box.name}", daemon=True)
        for box in boxes
    ]
    for thread in threads:
        thread.start()
    return threads


def still_there(house: House, end: Callable[[], Any]) -> None:
    """End this process when its database file was replaced: nothing it knows is true any more, and it may not write."""
    if house.store.replaced():
        log.critical("database file replaced", file=str(house.store.file), then="start again")
        end()


def _guarded(job: Callable[[], Any]) -> Callable[[], None]:
    """A tick that fails is logged; the next one asks again."""

    def run() -> None:
        try:
            job()
        except Exception:
            log.exception("tick failed")

    return run


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    bootstrap.logs()
    settings = Settings.from_env()
    if settings.redis_url is None:
        raise Misconfigured(
            "a clock process needs REDIS_URL; without Redis run `outreach up`, which does everything"
        )
    boxes = mailboxes(settings.imap)
    broker = bootstrap.broker(settings)
    house = bootstrap.house(settings, ring=bell.ringer(broker))
    done = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: done.set())
    ticks = scheduler(house, {lambda: bell.when_forgotten(broker, lambda: ring_anew(house)): settings.tick})
    postmen(house, boxes, done)
    ticks.start()
    log.info("clock started", tick=settings.tick)
    beat(house, "clock", done)
    ticks.shutdown(wait=True)
    house.store.close()
    log.info("clock stopped")


if __name__ == "__main__":
    try:
        main()
    except Misconfigured as error:
        raise SystemExit(f"outreach clock: {error}") from None
