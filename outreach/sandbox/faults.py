"""Misbehaves on command: which fault strikes which request or callback, how often and how hard."""

import random
import threading
from enum import StrEnum
from itertools import count
from typing import Final, Protocol, TypeVar

import msgspec


class Fault(StrEnum):
    # Before anything is accepted
    LATENCY = "latency"  # wait `seconds` (or between `seconds` and `up_to`), then go on as usual
    RATE_LIMIT = "rate limit"  # 429, with `retry_after` as given: "3", an HTTP date, nonsense, or none
    ERROR_BEFORE = "error before accepting"  # `status`, default 503
    DROP_BEFORE = "drop before accepting"  # the socket is cut
    SILENT_BEFORE = "silent before accepting"  # the socket stays open, no answer ever comes
    UNAUTHORIZED = "unauthorized"  # as if the keys had been revoked
    # After it was accepted and written down
    ERROR_AFTER = "error after accepting"
    DROP_AFTER = "drop after accepting"
    SILENT_AFTER = "silent after accepting"
    DRIP = "drip"  # one byte of the answer every `seconds`
    HTML = "html"  # the right status with a proxy's page as its body
    TRUNCATED = "truncated"  # the right status with half of the JSON
    NO_MESSAGE_ID = "no message id"  # SendGrid's 202 without X-Message-Id
    CALLBACK_FIRST = "callback first"  # the callbacks arrive before the answer does
    # What listings and logs say
    LATE_LISTING = "late listing"  # nothing younger than `seconds` is listed
    OMIT_NEWEST = "omit newest"  # the newest `amount` are not listed
    # What happens to callbacks
    HOLD_CALLBACKS = "hold callbacks"  # kept until release_callbacks(); never released, they are lost
    LATE_CALLBACKS = "late callbacks"  # posted `seconds` later than they would be
    REPEAT_CALLBACKS = "repeat callbacks"  # each one `amount` times
    SHUFFLE_CALLBACKS = "shuffle callbacks"  # gathered for `seconds` and posted in random order
    UNSIGNED = "unsigned"  # no signature header
    FORGED = "forged"  # a signature made with somebody else's key


class Made(Protocol):
    created: float


M = TypeVar("M", bound=Made)
F = Fault
BEFORE: Final = frozenset(
    {F.LATENCY, F.RATE_LIMIT, F.ERROR_BEFORE, F.DROP_BEFORE, F.SILENT_BEFORE, F.UNAUTHORIZED}
)
AFTER: Final = frozenset(
    {F.ERROR_AFTER, F.DROP_AFTER, F.SILENT_AFTER, F.DRIP, F.HTML, F.TRUNCATED, F.NO_MESSAGE_ID}
    | {F.CALLBACK_FIRST}
)
LISTING: Final = frozenset({F.LATE_LISTING, F.OMIT_NEWEST})
CALLBACK: Final = frozenset(
    {F.HOLD_CALLBACKS, F.LATE_CALLBACKS, F.REPEAT_CALLBACKS, F.SHUFFLE_CALLBACKS, F.UNSIGNED, F.FORGED}
)


class Misbehaviour(msgspec.Struct, kw_only=True):
    """One order to misbehave. Without `times` it lasts until `behave()`."""

    fault: Fault
    provider: str = ""  # twilio or sendgrid; empty: both
    # sms, call, mail; list for listings and logs; any other path is "other". Callbacks go by what they are
    # about: status, call, twiml, amd, inbound, events, mail, one-click. Empty: all.
    kind: str = ""
    times: int | None = None
    skip: int = 0  # let so many pass first
    probability: float = 1.0
    seed: int = 0
    seconds: float = 0.0
    up_to: float | None = None  # a range: seconds <= wait <= up_to
    status: int = 503
    amount: int = 3
    retry_after: str | None = None
    number: int = 0  # given by the sandbox
    struck: int = 0  # how often it did


class Faults:
    """The orders in force. Asked from the server's thread, given from any."""

    def __init__(self) -> None:
        self._orders: list[Misbehaviour] = []
        self._dice: dict[int, random.Random] = {}
        self._numbers = count(1)
        self._lock = threading.Lock()

    def order(self, order: Misbehaviour) -> int:
        with self._lock:
            order.number = next(self._numbers)
            self._dice[order.number] = random.Random(order.seed)  # noqa: S311 -- repeatable, not secret
            self._orders = [*self._orders, order]
            return order.number

    def cancel(self, number: int | None = None) -> None:
        with self._lock:
            self._orders = [order for order in self._orders if number not in (None, order.number)]

    def in_force(self) -> list[Misbehaviour]:
        return list(self._orders)

    @property
    def ordered(self) -> bool:
        return bool(self._orders)

    def strike(self, among: frozenset[Fault], provider: str, kind: str) -> list[Misbehaviour]:
        """Those orders that hit this request or callback; each hit counts against its `times`."""
        if not self._orders:  # the usual case, in every benchmark too
            return []
        with self._lock:
            return [order for order in self._orders if self._hits(order, among, provider, kind)]

    def _hits(self, order: Misbehaviour, among: frozenset[Fault], provider: str, kind: str) -> bool:
        if order.fault not in among or order.provider not in ("", provider):
            return False
        if order.kind not in ("", kind) or order.times == 0:
            return False
        if order.skip > 0:
            order.skip -= 1
            return False
        if order.probability < 1.0 and self._dice[order.number].random() >= order.probability:
            return False
        order.struck += 1
        if order.times is not None:
            order.times -= 1
        return True

    def listed(self, provider: str, things: list[M], now: float) -> list[M]:
        """What a listing that lags behind shows of these things, given newest first."""
        for order in self.strike(LISTING, provider, "list"):
            if order.fault is Fault.OMIT_NEWEST:
                things = things[order.amount :]
            else:
                things = [thing for thing in things if thing.created <= now - order.seconds]
        return things

    def wait_of(self, order: Misbehaviour) -> float:
        if order.up_to is None:
            return order.seconds
        return self._dice[order.number].uniform(order.seconds, order.up_to)
