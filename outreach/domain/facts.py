"""All that a decision may look at: one value, read in the transaction that decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from outreach.domain.cadence import Cadence, Step
from outreach.domain.calendar import Hours
from outreach.domain.consent import Consent, Suppression
from outreach.domain.enrollment import Enrollment
from outreach.domain.law import FEDERAL, Book
from outreach.domain.limits import Room
from outreach.domain.people import Address, Lead, Rep, Sender, Team


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """Something that was stopped for everybody: all, a channel, a provider."""

    name: str  # all | channel:sms | provider:twilio | sender:main | cadence:trial
    because: str = ""
    until: datetime | None = None  # of a breaker, which lets one try through at this time (UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A person we must not touch until somebody has understood what they wrote."""

    because: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Listing:
    """A do-not-call list that a number is on."""

    name: str  # national, internal, TX ...
    as_of: datetime  # the day the list is of
    internal: bool = False  # our own: nothing outweighs it


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of one step of one enrollment at one moment. Times are UTC instants.

    What follows from them is worked out once: sixteen rules ask for the same few things.
    """

    cadence: Cadence
    step: Step
    enrollment: Enrollment
    lead: Lead
    team: Team
    planned_at: datetime  # the step's proper time
    excused_at: datetime | None = None  # lateness is counted from here, when it had to wait for room
    holidays: frozenset[date] = frozenset()
    switches: tuple[Switch, ...] = ()  # those that are stopped
    holds: tuple[Hold, ...] = ()
    suppressions: tuple[Suppression, ...] = ()  # of the person, the addresses and their domains
    consents: tuple[Consent, ...] = ()
    outcomes: Mapping[str, str] = field(
        default_factory=dict
    )  # step id -> disposition, else the touch's state
    can_unsubscribe: bool = True  # whether our unsubscribe address can be reached from outside (rule R14)
    provider: str = ""  # who would carry it; empty for people's work
    rooms: tuple[Room, ...] = ()  # what the caps say; empty when there are none or nobody has counted
    law: Book = FEDERAL
    # Of numbers whose law limits it: the times of calls, texts and voicemails in the last day. One for a whole lane, and
    # what the lane sends is added to it.
    dialled: Mapping[str, Sequence[datetime]] = field(default_factory=dict)
    listed: Mapping[str, tuple[Listing, ...]] = field(default_factory=dict)  # number -> the lists it is on
    margin: timedelta = timedelta()  # how much later than it is claimed a request may arrive

    @cached_property
    def rep(self) -> Rep | None:
        """In whose name we write."""
        return self.team.rep_for(self.enrollment.rep or self.lead.owner)

    @cached_property
    def sender(self) -> Sender | None:
        """The address the message comes from: the enrollment's, while it exists, else its rep's."""
        chosen = self.team.senders.get(self.enrollment.sender or "")
        return chosen or (self.team.senders.get(self.rep.sender) if self.rep else None)

    @cached_property
    def first(self) -> bool:
        """Whether no step of this walk was taken before: such a touch goes after follow-ups when room is short."""
        return self.enrollment.anchor_at == self.enrollment.enrolled_at

    @cached_property
    def names(self) -> frozenset[str]:
        """The switches that would stop this step."""
        found = {
            "all",
            f"channel:{self.step.channel.value}",
            f"provider:{self.provider}",
            f"cadence:{self.enrollment.cadence}",
        }
        if self.sender is not None:
            found |= {f"sender:{self.sender.key}", f"sender:{self.sender.key}:{self.provider}"}
        return frozenset(found)

    @cached_property
    def breakers(self) -> tuple[Switch, ...]:
        """The breakers that storms of failures have opened for this step's provider, or its sender there."""
        return tuple(s for s in self.switches if s.until is not None and s.name in self.names)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The lead's time zone, else the rep's, else the team's."""
        return zone_of(self.lead, self.rep, self.team)

    @cached_property
    def hours(self) -> Hours:
        """The step's send window in the lead's zone."""
        return Hours(self.cadence.window_for(self.step), self.zone, self.holidays)

    @cached_property
    def open_addresses(self) -> tuple[Address, ...]:
        """The lead's usable addresses for this step that nobody forbade."""
        return tuple(a for a in self.lead.usable(self.step.channel.needs) if not self.suppressed(a))

    @cached_property
    def to(self) -> Address | None:
        """The address it would go to: the first usable one that nobody forbade."""
        return next(iter(self.open_addresses), None)

    def suppressed(self, address: Address) -> Suppression | None:
        """The suppression that forbids this address on the step's channel."""
        if not self.suppressions:
            return None
        names = address.names | {("person", str(self.lead.id))}
        return next(
            (s for s in self.suppressions if s.covers(self.step.channel) and (s.scope, s.value) in names),
            None,
        )


def zone_of(lead: Lead, rep: Rep | None, team: Team) -> ZoneInfo:
    """The chain: lead, rep, team."""
    return ZoneInfo(lead.timezone or (rep.timezone if rep else None) or team.timezone)
