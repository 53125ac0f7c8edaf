"""The ways a touch can travel, and what each way needs."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class AddressKind(StrEnum):
    """What an address is made of."""

    EMAIL = "email"
    PHONE = "phone"
    POSTAL = "postal"
    PROFILE = "profile"  # a page on a social network


class Channel(StrEnum):
    """The way a touch travels. Ask a channel for what it is; never compare it with a name."""

    EMAIL = "email"
    SMS = "sms"
    VOICEMAIL = "voicemail"  # a machine calls and leaves a recorded message
    CALL = "call"
    LETTER = "letter"
    SOCIAL = "social"

    @property
    def needs(self) -> AddressKind:
        """The kind of address without which a step on this channel is skipped."""
        return _NEEDS[self]

    @property
    def by_rep(self) -> bool:
        """Whether a person does it (a rep task) instead of a provider."""
        return self in _BY_REP

    @property
    def rings(self) -> bool:
        """Whether it reaches a telephone, so that quiet hours hold (rule R1)."""
        return self.needs is AddressKind.PHONE

    @property
    def prerecorded(self) -> bool:
        """Whether a machine speaks, so that written consent is needed (rule R6)."""
        return self is Channel.VOICEMAIL

    @property
    def threads(self) -> bool:
        """Whether messages form a thread and carry an unsubscribe link (rules R12 and R14)."""
        return self is Channel.EMAIL

    @property
    def paced(self) -> bool:
        """Whether receivers judge a sender by how many it sends and how fast: gaps and ramps are for these."""
        return self is Channel.EMAIL

    @property
    def default_late(self) -> timedelta:
        """How long after its planned time a touch may still go, unless its step says otherwise."""
        return _LATE[self]


_NEEDS = {
    Channel.EMAIL: AddressKind.EMAIL,
    Channel.SMS: AddressKind.PHONE,
    Channel.VOICEMAIL: AddressKind.PHONE,
    Channel.CALL: AddressKind.PHONE,
    Channel.LETTER: AddressKind.POSTAL,
    Channel.SOCIAL: AddressKind.PROFILE,
}
_BY_REP = frozenset({Channel.CALL, Channel.LETTER, Channel.SOCIAL})

# A text for this morning must not go tomorrow; a mail may be a few days late; people's tasks may wait a week.
_LATE = {
    Channel.EMAIL: timedelta(days=3),
    Channel.SMS: timedelta(hours=6),
    Channel.VOICEMAIL: timedelta(hours=6),
    Channel.CALL: timedelta(days=7),
    Channel.LETTER: timedelta(days=14),
    Channel.SOCIAL: timedelta(days=7),
}

# Which channels an opt-out closes, by the channel it arrived on. A general request closes all of them.
# STOP by text also ends calls: 47 CFR 64.1200(a)(10), the stricter reading (rules R8 and R9).
CLOSED_BY_OPT_OUT: dict[Channel, frozenset[Channel]] = {
    Channel.EMAIL: frozenset({Channel.EMAIL}),
    Channel.SMS: frozenset({Channel.SMS, Channel.VOICEMAIL, Channel.CALL}),
    Channel.VOICEMAIL: frozenset({Channel.SMS, Channel.VOICEMAIL, Channel.CALL}),
    Channel.CALL: frozenset({Channel.SMS, Channel.VOICEMAIL, Channel.CALL}),
    Channel.LETTER: frozenset(Channel),
    Channel.SOCIAL: frozenset(Channel),
}
