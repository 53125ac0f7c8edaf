"""Leaving nothing behind in the files of a database after an erasure.

SQLite: every connection sets `secure_delete`, so what is deleted or written over is overwritten with zeros in the pages;
the journal (`-wal`) still holds the pages as they were until it is emptied, which is what `scrub` does. VACUUM is
not needed, and would hold up every writer while it writes the whole file anew.
PostgreSQL: a row that was written over is invisible at once, and its place is used again after a vacuum; `scrub`
vacuums the tables concerned. Its write-ahead log and every backup keep the old pages until they are rotated away.
"""

from __future__ import annotations

import time

from sqlalchemy import text

from outreach.store.database import BUSY, Store
from outreach.store.personal import HELD

_PATIENCE = 5.0  # seconds to wait for readers, who keep the journal from being emptied
_LOOK = 0.05


def scrub(store: Store, patience: float = _PATIENCE) -> bool:
    """Empty the journal, or vacuum; False when readers kept it from being done (the next erasure or restart does it).

    `patience` is how long to wait for readers, in seconds.
    """
    if not store.sqlite:
        with store.engine.connect().execution_options(
            isolation_level="AUTOCOMMIT", outreach_reads=True
        ) as db:
            for held in HELD:
                db.execute(text(f'VACUUM "{held.table.name}"'))
        return True
    until = time.monotonic() + patience
    raw = store.engine.raw_connection()
    cursor = raw.cursor()
    try:
        # Asked again and again instead of waiting inside: SQLite would keep writers out as long as it waits.
        cursor.execute("PRAGMA busy_timeout=0")
        while True:
            busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy or time.monotonic() >= until:
                return not busy
            time.sleep(_LOOK)
    finally:
        cursor.execute(f"PRAGMA busy_timeout={BUSY}")
        raw.close()
