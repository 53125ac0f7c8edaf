"""Resolve: a person says whether an uncertain touch went out, where no record can tell."""

from __future__ import annotations

from outreach.casework.house import House
from outreach.domain import touch
from outreach.domain.errors import Mistake, Stale, Unknown
from outreach.domain.touch import Touch
from outreach.engine import reconcile
from outreach.engine.restored import HELD
from outreach.store import enrollments, reconciling, sweeping, touches
from outreach.store.database import Db


def resolve(house: House, touch_id: int, *, sent: bool, by: str, note: str = "") -> Touch:
    """Settle one uncertain touch on a person's word.

    Sent: the walk goes on with its next step. Not sent: back into the queue, where every rule is asked anew. Raises
    Unknown when there is no such touch, Mistake when it is not uncertain (any more).
    """
    try:
        settled = house.store.run(lambda db: _resolve(db, house, touch_id, sent, by, note))
    except Stale:
        raise Mistake(f"touch {touch_id} was settled by somebody else at this moment") from None
    if settled.state is touch.State.QUEUED:
        house.ring([(settled.id, settled.channel)])
    return settled


def resolve_restored(house: House, *, sent: bool, by: str, note: str = "") -> list[Touch]:
    """The same for every touch that a restored backup made uncertain and nobody has settled."""
    with house.store.read() as db:
        held = sweeping.held(db, HELD)
    return [resolve(house, touch_id, sent=sent, by=by, note=note) for touch_id in held]


def _resolve(db: Db, house: House, touch_id: int, sent: bool, by: str, note: str) -> Touch:
    about = touches.get(db, touch_id)
    if about is None:
        raise Unknown("touch", str(touch_id), hint="`outreach uncertain` lists those in doubt")
    enrollments.by_ids(db, [about.enrollment_id], lock=True)
    current = touches.get(db, touch_id, lock=True)
    if current is None or current.state is not touch.State.UNCERTAIN:
        raise Mistake(f"touch {touch_id} is not uncertain: it is {about.state.value}")
    doubtful = reconciling.uncertain_of(db, touch_id)
    because = f"a person says so: {note}" if note else "a person says so"
    if not sent:
        return reconcile.not_sent(db, house, current, doubtful, by=by, because=because)
    last = doubtful[-1] if doubtful else None  # none: the touch was lost with a backup
    return reconcile.sent(
        db,
        house,
        current,
        last.token if last else None,
        by=by,
        because=because,
        reference=last.reference if last else None,
    )
