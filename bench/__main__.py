"""Measures and prints; `--write` also puts the figures into docs/performance.md."""

from __future__ import annotations

import argparse
import shlex
import signal
import sys
from collections.abc import Callable, Sequence

from bench import callbacks, idle, latency, punctual, report, room, scale, slow, starting, taking, throughput

PARTS: dict[str, Callable[[argparse.Namespace], str]] = {
    "latency": lambda given: latency.run(given.enrollments, given.modes),
    "starts": lambda _: starting.run(),
    "texts": lambda given: throughput.run(given.touches, "sms", given.modes),
    "mails": lambda given: throughput.run(given.touches, "email", given.modes),
    "scale": lambda given: scale.run(given.walks, given.modes),
    "idle": lambda given: idle.run(given.seconds, given.modes),
    "lateness": lambda given: punctual.run(given.seconds, given.modes),
    "slow": lambda given: slow.run(given.touches, given.milliseconds),
    "memory": lambda given: room.run(given.long, given.backlog),
    "import": lambda given: taking.run(given.leads, given.modes),
    "webhooks": lambda given: callbacks.run(given.seconds, given.modes),
}
LONG = ("scale", "memory")  # they build databases of millions of rows, and are asked for by name
DEFAULT = f"all but {' and '.join(LONG)}"
# option, default, of which parts
SIZES = (
    ("enrollments", 200, "latency"),
    ("touches", 4000, "texts, mails, slow"),
    ("walks", 1_000_000, "scale: active enrollments in the large database"),
    ("seconds", 20, "idle, lateness, webhooks: how long"),
    ("milliseconds", 150, "slow: what the vendor takes to answer"),
    ("long", 40_000, "memory: touches of two workers (in full: 200000)"),
    ("backlog", 1_000_000, "memory: touches due at once"),
    ("leads", 100_000, "import"),
)


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"some of {', '.join(PARTS)}; {DEFAULT} without it"
    )
    for name, default, about in SIZES:
        parser.add_argument(f"--{name}", type=int, default=default, help=f"{about} (default: {default})")
    parser.add_argument("--mode", choices=("embedded", "servers"), help="only one of the two ways to run")
    parser.add_argument("--write", action="store_true", help="update docs/performance.md")
    given = parser.parse_args(argv)
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    if given.write and given.mode:
        parser.error("--write wants both modes")
    given.modes = [mode == "embedded" for mode in ("embedded", "servers") if given.mode in (None, mode)]
    return given


def main(argv: Sequence[str]) -> None:
    """Run the parts one after the other; each prints its tables as soon as it is done."""
    given = arguments(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    for name in given.parts or [name for name in PARTS if name not in LONG]:
        section = PARTS[name](given)
        sys.stdout.write(section + "\n\n")
        sys.stdout.flush()  # the whole takes minutes
        if given.write:  # at once: what was measured stays, if a later part breaks
            report.write({name: section}, list(PARTS), shlex.join(["python", "-m", "bench", *argv]))


if __name__ == "__main__":
    main(sys.argv[1:])
