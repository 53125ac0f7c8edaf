"""Leads with their addresses and accounts. Addresses come in already normalised."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select, update

from outreach.domain.channel import AddressKind
from outreach.domain.people import Address, AddressState, Basis, Lead, Subscriber
from outreach.store import keyed, upsert
from outreach.store.bulk import Bulk
from outreach.store.raw import LOCKS, Query, from_json
from outreach.store.schema import accounts, addresses, domains, leads

_LEAD = """
    id, source, external_id, name, company, account_id, timezone, country, region, owner, fields, epoch, token,
    subscriber_kind, lawful_basis
"""
_ADDRESS = "lead_id, id, kind, value, state, country, zones, hash"
_LEADS = {
    lock: Query(f"SELECT {_LEAD} FROM leads WHERE id IN :ids ORDER BY id {words}")
    for lock, words in LOCKS.items()
}
_OF_TOUCHES = "(SELECT lead_id FROM touches WHERE id IN :ids)"
_TOUCHED = Query(f"SELECT {_LEAD} FROM leads WHERE id IN {_OF_TOUCHES} ORDER BY id {{share}}")
_TOUCHED_ADDRESSES = Query(
    f"SELECT {_ADDRESS} FROM addresses WHERE lead_id IN {_OF_TOUCHES} ORDER BY id {{share}}"
)
_SUBSCRIBERS = {
    one.value: one for one in Subscriber
}  # a tenth of what Subscriber(...) costs, for every touch
_THEIR_ADDRESSES = {
    lock: Query(f"SELECT {_ADDRESS} FROM addresses WHERE lead_id IN :ids ORDER BY id {words}")
    for lock, words in LOCKS.items()
}


_ADD_DOMAIN = Bulk.insert(domains, ("name",), unless_there=True)
_ADD_ADDRESS = Bulk.insert(
    addresses,
    ("lead_id", "kind", "value", "domain", "country", "zones", "hash", "mailbox"),
    unless_there=True,
)


def by_ids(db: Connection, ids: Collection[int], *, lock: str | None = None) -> dict[int, Lead]:
    """Leads with their addresses. `lock` is "share" (claims) or "update" (stops); rows are locked in order of id."""
    wanted = sorted(ids)
    rows = _LEADS[lock].rows(db, ids=wanted)
    found: dict[int, list[Address]] = {}
    for lead_id, *row in _THEIR_ADDRESSES[lock].rows(db, ids=wanted):
        found.setdefault(lead_id, []).append(_address(*row))
    return {row[0]: _lead(row, found.get(row[0], [])) for row in rows}


def of_touches(db: Connection, touch_ids: Collection[int]) -> dict[int, Lead]:
    """The leads of these touches with their addresses, locked as claims lock them: shared, in order of id."""
    wanted = sorted(touch_ids)
    rows = _TOUCHED.rows(db, ids=wanted)
    found: dict[int, list[Address]] = {}
    for lead_id, *row in _TOUCHED_ADDRESSES.rows(db, ids=wanted):
        found.setdefault(lead_id, []).append(_address(*row))
    return {row[0]: _lead(row, found.get(row[0], [])) for row in rows}


def get(db: Connection, lead_id: int) -> Lead | None:
    """One lead."""
    return by_ids(db, [lead_id]).get(lead_id)


def lock(db: Connection, lead_id: int) -> None:
    """Hold a person for change until the end of the transaction."""
    db.execute(select(leads.c.id).where(leads.c.id == lead_id).with_for_update(key_share=True))


def find(db: Connection, name: str) -> list[Lead]:
    """Leads that a person may mean by `name`: `#12`, an external id, a normalised address, or the full name."""
    by_address = select(addresses.c.lead_id).where(addresses.c.value == name)
    tests: list[Any] = [
        leads.c.external_id == name,
        leads.c.id.in_(by_address),
        func.lower(leads.c.name) == name.lower(),
    ]
    number = name.removeprefix("#")
    if number.isdigit() and len(number) < 18:
        tests.append(leads.c.id == int(number))
    ids = db.scalars(select(leads.c.id).where(or_(*tests)).order_by(leads.c.id).limit(20)).all()
    return list(by_ids(db, ids).values())


def by_external_id(db: Connection, source: str, external_id: str) -> Lead | None:
    """The lead that another system calls by this id."""
    same = (leads.c.source == source) & (leads.c.external_id == external_id)
    found = db.scalar(select(leads.c.id).where(same))
    return get(db, found) if found is not None else None


def names(db: Connection, limit: int = 5000) -> list[str]:
    """Addresses and names to suggest when somebody mistyped one."""
    found = list(db.scalars(select(addresses.c.value).limit(limit)))
    return found + list(db.scalars(select(leads.c.name).where(leads.c.name != "").limit(limit)))


def holders(db: Connection, kind: AddressKind, value: str) -> list[int]:
    """The leads that have this address: it may be shared."""
    query = select(addresses.c.lead_id).where(addresses.c.kind == kind.value, addresses.c.value == value)
    return sorted(db.scalars(query))


def at_domain(db: Connection, domain: str) -> list[int]:
    """The leads with an address at this mail domain."""
    return sorted(set(db.scalars(select(addresses.c.lead_id).where(addresses.c.domain == domain))))


def same_account(db: Connection, account_id: int) -> list[int]:
    """The leads of one company."""
    return sorted(db.scalars(select(leads.c.id).where(leads.c.account_id == account_id)))


def epoch(db: Connection, lead_id: int) -> int:
    """How often these facts of a person changed under the lock that claims share."""
    return db.scalar(select(leads.c.epoch).where(leads.c.id == lead_id)) or 0


def by_token(db: Connection, token: str) -> int | None:
    """The lead whose unsubscribe links carry this token."""
    return db.scalar(select(leads.c.id).where(leads.c.token == token))


def add(db: Connection, lead: Lead, *, token: str, at: datetime) -> Lead:
    """Store a new lead with its addresses; its own `id` is ignored."""
    values = {
        "source": lead.source,
        "external_id": lead.external_id,
        "token": token,
        "created_at": at,
        **_columns(db, lead),
    }
    lead_id = db.execute(insert(leads).values(values).returning(leads.c.id)).scalar_one()
    put_addresses(db, lead_id, lead.addresses)
    return by_ids(db, [lead_id])[lead_id]


def change(db: Connection, lead: Lead) -> Lead:
    """Write what is known of a lead; addresses are added, never removed."""
    db.execute(update(leads).where(leads.c.id == lead.id).values(_columns(db, lead)))
    put_addresses(db, lead.id, lead.addresses)
    return by_ids(db, [lead.id])[lead.id]


def put_addresses(db: Connection, lead_id: int, values: Iterable[Address]) -> None:
    """Add the addresses a lead does not have yet."""
    put_all_addresses(db, {lead_id: values})


def put_all_addresses(db: Connection, by_lead: Mapping[int, Iterable[Address]]) -> None:
    """The same for many leads at once."""
    key = keyed.key_of(db)
    rows = [
        {
            "lead_id": lead_id,
            "kind": a.kind.value,
            "value": a.value,
            "domain": a.value.rpartition("@")[2] if a.kind is AddressKind.EMAIL else None,
            "country": a.country,
            "zones": list(a.zones),
            "hash": keyed.hashed(key, a.kind.value, a.value) if key else None,
            "mailbox": _other_spelling(a),
        }
        for lead_id, values in by_lead.items()
        for a in values
    ]
    if not rows:
        return
    names_ = sorted({str(row["domain"]) for row in rows if row["domain"]})
    _ADD_DOMAIN.write(db, [{"name": name} for name in names_])
    _ADD_ADDRESS.write(db, rows)


def _other_spelling(address: Address) -> str | None:
    return address.mailbox if address.mailbox != address.value else None


def forgotten(db: Connection, ids: Collection[int]) -> set[int]:
    """Those who were erased: what still comes from them is not kept."""
    query = select(leads.c.id).where(leads.c.id.in_(sorted(ids)), leads.c.forgotten_at.is_not(None))
    return set(db.scalars(query))


def mark(db: Connection, kind: AddressKind, value: str, state: AddressState) -> list[int]:
    """Set the state of an address for every lead that has it; returns those leads."""
    query = (
        update(addresses)
        .where(addresses.c.kind == kind.value, addresses.c.value == value)
        .values(state=state.value)
        .returning(addresses.c.lead_id)
    )
    return sorted(db.scalars(query))


def _columns(db: Connection, lead: Lead) -> Mapping[str, Any]:
    return {
        "account_id": _account(db, lead.company),
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


def _account(db: Connection, company: str) -> int | None:
    key = " ".join(company.casefold().split())
    if not key:
        return None
    upsert.ignore(db, accounts, [{"name": company.strip(), "key": key}])
    return db.scalar(select(accounts.c.id).where(accounts.c.key == key))


def _address(
    id: int, kind: str, value: str, state: str, country: str | None, zones: Any, hash: str | None
) -> Address:
    return Address(
        id=id,
        kind=AddressKind(kind),
        value=value,
        state=AddressState(state),
        country=country,
        zones=tuple(from_json(zones)),
        hash=hash,
    )


def _lead(row: Sequence[Any], found: Sequence[Address]) -> Lead:
    return Lead(
        id=row[0],
        source=row[1],
        external_id=row[2],
        name=row[3],
        company=row[4],
        account_id=row[5],
        timezone=row[6],
        country=row[7],
        region=row[8],
        owner=row[9],
        fields=from_json(row[10]),
        epoch=row[11],
        token=row[12],
        subscriber_kind=_SUBSCRIBERS[row[13]],
        lawful_basis=Basis(row[14]) if row[14] else None,
        addresses=tuple(found),
    )
