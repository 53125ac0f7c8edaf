"""`outreach demo`: five weeks of follow-up in half a minute, with a dozen leads, on this machine only.

Real engine, real database, real worker and clock, real Twilio and SendGrid libraries speaking HTTP with the built-in
sandbox, whose signed callbacks come in by our real web door. Only business time is compressed. At the end the ledger
of the sandbox and our own database are compared, and what we promise is checked.
"""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

_WATCHED = 30.0  # seconds that the weeks take when somebody is looking
_INSTANTS = (
    55  # at which something happens; two thirds of the time belong to them, the rest to what lies between
)


def run(
    *, plain: bool = False, as_json: bool = False, keep: bool = False, seconds: float | None = None
) -> int:
    """Play it, and return 0 when every promise was kept, else 1.

    `seconds` (real) is about how long the weeks take, if the machine is quick enough: half a minute on a terminal, no
    longer than the work itself elsewhere. `keep` leaves the folder with database and ledger behind. Raises Misconfigured or Stuck.
    """
    began = monotonic()
    live = sys.stdout.isatty() and not plain and not as_json
    _quiet()
    from datetime import UTC

    from outreach.demo.cast import CAST, END, START
    from outreach.demo.clock import DemoClock
    from outreach.demo.play import Play
    from outreach.demo.proof import summary
    from outreach.demo.screen import Screen
    from outreach.demo.stage import stage
    from outreach.demo.telling import Telling

    if seconds is None:
        seconds = _WATCHED if live else 0.0
    breath, pace = seconds * 2 / 3 / _INSTANTS, seconds / 3 / (END - START).total_seconds()
    clock = DemoClock(START.astimezone(UTC), breath=breath, pace=pace)
    screen = Screen(clock, live=live, silent=as_json)
    screen.say(
        f"outreach demo: {len(CAST)} leads, {(END - START).days + 1} days. Starting engine, web and sandbox ..."
    )
    with _terminable(), stage(clock, keep=keep) as built:
        play = Play(built)
        telling = Telling(built, play.leads)
        with screen.open():
            for scene in play.run():
                screen.show(scene, telling.news(), play.leads)
        found = summary(built, play)
    kept = f"; kept in {built.folder}" if keep else " or was left on it"
    screen.close(found, seconds=monotonic() - began, kept=kept, as_json=as_json)
    return 0 if found.holds else 1


@contextmanager
def _terminable() -> Iterator[None]:
    """Leave in good order on SIGTERM as on Ctrl-C: what was built is torn down."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _quiet() -> None:
    """The log of the demo is its own; only what is broken may interrupt it."""
    from outreach import bootstrap

    bootstrap.logs(level=logging.ERROR)
    # The demo's clock ticks far more often than any real one: a tick that finds the last one at work is no news.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
