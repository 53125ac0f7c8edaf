"""The play: from instant to instant, as soon as nothing is on its way any more.

Leads are enrolled, the pretended reps do their tasks; all else is done by the engine and the sandbox by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic, sleep

from outreach.demo.cast import CAST, END, START, Person
from outreach.demo.stage import Stage
from outreach.domain import enrollment, touch
from outreach.domain.channel import Channel
from outreach.domain.consent import Consent
from outreach.domain.enrollment import Enrollment
from outreach.domain.errors import Error
from outreach.domain.people import Lead
from outreach.domain.touch import Disposition, Touch
from outreach.engine.enroll import enroll
from outreach.engine.people import read_lead, save, written_consent
from outreach.engine.tasks import done
from outreach.store import enrollments, touches

_PATIENCE = 30.0  # real seconds for what happens at one instant
_LOOK = 0.008  # real seconds between two looks whether it has
_DILIGENCE = timedelta(minutes=45)  # how long a task lies with its rep


class Stuck(Error):
    """Something at one instant did not come to an end."""


@dataclass(frozen=True, slots=True)
class Scene:
    """All walks and touches at one moment."""

    walks: tuple[Enrollment, ...]
    touches: tuple[Touch, ...]

    @property
    def mark(self) -> int:
        """A number that grows with each write."""
        return sum(walk.revision for walk in self.walks) + sum(one.revision for one in self.touches)

    def busy(self, now: datetime) -> bool:
        """Whether anything is on the wire, or should be by now."""
        return (
            any(w.due_at and w.due_at <= now for w in self.walks if w.open)
            or any(
                w.resume_at and w.resume_at <= now for w in self.walks if w.state is enrollment.State.PAUSED
            )
            or any(
                t.state is touch.State.SENDING
                or (t.state is touch.State.QUEUED and t.due_at and t.due_at <= now)
                for t in self.touches
            )
        )

    def next(self) -> list[datetime]:
        """The instants at which the engine will do something."""
        steps = [w.due_at for w in self.walks if w.open and w.due_at]
        pauses = [w.resume_at for w in self.walks if w.state is enrollment.State.PAUSED and w.resume_at]
        waiting = [t.due_at for t in self.touches if t.state is touch.State.QUEUED and t.due_at]
        return steps + pauses + waiting


@dataclass
class Play:
    """Plays the cast on a stage."""

    stage: Stage
    leads: dict[int, Person] = field(default_factory=dict)  # by the lead's number
    _tasks: dict[int, datetime] = field(default_factory=dict)  # when its rep does each task

    def run(self) -> Iterator[Scene]:
        """From the first enrollment to the last day: how everybody stands after each instant. Raises Stuck."""
        for person in CAST:
            for address, acts in ((person.email, person.by_mail), (person.phone, person.by_phone)):
                self.stage.sandbox.persona(address or "nobody", *acts)
        entrances = sorted(CAST, key=lambda person: person.enrolled_at)
        self.stage.clock.flow(START.astimezone(UTC))
        while True:
            while entrances and entrances[0].enrolled_at <= self.stage.clock():
                self._enter(entrances.pop(0))
            scene = self._settled()
            yield scene
            coming = [*scene.next(), *self.stage.clock.alarms(), *self._tasks.values()]
            coming += [person.enrolled_at for person in entrances[:1]]
            instant = min(coming, default=END)
            self.stage.clock.flow(min(instant, END).astimezone(UTC))
            if instant >= END:
                return
            self._do_tasks()

    def scene(self) -> Scene:
        """How everybody stands."""
        with self.stage.house.store.read() as db:
            walks = enrollments.of_leads(db, self.leads)
            return Scene(tuple(walks), tuple(touches.of_enrollments(db, [walk.id for walk in walks])))

    def _enter(self, person: Person) -> None:
        house = self.stage.house
        lead: Lead = read_lead(person.values, country="US", source="demo")
        consents: list[Consent] = []
        for channel in person.agreed:
            words = f"Yes, Acme may reach me by {channel.value}."
            consents.append(written_consent(channel, words, at=house.now(), how="form"))
        stored = save(house, lead, by="form", consents=consents).lead
        self.leads[stored.id] = person
        enroll(house, stored, person.cadence, by="form")

    def _do_tasks(self) -> None:
        now = self.stage.clock()
        for task in self.scene().touches:
            if self._tasks.get(task.id, END) > now:
                continue
            del self._tasks[task.id]
            if task.state is touch.State.OPEN:
                call = task.channel is Channel.CALL
                ending = self.leads[task.lead_id].calls if call else Disposition.DONE
                done(self.stage.house, task.id, ending, by="rosa")

    def _settled(self) -> Scene:
        """Wait until nothing is on its way: no touch, no callback, no call, no answer. Twice alike, to be sure."""
        end = monotonic() + _PATIENCE
        before: tuple[int, int] | None = None
        while monotonic() < end:
            scene = self.scene()
            seen = (scene.mark, self.stage.sandbox.lines)
            idle = not scene.busy(self.stage.clock()) and not self._under_way()
            if idle and seen == before:
                self._note_tasks(scene)
                return scene
            before = seen if idle else None
            sleep(_LOOK)
        stuck = [
            f"{t.step_id} {t.state.value}" for t in self.scene().touches if t.state is touch.State.SENDING
        ]
        raise Stuck(
            f"nothing moved on for {_PATIENCE:.0f} s at {self.stage.clock():%Y-%m-%d %H:%M} UTC: {stuck}"
        )

    def _under_way(self) -> bool:
        return self.stage.sandbox.under_way > len(self.stage.clock.alarms())

    def _note_tasks(self, scene: Scene) -> None:
        for task in scene.touches:
            if task.state is touch.State.OPEN:
                self._tasks.setdefault(task.id, self.stage.clock() + _DILIGENCE)
            else:
                self._tasks.pop(task.id, None)
