"""Bringing a database to the shape this program needs, and refusing one that is newer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from outreach.domain.errors import Misconfigured

HEAD = "0006"  # the newest migration; a test compares it with the files
_FOLDER = Path(__file__).parent / "migrations"


def current(db: Connection) -> str | None:
    """The migration a database stands at; None: it is empty."""
    if not inspect(db).has_table("alembic_version"):
        return None
    found = db.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None


def newer(db: Connection) -> bool:
    """Whether somebody has migrated this database beyond what this program understands, perhaps while it ran."""
    found = db.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found is not None and str(found) > HEAD


def ensure(engine: Engine, *, upgrade: bool) -> None:
    """Make sure the database is at HEAD. Raises Misconfigured when it is newer, or older and `upgrade` is false."""
    with engine.connect().execution_options(outreach_reads=True) as db:
        at = current(db)
    if at == HEAD:
        return
    if at is not None and at > HEAD:
        raise Misconfigured(
            f"the database is at migration {at}, newer than this program ({HEAD}): install the newer outreach"
        )
    if not upgrade:
        state = "empty" if at is None else f"at migration {at}, and this program needs {HEAD}"
        raise Misconfigured(f"the database is {state}: run `outreach migrate`")
    to_head(engine)


def to_head(engine: Engine) -> str | None:
    """Run every missing migration in one transaction; returns where the database stood before."""
    from alembic import command  # 0.2 s: only those who migrate pay for it

    with engine.begin() as db:
        if (
            db.dialect.name == "postgresql"
        ):  # of several machines that come up together, one migrates; SQLite has one writer
            db.execute(text("SELECT pg_advisory_xact_lock(hashtext('outreach migrate'))"))
        before = current(db)
        if before is None or before < HEAD:
            command.upgrade(config(db), "head")
    return before


def config(db: Connection | None = None) -> Any:
    """Alembic's configuration, without an ini file."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(_FOLDER))
    made.attributes["connection"] = db
    return made
