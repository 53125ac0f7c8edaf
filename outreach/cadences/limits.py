"""The `limits:` of cadences.yaml: what the team allows itself, entry by entry."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema

from outreach.cadences import amounts
from outreach.cadences.kinds import Domain
from outreach.domain.channel import Channel
from outreach.domain.limits import Alarm, Days, Limits, Pace, Ramp

_PER_DAY = WithJsonSchema({"type": "string", "examples": ["400/day"], "pattern": "/day$"})
_GAP = WithJsonSchema({"type": "string", "examples": ["45s"]})
Apart: TypeAlias = Annotated[
    timedelta, PlainValidator(amounts.apart), WithJsonSchema({"type": "string", "examples": ["4 hours"]})
]
_SHARE = WithJsonSchema({"type": "string", "examples": ["8%"], "pattern": "%$"})
_WEEK = WithJsonSchema({"type": ["integer", "string"], "examples": [4]})

PerDay: TypeAlias = Annotated[int, PlainValidator(amounts.per_day), _PER_DAY]
TouchesADay: TypeAlias = Annotated[int, PlainValidator(amounts.touches_a_day), _PER_DAY]
AWeek: TypeAlias = Annotated[int, PlainValidator(amounts.a_week), _WEEK]
Gap: TypeAlias = Annotated[timedelta, PlainValidator(amounts.gap), _GAP]
PerCent: TypeAlias = Annotated[float, PlainValidator(amounts.per_cent), _SHARE]
Number: TypeAlias = Annotated[
    int, PlainValidator(amounts.number), WithJsonSchema({"type": "integer", "minimum": 1})
]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


class ByMachine(_Entry):
    """So many in any 24 hours, on the channels that machines carry."""

    email: PerDay | None = None
    """Mails in any 24 hours."""
    sms: PerDay | None = None
    """Texts in any 24 hours."""
    voicemail: PerDay | None = None
    """Voicemails in any 24 hours."""

    @property
    def caps(self) -> dict[Channel, int]:
        """channel -> how many."""
        named = ((channel, getattr(self, channel.value, None)) for channel in Channel)
        return {channel: amount for channel, amount in named if amount is not None}


class ByAnyone(ByMachine):
    """So many in any 24 hours, on any channel."""

    call: PerDay | None = None
    """Calls given to reps in any 24 hours."""
    letter: PerDay | None = None
    """Letters given to reps in any 24 hours."""
    social: PerDay | None = None
    """Social tasks given to reps in any 24 hours."""


class RampShape(_Entry):
    """How a new sender's mails grow, day by day."""

    start: Number
    """Mails on its first day."""
    step: Number
    """How many more on each day after."""


class SenderLimits(ByMachine):
    """How many, how fast, and how a new one begins."""

    gap: Gap | None = None
    """The least time between two mails of a sender."""
    jitter: Gap | None = None
    """Up to so much more, so that mails do not march in step."""
    ramp: RampShape | None = None
    """A new sender begins with few mails and gets more each day."""


class DomainLimits(_Entry):
    """Twenty-five mails a day look like spam to one company's mail server."""

    email: PerDay | None = None
    """Mails to one domain in any 24 hours."""
    exempt: list[Domain] = Field(default_factory=list, alias="except")
    """Domains that are not counted, besides the well-known free ones."""


class DayLimits(_Entry):
    """What one lead, or one company, may get, on all channels and in all cadences together."""

    touches: TouchesADay | None = None
    """Touches on one calendar day, where the lead is."""
    week: AWeek | None = None
    """Touches in one calendar week, Monday to Sunday."""
    gap: Apart | None = None
    """The least time between two touches, whatever channel and cadence they come from."""


class BreakerShape(_Entry):
    """Shares of the latest mails of a cadence above which it is paused."""

    bounces: PerCent = Alarm().bounces
    """Hard bounces among its latest mails."""
    complaints: PerCent = Alarm().complaints
    """Spam complaints among its latest mails; one alone never counts."""
    of: Number = Alarm().of
    """How many of its latest mails are looked at."""
    least: Number = Alarm().least
    """Fewer mails than this prove nothing."""
    least_a_day: Number = Alarm().least_a_day
    """Nor do fewer mails of a domain in a day: from these on, 0.3 % of complaints stop its senders (rule R13)."""


class LimitsShape(_Entry):
    """Caps on what goes out. Whatever is over one waits, with a reason."""

    organisation: ByAnyone = Field(default_factory=ByAnyone)
    """All that goes out."""
    sender: SenderLimits = Field(default_factory=SenderLimits)
    """What each sender may send."""
    rep: ByAnyone = Field(default_factory=ByAnyone)
    """What goes out in the name of each rep."""
    domain: DomainLimits = Field(default_factory=DomainLimits)
    """What may go to the people of one mail domain."""
    channel: ByAnyone = Field(default_factory=ByAnyone)
    """What may go over each channel."""
    prefix: ByMachine = Field(default_factory=ByMachine)
    """What may go to ten thousand neighbouring numbers (all but the last four digits): whoever makes you text a block of
    numbers that earn them money gets no further than this."""
    lead: DayLimits = Field(default_factory=DayLimits)
    """What one lead may get."""
    account: DayLimits = Field(default_factory=DayLimits)
    """What the people of one company may get together."""
    first: Annotated[str, PlainValidator(amounts.first), WithJsonSchema({"enum": list(amounts.FIRST)})] = (
        "follow-ups"
    )
    """Who goes first when there is not room for all."""
    breaker: BreakerShape = Field(default_factory=BreakerShape)
    """When a cadence is paused because its mails do harm."""


def built(shape: LimitsShape) -> Limits:
    """The limits as the engine knows them."""
    ramp, nothing = shape.sender.ramp, timedelta()
    return Limits(
        organisation=shape.organisation.caps,
        sender=shape.sender.caps,
        rep=shape.rep.caps,
        domain={Channel.EMAIL: shape.domain.email} if shape.domain.email else {},
        channel=shape.channel.caps,
        prefix=shape.prefix.caps,
        exempt=tuple(shape.domain.exempt),
        pace=Pace(
            gap=shape.sender.gap or nothing,
            jitter=shape.sender.jitter or nothing,
            ramp=Ramp(start=ramp.start, step=ramp.step) if ramp else None,
        ),
        lead=_days(shape.lead),
        account=_days(shape.account),
        alarm=Alarm(**shape.breaker.model_dump()),
        new_first=shape.first == "new leads",
    )


def _days(shape: DayLimits) -> Days:
    return Days(day=shape.touches, week=shape.week, gap=shape.gap or timedelta())
