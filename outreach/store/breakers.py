"""What storms of failures have opened, for all processes to see; and the harm that the mails of a cadence did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from outreach.domain.channel import Channel
from outreach.domain.facts import Switch
from outreach.domain.touch import State
from outreach.store.raw import Query, instant
from outreach.store.schema import enrollments, events, switches, touches

_FAR_BACK = (
    20_000  # touches among which the latest mails of a cadence are looked for: a bound on what a look costs
)
_DAYS_WORTH = 100_000  # and those of all senders in a day
_WENT = (State.SENT, State.DELIVERED, State.BOUNCED)

# One question for both: a lane asks it every time.
_OFF = Query(
    """
    SELECT name, because, NULL AS until FROM switches WHERE stopped
    UNION ALL SELECT name, because, until FROM breakers ORDER BY name
    """
)
_FAILURES = Query("SELECT failures FROM breakers WHERE name = :name")
_OPEN = Query(
    """
    INSERT INTO breakers (name, state, failures, until, because, changed_at)
    VALUES (:name, 'open', 1, :until, :because, :at) ON CONFLICT DO NOTHING
    """
)
_AGAIN = Query(
    """
    UPDATE breakers SET state = 'open', failures = failures + 1, until = :until, because = :because, changed_at = :at
    WHERE name = :name AND state = 'half_open'
    """
)
_PROBE = Query(
    """
    UPDATE breakers SET state = 'half_open', until = :until, changed_at = :at
    WHERE name = :name AND until <= :at
    """
)
_CLOSE = Query("DELETE FROM breakers WHERE name = :name AND state = 'half_open'")


def off(db: Connection) -> tuple[Switch, ...]:
    """What is stopped for everybody, and the breakers that are not closed (those have `until`)."""
    return tuple(
        Switch(name=name, because=because or "", until=instant(until))
        for name, because, until in _OFF.rows(db)
    )


def failures(db: Connection, name: str) -> int:
    """How often a breaker has opened since it was last closed."""
    found = _FAILURES.rows(db, name=name)
    return int(found[0][0]) if found else 0


def open_(db: Connection, name: str, *, until: datetime, because: str, at: datetime) -> bool:
    """Open a breaker that is closed; False when it is open already, or being tried."""
    return _OPEN.run(db, name=name, until=until, because=because, at=at) == 1


def open_again(db: Connection, name: str, *, until: datetime, because: str, at: datetime) -> bool:
    """The one try failed as well; False when it was not being tried."""
    return _AGAIN.run(db, name=name, until=until, because=because, at=at) == 1


def probe(db: Connection, name: str, *, until: datetime, at: datetime) -> bool:
    """Take the one try that an open breaker allows when its time has come; False when somebody else has it.

    At `until` it may be taken again: whoever took it may have died.
    """
    return _PROBE.run(db, name=name, until=until, at=at) == 1


def close(db: Connection, name: str) -> bool:
    """The one try worked; False when it was not being tried."""
    return _CLOSE.run(db, name=name) == 1


@dataclass(frozen=True, slots=True)
class Harm:
    """What became of the latest mails of a cadence."""

    mails: int
    bounced: int
    complaints: int


def harm(db: Connection, cadence: str, channel: Channel, *, of: int) -> Harm:
    """The latest `of` mails of a cadence since it was last let go on by hand."""
    newest = db.scalar(select(func.max(touches.c.id))) or 0
    since = db.scalar(select(switches.c.since).where(switches.c.name == f"cadence:{cadence}"))
    query = (
        select(touches.c.id, touches.c.lead_id, touches.c.state)
        .join(enrollments, enrollments.c.id == touches.c.enrollment_id)
        .where(
            touches.c.id > newest - _FAR_BACK,
            touches.c.channel == channel.value,
            touches.c.state.in_([state.value for state in _WENT]),
            enrollments.c.cadence == cadence,
        )
        .order_by(touches.c.id.desc())
        .limit(of)
    )
    found = db.execute(query if since is None else query.where(touches.c.sent_at > since)).all()
    bounced = sum(row.state == State.BOUNCED.value for row in found)
    return Harm(len(found), bounced, _complaints(db, [(row.id, row.lead_id) for row in found]))


def spam(db: Connection, senders: Sequence[str], since: datetime) -> tuple[int, int]:
    """(mails, complaints about them) of these senders since then, among the latest touches of all."""
    newest = db.scalar(select(func.max(touches.c.id))) or 0
    mine = (touches.c.id > newest - _DAYS_WORTH) & touches.c.sender.in_(list(senders))
    went = touches.c.state.in_([state.value for state in _WENT]) & (touches.c.channel == Channel.EMAIL.value)
    mails = db.scalar(select(func.count()).select_from(touches).where(mine, went, touches.c.sent_at > since))
    told = select(func.count(events.c.touch_id.distinct())).join(touches, touches.c.id == events.c.touch_id)
    complaints = db.scalar(told.where(mine, events.c.kind == "Complained", events.c.received_at > since))
    return mails or 0, complaints or 0


def senders_of(db: Connection, touch_ids: Sequence[int]) -> list[str]:
    """The senders of these touches, each once."""
    query = select(touches.c.sender).where(touches.c.id.in_(sorted(touch_ids)), touches.c.sender.is_not(None))
    return sorted(set(db.scalars(query)))


def _complaints(db: Connection, mails: Sequence[tuple[int, int]]) -> int:
    ids = {touch_id for touch_id, _ in mails}
    query = select(events.c.touch_id).where(
        events.c.kind == "Complained", events.c.lead_id.in_(sorted({lead_id for _, lead_id in mails}))
    )
    return len(ids & set(db.scalars(query)))


def cadences_of(db: Connection, touch_ids: Sequence[int]) -> list[tuple[str, Channel]]:
    """The cadences of these touches with their channels, each once."""
    query = (
        select(enrollments.c.cadence, touches.c.channel)
        .join(enrollments, enrollments.c.id == touches.c.enrollment_id)
        .where(touches.c.id.in_(sorted(touch_ids)))
        .distinct()
    )
    return sorted((row.cadence, Channel(row.channel)) for row in db.execute(query))
