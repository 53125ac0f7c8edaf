"""Builds what the verbs need, in one place. Importing anything opens nothing; this does."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

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


def logs(*, json: bool | None = None, level: int = logging.INFO) -> None:
    """Set up logging: one event a line, JSON unless a person is looking. Never bodies, never full addresses."""
    import structlog

    pretty = sys.stderr.isatty() if json is None else not json
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if pretty else structlog.processors.JSONRenderer(default=str)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
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
