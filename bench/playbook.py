"""What is sent in a measurement, and to whom."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from outreach.casework.house import House
from outreach.domain.people import Lead
from outreach.engine import people
from outreach.store.database import Db

# A Tuesday, noon in New York: business time when OUTREACH_CLOCK_ORIGIN strikes. Messages may go out then, whatever the
# hour of the measurement.
NOON: Final = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
CADENCES: Final = """\
version: 1
defaults: {timezone: America/New_York, country: US, window: {days: mon-sun, hours: "12:00-20:00"}}
senders:
  main: {email: team@mail.acme.example, name: Acme, postal_address: "1 Main St, Springfield",
         reply_domain: reply.acme.example, sms: "+15005550006"}
reps:
  rosa: {name: Rosa Diaz, email: rosa@acme.example, sender: main}
cadences:
  mails:
    steps:
      - {id: hello, email: hello.md}
      - {id: later, after: 30 days, email: hello.md}
  texts:
    steps:
      - {id: hello, sms: hello.txt}
      - {id: later, after: 30 days, email: hello.md}
"""
CADENCE: Final = {"sms": "texts", "email": "mails"}
TEMPLATES: Final = {
    "hello.md": "---\nsubject: Hello {{ lead.first_name }}\n---\nSee **how** [we](https://acme.example) can help.\n",
    "hello.txt": "Hi {{ lead.first_name }}, Acme here with a tip for you. Reply STOP to opt out",
}


def write(folder: Path) -> None:
    """Put the cadences and their templates into a folder."""
    (folder / "cadences.yaml").write_text(CADENCES)
    (folder / "templates").mkdir()
    for path, words in TEMPLATES.items():
        (folder / "templates" / path).write_text(words)


def phone(number: int) -> str:
    """A New York telephone number of their own; good up to millions of people."""
    return f"+1{2125550000 + number}"


def a_lead(db: Db, house: House, number: int) -> Lead:
    """The lead of that number: a mail address and a New York telephone of their own."""
    said = {
        "name": f"Ada{number} Moreau",
        "email": f"ada{number}@client.example",
        "phone": phone(number),
        "timezone": "America/New_York",
    }
    return people.save_in(db, house, people.read_lead(said, country="US"), by="bench").lead
