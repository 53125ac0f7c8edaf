"""Many people at once: the same rows as leads.py and enrollments.py write one by one, a statement a table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from outreach.domain.enrollment import OPEN, Enrollment
from outreach.domain.people import Lead
from outreach.store import enrollments as one_walk
from outreach.store import history
from outreach.store import leads as one_by_one
from outreach.store.bulk import Bulk
from outreach.store.raw import Query
from outreach.store.schema import accounts, enrollments, leads

_LEAD = ("source", "external_id", "token", "created_at", "account_id", "name", "company", "timezone", "country",
         "region", "owner", "fields")  # fmt: skip
_WALK = (*(name for name in one_walk.COLUMNS if name != "id"), "idempotency_key")
_STATES = ", ".join(f"'{state.value}'" for state in OPEN)
_ADD_LEAD = Bulk.insert(leads, _LEAD)
_ADD_WALK = Bulk.insert(enrollments, _WALK)
_ADD_ACCOUNT = Bulk.insert(accounts, ("name", "key"), unless_there=True)
_LEAD_IDS = Query("SELECT token, id FROM leads WHERE token IN :tokens")
_WALK_IDS = Query("SELECT reply_token, id FROM enrollments WHERE reply_token IN :tokens")
_ACCOUNT_IDS = Query("SELECT key, id FROM accounts WHERE key IN :keys")
_BY_EXTERNAL = Query("SELECT external_id, id FROM leads WHERE source = :source AND external_id IN :ids")
# Kind by kind: SQLite walks through the whole index for a list of pairs.
_HOLDERS = Query(
    "SELECT value, lead_id FROM addresses WHERE kind = :kind AND value IN :values ORDER BY lead_id"
)
_SPELT_SO = Query("SELECT value, lead_id FROM addresses WHERE kind = 'email' AND value IN :values")
_REACHING = Query("SELECT mailbox, lead_id FROM addresses WHERE kind = 'email' AND mailbox IN :values")
_USED = Query("SELECT idempotency_key FROM enrollments WHERE idempotency_key IN :keys")
_INSIDE = Query(
    f"SELECT lead_id FROM enrollments WHERE lead_id IN :ids AND cadence = :cadence AND state IN ({_STATES})"
)

MAILBOX: Final = "mailbox"


def by_external_ids(db: Connection, source: str, ids: Collection[str]) -> dict[str, int]:
    """external id -> lead."""
    return dict(_BY_EXTERNAL.rows(db, source=source, ids=sorted(ids)))


def holders(db: Connection, names: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[int]]:
    """(kind, value) -> the leads that have this address; the kind `mailbox` finds every spelling of a mail address."""
    found: dict[tuple[str, str], list[int]] = {}
    if reached := sorted(value for kind, value in names if kind == MAILBOX):
        for value, lead_id in (*_SPELT_SO.rows(db, values=reached), *_REACHING.rows(db, values=reached)):
            found.setdefault((MAILBOX, value), []).append(lead_id)
    for kind in sorted({kind for kind, _ in names} - {MAILBOX}):
        values = sorted(value for one, value in names if one == kind)
        for value, lead_id in _HOLDERS.rows(db, kind=kind, values=values):
            found.setdefault((kind, value), []).append(lead_id)
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
    _ADD_LEAD.write(db, rows)
    ids = dict(_LEAD_IDS.rows(db, tokens=list(tokens)))
    stored = [ids[token] for token in tokens]
    one_by_one.put_all_addresses(
        db, {lead_id: lead.addresses for lead_id, lead in zip(stored, new, strict=True)}
    )
    history.add(db, [history.Entry(at=at, lead_id=i, cause="lead added", by=by) for i in stored])
    people = one_by_one.by_ids(db, stored)
    return [people[lead_id] for lead_id in stored]


def used_keys(db: Connection, keys: Collection[str]) -> set[str]:
    """Those idempotency keys that an enrollment was made under."""
    return {row[0] for row in _USED.rows(db, keys=sorted(keys))}


def inside(db: Connection, lead_ids: Collection[int], cadence: str) -> set[int]:
    """Those leads that are in a cadence already."""
    return {row[0] for row in _INSIDE.rows(db, ids=sorted(lead_ids), cadence=cadence)}


def enroll(db: Connection, new: Mapping[str, Enrollment], *, by: str) -> None:
    """Store new enrollments, each under its idempotency key."""
    if not new:
        return
    _ADD_WALK.write(db, [one_walk.row(walk) | {"idempotency_key": key} for key, walk in new.items()])
    ids = dict(_WALK_IDS.rows(db, tokens=[walk.reply_token for walk in new.values()]))
    history.add(
        db,
        [
            history.Entry(
                at=walk.enrolled_at,
                lead_id=walk.lead_id,
                enrollment_id=ids[walk.reply_token],
                cause="enroll",
                became=walk.state.value,
                by=by,
                because=walk.cadence,
            )
            for walk in new.values()
        ],
    )


def _accounts(db: Connection, new: Sequence[Lead]) -> dict[str, int]:
    """Folded company name -> account; those that are not there yet are made."""
    names = {_folded(lead.company): lead.company.strip() for lead in new if _folded(lead.company)}
    if not names:
        return {}
    _ADD_ACCOUNT.write(db, [{"name": name, "key": key} for key, name in sorted(names.items())])
    return dict(_ACCOUNT_IDS.rows(db, keys=sorted(names)))


def _folded(company: str) -> str:
    return " ".join(company.casefold().split())
