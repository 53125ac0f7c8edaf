"""The verdict: what the referee accepted, whom we enrolled, and what our database says. Three books that must agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.chaos.referee import Took

if TYPE_CHECKING:
    from tests.chaos.stage import Stage

_KIND = {"email": "mail", "sms": "sms", "voicemail": "call"}
_WENT = ("sent", "delivered")


@dataclass(slots=True)
class Verdict:
    """What agrees, and what does not."""

    accepted: int = 0
    twice: list[str] = field(default_factory=list)  # accepted more than once
    unaccounted: list[str] = field(default_factory=list)  # neither sent, nor held, nor ended with a reason
    strangers: list[str] = field(default_factory=list)  # accepted without an intent of ours
    held: list[str] = field(default_factory=list)  # uncertain, each with its reason
    went: int = 0  # of the held ones, how many the referee has
    unsaid: list[str] = field(default_factory=list)  # held or ended without a reason

    @property
    def good(self) -> bool:
        """Once, or accounted for."""
        return not (self.twice or self.unaccounted or self.strangers or self.unsaid)

    def __str__(self) -> str:
        return f"{self.told}; {len(self.held)} held"

    @property
    def told(self) -> str:
        """What was accepted, and what is wrong with that."""
        bad = [
            f"{len(some)} {what} ({', '.join(some[:3])})"
            for what, some in (
                ("twice", self.twice),
                ("unaccounted", self.unaccounted),
                ("without an intent", self.strangers),
                ("without a reason", self.unsaid),
            )
            if some
        ]
        return "; ".join([f"{self.accepted:,} accepted", *(bad or ["0 twice, 0 unaccounted"])])


def verdict(took: Sequence[Took], stage: Stage) -> Verdict:
    """Compare."""
    found = Verdict(accepted=len(took))
    counted = Counter(one.key for one in took)
    found.twice = [" ".join(key) for key, times in counted.items() if times > 1]
    known = {row[0] for row in stage.rows("SELECT token FROM attempts")}
    found.strangers = [f"{one.kind} {one.to}" for one in took if one.token not in known]
    steps = _steps(stage)
    touches: dict[int, dict[str, tuple[Any, ...]]] = defaultdict(dict)
    for row in stage.rows("SELECT enrollment_id, step_id, channel, state, reason, lead_id FROM touches"):
        touches[row[0]][row[1]] = row
    where = _addresses(stage)
    for walk_id, cadence, state, step_id, lead_id in stage.rows(
        "SELECT id, cadence, state, step_id, lead_id FROM enrollments"
    ):
        _walk(found, counted, touches[walk_id], steps[cadence], state, step_id, where[lead_id])
    return found


def _walk(
    found: Verdict,
    counted: Counter[tuple[str, str, str]],
    touches: dict[str, tuple[Any, ...]],
    steps: list[tuple[str, str]],
    state: str,
    step_id: str | None,
    where: dict[str, str],
) -> None:
    """Every step of one enrollment is sent and in the referee's book, or held, or ended, or behind one of these."""
    waits = False
    for step, channel in steps:
        kind = _KIND[channel]
        key = (kind, where["email" if kind == "mail" else "phone"], "call" if kind == "call" else step)
        touch = touches.get(step)
        name = f"{' '.join(key)}"
        if touch is None:
            # Nothing was made for it: right behind a held one, or when the walk has ended before it.
            if not waits and state in ("active", "paused"):
                found.unaccounted.append(f"{name}: no touch, {state} at {step_id}")
        elif touch[3] in _WENT:
            if counted[key] == 0:
                found.unaccounted.append(f"{name}: {touch[3]}, but the referee never saw it")
        elif touch[3] == "uncertain":
            waits = True
            found.held.append(name)
            found.went += counted[key]
            if not touch[4]:
                found.unsaid.append(name)
        elif touch[3] in ("skipped", "failed", "bounced"):
            if not touch[4]:
                found.unsaid.append(name)
        else:
            found.unaccounted.append(f"{name}: {touch[3]}")


def _steps(stage: Stage) -> dict[str, list[tuple[str, str]]]:
    with stage.house.store.read() as db:
        from outreach.store import playbook

        editions = {name: stage.house.library.edition(db, v) for name, v in playbook.live(db).items()}
    return {name: [(s.id, s.channel.value) for s in one.cadence.steps] for name, one in editions.items()}


def _addresses(stage: Stage) -> dict[int, dict[str, str]]:
    where: dict[int, dict[str, str]] = defaultdict(dict)
    for lead_id, kind, value in stage.rows("SELECT lead_id, kind, value FROM addresses"):
        where[lead_id][kind] = value
    return where
