"""Heartbeat: each process says every few seconds that it lives, so that `status` and /healthz can tell."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable

import structlog

from outreach.casework.house import House
from outreach.store import events, migrate
from outreach.timekeeping import real_now

log = structlog.get_logger()
EVERY = 5.0  # seconds of machine time between two beats
FRESH = 20.0  # seconds after which a silent process counts as dead: three beats may be late


def name_of(role: str) -> str:
    """This process among the heartbeats."""
    return f"{role}:{socket.gethostname()}:{os.getpid()}"


def end_in_good_order() -> None:
    """As if an operator had asked this process to end."""
    os.kill(os.getpid(), signal.SIGTERM)


def beat(
    house: House,
    role: str,
    done: threading.Event,
    detail: str = "",
    *,
    end: Callable[[], None] = end_in_good_order,
) -> None:
    """Say every few seconds that this process lives, until `done`; then say that it ended in good order.

    Each time it looks whether an upgrade has migrated the database beyond this program: then it asks itself to `end`.
    """
    name = name_of(role)
    while True:
        try:
            with house.store.begin() as db:
                events.beat(db, name, role, at=real_now(), detail=detail)
                outdated = migrate.newer(db)
            if outdated:
                log.critical("the database is newer than this program", role=role, then="start the newer one")
                end()
        except Exception:  # the database is away: the next beat may find it
            log.exception("heartbeat failed", role=role)
        if done.wait(EVERY):
            break
    try:
        with house.store.begin() as db:
            events.gone(db, name)
    except Exception:  # nobody is misled for long: what does not beat counts as dead
        log.exception("heartbeat not taken back", role=role)
