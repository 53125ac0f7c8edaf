"""Who we write to and in whose name: leads with their addresses, reps, senders, and the team they make up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from outreach.domain.channel import AddressKind
from outreach.domain.limits import Limits

# Shares of a mail domain's mails in a day that were called spam (rule R13): Google's sender guidelines ask for less than
# the first and allow never the second, https://support.google.com/a/answer/81126.
SPAM_WARNS: Final = 0.001
SPAM_STOPS: Final = 0.003


class AddressState(StrEnum):
    """What we know of an address."""

    USABLE = "usable"
    BOUNCED = "bounced"  # a hard bounce: it will never take a message


# Google delivers all spellings of these to one mailbox: https://support.google.com/mail/answer/7436150
_DOTLESS = frozenset({"gmail.com", "googlemail.com"})


def mailbox(address: str) -> str:
    """The mailbox that a normalised mail address reaches: without its +detail (RFC 5233), and at Gmail without dots.

    Only to see that two leads are one person; mail goes to the address as it was given.
    """
    local, at, domain = address.rpartition("@")
    if local.startswith('"'):
        return address  # quoted: a + in it is a letter like any other
    plain = local.partition("+")[0] or local
    if domain in _DOTLESS:
        return f"{plain.replace('.', '') or plain}{at}gmail.com"
    return f"{plain}{at}{domain}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One way to reach a lead, normalised at the door: E.164 for phones, lower case for mail."""

    id: int
    kind: AddressKind
    value: str
    state: AddressState = AddressState.USABLE
    country: str | None = None  # ISO 3166 alpha-2, for phones
    zones: tuple[str, ...] = ()  # IANA zones a phone number may lie in; empty: unknown
    # By which a suppression is found whose address was erased; None while there is no key to make it with.
    hash: str | None = field(default=None, repr=False)

    @property
    def mailbox(self) -> str:
        """Of a mail address the mailbox it reaches; of any other the address itself."""
        return mailbox(self.value) if self.kind is AddressKind.EMAIL else self.value

    @property
    def names(self) -> set[tuple[str, str]]:
        """The (scope, value) pairs under which a suppression may forbid this address."""
        names = {(self.kind.value, self.value)}
        if self.hash is not None:
            names.add((self.kind.value, self.hash))
        if self.kind is AddressKind.EMAIL:
            names.add(("domain", self.value.rpartition("@")[2]))
        return names


class Subscriber(StrEnum):
    """Whose address it is, as far as the law of electronic mail asks (rule R15)."""

    CORPORATE = "corporate"  # a company, a public body
    INDIVIDUAL = "individual"  # a person, a sole trader, most partnerships
    UNKNOWN = "unknown"  # treated as an individual


class Basis(StrEnum):
    """On what ground we keep and use what we know of a person, GDPR Art. 6(1) (rule R16)."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTERESTS = "vital_interests"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTERESTS = "legitimate_interests"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The person we hope to talk to."""

    id: int
    source: str = "manual"
    external_id: str | None = None
    name: str = ""
    company: str = ""
    account_id: int | None = None
    timezone: str | None = None  # IANA name; None: the rep's, then the team's
    country: str | None = None  # ISO 3166 alpha-2
    region: str | None = None  # state or province, for state rules: FL
    subscriber_kind: Subscriber = Subscriber.UNKNOWN
    lawful_basis: Basis | None = None
    owner: str | None = None  # rep key
    fields: Mapping[str, object] = field(default_factory=dict)  # whatever else the team keeps
    addresses: tuple[Address, ...] = ()
    epoch: int = 0  # raised by every stop under the lock that claims share
    token: str = field(default="", repr=False)  # in unsubscribe links: one per person, without expiry

    @property
    def first_name(self) -> str:
        """The first word of the name; empty when there is none."""
        return str(self.fields.get("first_name") or (self.name.split() or [""])[0])

    @property
    def last_name(self) -> str:
        """All but the first word of the name; empty when there is only one."""
        return str(self.fields.get("last_name") or " ".join(self.name.split()[1:]))

    def usable(self, kind: AddressKind) -> tuple[Address, ...]:
        """The addresses of a kind that may still take messages, oldest first."""
        return tuple(a for a in self.addresses if a.kind is kind and a.state is AddressState.USABLE)

    def address(self, kind: AddressKind) -> str | None:
        """The first usable address of a kind."""
        return next((a.value for a in self.usable(kind)), None)

    @property
    def names(self) -> set[tuple[str, str]]:
        """The (scope, value) pairs under which a suppression may forbid this person or one of the addresses."""
        return {("person", str(self.id))}.union(*(address.names for address in self.addresses))

    @property
    def label(self) -> str:
        """How people call this lead: name, else an address, else its number."""
        return self.name or (self.addresses[0].value if self.addresses else f"#{self.id}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rep:
    """The salesperson in whose name we write."""

    key: str
    name: str
    email: str
    sender: str  # key of the sender used for this rep's leads
    phone: str | None = None  # E.164
    timezone: str | None = None  # IANA name
    meeting_link: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The address a message comes from; reps share or own senders."""

    key: str
    name: str
    email: str
    postal_address: str  # rule R12
    reply_domain: str | None = None  # replies to reply+TOKEN@here find their enrollment
    sms: str | None = None  # E.164 number texts come from
    messaging_service: str | None = None  # Twilio Messaging Service SID, instead of a number
    voice: str | None = None  # E.164 number calls come from; None: the sms number
    optout_number: str | None = None  # toll-free number to opt out of recorded calls (rule R7)
    registration: str | None = None  # of the number for texts, 10DLC (rule R18)


class OnHuman(StrEnum):
    """What a voicemail drop does when a person picks up (no recording may be played to one)."""

    GOODBYE = "goodbye"
    RING_REP = "ring rep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Who sends and under which house rules: one current state with a history, never pinned to a version."""

    reps: dict[str, Rep] = field(default_factory=dict)
    senders: dict[str, Sender] = field(default_factory=dict)
    timezone: str = "UTC"  # when neither the lead's nor the rep's is known
    country: str = "US"  # home country: how national phone numbers are read, and the default allow list
    holidays: tuple[
        str, ...
    ] = ()  # calendars as ISO countries, with a subdivision if wanted: US, US-CA, DE-BY
    allow_countries: tuple[str, ...] = ()  # rule R19; empty: only the home country
    on_human: OnHuman = OnHuman.GOODBYE
    limits: Limits = field(default_factory=Limits)

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries we may call or text (rule R19)."""
        return self.allow_countries or (self.country,)

    def same_domain(self, key: str) -> tuple[str, ...]:
        """The senders whose mails come from the same domain as this one's, itself included."""
        own = self.senders.get(key)
        domain = own.email.rpartition("@")[2].casefold() if own else None
        same = [s.key for s in self.senders.values() if s.email.rpartition("@")[2].casefold() == domain]
        return tuple(sorted({key, *(same if domain else ())}))

    def rep_for(self, key: str | None) -> Rep | None:
        """The rep of that key, else the first one of the file."""
        return self.reps.get(key or "") or next(iter(self.reps.values()), None)
