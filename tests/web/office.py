"""The web door open on a loopback port, with the vendors' sandbox on the other side of the street.

Real server, real engine, real SDKs. Only the clock is ours.
"""

from __future__ import annotations

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Self

from sqlalchemy import text

from outreach import bootstrap
from outreach.casework.house import House
from outreach.domain.channel import AddressKind, Channel
from outreach.domain.consent import Consent, ConsentKind
from outreach.domain.enrollment import Enrollment
from outreach.domain.people import Address, Lead
from outreach.domain.touch import Touch
from outreach.engine import apply, deliver, dispatch, enroll, people
from outreach.sandbox import Sandbox
from outreach.settings import Settings
from outreach.store import enrollments, leads, permissions, touches
from outreach.store.database import Db, Store
from outreach.store.schema import metadata
from outreach.web.app import server

START = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # a Tuesday, ten in the morning in New York
OURS = "+15005550006"
PUBLIC = "https://follow.acme.example"  # how the world knows a house without a server

CADENCES = """\
version: 1
defaults: {timezone: America/New_York, country: US, window: always}
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
cadences:
  trial:
    steps:
      - {id: hello, email: hello.md}
      - {id: again, after: 1 day, email: again.md}
  texts:
    channels: {sms: {window: {days: mon-sun, hours: "08:00-21:00"}}}
    steps:
      - {id: text, sms: text.txt}
      - {id: more, after: 1 day, sms: text.txt}
  calls:
    channels: {voicemail: {window: {days: mon-fri, hours: "09:00-17:00"}}}
    steps:
      - {id: drop, voicemail: voice.txt}
      - {id: tape, after: 1 day, voicemail: tape.mp3}
"""
TEMPLATES = {
    "hello.md": "---\nsubject: Hello {{ lead.first_name }}\n---\nSee [our tour](https://acme.example/tour).\n",
    "again.md": "One more tip.\n",
    "text.txt": "Acme here with a tip. Reply STOP to opt out.",
    "voice.txt": "This is Acme at 500 555 0006. A tip for you. To opt out call 800 555 0100.",
}
TAPE = b"ID3" + bytes(range(256))
NUMBERS = {"Ada": "+12125550101", "Ben": "+12125550102", "Cleo": "+12125550103"}


class Office:
    """A house with its web door open. Ask it to enroll people and to deliver; then see what the sandbox says."""

    def __init__(self, folder: Path, store: Store, sandbox: Sandbox, stop_wait: float = 5.0) -> None:
        self.now = START
        self.sandbox = sandbox
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.settings = replace(settings(folder, self.url, sandbox), stop_wait=stop_wait)
        self.house: House = bootstrap.house(self.settings, store=store, clock=lambda: self.now)
        _write(folder)
        apply.apply(self.house, by="ops")
        self._server = server(self.house)
        self._serving = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)
        self._pool = ThreadPoolExecutor(4)
        sandbox.settings.point_at(self.url)

    def enroll(self, name: str, cadence: str = "trial", *, email: str = "") -> Lead:
        """Enroll somebody who agreed to everything, and send what is due."""
        said = {
            "name": f"{name} Jones",
            "email": email or f"{name.lower()}@client.example",
            "phone": NUMBERS[name],
        }
        lead = people.save(self.house, people.read_lead(said, country="US"), by="rosa").lead
        consent = Consent(channel=Channel.VOICEMAIL, kind=ConsentKind.WRITTEN, given_at=START, text="Yes")
        with self.house.store.begin() as db:
            permissions.allow(db, lead.id, consent)
        enroll.enroll(self.house, lead, cadence, by="rosa")
        self.deliver()
        return lead

    def enroll_nobody(self, db: Db, name: str, email: str) -> Lead:
        """A second lead with a mail address that another one has: only a table of another source brings such."""
        address = Address(id=0, kind=AddressKind.EMAIL, value=email)
        lead = Lead(id=0, source="crm", external_id=name, name=name, addresses=(address,))
        return leads.add(db, lead, token=self.house.new_token(), at=self.now)

    def deliver(self) -> None:
        """A tick of the clock, and the work of one worker."""
        dispatch.dispatch(self.house)
        with self.house.store.read() as db:
            due = db.scalars(text("SELECT id FROM touches WHERE state = 'queued'")).all()
        deliver.deliver(self.house, due, self._pool)

    def pass_time(self, **span: float) -> None:
        """Move the clock and deliver what became due."""
        self.now += timedelta(**span)
        self.deliver()

    def lead(self, name: str) -> Lead:
        """The lead of that first name."""
        with self.house.store.read() as db:
            return leads.find(db, f"{name} Jones")[0]

    def enrollment(self, lead: Lead) -> Enrollment:
        """The latest enrollment of a lead."""
        with self.house.store.read() as db:
            return enrollments.of_leads(db, [lead.id])[-1]

    def touches(self, lead: Lead) -> list[Touch]:
        """Every touch of a lead, oldest first."""
        with self.house.store.read() as db:
            return touches.of_lead(db, lead.id)

    def link(self, lead: Lead) -> str:
        """The path of a lead's unsubscribe link."""
        with self.house.store.read() as db:
            token = db.scalar(text("SELECT token FROM leads WHERE id = :id"), {"id": lead.id})
        return f"/u/{token}"

    def state(self) -> dict[str, list[tuple[object, ...]]]:
        """Everything that is stored, to see whether something changed."""
        self.sandbox.settle()  # its own callbacks would
        return everything(self.house.store)

    def wait(self, what: str, lead: Lead, state: str, seconds: float = 5.0) -> None:
        """Wait until the touch of a step has reached a state: webhooks come when they come."""
        end = monotonic() + seconds
        while state not in [t.state.value for t in self.touches(lead) if t.step_id == what]:
            if monotonic() > end:
                seen = [(t.step_id, t.state.value, t.reason) for t in self.touches(lead)]
                raise AssertionError(f"{what} never became {state}: {seen}")
            sleep(0.005)

    def __enter__(self) -> Self:
        self._serving.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._serving.join(10)
        self._pool.shutdown()
        self.house.providers.close()


def settings(folder: Path, url: str, sandbox: Sandbox | None = None) -> Settings:
    """Settings of a test: with a sandbox its keys and addresses, else none at all."""
    plain = Settings(cadences=folder / "cadences.yaml", templates=folder / "templates", public_url=url)
    if sandbox is None:
        return plain
    return replace(
        plain,
        sendgrid_api_key=sandbox.settings.api_key,
        sendgrid_event_key=sandbox.event_public_key,
        sendgrid_inbound_key=sandbox.mail_public_key,
        sendgrid_url=sandbox.url,
        twilio_account_sid=sandbox.settings.account_sid,
        twilio_auth_token=sandbox.settings.auth_token,
        twilio_url=sandbox.url,
    )


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but `leads`, whose epoch counts every look under lock, and `heartbeats`."""
    tables = [table for table in metadata.sorted_tables if table.name not in ("leads", "heartbeats")]
    with store.read() as db:
        return {table.name: [tuple(row) for row in db.execute(table.select())] for table in tables}


def _write(folder: Path) -> None:
    (folder / "cadences.yaml").write_text(CADENCES)
    (folder / "templates").mkdir()
    for name, words in TEMPLATES.items():
        (folder / "templates" / name).write_text(words)
    (folder / "templates" / "tape.mp3").write_bytes(TAPE)
