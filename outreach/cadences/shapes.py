"""What cadences.yaml may hold, entry by entry. Editors get their completion and hover texts from these models."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from outreach.cadences.kinds import (
    After,
    Country,
    Domain,
    EmailAddress,
    Holidays,
    Key,
    Length,
    Line,
    Link,
    Phone,
    Prose,
    Recording,
    Service,
    Stops,
    Template,
    TollFree,
    When,
    Window,
    Zone,
)
from outreach.cadences.limits import LimitsShape
from outreach.domain.cadence import AT_ONCE, StopOn
from outreach.domain.channel import Channel

ChannelName: TypeAlias = Literal["email", "sms", "voicemail", "call", "letter", "social"]
OutcomeName: TypeAlias = Literal[
    "finished", "replied", "bounced", "converted", "interested", "later", "not_now", "wrong_person", "meeting"
]
ScopeName: TypeAlias = Literal["cadence", "person", "account"]


class Shape(BaseModel):
    """An entry with named parts and no others."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


class ChannelShape(Shape):
    """What holds for one channel."""

    window: Window
    """When this channel may touch a lead, in the lead's own time zone."""


class DefaultsShape(Shape):
    """What holds for every cadence that does not say otherwise."""

    timezone: Zone = "UTC"
    """The time zone when neither the lead's nor the rep's is known."""
    country: Country = "US"
    """Your home country: how national telephone numbers are read."""
    window: Window | None = None
    """When leads may be touched, in their own time zone. Without it: mon-fri 09:00-17:00."""
    channels: dict[ChannelName, ChannelShape] = Field(default_factory=dict)
    """Windows of single channels. Without it telephones ring mon-fri 09:00-20:00 at most."""
    holidays: list[Holidays] = Field(default_factory=list)
    """Public holiday calendars on which nothing goes out: a country, or a country and its part."""
    allow_countries: list[Country] = Field(default_factory=list)
    """The countries whose numbers may be called or texted. Without it: the home country only."""
    on_human: Literal["goodbye", "ring rep"] = "goodbye"
    """What a voicemail does when a person picks up: say goodbye, or ring the rep."""


class SenderShape(Shape):
    """Where messages come from. Several reps may share one."""

    email: EmailAddress
    """The address mails come from."""
    name: Line
    """The name mails come from."""
    postal_address: Line | None = None
    """Your postal address: the law wants it in every mail (rule R12)."""
    reply_domain: Domain | None = None
    """Replies to an address at this domain find their enrollment by themselves."""
    sms: Phone | None = None
    """The number texts come from."""
    messaging_service: Service | None = None
    """A Twilio Messaging Service, instead of a number for texts."""
    voice: Phone | None = None
    """The number voicemails come from. Without it: the number for texts."""
    optout_number: TollFree | None = None
    """The toll-free number by which one can opt out of recorded calls (rule R7)."""
    registration: Line | None = None
    """The 10DLC registration of the number for texts, as your provider names it (rule R18)."""


class RepShape(Shape):
    """A salesperson in whose name we write."""

    name: Line
    """First and last name."""
    email: EmailAddress
    """Where the rep reads mail."""
    sender: Key
    """The sender used for this rep's leads."""
    phone: Phone | None = None
    """Where the rep can be called."""
    timezone: Zone | None = None
    """The rep's time zone, used for leads whose own is unknown."""
    title: Line | None = None
    """The rep's position, for signatures."""
    meeting_link: Link | None = None
    """Where a lead can book a meeting."""


class StepShape(Shape):
    """One planned action. Exactly one channel names what is sent."""

    id: Key
    """A name that stays: people inside the cadence are found by it. Never reuse one for something else."""
    email: Template | None = None
    """Send a mail: the path of its template."""
    sms: Template | None = None
    """Send a text: the path of its template."""
    voicemail: Recording | None = None
    """Leave a recorded message: a template that is spoken, or a recording (.mp3, .wav, https address)."""
    call: Template | None = None
    """Give the rep a call to make: the path of its script."""
    letter: Template | None = None
    """Give the rep a letter to post: the path of its text."""
    social: Template | None = None
    """Give the rep something to do on a social network: the path of its instructions."""
    after: After = AT_ONCE
    """How long after the step before (for the first: after the enrollment). Without it: at once."""
    window: Window | None = None
    """When this step may go, in place of the cadence's window."""
    when: When | None = None
    """Take this step only if this is true; else skip it."""
    late: Length | None = None
    """How long after its planned time it may still go; later it is skipped."""
    skip_after: Length | None = None
    """For a rep's work: skip it when left undone this long. Without it the cadence waits."""
    resend_uncertain: bool = False
    """For mails: when nobody can tell whether it went out, send it a second time. Without it a person decides."""
    title: Line | None = None
    """A short name for people."""

    @property
    def channels(self) -> dict[Channel, str]:
        """The channels it names, with their templates; a sound step has one."""
        return {c: path for c in Channel if (path := getattr(self, c.value)) is not None}


class CadenceHead(Shape):
    """What holds for all steps of a cadence."""

    title: Line | None = None
    """A name for people."""
    description: Prose | None = None
    """Whom it is for and why it is as it is."""
    window: Window | None = None
    """When its leads may be touched, in their own time zone."""
    channels: dict[ChannelName, ChannelShape] = Field(default_factory=dict)
    """Windows of single channels, in this cadence."""
    stop_on: Stops = frozenset({StopOn.REPLY, StopOn.MEETING})
    """What ends it besides an opt-out, which always does."""
    stop_scope: ScopeName = "person"
    """How far a reply reaches: this cadence, all cadences of the person, or the whole company."""
    then: dict[OutcomeName, Key] = Field(default_factory=dict)
    """The cadence that follows, by how this one ended or by what the rep says of an answer."""


class CadenceShape(CadenceHead):
    """An ordered plan of steps."""

    steps: list[StepShape] = Field(min_length=1)
    """What is done, in this order."""


class FileShape(Shape):
    """The playbook of the team."""

    version: Literal[1]
    """The version of this format."""
    defaults: DefaultsShape = Field(default_factory=DefaultsShape)
    """The house rules: what holds for every cadence that does not say otherwise."""
    limits: LimitsShape = Field(default_factory=LimitsShape)
    """What the team allows itself. Over a limit means later, never lost."""
    senders: dict[Key, SenderShape] = Field(default_factory=dict)
    """The addresses and numbers messages come from."""
    reps: dict[Key, RepShape] = Field(default_factory=dict)
    """The salespeople in whose name we write."""
    cadences: dict[Key, CadenceShape]
    """The plans, by name."""


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the file, for editors."""
    return {"$schema": "http://json-schema.org/draft-07/schema#", **FileShape.model_json_schema()}
