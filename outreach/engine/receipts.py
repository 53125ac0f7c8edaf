"""Sent and never heard of: a provider that reports on its messages said nothing of these. Noted once, for a person."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from outreach.casework.house import House
from outreach.store import history, sweeping
from outreach.store.database import Db

log = structlog.get_logger()


def note_silence(house: House, limit: int = 500) -> int:
    """Note which touches were sent `no_receipt` seconds (machine time) ago and never heard of; returns how many.

    Their state stays: the provider took them, and most have arrived. Many at once mean that its webhooks do not reach us.
    """
    telling = {provider.name for provider in house.providers if provider.webhooks}
    with house.store.read() as db:
        before = house.store.machine_now(db) - timedelta(seconds=house.settings.no_receipt)
        if not telling or not sweeping.unheard_of(db, before):
            return 0
    return house.store.run(lambda db: _note(db, house, before, telling, limit))


def _note(db: Db, house: House, before: datetime, telling: set[str], limit: int) -> int:
    quiet = sweeping.silent(db, before, telling, limit)
    if not quiet:
        return 0
    sweeping.note_silent(db, [one.touch_id for one in quiet])
    entries = [
        history.Entry(
            at=house.now(),
            lead_id=one.lead_id,
            enrollment_id=one.enrollment_id,
            touch_id=one.touch_id,
            cause=sweeping.NO_RECEIPT,
            by="sweep",
            because="its provider took it and never said what became of it",
        )
        for one in quiet
    ]
    history.add(db, entries)
    log.warning("sent and never heard of", touches=[one.touch_id for one in quiet][:20], count=len(quiet))
    return len(quiet)
