"""What can go wrong, named after what the caller does next.

Error
├── Mistake          somebody asked for what cannot be: tell them, nothing has changed
│   ├── Unknown      no such lead, cadence, task ...; carries the closest match
│   ├── Duplicate    it is there already
│   └── Forbidden    a rule says no; names the rule
├── Misconfigured    a setting is missing or wrong: nothing starts until it is mended
├── Stale            someone got there first: read again, decide again
└── ProviderError
    ├── Refused      never again: this touch failed for good
    ├── Unavailable  certainly nothing was sent: try later
    └── Uncertain    it may have gone out: no machine resends it without evidence
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class Error(Exception):
    """Anything outreach raises on purpose."""


class Mistake(Error):
    """Somebody asked for what cannot be. The message says what and the likely fix; nothing has changed."""


class Unknown(Mistake):
    """There is no such thing."""

    def __init__(self, what: str, name: str, *, closest: str | None = None, hint: str | None = None) -> None:
        self.what, self.name, self.closest = what, name, closest
        text = f"there is no {what} {name!r}"
        if closest:
            text += f"; did you mean {closest!r}?"
        if hint:
            text += f" ({hint})"
        super().__init__(text)


class Duplicate(Mistake):
    """It is there already; the message says which."""


class Forbidden(Mistake):
    """A rule says no."""

    def __init__(self, rule: str, text: str) -> None:
        self.rule = rule
        super().__init__(f"{text} [{rule}]")


class Misconfigured(Error):
    """A setting is missing or wrong; the message names it and the fix."""


class Stale(Error):
    """The row was changed by someone else since it was read: read again, decide again."""


class Taken(Stale):
    """A unique key is in use already: someone was faster, or it was done before."""


class Fault(StrEnum):
    """Who or what a provider's refusal is about: it decides what else must change."""

    ADDRESS = "address"  # this address will never work on this channel
    OPTED_OUT = "opted out"  # the provider knows that the person said stop
    MESSAGE = "message"  # this message is not acceptable; others may be
    SENDER = "sender"  # this sender may not do this
    ACCOUNT = "account"  # our keys or account: the whole channel must stop


class ProviderError(Error):
    """A provider did not take a message."""

    def __init__(self, text: str, *, code: str = "", fault: Fault = Fault.MESSAGE) -> None:
        self.code, self.fault = code, fault
        super().__init__(text)


class Refused(ProviderError):
    """The provider said no for good: this touch has failed."""


class Unavailable(ProviderError):
    """Certainly nothing was sent. Try again after `retry_after`, or when the caller's own back-off says.

    With `fault=Fault.ACCOUNT` the whole channel stops until someone mends the keys; touches stay due.
    """

    def __init__(
        self, text: str, *, code: str = "", fault: Fault = Fault.MESSAGE, retry_after: timedelta | None = None
    ) -> None:
        self.retry_after = retry_after
        super().__init__(text, code=code, fault=fault)


class TooLate(Unavailable):
    """Our own deadline for beginning the request had passed: nothing was written to the wire."""


class Uncertain(ProviderError):
    """The request may have gone out; only evidence or a person may say."""


class NotFromVendor(Error):
    """A webhook whose signature is missing, wrong or stale."""


class NoKey(Misconfigured):
    """A webhook for a provider whose verification key is not configured: it fails closed."""
