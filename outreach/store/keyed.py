"""The keyed hash of an address: what is kept of people who were forgotten, so that they stay suppressed.

Keyed, because a telephone number has some ten digits: without a key anybody could try them all in a minute. The key
comes from the environment and lies in no database and no backup of one. It is never changed: with another key nobody
who was forgotten would be recognised, so a database says which key it was made with, and is opened with no other.
"""

from __future__ import annotations

import hmac

from sqlalchemy import Connection, Engine, bindparam, select, update

from outreach.domain.errors import Misconfigured
from outreach.store import upsert
from outreach.store.schema import addresses, counters

_OPTION = "outreach_key"
_COUNTER = "suppression key"  # of which key: 60 bits that tell keys apart, and say nothing of them
_BATCH = 2000
_FIX = "set OUTREACH_SUPPRESSION_KEY (or OUTREACH_SUPPRESSION_KEY_FILE) to the key that people were forgotten with"


def give(engine: Engine, key: bytes | None) -> None:
    """Let every transaction of this engine hash with `key`."""
    engine.update_execution_options(**{_OPTION: key})


def hashed(key: bytes, scope: str, value: str) -> str:
    """HMAC-SHA-256 over scope and normalised value, in hex. Two microseconds."""
    return hmac.digest(key, f"{scope}\x00{value}".encode(), "sha256").hex()


def key_of(db: Connection) -> bytes | None:
    """The key that this process was given."""
    found = db.get_execution_options().get(_OPTION)
    return found if isinstance(found, bytes) else None


def hash_of(db: Connection, scope: str, value: str) -> str | None:
    """The hash of one address; None while there is no key."""
    key = key_of(db)
    return hashed(key, scope, value) if key else None


def check(db: Connection) -> bool:
    """Whether this process's key is the one of this database; False: it never had any, or only we have none.

    Raises Misconfigured when it has another, or none where somebody was forgotten: they would be written to again.
    """
    made_with = db.scalar(select(counters.c.value).where(counters.c.name == _COUNTER))
    key = key_of(db)
    if made_with is None:
        return False
    if key is None:
        raise Misconfigured(
            f"people were forgotten in this database, and there is no key to recognise them by: {_FIX}"
        )
    if _mark(key) != made_with:
        raise Misconfigured(f"this is not the key that people were forgotten with: {_FIX}")
    return True


def adopt(db: Connection) -> None:
    """From now on this database is opened with our key only. The caller has checked that it has no other."""
    key = key_of(db)
    if key is None:
        raise Misconfigured("there is no key")
    upsert.ignore(db, counters, [{"name": _COUNTER, "value": _mark(key)}])


def incomplete(db: Connection) -> bool:
    """Whether some address came in before there was a key."""
    return db.scalar(select(addresses.c.id).where(addresses.c.hash.is_(None)).limit(1)) is not None


def fill(db: Connection, after: int = 0) -> int | None:
    """Hash a batch of the addresses that came in before there was a key; returns where to go on, None at the end.

    Begin with 0.
    """
    key = key_of(db)
    if key is None:
        return None
    columns = (addresses.c.id, addresses.c.kind, addresses.c.value, addresses.c.hash)
    rows = db.execute(
        select(*columns).where(addresses.c.id > after).order_by(addresses.c.id).limit(_BATCH)
    ).all()
    missing = [{"of": r.id, "made": hashed(key, r.kind, r.value)} for r in rows if r.hash is None]
    if missing:
        written = update(addresses).where(addresses.c.id == bindparam("of")).values(hash=bindparam("made"))
        db.execute(written, missing)
    return rows[-1].id if len(rows) == _BATCH else None


def _mark(key: bytes) -> int:
    return int.from_bytes(hmac.digest(key, b"which key is this?", "sha256")[:7], "big")
