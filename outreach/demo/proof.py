"""What the play must have shown, checked: our database on one side, the ledger of the sandbox on the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from outreach.demo.cast import CAST, END, START, Person
from outreach.demo.play import Play, Scene
from outreach.demo.stage import Stage
from outreach.demo.telling import WORDS, coming
from outreach.domain import enrollment, touch
from outreach.domain.enrollment import Enrollment
from outreach.sandbox import Accepted, Posted
from outreach.store import history, overview

DAYS: Final = (END.date() - START.date()).days + 1
_ANSWERS: Final = ("mail", "inbound", "one-click", "events")  # webhooks that may bring an answer


@dataclass(frozen=True, slots=True)
class Fact:
    """One promise, and whether it was kept."""

    text: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Row:
    """How one lead fared."""

    name: str
    cadence: str
    touches: dict[str, int]
    did: str
    ended: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole play in figures."""

    rows: tuple[Row, ...]
    accepted: dict[str, int]
    facts: tuple[Fact, ...]

    @property
    def holds(self) -> bool:
        """Whether every promise was kept."""
        return all(fact.holds for fact in self.facts)

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "ok": self.holds,
            "days": DAYS,
            "leads": [asdict(row) for row in self.rows],
            "accepted": self.accepted,
            "facts": [asdict(fact) for fact in self.facts],
        }


def summary(stage: Stage, play: Play) -> Summary:
    """Read both sides and compare."""
    scene = play.scene()
    case = _Case(stage, play.leads, scene, stage.sandbox.accepted(), stage.sandbox.posted())
    rows = tuple(case.row(lead_id) for lead_id in sorted(play.leads, key=lambda i: CAST.index(play.leads[i])))
    kinds = Counter(line.kind for line in case.accepted)
    accepted = {word: kinds[kind] for kind, word in (("mail", "mails"), ("sms", "texts"), ("call", "calls"))}
    facts = (
        case.balance(accepted),
        case.peace(),
        case.away(),
        case.voices(),
        case.hours(),
        case.ends(),
        case.memory(),
    )
    return Summary(rows, accepted, facts)


@dataclass(frozen=True, slots=True)
class _Case:
    stage: Stage
    leads: dict[int, Person]
    scene: Scene
    accepted: list[Accepted]
    posted: list[Posted]

    def row(self, lead_id: int) -> Row:
        """What one lead got, did and became."""
        person, first = self.leads[lead_id], self._first(lead_id)
        went = [t for t in self.scene.touches if t.lead_id == lead_id and t.state in touch.WENT_OUT]
        counted = Counter(WORDS[t.channel] for t in went)
        later = [w.cadence for w in self.scene.walks if w.lead_id == lead_id and w.id != first.id]
        ended = first.state.value.replace("_", " ") + "".join(f", then {name}" for name in later)
        ended += f", {coming(self.scene, first)}" if first.open else ""
        return Row(
            person.name,
            person.cadence,
            {word: counted[word] for word in WORDS.values() if word in counted},
            person.story,
            ended,
        )

    def balance(self, accepted: dict[str, int]) -> Fact:
        """Touch by touch, by the provider's own reference: nothing lost, nothing twice."""
        ours = sorted(t.reference for t in self.scene.touches if t.reference)
        theirs = sorted(line.reference for line in self.accepted)
        lost = [t for t in self.scene.touches if t.state in (touch.State.SENDING, touch.State.UNCERTAIN)]
        shown = ", ".join(f"{count} {word}" for word, count in accepted.items())
        return Fact(
            f"{shown} accepted by the providers: each is one touch of ours", ours == theirs and not lost
        )

    def peace(self) -> Fact:
        """By the ledger alone: nothing was accepted for anybody after the webhook with their answer was answered."""
        answered = (enrollment.State.REPLIED, enrollment.State.OPTED_OUT)
        who = [lead_id for lead_id in self.leads if self._first(lead_id).state in answered]
        crossed = sum(
            accepted_after(self._first(one).ended_at, self._to(self.leads[one]), self.posted) for one in who
        )
        text = f"{len(who)} leads answered or opted out: {crossed} messages accepted for them after that"
        return Fact(text, crossed == 0 and bool(who))

    def away(self) -> Fact:
        """Who was out of office heard nothing until the pause was over."""
        pauses = 0
        disturbed = 0
        with self.stage.house.store.read() as db:
            for lead_id, person in self.leads.items():
                entries = history.of_lead(db, lead_id)
                begun = [e.at for e in entries if e.cause == enrollment.Cause.PAUSE.value]
                over = [e.at for e in entries if e.cause == enrollment.Cause.RESUME.value]
                for since, until in zip(begun, over, strict=False):
                    pauses += 1
                    disturbed += sum(since.timestamp() < a.at < until.timestamp() for a in self._to(person))
        return Fact(
            f"{pauses} lead was out of office: {disturbed} messages in the meantime", pauses > 0 == disturbed
        )

    def voices(self) -> Fact:
        """A recording is for machines only."""
        heard = self.stage.sandbox.heard()
        recorded = {call.answered_by.startswith("machine"): _recorded(call.verbs) for call in heard}
        text = "the machine got the recorded message, the person who picked up a goodbye"
        return Fact(text, recorded == {True: True, False: False})

    def hours(self) -> Fact:
        """47 CFR 64.1200(c)(1): no call or text before 8:00 or after 21:00 where the lead is."""
        zones = {person.phone: ZoneInfo(person.zone) for person in self.leads.values() if person.phone}
        rung = [datetime.fromtimestamp(a.at, zones[a.to]).hour for a in self.accepted if a.to in zones]
        text = "no text or call before 8:00 or after 21:00 where the lead is"
        return Fact(text, bool(rung) and all(8 <= hour < 21 for hour in rung))

    def ends(self) -> Fact:
        """Everybody's first cadence ended as what they did demands."""
        right = sum(self._first(lead_id).state is person.ends for lead_id, person in self.leads.items())
        return Fact(f"{right} of {len(CAST)} leads ended as what they did demands", right == len(CAST))

    def memory(self) -> Fact:
        """Promise 3, by the query that proves it."""
        with self.stage.house.store.read() as db:
            forgotten = overview.forgotten(db)
        walking = sum(walk.open for walk in self.scene.walks)
        return Fact(
            f"{walking} leads are still walking, each with a next action: {len(forgotten)} forgotten",
            not forgotten,
        )

    def _first(self, lead_id: int) -> Enrollment:
        return next(walk for walk in self.scene.walks if walk.lead_id == lead_id)

    def _to(self, person: Person) -> list[Accepted]:
        return [line for line in self.accepted if line.to in (person.email, person.phone)]


def accepted_after(answered: datetime | None, accepted: Sequence[Accepted], posted: Sequence[Posted]) -> int:
    """How many of these messages the ledger took in after it had been told 2xx for the answer that came at `answered`.

    Where the ledger knows of no such webhook, every message counts.
    """
    at = answered.timestamp() if answered else 0.0
    told = [p.seq for p in posted if p.kind in _ANSWERS and 200 <= p.status < 300 and abs(p.at - at) < 1]
    since = min(told, default=0)
    return sum(line.seq > since for line in accepted)


def _recorded(verbs: list[tuple[str, str]]) -> bool:
    return any("recorded message" in text for _, text in verbs)
