"""Many people at once: the same rows as leads.py and enrollments.py write one by one, a statement a table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, select

from outreach.domain.channel import AddressKind
from outreach.domain.enrollment import OPEN, Enrollment
from outreach.domain.people import Lead
from outreach.store import enrollments as one_walk
from outreach.store import history, upsert
from outreach.store import leads as one_by_one
from outreach.store.schema import accounts, addresses, enrollments, leads

MAILBOX: Final = "mailbox"


def by_external_ids(db: Connection, source: str, ids: Collection[str]) -> dict[str, int]:
    """external id -> lead."""
    query = select(leads.c.external_id, leads.c.id)
    found = db.execute(query.where(leads.c.source == source, leads.c.external_id.in_(sorted(ids))))
    return {row.external_id: row.id for row in found}


def holders(db: Connection, names: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[int]]:
    """(kind, value) -> the leads that have this address; the kind `mailbox` finds every spelling of a mail address."""
    found: dict[tuple[str, str], list[int]] = {}
    reached = sorted(value for kind, value in names if kind == MAILBOX)
    for column in (addresses.c.value, addresses.c.mailbox) if reached else ():
        query = select(column.label("reached"), addresses.c.lead_id).where(column.in_(reached))
        for spelt in db.execute(query.where(addresses.c.kind == AddressKind.EMAIL.value)):
            found.setdefault((MAILBOX, spelt.reached), []).append(spelt.lead_id)
    columns = (addresses.c.kind, addresses.c.value, addresses.c.lead_id)
    for kind in sorted({kind for kind, _ in names} - {MAILBOX}):
        # Kind by kind: SQLite walks through the whole index for a list of pairs.
        values = sorted(value for one, value in names if one == kind)
        query = select(*columns).where(addresses.c.kind == kind, addresses.c.value.in_(values))
        for row in db.execute(query.order_by(addresses.c.lead_id)):
            found.setdefault((row.kind, row.value), []).append(row.lead_id)
    return found


def add_leads(
    db: Connection, new: Sequence[Lead], tokens: Sequence[str], *, at: datetime, by: str
) -> list[Lead]:
    """Store new leads with their addresses, each with its token; returns them in their order."""
    if not new:
        return []
    companies = _accounts(db, new)
    rows = [
        {
            "source": lead.source,
            "external_id": lead.external_id,
            "token": token,
            "created_at": at,
            "account_id": companies.get(_folded(lead.company)),
            "name": lead.name,
            "company": lead.company,
            "timezone": lead.timezone,
            "country": lead.country,
            "region": lead.region,
            "subscriber_kind": lead.subscriber_kind.value,
            "lawful_basis": lead.lawful_basis.value if lead.lawful_basis else None,
            "owner": lead.owner,
            "fields": dict(lead.fields),
        }
        for lead, token in zip(new, tokens, strict=True)
    ]
    db.execute(insert(leads), rows)
    ids = {
        row.token: row.id
        for row in db.execute(select(leads.c.token, leads.c.id).where(leads.c.token.in_(list(tokens))))
    }
    stored = [ids[token] for token in tokens]
    one_by_one.put_all_addresses(
        db, {lead_id: lead.addresses for lead_id, lead in zip(stored, new, strict=True)}
    )
    history.add(db, [history.Entry(at=at, lead_id=i, cause="lead added", by=by) for i in stored])
    people = one_by_one.by_ids(db, stored)
    return [people[lead_id] for lead_id in stored]


def used_keys(db: Connection, keys: Collection[str]) -> set[str]:
    """Those idempotency keys that an enrollment was made under."""
    column = enrollments.c.idempotency_key
    return set(db.scalars(select(column).where(column.in_(sorted(keys)))))


def inside(db: Connection, lead_ids: Collection[int], cadence: str) -> set[int]:
    """Those leads that are in a cadence already."""
    states = [state.value for state in OPEN]
    query = select(enrollments.c.lead_id).where(
        enrollments.c.lead_id.in_(sorted(lead_ids)),
        enrollments.c.cadence == cadence,
        enrollments.c.state.in_(states),
    )
    return set(db.scalars(query))


def enroll(db: Connection, new: Mapping[str, Enrollment], *, by: str) -> list[Enrollment]:
    """Store new enrollments, each under its idempotency key; returns them in their order."""
    if not new:
        return []
    rows = [one_walk.row(walk) | {"idempotency_key": key} for key, walk in new.items()]
    db.execute(insert(enrollments), rows)
    tokens = [walk.reply_token for walk in new.values()]
    columns = (enrollments.c.reply_token, enrollments.c.id)
    ids = {row.reply_token: row.id for row in db.execute(select(*columns).where(columns[0].in_(tokens)))}
    stored = [replace(walk, id=ids[walk.reply_token]) for walk in new.values()]
    history.add(
        db,
        [
            history.Entry(
                at=walk.enrolled_at,
                lead_id=walk.lead_id,
                enrollment_id=walk.id,
                cause="enroll",
                became=walk.state.value,
                by=by,
                because=walk.cadence,
            )
            for walk in stored
        ],
    )
    return stored


def _accounts(db: Connection, new: Sequence[Lead]) -> dict[str, int]:
    """Folded company name -> account; those that are not there yet are made."""
    names = {_folded(lead.company): lead.company.strip() for lead in new if _folded(lead.company)}
    if not names:
        return {}
    upsert.ignore(db, accounts, [{"name": name, "key": key} for key, name in sorted(names.items())])
    query = select(accounts.c.key, accounts.c.id).where(accounts.c.key.in_(sorted(names)))
    return {row.key: row.id for row in db.execute(query)}


def _folded(company: str) -> str:
    return " ".join(company.casefold().split())
