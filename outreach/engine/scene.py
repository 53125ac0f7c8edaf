"""A reply with all that is known of it, and what it did: what the verbs in humans.py and machines.py share."""

from __future__ import annotations

from dataclasses import dataclass, field

from outreach.casework.house import House
from outreach.casework.matching import Match
from outreach.domain.event import Replied
from outreach.domain.inbox import TaskKind
from outreach.domain.reply import Reading
from outreach.engine.reply_tasks import open_task
from outreach.store import history
from outreach.store.database import Db


@dataclass(slots=True)
class Answer:
    """What a reply did, in words; whom it stopped, which touches it harmed, and whether nothing is left to decide."""

    text: str
    stopped: set[int] = field(default_factory=set)
    harmed: set[int] = field(default_factory=set)
    decided: bool = False  # also when nobody is concerned


@dataclass(frozen=True, slots=True)
class Scene:
    """A reply with what is known of it. Its people are locked."""

    db: Db
    house: House
    match: Match
    reply: Replied
    reading: Reading
    reply_id: int
    by: str

    @property
    def people(self) -> list[int]:
        """Whom it concerns, in order."""
        return sorted(self.match.lead_ids)


def ask_reps(scene: Scene, kind: TaskKind) -> None:
    """A task for the rep of each person concerned; of a whole company one is enough."""
    for lead_id in scene.people[:1] if scene.match.company else scene.people:
        open_task(
            scene.db,
            scene.house,
            lead_id,
            kind,
            channel=scene.reply.channel,
            sender=scene.reply.sender,
            text=scene.reading.text or scene.reply.text,
            enrollment_ids=scene.match.enrollment_ids,
            reply_id=scene.reply_id,
        )


def note(scene: Scene) -> None:
    """Tell everybody's history that a reply came, and what it was."""
    cause = f"{scene.reply.channel.value} reply"
    because = scene.reading.kind.value
    now, by = scene.house.now(), scene.by
    entries = [history.Entry(at=now, lead_id=i, cause=cause, by=by, because=because) for i in scene.people]
    history.add(scene.db, entries)
