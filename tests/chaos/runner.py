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
from outreach.up import Up, run
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
    """Everything in one process over SQLite, as `outreach up` has it; web only where a proof needs it (CHAOS_WEB)."""
    if os.environ.get("CHAOS_WEB"):
        run(Settings.from_env(), ready=lambda _: _say())
        return
    bootstrap.logs()
    done = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: done.set())
    with Up(Settings.from_env()):
        _say()
        done.wait()


def _say() -> None:
    sys.stderr.write("up started\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
