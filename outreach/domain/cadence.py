"""The plan that ops people write: a cadence and its steps, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from outreach.domain import calendar
from outreach.domain.calendar import SendWindow
from outreach.domain.channel import Channel


class Unit(StrEnum):
    """What a wait counts."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"  # calendar days, same wall time
    BUSINESS_DAYS = "business days"  # neither weekends nor holidays
    UNTIL = "until"  # a date field of the lead, plus or minus days


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How long after the step before (after the enrollment, for the first) a step is planned."""

    amount: int = 0
    unit: Unit = Unit.MINUTES
    field: str | None = None  # for UNTIL: the lead's field that holds a date; `amount` days are added
    at: time | None = None  # local time of day at which it falls; None: as the day before

    def after(self, moment: datetime, tz: ZoneInfo, holidays: frozenset[date]) -> datetime:
        """The planned instant (UTC) counted from `moment`, before any window. UNTIL needs `until` instead."""
        match self.unit:
            case Unit.MINUTES:
                planned = moment + timedelta(minutes=self.amount)
            case Unit.HOURS:
                planned = moment + timedelta(hours=self.amount)
            case Unit.DAYS:
                planned = calendar.add_days(moment, self.amount, tz)
            case Unit.BUSINESS_DAYS:
                planned = calendar.add_business_days(moment, self.amount, tz, holidays)
            case Unit.UNTIL:
                raise ValueError("a wait until a date field needs the date: call until()")
        return self._at(planned, tz, not_before=moment)

    def until(self, day: date, tz: ZoneInfo) -> datetime:
        """The planned instant for a wait until `day`: at `at` local time, else 09:00."""
        return calendar.instant(day + timedelta(days=self.amount), self.at or time(9), tz)

    def _at(self, planned: datetime, tz: ZoneInfo, *, not_before: datetime) -> datetime:
        if self.at is None:
            return planned
        day = planned.astimezone(tz).date()
        moved = calendar.instant(day, self.at, tz)
        return moved if moved >= not_before else calendar.instant(day + timedelta(days=1), self.at, tz)

    def __str__(self) -> str:
        clock = f" at {self.at:%H:%M}" if self.at else ""
        if self.unit is Unit.UNTIL:
            shift = f" {self.amount:+} days" if self.amount else ""
            return f"until lead.{self.field}{shift}{clock}"
        if not self.amount and not self.at:
            return "at once"
        unit = self.unit.value[:-1] if self.amount == 1 else self.unit.value
        return f"after {self.amount} {unit}{clock}"


AT_ONCE = Wait()


class StopOn(StrEnum):
    """What ends a cadence besides an opt-out, which always does."""

    REPLY = "reply"
    MEETING = "meeting"


class StopScope(StrEnum):
    """How far a reply's stop reaches."""

    CADENCE = "cadence"  # this enrollment
    PERSON = "person"  # every cadence of the person: the default
    ACCOUNT = "account"  # every person of the company


class Outcome(StrEnum):
    """How an enrollment ended, for hand-over to another cadence: by itself, or by the word of a rep."""

    FINISHED = "finished"
    REPLIED = "replied"
    BOUNCED = "bounced"
    CONVERTED = "converted"
    INTERESTED = "interested"
    LATER = "later"  # at a date
    NOT_NOW = "not_now"
    WRONG_PERSON = "wrong_person"
    MEETING = "meeting"

    @property
    def said_by_rep(self) -> bool:
        """Whether only a rep can know it, from what the lead said."""
        return self in _SAID_BY_REP


_SAID_BY_REP = frozenset(
    {Outcome.INTERESTED, Outcome.LATER, Outcome.NOT_NOW, Outcome.WRONG_PERSON, Outcome.MEETING}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One planned action with a stable id: when, on which channel, with which template."""

    id: str
    channel: Channel
    template: str  # path below templates/, or the path of an audio file for a voicemail
    after: Wait = AT_ONCE
    window: SendWindow | None = None  # None: the cadence's for this channel, else the cadence's
    when: str | None = None  # a condition over lead and outcome, see domain/condition.py
    late: timedelta | None = None  # how long after its planned time it may still go; None: the channel's
    skip_after: timedelta | None = None  # a rep task left undone this long is skipped; None: it waits
    resend_uncertain: bool = (
        False  # a mail of which nobody can tell whether it went out is sent a second time
    )
    title: str = ""  # a short name for people; the id when empty

    @property
    def lateness(self) -> timedelta:
        """How long after its planned time a touch of this step may still go."""
        return self.late if self.late is not None else self.channel.default_late


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """An ordered plan of steps. Enrollments are pinned to the version they entered."""

    name: str
    steps: tuple[Step, ...]
    title: str = ""
    description: str = ""
    window: SendWindow = field(default_factory=lambda: SendWindow.of(range(5), (9 * 60, 17 * 60)))
    channel_windows: dict[Channel, SendWindow] = field(default_factory=dict)
    stop_on: frozenset[StopOn] = frozenset({StopOn.REPLY, StopOn.MEETING})
    stop_scope: StopScope = StopScope.PERSON
    then: dict[Outcome, str] = field(default_factory=dict)  # hand-over to another cadence by outcome

    def step(self, step_id: str) -> Step | None:
        """The step of that id."""
        return next((s for s in self.steps if s.id == step_id), None)

    def following(self, step_id: str) -> Step | None:
        """The step after the one of that id; None after the last."""
        ids = [s.id for s in self.steps]
        place = ids.index(step_id) + 1
        return self.steps[place] if place < len(ids) else None

    def window_for(self, step: Step) -> SendWindow:
        """The window of a step: its own, else its channel's, else the cadence's."""
        return step.window or self.channel_windows.get(step.channel) or self.window


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A cadence with the text of every template and include it uses: all that a worker needs to render."""

    cadence: Cadence
    templates: dict[str, str]  # path -> text

    @property
    def name(self) -> str:
        """The cadence's name."""
        return self.cadence.name
