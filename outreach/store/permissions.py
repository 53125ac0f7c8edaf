"""What people allowed and forbade: suppressions, consents, holds; and the switches that stop everything."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, insert, select, update

from outreach.domain.channel import Channel
from outreach.domain.consent import Consent, ConsentKind, Suppression, SuppressionReason
from outreach.domain.facts import Hold, Switch
from outreach.store import breakers, upsert
from outreach.store.raw import Query, instant
from outreach.store.schema import consents, holds, leads, suppressions, switches, turns

# -- suppressions -------------------------------------------------------------------------------------------------------


_SUPPRESSION = "id, scope, value, channel, reason, since, source, hashed"
_SUPPRESSED = Query(
    f"SELECT {_SUPPRESSION} FROM suppressions WHERE value IN :found AND lifted_at IS NULL ORDER BY id"
)


def suppressed(db: Connection, names: Collection[tuple[str, str]]) -> list[Suppression]:
    """The suppressions in force for these (scope, value) pairs."""
    if not names:
        return []
    rows = _SUPPRESSED.rows(db, found=sorted({value for _, value in names}))
    return [_read(row) for row in rows if (row[1], row[2]) in names]


def all_suppressed(db: Connection) -> list[Suppression]:
    """Every suppression in force, oldest first."""
    query = select(suppressions).where(suppressions.c.lifted_at.is_(None)).order_by(suppressions.c.id)
    return [as_suppression(row) for row in db.execute(query)]


def each_suppressed(db: Connection, many: int = 1000) -> Iterator[Suppression]:
    """The same, a page at a time: a list may be longer than memory."""
    after = 0
    while True:
        query = select(suppressions).where(suppressions.c.lifted_at.is_(None), suppressions.c.id > after)
        page = db.execute(query.order_by(suppressions.c.id).limit(many)).all()
        yield from (as_suppression(row) for row in page)
        if len(page) < many:
            return
        after = page[-1].id


def suppress(db: Connection, new: Collection[Suppression]) -> int:
    """Put suppressions in force; returns how many were not there yet.

    Those of a person keep the epoch from which they hold: the caller has raised it (`lock_people`).
    """
    people = {int(s.value) for s in new if s.scope == "person"}
    epochs: dict[int, int] = {}
    if people:
        asked = select(leads.c.id, leads.c.epoch).where(leads.c.id.in_(sorted(people)))
        epochs = {row.id: row.epoch for row in db.execute(asked)}
    rows = [
        {
            "scope": s.scope,
            "value": s.value,
            "channel": s.channel.value if s.channel else "",
            "reason": s.reason.value,
            "source": s.source,
            "since": s.since,
            "hashed": s.hashed,
            "epoch": epochs.get(int(s.value)) if s.scope == "person" else None,
        }
        for s in new
    ]
    made = upsert.ignore(db, suppressions, rows) if rows else 0
    if made < len(rows):
        _outweigh(db, new)
    return made


def _outweigh(db: Connection, new: Collection[Suppression]) -> None:
    """Where an address is closed already, keep the weightier reason: else START would lift what more than STOP closed."""
    for one in new:
        weaker = [reason.value for reason in one.reason.outweighs]
        same = and_(
            suppressions.c.scope == one.scope,
            suppressions.c.value == one.value,
            suppressions.c.channel == (one.channel.value if one.channel else ""),
            suppressions.c.lifted_at.is_(None),
            suppressions.c.reason.in_(weaker),
        )
        if weaker:
            db.execute(update(suppressions).where(same).values(reason=one.reason.value, source=one.source))


def lift(db: Connection, scope: str, value: str, channel: Channel | None, *, at: datetime) -> int:
    """End suppressions of this address: on one channel, or (None) on all; returns how many."""
    query = update(suppressions).where(
        suppressions.c.scope == scope, suppressions.c.value == value, suppressions.c.lifted_at.is_(None)
    )
    if channel is not None:
        query = query.where(suppressions.c.channel == channel.value)
    ended: dict[str, Any] = {"lifted_at": at}
    if scope == "person":
        ended["lifted_epoch"] = select(leads.c.epoch).where(leads.c.id == int(value)).scalar_subquery()
    return db.execute(query.values(ended)).rowcount


# -- consents -----------------------------------------------------------------------------------------------------------


def consents_of(db: Connection, lead_ids: Collection[int]) -> dict[int, list[Consent]]:
    """lead -> what they allowed."""
    found: dict[int, list[Consent]] = {}
    if not lead_ids:
        return found
    for row in db.execute(select(consents).where(consents.c.lead_id.in_(sorted(lead_ids)))):
        found.setdefault(row.lead_id, []).append(
            Consent(
                channel=Channel(row.channel),
                kind=ConsentKind(row.kind),
                given_at=row.given_at,
                text=row.text,
                how=row.how,
                evidence=row.evidence,
                expires_at=row.expires_at,
                revoked_at=row.revoked_at,
            )
        )
    return found


def allow(db: Connection, lead_id: int, consent: Consent) -> None:
    """Store a consent with its evidence."""
    values = {
        "lead_id": lead_id,
        "channel": consent.channel.value,
        "kind": consent.kind.value,
        "given_at": consent.given_at,
        "text": consent.text,
        "how": consent.how,
        "evidence": consent.evidence,
        "expires_at": consent.expires_at,
    }
    db.execute(insert(consents).values(values))


def revoke(db: Connection, lead_id: int, channels: Collection[Channel], *, at: datetime) -> None:
    """End the consents of a person on these channels."""
    db.execute(
        update(consents)
        .where(
            consents.c.lead_id == lead_id,
            consents.c.channel.in_([c.value for c in channels]),
            consents.c.revoked_at.is_(None),
        )
        .values(revoked_at=at)
    )


# -- holds --------------------------------------------------------------------------------------------------------------


_HOLDS = Query(
    "SELECT lead_id, because, until FROM holds WHERE lead_id IN :ids AND released_at IS NULL ORDER BY id"
)


def holds_of(db: Connection, lead_ids: Collection[int]) -> dict[int, list[Hold]]:
    """lead -> what holds them."""
    found: dict[int, list[Hold]] = {}
    for lead_id, because, until in _HOLDS.rows(db, ids=sorted(lead_ids)):
        found.setdefault(lead_id, []).append(Hold(because=because, until=instant(until)))
    return found


def hold(
    db: Connection, lead_ids: Collection[int], because: str, *, since: datetime, until: datetime
) -> None:
    """Touch none of these people until it is released; at `until` a person is asked."""
    rows = [{"lead_id": i, "because": because, "since": since, "until": until} for i in sorted(lead_ids)]
    if rows:
        db.execute(insert(holds), rows)


def release(db: Connection, lead_ids: Collection[int], *, at: datetime) -> int:
    """End every hold of these people."""
    query = update(holds).where(holds.c.lead_id.in_(sorted(lead_ids)), holds.c.released_at.is_(None))
    return db.execute(query.values(released_at=at)).rowcount


# -- switches -----------------------------------------------------------------------------------------------------------


_STOPPED = Query("SELECT name, because FROM switches WHERE stopped ORDER BY name")
_SHARED = Query("SELECT epoch FROM switches WHERE name = 'all' {share}")


def stopped(db: Connection) -> tuple[Switch, ...]:
    """What is stopped for everybody."""
    return tuple(Switch(name=name, because=because or "") for name, because in _STOPPED.rows(db))


def share_switches(db: Connection) -> tuple[int, tuple[Switch, ...]]:
    """The epoch of the row that every change of a switch updates, locked; and, read after it, what is stopped.

    Breakers that are not closed are among them.
    """
    epochs = _SHARED.rows(db)
    return (int(epochs[0][0]) if epochs else 0), breakers.off(db)


def turn(
    db: Connection, name: str, *, stop: bool, because: str, by: str, at: datetime, machine: datetime
) -> bool:
    """Stop or let go `all`, `channel:...`, `provider:...`, `sender:...` or `cadence:...`; False when it stood so already."""
    # Every claim shares the row "all": updating it first makes any switch a barrier.
    raised = update(switches).where(switches.c.name == "all").values(epoch=switches.c.epoch + 1)
    epoch = db.execute(raised.returning(switches.c.epoch)).scalar_one()
    before = db.scalar(select(switches.c.stopped).where(switches.c.name == name))
    row = {"name": name, "stopped": stop, "because": because, "by": by, "since": at}
    upsert.put(db, switches, row, key="name")
    told = {"name": name, "stopped": stop, "epoch": epoch, "at": machine, "by": by, "because": because}
    db.execute(insert(turns).values(told))
    return bool(before) != stop


def lock_people(db: Connection, lead_ids: Collection[int]) -> None:
    """Take the rows that claims share, for change, and say that these people's facts changed."""
    ids = sorted(set(lead_ids))
    if not ids:
        return
    # FOR NO KEY UPDATE: it keeps claims out (they share), but not whoever writes a row that refers to the lead. A record
    # that holds an enrollment and adds its history would otherwise wait for us, and we for its enrollment.
    held = select(leads.c.id).where(leads.c.id.in_(ids)).order_by(leads.c.id).with_for_update(key_share=True)
    db.execute(held).all()
    db.execute(update(leads).where(leads.c.id.in_(ids)).values(epoch=leads.c.epoch + 1))


def as_suppression(row: Row[Any]) -> Suppression:
    """A row of the table as a value."""
    return Suppression(
        id=row.id,
        scope=row.scope,
        value=row.value,
        channel=Channel(row.channel) if row.channel else None,
        reason=SuppressionReason(row.reason),
        since=row.since,
        source=row.source,
        hashed=row.hashed,
    )


def _read(row: Sequence[Any]) -> Suppression:
    return Suppression(
        id=row[0],
        scope=row[1],
        value=row[2],
        channel=Channel(row[3]) if row[3] else None,
        reason=SuppressionReason(row[4]),
        since=instant(row[5]),
        source=row[6],
        hashed=bool(row[7]),
    )
