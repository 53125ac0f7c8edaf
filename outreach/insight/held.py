"""All we hold about one person: what they may ask for (GDPR, Articles 15 and 20; rule R16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from outreach.casework.house import House
from outreach.store import dossier, erasure


@dataclass(frozen=True, slots=True)
class Held:
    """Every row about a person, by table, with every column; times are UTC. `form` changes when its shape does."""

    form: str
    made_at: datetime
    lead_id: int
    held: dict[str, list[dict[str, Any]]]
    shared: list[str]  # addresses that other leads have too: events in which only these stand are not listed


def everything(house: House, lead_id: int) -> Held:
    """Read it in one transaction."""
    with house.store.read() as db:
        who = erasure.subject(db, lead_id)
        rows = dossier.rows(db, who)
    shared = [value for kind, value in who.addresses if (kind, value) not in who.own]
    return Held("outreach-person-1", house.now(), lead_id, rows, shared)
