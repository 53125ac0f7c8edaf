"""Looking for people whom a reply may be from, although nothing about it is known for certain."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, select

from outreach.domain.channel import AddressKind
from outreach.store.schema import addresses, leads

_MAIL = addresses.c.kind == AddressKind.EMAIL.value


def by_addresses(db: Connection, values: Collection[str]) -> list[int]:
    """The leads that have one of these mail addresses."""
    query = select(addresses.c.lead_id).where(_MAIL, addresses.c.value.in_(sorted(values)))
    return sorted(set(db.scalars(query)))


def by_local_part(db: Connection, local: str, limit: int) -> list[int]:
    """The leads whose mail address begins with this and an @, at whatever domain."""
    # SQLite answers GLOB from the index, and LIKE only by reading every address.
    begins: ColumnElement[bool]
    if db.dialect.name == "sqlite":
        escaped = "".join(f"[{char}]" if char in "*?[" else char for char in local)
        begins = addresses.c.value.op("GLOB")(f"{escaped}@*")
    else:
        begins = addresses.c.value.startswith(f"{local}@", autoescape=True)
    query = select(addresses.c.lead_id).where(_MAIL, begins).order_by(addresses.c.lead_id).limit(limit)
    return sorted(set(db.scalars(query)))


def by_name(db: Connection, name: str, limit: int) -> list[int]:
    """The leads of that name, in the ways it is usually written."""
    written = {name, name.lower(), name.upper(), name.title()}
    query = select(leads.c.id).where(leads.c.name.in_(sorted(written))).order_by(leads.c.id).limit(limit)
    return list(db.scalars(query))


def at_domain(db: Connection, domain: str, limit: int) -> list[int]:
    """The leads with an address at this mail domain, the newest first."""
    query = select(addresses.c.lead_id).where(addresses.c.domain == domain)
    return sorted(set(db.scalars(query.order_by(addresses.c.lead_id.desc()).limit(limit))), reverse=True)
