"""Moves of one transaction, written together: a statement a table instead of one a row.

A lane of sixteen touches would otherwise cost a hundred statements. Rows are written over exactly the revision that was
read, as everywhere; with one row changed by somebody else the whole batch raises Stale.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from outreach.domain import enrollment, touch
from outreach.domain.enrollment import Enrollment
from outreach.domain.errors import Stale
from outreach.domain.touch import Attempt, AttemptState, Touch
from outreach.domain.values import changed
from outreach.store import attempts, caps, enrollments, history, schema, touches
from outreach.store.bulk import Bulk

# A touch that waits anew must be rung for anew: every move forgets when its bell was rung.
_TOUCH = Bulk.guarded(schema.touches, touches.CHANGING, also="rung_at = NULL")
_DECIDED = Bulk.guarded(schema.touches, [*touches.CHANGING, "decision"], also="rung_at = NULL")
_ENROLLMENT = Bulk.guarded(schema.enrollments, enrollments.CHANGING)
_START = Bulk.insert(schema.attempts, attempts.ROW)
# A callback may have proved it already; what the worker did not hear takes no proof back.
_END = Bulk(
    schema.attempts,
    """
    UPDATE attempts SET state = CASE WHEN attempts.state = 'accepted' THEN attempts.state ELSE {state} END,
        ended_at = {ended_at}, error = {error}, reference = coalesce({reference}, attempts.reference)
    WHERE attempts.token = {token}
    """,
)


class Batch:
    """Collects moves; `flush` writes them in the order: attempts, touches, enrollments, history."""

    def __init__(self, db: Connection, *, at: datetime, machine: datetime, by: str) -> None:
        self.db, self.at, self.machine, self.by = db, at, machine, by
        self._touches: list[dict[str, Any]] = []
        self._decided: list[dict[str, Any]] = []  # those that also keep which rules permitted them
        self._enrollments: list[dict[str, Any]] = []
        self._started: list[dict[str, Any]] = []
        self._ended: list[dict[str, Any]] = []
        self._history: list[history.Entry] = []

    def touch(
        self,
        before: Touch,
        after: Touch,
        cause: touch.Cause,
        *,
        because: str | None = None,
        decision: Any = None,
    ) -> Touch:
        """Write `after` over exactly `before`."""
        stored = changed(after, revision=before.revision + 1)
        row = touches.row(stored)
        row["id"], row["b_revision"] = before.id, before.revision
        if decision is None:
            self._touches.append(row)
        else:
            row["decision"] = decision
            self._decided.append(row)
        self._note(
            before.lead_id,
            before.enrollment_id,
            before.id,
            before.state,
            cause,
            after.state,
            because or after.reason,
        )
        return stored

    def enrollment(
        self, before: Enrollment, after: Enrollment, cause: enrollment.Cause, *, because: str | None = None
    ) -> Enrollment:
        """Write `after` over exactly `before`."""
        stored = changed(after, revision=before.revision + 1)
        row = enrollments.row(stored)
        row["id"], row["b_revision"] = before.id, before.revision
        self._enrollments.append(row)
        self._note(before.lead_id, before.id, None, before.state, cause, after.state, because or after.reason)
        return stored

    def start(
        self, attempt: Attempt, *, epoch: int, switch_epoch: int, subject: str | None, message_id: str | None
    ) -> None:
        """The intent of one try; it must be committed before its request begins."""
        self._started.append(
            attempts.row(
                attempt, epoch=epoch, switch_epoch=switch_epoch, subject=subject, message_id=message_id
            )
        )

    def end(
        self, token: str, state: AttemptState, *, reference: str | None = None, error: str | None = None
    ) -> None:
        """How one try ended."""
        row = {
            "token": token,
            "state": state.value,
            "reference": reference,
            "error": error,
            "ended_at": self.machine,
        }
        self._ended.append(row)

    def flush(self) -> None:
        """Write everything. Raises Stale when a row is not what it was when it was read."""
        _START.write(self.db, self._started)
        _END.write(self.db, self._ended)
        caps.free(
            self.db, [row["token"] for row in self._ended if row["state"] == AttemptState.NOT_SENT.value]
        )
        for statement, rows, what in (
            (_DECIDED, self._decided, "touches"),
            (_TOUCH, self._touches, "touches"),
            (_ENROLLMENT, self._enrollments, "enrollments"),
        ):
            if statement.write(self.db, rows) != len(rows):
                raise Stale(f"some {what} were changed by someone else")
        history.add(self.db, self._history)

    def _note(
        self,
        lead_id: int,
        enrollment_id: int,
        touch_id: int | None,
        was: Any,
        cause: Any,
        became: Any,
        because: str | None,
    ) -> None:
        self._history.append(
            history.Entry(
                at=self.at,
                lead_id=lead_id,
                enrollment_id=enrollment_id,
                touch_id=touch_id,
                was=was.value,
                cause=cause.value,
                became=became.value,
                by=self.by,
                because=because,
            )
        )
