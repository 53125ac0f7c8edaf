"""A worker: answers the bell and delivers. Any number may run, on any machine; each may die at any line.

python -m outreach.worker
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import dramatiq
import structlog
from dramatiq import Broker

from outreach import bell, bootstrap
from outreach.casework.house import House
from outreach.domain.errors import Misconfigured
from outreach.engine.deliver import deliver
from outreach.engine.heartbeat import beat
from outreach.settings import Settings

log = structlog.get_logger()
# Seconds before a thread that waits for the interpreter asks for it. None computes for longer than a few milliseconds
# without waiting for the network itself; but with 64 of them, each asking anew every 5 ms (Python's default) costs a
# tenth of all their work.
_SWITCH = 0.02
_POLL = 150  # ms between two looks into an idle queue: what a doorbell may cost in lateness


class Worker:
    """Threads that hear the bell, and a pool that sends side by side."""

    def __init__(self, house: House, broker: Broker, *, poll: int = _POLL) -> None:
        self.house, self.broker = house, broker
        lanes = house.settings.threads
        self.pool = ThreadPoolExecutor(house.settings.lane * lanes, thread_name_prefix="send")
        self._ending = False
        bell.listen(broker, self.hear)
        self._threads = dramatiq.Worker(broker, worker_threads=lanes, worker_timeout=poll)

    def start(self) -> None:
        """Load the vendors' libraries and the texts, then begin to hear. Returns at once."""
        sys.setswitchinterval(_SWITCH)
        self.house.providers.warm()
        with self.house.store.read() as db:
            self.house.library.warm(db)
        self.house.law().warm(self.house.now())
        self._threads.start()

    def stop(self) -> None:
        """Finish what is on the wire, take no more, and return."""
        self._ending = True
        self._threads.stop(timeout=int(self.house.settings.lease * 1000))
        self.pool.shutdown(wait=True)

    def hear(self, touch_ids: Sequence[int]) -> None:
        """One bell. An error here is ours, never the message's: it is logged, and the clock rings again."""
        try:
            deliver(self.house, touch_ids, self.pool, going=lambda: not self._ending)
        except Exception:
            log.exception("delivery broke", touches=list(touch_ids))


def main() -> None:
    """Run until SIGTERM or SIGINT."""
    bootstrap.logs()
    settings = Settings.from_env()
    if settings.redis_url is None:
        raise Misconfigured(
            "a worker process needs REDIS_URL; without Redis run `outreach up`, which does everything"
        )
    house = bootstrap.house(settings)
    done = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: done.set())
    worker = Worker(house, bootstrap.broker(settings))
    worker.start()
    log.info("worker started", threads=settings.threads, lane=settings.lane)
    beat(house, "worker", done)
    worker.stop()
    house.store.close()
    log.info("worker stopped")


if __name__ == "__main__":
    try:
        main()
    except Misconfigured as error:
        raise SystemExit(f"outreach worker: {error}") from None
