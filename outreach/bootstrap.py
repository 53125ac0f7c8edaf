"""Builds what the verbs need, in one place. Importing anything opens nothing; this does."""

from __future__ import annotations

import logging
import math
import sys
import threading
import time
from collections.abc import Callable, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any

from outreach.casework.house import House, Ring
from outreach.domain.channel import Channel
from outreach.domain.errors import Misconfigured
from outreach.providers.registry import Providers, build
from outreach.settings import Settings
from outreach.store.database import Store
from outreach.timekeeping import Clock, clock_of

if TYPE_CHECKING:
    from outreach.bell import Broker


def house(
    settings: Settings,
    *,
    store: Store | None = None,
    clock: Clock | None = None,
    providers: Providers | None = None,
    ring: Ring | None = None,
) -> House:
    """Everything a verb is handed; each part may be given instead. Raises Misconfigured naming what is wrong.

    Without `ring`, touches that are due at once are rung through Redis where it is configured; embedded, `up` hears
    of them by watching the database.
    """
    return House(
        settings=settings,
        store=store or Store.open(settings.database_url, settings.suppression_key),
        clock=clock or clock_of(settings),
        providers=providers or build(settings),
        ring=ring or _ring(settings),
    )


def broker(settings: Settings) -> Broker:
    """The broker of these settings. Raises Misconfigured when Redis would lose bells or cannot be reached."""
    from outreach import bell

    if settings.redis_url is None:
        if not settings.embedded:
            raise Misconfigured(
                "DATABASE_URL is PostgreSQL: set REDIS_URL too, so that clock and workers can meet"
            )
        return bell.broker_for(None)
    import redis

    try:
        unsafe = bell.check(settings.redis_url)
    except redis.RedisError as error:
        raise Misconfigured(f"REDIS_URL cannot be reached: {error}") from None
    if unsafe:
        raise Misconfigured(unsafe[0])
    return bell.broker_for(settings.redis_url)


class Seldom:
    """Tells the same trouble once a minute, with how often it came: an outage of an hour may not fill a disk.

    The same is: the same words for the same kind of exception. `now` is seconds of any clock that does not go back.
    """

    EVERY = 60.0

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._told: dict[tuple[str, str], tuple[float, int]] = {}
        self._lock = threading.Lock()

    def again(self, words: str, kind: str) -> int | None:
        """How often this was left out since it was last told; None: leave it out now."""
        with self._lock:
            at, left_out = self._told.get((words, kind), (-math.inf, 0))
            if self._now() - at < self.EVERY:
                self._told[words, kind] = at, left_out + 1
                return None
            self._told[words, kind] = self._now(), 0
            return left_out

    def __call__(self, _: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """For structlog: only what comes with an exception is trouble of this kind."""
        import structlog

        if not event.get("exc_info"):
            return event
        left_out = self.again(str(event.get("event")), _kind(event["exc_info"]))
        if left_out is None:
            raise structlog.DropEvent
        return {**event, "left_out": left_out} if left_out else event

    def filter(self, record: logging.LogRecord) -> bool:
        """For the libraries' own logging. Names in brackets (a queue) make no difference."""
        name = record.name.partition("(")[0]
        left_out = self.again(f"{name}: {record.msg}", _kind(record.exc_info))
        if left_out:
            record.msg = f"{record.msg} (and {left_out} times more)"
        return left_out is not None


def _kind(raised: object) -> str:
    """The kind of an exception, in the forms in which loggers hand it on."""
    error = raised if isinstance(raised, BaseException) else None
    if raised is True:
        error = sys.exc_info()[1]
    elif isinstance(raised, tuple):
        error = raised[1]
    return type(error).__name__


def logs(*, json: bool | None = None, level: int = logging.INFO) -> None:
    """Set up logging: one event a line, JSON unless a person is looking. Never bodies, never full addresses."""
    import structlog

    seldom = Seldom()
    pretty = sys.stderr.isatty() if json is None else not json
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if pretty else structlog.processors.JSONRenderer(default=str)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            seldom,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    for handler in logging.getLogger().handlers:
        handler.addFilter(seldom)
    # A slow tick is no event: the next one asks again.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def _ring(settings: Settings) -> Ring:
    if settings.redis_url is None:
        return lambda _: None
    url = settings.redis_url

    def ring(waiting: Sequence[tuple[int, Channel]]) -> None:
        if not waiting:
            return  # nothing is due at once: Redis need not even be asked
        from outreach import bell

        if not bell.heard(url, waiting):
            # The touch is committed. The clock rings for it as soon as Redis is back; nothing is lost.
            logging.getLogger(__name__).warning("redis does not answer: the clock will ring instead")

    return ring
