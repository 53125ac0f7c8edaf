"""Is it working? Who is alive, what is due, what waits for which rule, what nobody knows the end of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from outreach.casework.house import House
from outreach.domain.touch import State
from outreach.inbox.mailbox import mailboxes as configured
from outreach.store import events, mailboxes, overview, replies, reply_tasks, sweeping
from outreach.store.database import Db
from outreach.timekeeping import business_span, real_now

STALE: Final = timedelta(seconds=20)  # machine time; a process beats every five seconds
LATE: Final = timedelta(minutes=5)  # real time: what is due longer than this, and waits for no rule, is stuck
UNREAD: Final = timedelta(minutes=15)  # machine time; a mailbox is looked at every minute
_SHOWN: Final = 20  # uncertain touches listed one by one


@dataclass(frozen=True, slots=True)
class Pulse:
    """A process that said it lives. `age` is seconds since it last did."""

    name: str
    role: str
    age: float
    stale: bool


@dataclass(frozen=True, slots=True)
class Held:
    """Queued touches that one rule holds back, and when (UTC) the first of them is looked at again."""

    rule: str
    touches: int
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Read:
    """A mailbox, how long ago it was last read (seconds), and what is wrong with it."""

    name: str
    age: float
    error: str | None


@dataclass(frozen=True, slots=True)
class Turned:
    """A switch that is stopped."""

    name: str
    because: str
    by: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Inside:
    """Open enrollments of one cadence."""

    cadence: str
    active: int
    paused: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A touch of which nobody knows whether it went out."""

    touch_id: int
    lead_id: int
    lead: str
    channel: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """All of it, at one moment (UTC, business time)."""

    at: datetime
    pulses: tuple[Pulse, ...] = ()
    oldest_due: datetime | None = None  # of what is due and not yet taken
    overdue: int = 0  # touches whose time has come
    queued: dict[str, int] = field(default_factory=dict)  # channel -> touches
    sending: int = 0
    uncertain: int = 0
    doubts: tuple[Doubt, ...] = ()  # the first of them
    mailboxes: tuple[Read, ...] = ()  # those that are read for replies
    no_receipt: int = 0  # sent, and never heard of
    holds_overdue: int = 0  # people held longer than anybody should need to understand why
    replies_waiting: int = 0  # what came in and nobody could place
    tasks: int = 0
    tasks_overdue: int = 0
    waiting: tuple[Held, ...] = ()
    stopped: tuple[Turned, ...] = ()
    inside: tuple[Inside, ...] = ()
    next_step_at: datetime | None = None
    worries: tuple[str, ...] = ()  # what somebody should look at, one sentence each

    @property
    def age(self) -> timedelta:
        """How long the oldest due touch has waited (business time); nothing when none is due."""
        return max(self.at - self.oldest_due, timedelta(0)) if self.oldest_due else timedelta(0)


def status(house: House) -> Status:
    """Look at everything in one transaction."""
    now = house.now()
    with house.store.read() as db:
        pulses = tuple(_pulse(row) for row in events.alive(db))
        queues = overview.queues(db)
        open_ = {row.state: row for row in overview.unsettled(db, now)}
        planned = overview.planned(db)
        earliest = [at for at in (*(row.earliest for row in queues), planned) if at is not None]
        oldest = min(earliest, default=None)
        tasks = open_.get(State.OPEN.value)
        answers, answers_late = reply_tasks.counts(db, now)
        seen = Status(
            at=now,
            pulses=pulses,
            oldest_due=oldest if oldest and oldest <= now else None,
            overdue=overview.overdue(db, now),
            queued={row.channel: row.touches for row in queues},
            sending=_count(open_.get(State.SENDING.value)),
            uncertain=_count(open_.get(State.UNCERTAIN.value)),
            doubts=tuple(
                Doubt(row.touch_id, row.lead_id, row.lead, row.channel, row.reason or "")
                for row in overview.uncertain(db, _SHOWN)
            ),
            mailboxes=_mailboxes(house, db),
            no_receipt=sweeping.silent_count(db),
            holds_overdue=sweeping.overdue_holds(db, now),
            replies_waiting=replies.count_waiting(db),
            tasks=_count(tasks) + answers,
            tasks_overdue=(tasks.late if tasks else 0) + answers_late,
            waiting=tuple(Held(row.rule, row.touches, row.until) for row in overview.waiting(db)),
            stopped=tuple(
                Turned(row.name, row.because or "", row.by or "", row.since) for row in overview.stopped(db)
            ),
            inside=_inside(overview.inside(db)),
            next_step_at=planned,
        )
    return Status(
        **{name: getattr(seen, name) for name in _FIELDS} | {"worries": tuple(_worries(house, seen))}
    )


_FIELDS: Final = tuple(Status.__dataclass_fields__)


def _worries(house: House, seen: Status) -> list[str]:
    return [*_silent(seen), *_stuck(house, seen), *_unanswered(seen)]


def _silent(seen: Status) -> list[str]:
    """Processes that do not speak, and mailboxes that are not read."""
    found: list[str] = []
    for role in ("clock", "worker"):
        mine = [pulse for pulse in seen.pulses if pulse.role == role]
        if not mine:
            found.append(f"no {role} is running: `outreach up` runs everything")
        elif all(pulse.stale for pulse in mine):
            found.append(f"no {role} has been heard of for {min(p.age for p in mine):.0f} s")
    found += [f"{p.name} was last heard of {p.age:.0f} s ago" for p in seen.pulses if p.stale]
    for box in seen.mailboxes:
        if box.error:
            found.append(f"mailbox {box.error}")
        elif box.age > UNREAD.total_seconds():
            found.append(f"mailbox {box.name} was last read {box.age:.0f} s ago")
    return found


def _stuck(house: House, seen: Status) -> list[str]:
    """What should have gone out, and what was stopped for everybody."""
    found: list[str] = []
    if seen.age > business_span(house.settings, LATE):
        found.append(f"the oldest due touch has waited {_span(seen.age)}")
    if seen.uncertain:
        found.append(
            f"{seen.uncertain} touch(es) may or may not have gone out: `outreach uncertain` tells more"
        )
    if seen.no_receipt:
        found.append(
            f"{seen.no_receipt} touch(es) were sent and never heard of: do the provider's webhooks reach {house.settings.public_url}?"
        )
    return found + [
        f"{switch.name} is paused{': ' + switch.because if switch.because else ''}" for switch in seen.stopped
    ]


def _unanswered(seen: Status) -> list[str]:
    """What waits for a person."""
    found: list[str] = []
    if seen.holds_overdue:
        found.append(f"{seen.holds_overdue} lead(s) are held past their time: `outreach inbox`")
    if seen.replies_waiting:
        found.append(f"{seen.replies_waiting} reply(s) wait for somebody to place them: `outreach inbox`")
    if seen.tasks_overdue:
        found.append(f"{seen.tasks_overdue} task(s) are overdue: `outreach tasks`")
    return found


def _mailboxes(house: House, db: Db) -> tuple[Read, ...]:
    """Those of the settings; others were read once and are not any more."""
    wanted = {box.name for box in configured(house.settings.imap)}
    return tuple(
        Read(place.name, max((real_now() - place.read_at).total_seconds(), 0.0), place.error)
        for place in mailboxes.every(db)
        if place.name in wanted
    )


def _pulse(row: Any) -> Pulse:
    age = max(real_now() - row.at, timedelta(0))
    return Pulse(row.name, row.role, age.total_seconds(), age > STALE)


def _count(row: Any) -> int:
    return int(row.touches) if row else 0


def _inside(rows: list[Any]) -> tuple[Inside, ...]:
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row.cadence, {})[row.state] = row.leads
    return tuple(
        Inside(name, states.get("active", 0), states.get("paused", 0)) for name, states in found.items()
    )


def _span(age: timedelta) -> str:
    return str(age).partition(".")[0]
