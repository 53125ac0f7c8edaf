"""Dying on purpose, for the proof that a death loses nothing and repeats nothing. Does nothing unless it is asked to.

The engine names the places between two of its steps: `point("after_accept")`. The environment variable OUTREACH_CRASH
says at which of them this process ends, several with commas between them:

    after_claim                killed the first time it gets there
    after_claim@3              ... the third time
    after_accept%0.01          ... each time with this probability, from the dice of OUTREACH_CRASH_SEED
    before_request=stop        frozen (SIGSTOP) instead of killed: whoever started it may let it go on
    after_accept=raise         an exception instead, as a shutdown or a time limit would throw it between two lines
"""

from __future__ import annotations

import os
import random
import re
import signal
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_ORDER: Final = re.compile(
    r"(?P<point>\w+)(?:=(?P<how>kill|stop|raise))?(?:@(?P<nth>[1-9]\d*)|%(?P<odds>[01](?:\.\d+)?))?"
)


class Crash(BaseException):
    """Thrown by `=raise`: like a shutdown it is no Exception, so that nobody takes it for a provider's mistake."""


@dataclass(slots=True)
class _Order:
    how: str
    left: int  # it strikes when this many have passed
    odds: float | None
    dice: random.Random
    lock: threading.Lock = field(default_factory=threading.Lock)

    def strikes(self) -> bool:
        with self.lock:
            if self.odds is not None:
                return self.dice.random() < self.odds
            self.left -= 1
            return self.left == 0


def read(env: Mapping[str, str]) -> dict[str, _Order]:
    """The orders of an environment. Raises ValueError naming what is not an order."""
    orders: dict[str, _Order] = {}
    for text in env.get("OUTREACH_CRASH", "").split(","):
        if not text.strip():
            continue
        found = _ORDER.fullmatch(text.strip())
        if found is None:
            raise ValueError(
                f"OUTREACH_CRASH: {text.strip()!r} is not like after_claim=kill@3 or after_accept%0.1"
            )
        dice = random.Random(f"{env.get('OUTREACH_CRASH_SEED', '0')}:{found['point']}")  # noqa: S311 - repeatable
        odds = float(found["odds"]) if found["odds"] else None
        orders[found["point"]] = _Order(found["how"] or "kill", int(found["nth"] or 1), odds, dice)
    return orders


_orders: Final = read(os.environ)
_armed: Final = bool(_orders)


def point(name: str) -> None:
    """A place where this process may be told to die. Costs one look at a flag when it is not."""
    if _armed:
        _reach(name)


def armed(name: str) -> bool:
    """Whether `point(name)` may strike in this process."""
    return _armed and name in _orders


def _reach(name: str) -> None:
    order = _orders.get(name)
    if order is None or not order.strikes():
        return
    if order.how == "raise":
        raise Crash(name)
    # To this very thread: a signal to the process may find another one first, and this one would run on for a moment.
    signal.pthread_kill(threading.get_ident(), signal.SIGSTOP if order.how == "stop" else signal.SIGKILL)
