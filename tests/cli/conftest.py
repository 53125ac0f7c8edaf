"""A desk: the command as a rep types it, over an SQLite house of its own, on a Tuesday morning in New York."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from outreach import bootstrap
from outreach.casework.house import House
from outreach.cli.main import run
from outreach.settings import Settings

START = "2026-12-01T15:00:00+00:00"  # Tuesday, ten in the morning in New York

PLAYBOOK = """\
version: 1
defaults: {timezone: America/New_York, country: US, holidays: [US], window: {days: mon-fri, hours: "09:00-17:00"}}
senders:
  main:
    name: Acme
    email: team@mail.acme.example
    postal_address: 1 Main St, Springfield
    reply_domain: reply.acme.example
    sms: "+15005550006"
    optout_number: "+18005550100"
reps:
  rosa: {name: Rosa Diaz, email: rosa@acme.example, phone: "+15005550006", sender: main}
  sam: {name: Sam Okafor, email: sam@acme.example, sender: main}
cadences:
  trial:
    steps:
      - {id: hello, email: trial/hello.md}
      - {id: text, after: 2 days, sms: trial/text.txt}
      - {id: call, after: 1 day, call: trial/call.md}
      - {id: drop, after: 1 day, voicemail: trial/drop.txt}
      - {id: again, after: 3 days, email: trial/again.md}
  calls:
    steps:
      - {id: first, call: trial/call.md}
      - {id: mail, after: 1 day, email: trial/hello.md}
"""

TEMPLATES = {
    "trial/hello.md": "---\nsubject: Hello {{ lead.first_name | default('there') }}\n---\nA tip for you.\n",
    "trial/text.txt": "Hi {{ lead.first_name | default('there') }}, Acme here with a tip. Reply STOP to opt out.",
    "trial/call.md": "---\ntitle: Call them\n---\nAsk {{ lead.first_name | default('them') }} how it went.\n",
    "trial/drop.txt": "This is Acme at 500 555 0006. A tip for you. To opt out call 800 555 0100.",
    "trial/again.md": "One more tip.\n",
}


@dataclass(frozen=True)
class Answer:
    """What came back from one command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The output as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Desk:
    """Call it with the words after `outreach`."""

    folder: Path
    call: Callable[..., Answer]

    def __call__(self, *words: str | Path | int) -> Answer:
        return self.call(*[str(word) for word in words])

    def done(self, *words: str | Path | int) -> Answer:
        """A command that must work."""
        answer = self(*words)
        assert answer.code == 0, answer
        return answer

    def write_playbook(self, text: str = PLAYBOOK) -> None:
        """Put cadences.yaml and the templates where `check` and `apply` find them."""
        (self.folder / "cadences.yaml").write_text(text)
        for path, words in TEMPLATES.items():
            target = self.folder / "templates" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(words)

    def deliver(self) -> None:
        """What `up` would do at this moment: one tick, one worker."""
        from outreach.engine.deliver import deliver
        from outreach.engine.dispatch import dispatch

        rung: list[int] = []
        house = bootstrap.house(Settings.from_env(), ring=lambda waiting: rung.extend(i for i, _ in waiting))
        dispatch(house)
        with ThreadPoolExecutor(2) as pool:
            deliver(house, rung, pool)
        house.store.close()

    @contextmanager
    def house(self) -> Iterator[House]:
        """The house behind the command, for what happens without one: a bounce, a reply."""
        made = bootstrap.house(Settings.from_env())
        yield made
        made.store.close()

    def outbox(self) -> list[str]:
        """The files that were sent."""
        return sorted(path.name for path in (self.folder / "outbox").glob("*"))


@pytest.fixture
def bare(
    tmp_path: Path,
    sqlite_template: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Desk:
    """A desk with an empty database and no files."""
    shutil.copy(sqlite_template, tmp_path / "outreach.db")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOGNAME", "rosa")
    monkeypatch.setenv("OUTREACH_CLOCK_START", START)
    monkeypatch.setenv("OUTREACH_CLOCK_ORIGIN", datetime.now(UTC).isoformat())
    for name in ("DATABASE_URL", "REDIS_URL", "SENDGRID_API_KEY", "TWILIO_ACCOUNT_SID", "SMTP_URL"):
        monkeypatch.delenv(name, raising=False)

    def call(*words: str) -> Answer:
        capsys.readouterr()
        code = run(words)
        shown = capsys.readouterr()
        return Answer(code, shown.out, shown.err)

    return Desk(tmp_path, call)


@pytest.fixture
def desk(bare: Desk) -> Desk:
    """A desk whose playbook runs already."""
    bare.write_playbook()
    bare.done("apply")
    return bare
