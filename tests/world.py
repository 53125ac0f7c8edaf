"""The little theatre: a house with a clock one can move, people with names, and a provider that remembers.

Real engine, real store, real Dramatiq worker over the real broker. Only the clock and the provider are ours.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from dramatiq import Broker
from sqlalchemy import text

from outreach import bell
from outreach.casework.house import House
from outreach.domain.channel import AddressKind, Channel
from outreach.domain.enrollment import Enrollment
from outreach.domain.event import Bounced, Delivered, Event, OptedOut, Replied
from outreach.domain.message import Message
from outreach.domain.people import Lead
from outreach.domain.touch import Touch
from outreach.engine import apply, dispatch, enroll, people, receive, sweep
from outreach.engine.receive import Received
from outreach.providers.registry import Providers
from outreach.settings import Settings
from outreach.store import enrollments, history, touches
from outreach.store.database import Store
from outreach.worker import Worker
from tests.fakes import FakeProvider

# A Tuesday in December, ten in the morning in New York, where Ada and her friends live.
START = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)

# By which those who were forgotten are recognised.
KEY = "the key of the little theatre's suppressions"

TEAM = """\
version: 1
defaults: {timezone: America/New_York, country: US, holidays: [US]}
senders:
  main:
    email: team@mail.acme.example
    name: Acme
    postal_address: 1 Main St, Springfield
    reply_domain: reply.acme.example
    sms: "+15005550006"
    optout_number: "+18005550100"
reps:
  rosa: {name: Rosa Diaz, email: rosa@acme.example, phone: "+15005550006", sender: main}
"""

TRIAL = """\
cadences:
  trial:
    window: always
    channels: {sms: {window: {days: mon-sun, hours: "08:00-21:00"}}}
    steps:
      - {id: hello, email: hello.md}
      - {id: text, after: 2 days, sms: text.txt}
      - {id: again, after: 3 days, email: again.md}
"""

TEMPLATES = {
    "hello.md": "---\nsubject: Hello {{ lead.first_name | default('there') }}\n---\nA tip for you.\n",
    "again.md": "One more tip.\n",
    "other.md": "---\nsubject: Something else\n---\nAnother matter.\n",
    "text.txt": "Acme here with a tip. Reply STOP to opt out.",
    "voice.txt": "This is Acme at 500 555 0006. A tip for you. To opt out call 800 555 0100.",
    "call.md": "---\ntitle: Call them\n---\nAsk how it went.\n",
}

PEOPLE = {
    "Ada": "+12125550101",
    "Ben": "+12125550102",
    "Cleo": "+12125550103",
    "Dan": "+12125550104",
    "Eve": "+12125550105",
}


class World:
    """Ask it to enroll, to let time pass, to reply; then look at the timeline."""

    def __init__(self, folder: Path, store: Store, redis_url: str | None) -> None:
        self.folder, self.store = folder, store
        self.at = self.day_zero = START
        self.provider = FakeProvider()
        self._broker = bell.broker_for(redis_url)
        self._ring = bell.ringer(self._broker)
        self._idle = threading.Condition()
        self._open = 0  # bells rung and not yet answered
        self.deaf = False  # bells are lost while this is set
        settings = Settings(
            cadences=folder / "cadences.yaml",
            templates=folder / "templates",
            threads=2,
            lane=8,
            send_deadline=0.5,
            stop_wait=1.5,
            unheard=0.0,
        )
        self.house = House(
            settings=settings,
            store=store,
            clock=lambda: self.at,
            providers=Providers.of(self.provider),
            ring=self.ring,
        )
        self.worker = _Counting(self, self._broker)
        self._keys = itertools.count()
        self.write(TRIAL)

    # -- the files -----------------------------------------------------------------------------------------------------

    def write(self, cadences: str, templates: dict[str, str] | None = None) -> None:
        """Put these cadences (below the team of the theatre) and templates in place, and load them."""
        (self.folder / "cadences.yaml").write_text(TEAM + cadences)
        for path, words in {**TEMPLATES, **(templates or {})}.items():
            target = self.folder / "templates" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(words)
        apply.apply(self.house, by="ops")

    # -- people ----------------------------------------------------------------------------------------------------------

    def lead(self, name: str, **details: str) -> Lead:
        """A lead of that first name, with a mail address and a New York number unless told otherwise."""
        known = {
            "name": f"{name} Jones",
            "email": f"{name.lower()}@client.example",
            "timezone": "America/New_York",
        }
        if name in PEOPLE:
            known["phone"] = PEOPLE[name]
        said = {key: value for key, value in {**known, **details}.items() if value}
        return people.save(self.house, people.read_lead(said, country="US"), by="rosa").lead

    def enroll(self, name: str | Lead, cadence: str = "trial", **details: str) -> Lead:
        """Enroll somebody; what is due at once goes out at once."""
        lead = name if isinstance(name, Lead) else self.lead(name, **details)
        enroll.enroll(self.house, lead, cadence, by="rosa")
        self.settle()
        return lead

    def begin(self, moment: datetime) -> None:
        """The story begins at another moment than the usual Tuesday."""
        self.at = self.day_zero = moment

    # -- time ------------------------------------------------------------------------------------------------------------

    def pass_time(self, **span: float) -> None:
        """Let business time pass, stopping wherever something is due."""
        self.until(self.at + timedelta(**span))

    def until(self, moment: datetime) -> None:
        """Let business time pass up to a moment."""
        self.settle()
        while (due := self._next()) is not None and due <= moment:
            self.at = max(due, self.at)
            self.settle()
        self.at = max(moment, self.at)
        self.settle()

    def settle(self) -> None:
        """A tick of the clock, and all the work that follows from it."""
        while True:
            self.quiet()  # first: what is on its way may make the next step due
            sweep.sweep(self.house)
            if not dispatch.dispatch(self.house) or self.deaf:
                return

    def quiet(self, timeout: float = 20) -> None:
        """Wait until every bell has been answered."""
        with self._idle:
            if not self._idle.wait_for(lambda: self._open == 0, timeout):
                raise AssertionError(f"{self._open} bell(s) unanswered after {timeout} s")

    def ring(self, waiting: Sequence[tuple[int, Channel]]) -> None:
        """Ring, and count what must be answered."""
        if self.deaf:
            return
        by_channel: dict[Channel, int] = {}
        for _, channel in waiting:
            by_channel[channel] = by_channel.get(channel, 0) + 1
        with self._idle:
            self._open += sum(-(-count // bell.BATCH) for count in by_channel.values())
        self._ring(waiting)

    def answered(self) -> None:
        """A bell was answered."""
        with self._idle:
            self._open = max(0, self._open - 1)
            self._idle.notify_all()

    def _next(self) -> datetime | None:
        asked = (
            "SELECT min(at) FROM (SELECT min(due_at) AS at FROM enrollments WHERE due_at > :now UNION ALL "
            "SELECT min(resume_at) FROM enrollments WHERE state = 'paused' AND resume_at > :now UNION ALL "
            "SELECT min(due_at) FROM touches WHERE state IN ('queued', 'open') AND due_at > :now) AS times"
        )
        with self.store.read() as db:
            now = self.at.strftime("%Y-%m-%d %H:%M:%S.%f") if self.store.sqlite else self.at
            found = db.execute(text(asked), {"now": now}).scalar()
        if found is None:
            return None
        return (
            datetime.fromisoformat(found).replace(tzinfo=UTC)
            if isinstance(found, str)
            else found.astimezone(UTC)
        )

    # -- what comes back -------------------------------------------------------------------------------------------------

    def tell(self, *events: Event) -> Received:
        """A signed webhook with these events arrives and is answered."""
        return receive.receive(self.house, "fake", self.provider.request(*events))

    def reply(self, lead: Lead, words: str, channel: Channel = Channel.EMAIL, **more: object) -> Received:
        """The lead writes back, from the address we have."""
        sender = lead.address(channel.needs)
        assert sender
        told = {"key": f"reply-{next(self._keys)}", "channel": channel, "sender": sender, "text": words}
        got = self.tell(Replied(**{**told, **more}))  # type: ignore[arg-type]
        self.settle()
        return got

    def bounce(self, lead: Lead, *, hard: bool = True) -> None:
        """The latest message to this lead bounces."""
        self.tell(Bounced(key=f"bounce-{next(self._keys)}", token=self.token(lead), hard=hard, code="550"))
        self.settle()

    def delivered(self, lead: Lead) -> None:
        """The latest message to this lead was delivered."""
        self.tell(Delivered(key=f"delivered-{next(self._keys)}", token=self.token(lead)))

    def unsubscribe(self, lead: Lead) -> Received:
        """The lead used the unsubscribe link of a mail."""
        address = lead.address(AddressKind.EMAIL) or ""
        return self.tell(
            OptedOut(key=f"out-{next(self._keys)}", channel=Channel.EMAIL, address=address, how="link")
        )

    def token(self, lead: Lead) -> str:
        """The token of the latest message to this lead."""
        mine = {address.value for address in lead.addresses}
        return next(token for message, token in reversed(self.provider.sent) if message.to in mine)

    # -- looking ---------------------------------------------------------------------------------------------------------

    def timeline(self, lead: Lead) -> list[str]:
        """What happened to a lead, as one would tell it: "day 2  sms  sent"."""
        with self.store.read() as db:
            entries = history.of_lead(db, lead.id)
            channel = {touch.id: touch.channel.value for touch in touches.of_lead(db, lead.id)}
        told: list[str] = []
        for entry in entries:
            day = f"day {(entry.at - self.day_zero).days}"
            if entry.touch_id and entry.became in _SHOWN:
                told.append(f"{day}  {channel[entry.touch_id]}  {entry.became}")
            elif entry.cause.endswith("reply") and entry.touch_id is None and entry.enrollment_id is None:
                told.append(f"{day}  {entry.cause.split()[0]}  reply  {entry.because}")
        return told

    def messages(self, lead: Lead) -> list[Message]:
        """What the provider accepted for a lead, in order."""
        mine = {address.value for address in lead.addresses}
        return [message for message, _ in self.provider.sent if message.to in mine]

    def enrollment(self, lead: Lead, cadence: str = "trial") -> Enrollment:
        """The latest enrollment of a lead in a cadence."""
        with self.store.read() as db:
            return [e for e in enrollments.of_leads(db, [lead.id]) if e.cadence == cadence][-1]

    def touches(self, lead: Lead) -> list[Touch]:
        """Every touch of a lead, oldest first."""
        with self.store.read() as db:
            return touches.of_lead(db, lead.id)

    def touch(self, lead: Lead, step: str) -> Touch:
        """The touch of a lead's step."""
        return next(touch for touch in self.touches(lead) if touch.step_id == step)

    def __enter__(self) -> Self:
        self.worker.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.worker.stop()
        self._broker.close()


class _Counting(Worker):
    """The real worker, which says when it has answered a bell."""

    def __init__(self, world: World, broker: Broker) -> None:
        self._world = world
        super().__init__(world.house, broker, poll=20)

    def hear(self, touch_ids: Sequence[int]) -> None:
        try:
            super().hear(touch_ids)
        finally:
            self._world.answered()


_SHOWN = {"sent", "delivered", "bounced", "skipped", "failed", "uncertain", "open", "done"}
