"""Carries requests to the vendors' HTTP interfaces: pooled, bounded, never repeated, and quiet in the logs.

Both SDKs run over this instead of their own transports. SendGrid's opens a connection and reads the CA bundle for each
call (27 ms of CPU over TLS against 2 ms here); neither bounds a whole call or can stop just before the first byte.
"""

from __future__ import annotations

import logging
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache, cached_property
from http.client import HTTPException
from typing import Any, Final

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from outreach import crash
from outreach.domain.errors import Fault, ProviderError, Refused, Unavailable, Uncertain
from outreach.providers.base import machine_time
from outreach.providers.bound import Call

_CONNECT: Final = 5.0  # seconds for one address of the vendor
_IDLE: Final = 20.0  # vendors close quiet connections; one that they close under a request makes it uncertain
_LONGEST_BACKOFF: Final = timedelta(hours=1)
_LOGGERS: Final = ("urllib3.connectionpool", "python_http_client.client", "twilio.http_client")

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)
_call: ContextVar[Call] = ContextVar("call")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a vendor answered."""

    status: int
    body: bytes
    headers: Mapping[str, str]  # looked up without regard to case


class Transport:
    """HTTP to one vendor. `seconds` bounds each whole call."""

    def __init__(self, vendor: str, *, seconds: float) -> None:
        self.vendor, self._seconds = vendor, seconds
        for name in _LOGGERS:
            logging.getLogger(name).addFilter(_without_bodies)

    @contextmanager
    def until(self, deadline: float) -> Iterator[None]:
        """Requests inside begin before `deadline` (machine time) or raise TooLate with nothing written."""
        before = _deadline.set(deadline)
        try:
            yield
        finally:
            _deadline.reset(before)

    def request(
        self,
        method: str,
        url: str,
        *,
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request, one try, any status. Raises Unavailable, TooLate or Uncertain when there is no whole answer."""
        call = Call(deadline=_deadline.get(), seconds=self._seconds)
        before = _call.set(call)
        try:
            with call:
                return self._exchange(call, method, url, body, dict(headers or {}))
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            raise call.failed(
                self.vendor, error
            ) from None  # the original holds the URL, and it the lead's number
        finally:
            _call.reset(before)

    def _exchange(
        self, call: Call, method: str, url: str, body: bytes | str | None, headers: dict[str, str]
    ) -> Answer:
        timeout = urllib3.Timeout(connect=min(_CONNECT, call.to_connect), read=call.left)
        got = self._pool.request(method, url, body=body, headers=headers, timeout=timeout, redirect=False)
        crash.point("after_accept")
        if call.cut:  # a body without a length ends quietly when the watch shuts the socket down
            raise call.failed(self.vendor)
        return Answer(got.status, got.data, got.headers)

    def close(self) -> None:
        """Close the idle connections."""
        self._pool.clear()

    @cached_property
    def _pool(self) -> urllib3.PoolManager:
        pool = urllib3.PoolManager(num_pools=4, maxsize=64, retries=False, ssl_context=_tls())
        pool.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}
        return pool


class _Held(HTTPConnection):
    """A connection that looks at the current call's deadline when it stands ready to write."""

    _used = 0.0

    def _new_conn(self) -> Any:
        sock = super()._new_conn()
        _call.get().watch(sock)
        return sock

    def request(self, *args: Any, **kwargs: Any) -> None:
        call = _call.get()
        if self.is_closed:
            self.connect()
        call.watch(self.sock)
        self.timeout = call.left  # until here it was what connecting may take, too short for a large body
        crash.point("before_request")
        call.begin()
        super().request(*args, **kwargs)
        self._used = machine_time()

    def endheaders(self, *args: Any, **kwargs: Any) -> None:
        super().endheaders(*args, **kwargs)
        crash.point("mid_request")  # the head is written, the body is not

    @property
    def is_connected(self) -> bool:
        return machine_time() - self._used < _IDLE and super().is_connected


class _HeldTls(_Held, HTTPSConnection):
    pass


class _PlainPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Held


class _TlsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _HeldTls


def by_status(vendor: str, answer: Answer, *, code: str = "", says: str = "") -> ProviderError:
    """What a status of 300 or more means when the vendor's own code says nothing better."""
    status = answer.status
    text = f"{vendor} answered {status}" + (f": {masked(says)}" if says else "")
    if status == 429:
        return Unavailable(text, code=code or "429", retry_after=retry_after(answer.headers))
    if status in (401, 403):
        return Unavailable(
            f"{text} (check the keys of {vendor})", code=code or str(status), fault=Fault.ACCOUNT
        )
    if status in (301, 302, 307, 308, 404, 405):
        # Nobody there takes messages: the base address is wrong, or the account is gone.
        text = f"{text} (check the address and the account of {vendor})"
        return Unavailable(text, code=code or str(status), fault=Fault.ACCOUNT)
    if status >= 500 or status in (300, 303, 304, 305, 306, 408):
        return Uncertain(f"{text}; it may have gone out", code=code or str(status))
    return Refused(text, code=code or str(status))


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> timedelta | None:
    """How long a vendor asks us to wait: seconds or a date, at most an hour; None when it does not make sense.

    Retry-After is RFC 9110, 10.2.3; X-RateLimit-Reset is SendGrid's, in seconds since 1970.
    """
    now = now or datetime.now(UTC)
    text = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", text):
        return min(timedelta(seconds=float(text)), _LONGEST_BACKOFF)
    if not text and re.fullmatch(r"\d{9,11}", reset := headers.get("X-RateLimit-Reset", "").strip()):
        return _bounded(datetime.fromtimestamp(int(reset), UTC) - now)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return _bounded((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now)


def _bounded(wait: timedelta) -> timedelta:
    return max(timedelta(), min(wait, _LONGEST_BACKOFF))


def masked(text: str) -> str:
    """A vendor's words without addresses and numbers of people: they end up in logs and reasons."""
    text = re.sub(r"[^\s@<>()\"']{1,64}@[^\s@<>()\"']{1,255}", "[address]", text[:500])
    return re.sub(r"\+?\d(?:[\d ().-]{5,20})\d", "[number]", text)


def _without_bodies(record: logging.LogRecord) -> bool:
    """The SDKs log whole requests, keys included, at DEBUG and INFO."""
    return record.levelno >= logging.WARNING


@cache
def _tls() -> ssl.SSLContext:
    """One context for the whole process (reading the CA bundle costs 20 ms): the system's bundle, else certifi's."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not (paths.cafile or paths.capath):
        import certifi

        context.load_verify_locations(certifi.where())
    return context
