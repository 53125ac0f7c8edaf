"""Tells what happened: from the history that the engine wrote to lines that a person can follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from outreach.demo.cast import OFFICE, START, Person
from outreach.demo.play import Scene
from outreach.demo.stage import Stage
from outreach.domain import enrollment, touch
from outreach.domain.channel import Channel
from outreach.domain.enrollment import Enrollment
from outreach.domain.touch import Touch
from outreach.store import enrollments, history, touches
from outreach.store.database import Db

WORDS: Final = {
    Channel.EMAIL: "mail",
    Channel.SMS: "text",
    Channel.VOICEMAIL: "voicemail",
    Channel.CALL: "call",
    Channel.LETTER: "letter",
    Channel.SOCIAL: "social",
}
_ENDS: Final = {
    enrollment.State.REPLIED: "left alone from now on",
    enrollment.State.OPTED_OUT: "never again",
    enrollment.State.FINISHED: "nobody answered",
}
_ANSWERS: Final = {
    "human": "answers by {}",
    "opt_out": "says STOP by {}",
    "out_of_office": "automatic answer by {}: out of office",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened to one lead, at a business time (UTC). `mood` is a colour of rich, or empty."""

    at: datetime
    who: str
    what: str
    mood: str = ""

    @property
    def when(self) -> str:
        """`day  2 Tue 12:30`, by the office's clock."""
        return when(self.at)

    def __str__(self) -> str:
        return f"{self.when}  {self.who:<13} {self.what}"


def when(at: datetime) -> str:
    """The day of the play and the office's time of day."""
    here = at.astimezone(OFFICE)
    return f"day {(here.date() - START.date()).days + 1:>2} {here:%a %H:%M}"


def coming(scene: Scene, walk: Enrollment) -> str:
    """What an open walk waits for."""
    carried = [t for t in scene.touches if t.enrollment_id == walk.id and t.step_id == walk.step_id]
    if carried and carried[-1].state is touch.State.OPEN:
        return f"{WORDS[carried[-1].channel]} lies with Rosa"
    due = walk.due_at or (carried[-1].due_at if carried else None)
    return f"next {WORDS[walk.channel] if walk.channel else 'step'} {day(due)}"


def day(at: datetime | None) -> str:
    """`Thu 25 Feb 18:00`, by the office's clock."""
    return f"{at.astimezone(OFFICE):%a %d %b %H:%M}" if at else ""


@dataclass
class Telling:
    """Reads what is new in the history after each instant, and keeps all lines."""

    stage: Stage
    leads: dict[int, Person]
    lines: list[Line] = field(default_factory=list)
    _seen: dict[int, int] = field(default_factory=dict)
    _heard: int = 0

    def news(self) -> list[Line]:
        """The lines of the instant that has just passed, in the order of the leads."""
        new: list[Line] = []
        with self.stage.house.store.read() as db:
            for lead_id, person in self.leads.items():
                entries = history.of_lead(db, lead_id)[self._seen.get(lead_id, 0) :]
                if not entries:
                    continue
                self._seen[lead_id] = self._seen.get(lead_id, 0) + len(entries)
                walks = {walk.id: walk for walk in enrollments.of_leads(db, [lead_id])}
                about = {one.id: one for one in touches.of_lead(db, lead_id)}
                titles = {t.id: self._title(db, walks[t.enrollment_id].version_id, t) for t in about.values()}
                new += _Instant(person, entries, walks, about, titles).lines()
        new += self._calls()
        self.lines += new
        return new

    def _title(self, db: Db, version_id: int, about: Touch) -> str:
        step = self.stage.house.library.edition(db, version_id).cadence.step(about.step_id)
        title = step.title if step else ""
        return "" if title.lower() in ("", WORDS[about.channel]) else f": {title}"

    def _calls(self) -> list[Line]:
        """What whoever picked up has heard, by the sandbox's ledger."""
        heard = self.stage.sandbox.heard()
        fresh, self._heard = heard[self._heard :], len(heard)
        names = {person.phone: person.name for person in self.leads.values()}
        lines: list[Line] = []
        for call in fresh:
            machine = call.answered_by.startswith("machine")
            what = "the machine takes the message" if machine else "a person picks up: no recording is played"
            lines.append(Line(self.stage.clock(), names.get(call.to, call.to), what, "cyan"))
        return lines


@dataclass(frozen=True, slots=True)
class _Instant:
    """What one lead's history says about one instant."""

    person: Person
    entries: list[history.Entry]
    walks: dict[int, enrollment.Enrollment]
    about: dict[int, Touch]
    titles: dict[int, str]

    def lines(self) -> list[Line]:
        """Who comes in, then touches as they stand at its end (a callback may be faster than an answer), then the rest."""
        comes = [entry for entry in self.entries if entry.cause == "enroll" and not _handed_over(entry)]
        last = {entry.touch_id: entry for entry in self.entries if entry.touch_id}
        told = [self._other(entry) for entry in comes]
        told += [self._touch(self.about[touch_id], last[touch_id]) for touch_id in sorted(last)]
        told += [self._other(entry) for entry in self.entries if not entry.touch_id and entry not in comes]
        return [line for line in told if line]

    def _touch(self, about: Touch, entry: history.Entry) -> Line | None:
        how = _TOUCHES.get(touch.State(entry.became or about.state.value))
        if how is None or (entry.because or "").startswith("the enrollment is"):
            return None
        tell, mood = how
        what = tell(WORDS[about.channel], self.titles[about.id], entry.because or "")
        return self._line(entry, what + (self._there(entry.at) if not about.channel.by_rep else ""), mood)

    def _other(self, entry: history.Entry) -> Line | None:
        because = entry.because or ""
        if entry.enrollment_id is None:
            kind, _, word = entry.cause.partition(" ")
            channel = {"email": "mail", "sms": "text"}.get(kind, kind)
            answer = _ANSWERS.get(because, "answers by {}").format(channel)
            return self._line(entry, answer, "bold green") if word == "reply" else None
        if entry.cause == "enroll":
            verb = "goes on in" if _handed_over(entry) else "enrolled in"
            return self._line(entry, f"{verb} {because}", "blue")
        if entry.cause == enrollment.Cause.PAUSE.value:
            until = self.walks[entry.enrollment_id].resume_at
            shown = f" until {when(until)}" if until else ""
            return self._line(entry, f"paused{shown}", "yellow")
        if entry.cause == enrollment.Cause.RESUME.value:
            return self._line(entry, "goes on", "yellow")
        state = enrollment.State(entry.became or entry.was or "active")
        if state in enrollment.OPEN:
            return None
        name = state.value.replace("_", " ").upper()
        why = [because.removeprefix("address: "), _ENDS.get(state, "")]
        return self._line(entry, f"{name}: {'; '.join(part for part in why if part)}", "bold magenta")

    def _there(self, at: datetime) -> str:
        there = at.astimezone(ZoneInfo(self.person.zone))
        same = there.utcoffset() == at.astimezone(OFFICE).utcoffset()
        return "" if same else f" ({there:%H:%M} in {self.person.city})"

    def _line(self, entry: history.Entry, what: str, mood: str) -> Line:
        return Line(entry.at, self.person.name, what, mood)


def _handed_over(entry: history.Entry) -> bool:
    return entry.by.startswith("hand-over")


_Tell = Callable[[str, str, str], str]
_TOUCHES: Final[dict[touch.State, tuple[_Tell, str]]] = {
    touch.State.SENT: (lambda channel, title, _: f"{channel} sent{title}", ""),
    touch.State.DELIVERED: (lambda channel, title, _: f"{channel} delivered{title}", ""),
    touch.State.BOUNCED: (lambda channel, _, why: f"{channel} bounced: {why}", "red"),
    touch.State.SKIPPED: (lambda channel, _, why: f"{channel} skipped ({why})", "dim"),
    touch.State.FAILED: (lambda channel, _, why: f"{channel} failed: {why}", "red"),
    touch.State.UNCERTAIN: (lambda channel, _, why: f"{channel} uncertain: {why}", "red"),
    touch.State.OPEN: (lambda channel, title, _: f"{channel} for Rosa{title}", "dim"),
    touch.State.DONE: (lambda channel, _, why: f"{channel} by Rosa: {why.replace('_', ' ')}", ""),
}
