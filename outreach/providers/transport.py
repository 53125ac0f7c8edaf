"""Carries requests to the vendors' HTTP interfaces: pooled, bounded, never repeated, and quiet in the logs.

Both SDKs run over this instead of their own transports. SendGrid's opens a connection and reads the CA bundle for each
call (27 ms of CPU over TLS against half a millisecond here); neither bounds a whole call or can stop just before the
first byte. The connections themselves are in lines.py, the bound in bound.py.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Final, cast

from outreach import crash
from outreach.domain.errors import Fault, ProviderError, Refused, Unavailable, Uncertain
from outreach.providers.bound import Call
from outreach.providers.lines import Lines

_LONGEST_BACKOFF: Final = timedelta(hours=1)
_LOGGERS: Final = ("python_http_client.client", "twilio.http_client")

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


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
        self._lines = Lines()
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
        try:
            with call:
                said = self._lines.exchange(call, method, url, body, headers or {})
                crash.point("after_accept")
        except (HTTPException, OSError, ValueError) as error:
            # Not `from error`: that one holds the address, and it the lead's number.
            raise call.failed(self.vendor, error) from None
        if call.cut:  # a body without a length ends quietly when the watch shuts the socket down
            raise call.failed(self.vendor)
        return Answer(said.status, said.body, cast("Mapping[str, str]", said.headers))

    def close(self) -> None:
        """Close the idle connections."""
        self._lines.close()


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
