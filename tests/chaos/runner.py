"""Starts a role of the house with one of its safeguards taken away, or on a clock that jumps: for the proof only.

python -m tests.chaos.runner worker|clock|web|up|hands

CHAOS_MUTANT names the safeguard to take away (see mutants.py), CHAOS_CLOCK a file with the seconds by which this
process's clocks are wrong, CHAOS_SLOW how many seconds a claim dwells between reading and committing.
"""

from __future__ import annotations

import os
import signal
import sys
import threading

from outreach import bootstrap, clock, worker
from outreach.settings import Settings
from outreach.up import Up
from tests.chaos import mutants


def main() -> None:
    """Take the safeguard away, then run as the true process would."""
    mutants.take_away(os.environ)
    match sys.argv[1]:
        case "worker":
            worker.main()
        case "clock":
            clock.main()
        case "web":
            from outreach.web import app

            app.main()
        case "up":
            _up()
        case "hands":
            from tests.chaos import hands

            hands.work()


def _up() -> None:
    """Clock and workers in one process over SQLite, as `outreach up` has them; without its web."""
    bootstrap.logs()
    done = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: done.set())
    with Up(Settings.from_env()):
        sys.stderr.write("up started\n")
        sys.stderr.flush()
        done.wait()


if __name__ == "__main__":
    main()
