"""The team in force and the versions of cadences."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from outreach.domain.cadence import Version
from outreach.domain.people import Team
from outreach.store import codec, upsert
from outreach.store.raw import Query
from outreach.store.schema import cadences, teams, versions

_TEAM_ID = Query("SELECT max(id) FROM teams")


def team_id(db: Connection) -> int:
    """The number of the team row in force; 0 when nothing was applied yet."""
    return int(_TEAM_ID.rows(db)[0][0] or 0)


def team(db: Connection) -> Team:
    """The team in force; an empty one when nothing was applied yet."""
    found = db.scalar(select(teams.c.document).order_by(teams.c.id.desc()).limit(1))
    return codec.team(found) if found is not None else Team()


def put_team(db: Connection, value: Team, *, at: datetime, by: str) -> bool:
    """Put a team in force; False when the one in force says the same."""
    digest = codec.digest(value)
    last = db.scalar(select(teams.c.hash).order_by(teams.c.id.desc()).limit(1))
    if last == digest:
        return False
    db.execute(
        insert(teams).values(document=codec.document(value), hash=digest, applied_at=at, applied_by=by)
    )
    return True


def live(db: Connection) -> dict[str, int]:
    """The cadences one can enroll in, with the version that new enrollments enter."""
    rows = db.execute(
        select(cadences.c.name, cadences.c.version_id).where(cadences.c.live).order_by(cadences.c.name)
    )
    return {row.name: row.version_id for row in rows}


def version(db: Connection, version_id: int) -> Version | None:
    """One version, in full."""
    found = db.scalar(select(versions.c.document).where(versions.c.id == version_id))
    return codec.version(found) if found is not None else None


def put_version(db: Connection, value: Version, *, at: datetime, by: str, why: str = "") -> tuple[int, bool]:
    """Make a version the one that new enrollments enter; (its number, whether that is a change)."""
    digest = codec.digest(value)
    row = {"cadence": value.name, "hash": digest, "document": codec.document(value), "created_at": at}
    upsert.ignore(db, versions, [{**row, "created_by": by, "why": why}])
    same = (versions.c.cadence == value.name) & (versions.c.hash == digest)
    version_id = db.scalars(select(versions.c.id).where(same)).one()
    before = live(db).get(value.name)
    put = {"name": value.name, "version_id": version_id, "live": True, "applied_at": at}
    upsert.put(db, cadences, put, key="name")
    return version_id, before != version_id


def retire(db: Connection, name: str, *, at: datetime) -> None:
    """Take no more enrollments into a cadence; those inside finish."""
    db.execute(update(cadences).where(cadences.c.name == name).values(live=False, applied_at=at))
