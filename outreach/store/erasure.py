"""Erasing a person: everything personal is overwritten or deleted; keyed hashes of the addresses stay suppressed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, exists, func, or_, select, update

from outreach.domain.channel import Channel
from outreach.domain.consent import SuppressionReason
from outreach.domain.people import mailbox
from outreach.store import keyed, upsert
from outreach.store.personal import HELD, Erasing, Subject, mentions
from outreach.store.schema import (
    accounts,
    addresses,
    attempts,
    caps,
    dnc,
    domains,
    events,
    leads,
    marks,
    suppressions,
    touches,
)

_BATCH = 500


@dataclass(slots=True)
class Erased:
    """What an erasure changed: rows by table, and how many addresses stay suppressed by their hash."""

    rows: dict[str, int] = field(default_factory=dict)
    kept_suppressed: int = 0


def subject(db: Connection, lead_id: int) -> Subject:
    """The person behind a lead, with the addresses that are theirs alone."""
    held = addresses.alias()
    mine = select(addresses.c.kind, addresses.c.value).where(addresses.c.lead_id == lead_id)
    others = exists().where(
        held.c.kind == addresses.c.kind, held.c.value == addresses.c.value, held.c.lead_id != lead_id
    )
    every = tuple((row.kind, row.value) for row in db.execute(mine))
    own = tuple((row.kind, row.value) for row in db.execute(mine.where(~others)))
    return Subject(lead_id, every, own)


def mentioned(db: Connection, who: Subject) -> list[int]:
    """Every event in which one of the person's own addresses stands. It reads them all: do it before the erasing."""
    return list(db.scalars(select(events.c.id).where(mentions(who))))


def references(db: Connection, lead_id: int) -> dict[str, list[str]]:
    """provider -> its references of what was sent to this lead."""
    found: dict[str, list[str]] = {}
    query = select(attempts.c.provider, attempts.c.reference).join(
        touches, touches.c.id == attempts.c.touch_id
    )
    for row in db.execute(query.where(touches.c.lead_id == lead_id, attempts.c.reference.is_not(None))):
        found.setdefault(row.provider, []).append(row.reference)
    return found


def erase(
    db: Connection, who: Subject, mentions: Iterable[int], *, at: datetime, forgotten: bool = True
) -> Erased:
    """Erase one person, whom the caller has locked and whose walks have ended.

    `forgotten`: the person asked for it, and no address of theirs is ever used again; else only suppressions that were
    in force stay so. Raises Misconfigured when there is no key to keep them by.
    """
    done = Erased()
    about = db.execute(select(leads.c.account_id).where(leads.c.id == who.lead_id)).one()
    keyed.adopt(db)
    done.kept_suppressed = _keep_suppressed(db, who, at, forgotten=forgotten)
    if forgotten:
        numbers = [value for kind, value in who.own if kind == "phone"]
        done.rows[dnc.name] = db.execute(delete(dnc).where(dnc.c.number.in_(numbers))).rowcount
    for held in HELD:
        if held.erasing is Erasing.APART:
            continue
        mine = held.whose(who)
        emptied = update(held.table).where(mine).values(dict(held.personal))
        statement: Any = delete(held.table).where(mine) if held.erasing is Erasing.ROWS else emptied
        done.rows[held.table.name] = db.execute(statement).rowcount
    ids = sorted(mentions)
    for start in range(0, len(ids), _BATCH):
        some = events.c.id.in_(ids[start : start + _BATCH])
        db.execute(update(events).where(some).values(raw={}))
    db.execute(update(leads).where(leads.c.id == who.lead_id).values(forgotten_at=at))
    _sweep(db, who, about.account_id)
    return done


def _keep_suppressed(db: Connection, who: Subject, at: datetime, *, forgotten: bool) -> int:
    """Suppressions of the person and of their own addresses go on under the hashes; what was lifted is deleted."""
    kept: list[dict[str, Any]] = []
    of_person = _in_force(db, "person", str(who.lead_id))
    for scope, value in who.addresses:
        made = keyed.hash_of(db, scope, value)
        if (scope, value) in who.own:
            rows = [*_in_force(db, scope, value), *(row for row in of_person if _about(row.channel, scope))]
            kept += [_hashed(scope, made, row.channel, row.reason, row.since) for row in rows]
            db.execute(delete(suppressions).where(*_named(scope, value)))
        if forgotten:
            kept += [
                _hashed(scope, keyed.hash_of(db, scope, one), "", SuppressionReason.FORGOTTEN.value, at)
                for one in {
                    value,
                    mailbox(value) if scope == "email" else value,
                }  # an import may bring another spelling
            ]
    if kept:
        upsert.ignore(db, suppressions, kept)
    db.execute(update(suppressions).where(*_named("person", str(who.lead_id))).values(source=""))
    hashes = {row["value"] for row in kept}
    if forgotten and hashes:  # where every channel was suppressed before, for another reason
        db.execute(
            update(suppressions)
            .where(suppressions.c.value.in_(sorted(hashes)), suppressions.c.channel == "")
            .where(suppressions.c.lifted_at.is_(None))
            .values(reason=SuppressionReason.FORGOTTEN.value)
        )
    return len(who.addresses) if forgotten else len(hashes)


def _named(scope: str, value: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return suppressions.c.scope == scope, suppressions.c.value == value


def _in_force(db: Connection, scope: str, value: str) -> Sequence[Row[Any]]:
    return db.execute(
        select(suppressions).where(*_named(scope, value), suppressions.c.lifted_at.is_(None))
    ).all()


def _about(channel: str, scope: str) -> bool:
    """Whether a suppression of the person on this channel (empty: every one) is about addresses of this kind."""
    return not channel or Channel(channel).needs.value == scope


def _hashed(scope: str, value: str | None, channel: str, reason: str, since: datetime) -> dict[str, Any]:
    return {
        "scope": scope, "value": value, "hashed": True, "channel": channel, "reason": reason, "since": since, "source": "",
    }  # fmt: skip


def _sweep(db: Connection, who: Subject, account_id: int | None) -> None:
    """The company and the mail domains that were known through this person alone."""
    if account_id is not None:
        others = exists().where(leads.c.account_id == account_id)
        db.execute(delete(accounts).where(accounts.c.id == account_id, ~others))
    for name in {value.rpartition("@")[2] for kind, value in who.addresses if kind == "email"}:
        if db.scalar(select(func.count()).where(addresses.c.domain == name)):
            continue
        db.execute(delete(domains).where(domains.c.name == name))
        key = f"domain:{name}:"
        db.execute(delete(marks).where(marks.c.cap.startswith(key, autoescape=True)))
        db.execute(delete(caps).where(caps.c.key.startswith(key, autoescape=True)))


def forgotten_again(db: Connection) -> list[int]:
    """Leads with a mail address that was forgotten, or with nothing but forgotten addresses: a backup brought them back."""
    gone = exists().where(
        suppressions.c.value == addresses.c.hash,
        suppressions.c.scope == addresses.c.kind,
        suppressions.c.reason == SuppressionReason.FORGOTTEN.value,
        suppressions.c.lifted_at.is_(None),
    )
    other = addresses.alias()
    still = exists().where(
        other.c.lead_id == addresses.c.lead_id,
        ~exists().where(
            suppressions.c.value == other.c.hash,
            suppressions.c.scope == other.c.kind,
            suppressions.c.reason == SuppressionReason.FORGOTTEN.value,
            suppressions.c.lifted_at.is_(None),
        ),
    )
    query = select(addresses.c.lead_id).where(gone, or_(addresses.c.kind == "email", ~still)).distinct()
    return sorted(db.scalars(query))
