"""Who must not be touched, as it stands now."""

from __future__ import annotations

from outreach.casework.house import House
from outreach.domain.channel import Channel
from outreach.domain.consent import Suppression
from outreach.store import permissions


def in_force(
    house: House, scope: str | None = None, value: str = "", channel: Channel | None = None
) -> list[Suppression]:
    """Every suppression; or, with a scope and value, those of that name (on one channel, when given)."""
    with house.store.read() as db:
        if scope is None:
            return permissions.all_suppressed(db)
        made = house.store.hashed(scope, value)
        found = permissions.suppressed(db, [(scope, value), *([(scope, made)] if made else [])])
    return [one for one in found if channel in (None, one.channel)]
