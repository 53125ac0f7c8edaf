"""Secrets and people's data stay where they belong: real processes, much trouble, and not a word of them in any log.

Words that stand nowhere else are the lead's name, addresses and answers, and the keys of the house. They are then looked
for in everything the processes wrote, in every command that Redis was given, in the figures and in what answers say.
"""

from __future__ import annotations

import base64
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
import redis
from sqlalchemy import text

from outreach.sandbox import Fault, Sandbox, Settings
from outreach.store.database import Store
from tests.e2e.company import Company, environment, until

TUESDAY = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)  # ten in the morning in New York
NAME, WORDS = "Canaria Zwitscher-Quux", "zwitscher says the xylophone is broken"
MAIL, NUMBER = "canaria.zwitscher@quux-canary.example", "+12125550188"
KEYS = {
    "SENDGRID_API_KEY": "SG.canary-sendgrid-qzxa",
    "TWILIO_AUTH_TOKEN": "canary-twilio-qzxb",
    "OUTREACH_SUPPRESSION_KEY": "canary-suppression-key-which-is-long-qzxc",
    "SMTP_URL": "smtp://canary-user:canary-smtp-qzxd@127.0.0.1:9",
}
PERSON = ["zwitscher", "quux", "2125550188", "212) 555-0188", "xylophone", "canaria"]
SECRET = [value.lower() for value in KEYS.values()] + ["qzxa", "qzxb", "qzxc", "qzxd"]
PLAYBOOK = """\
version: 1
defaults: {timezone: America/New_York, country: US, window: always}
senders:
  main: {email: team@mail.acme.example, name: Acme, postal_address: 1 Main St, reply_domain: reply.acme.example, sms: "+15005550006"}
reps:
  rosa: {name: Rosa Diaz, email: rosa@acme.example, phone: "+15005550006", sender: main}
cadences:
  mails: {steps: [{id: hello, email: hello.md}, {id: again, after: 9 days, email: again.md}]}
  texts: {channels: {sms: {window: {days: mon-sun, hours: "08:00-21:00"}}}, steps: [{id: text, sms: text.txt}, {id: more, after: 9 days, sms: text.txt}]}
  broken: {steps: [{id: hello, email: broken.md}]}
"""
TEMPLATES = {
    "hello.md": "---\nsubject: Hello {{ lead.name }}\n---\nYou like {{ lead.notes }}.\n",
    "again.md": "More of {{ lead.notes }}.\n",
    "text.txt": "Acme here, {{ lead.name }}: {{ lead.notes }}. Reply STOP to opt out.",
    "broken.md": "---\nsubject: Hello\n---\n{{ lead.birthday }} of {{ lead.name }}\n",
}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    keys = Settings(
        event_batch=0.05,
        api_key=KEYS["SENDGRID_API_KEY"],
        auth_token=KEYS["TWILIO_AUTH_TOKEN"],
        retry_delay=0.05,
    )
    with Sandbox(keys) as vendor:
        yield vendor


class Town(Company):
    """A company whose every word is listened to: by default one process, else those of the Procfile."""

    def __init__(self, folder: Path, sandbox: Sandbox, database: str, queue: str) -> None:
        env = environment(sandbox, database, queue, monday=TUESDAY, at=0, day=86_400) | KEYS
        env |= {
            "OUTREACH_CADENCES": str(folder / "cadences.yaml"),
            "OUTREACH_TEMPLATES": str(folder / "templates"),
        }
        env |= {"OUTREACH_EMAIL_PROVIDER": "sendgrid", "OUTREACH_LEASE": "20", "OUTREACH_CALL_TIMEOUT": "9"}
        (folder / "cadences.yaml").write_text(PLAYBOOK)
        (folder / "templates").mkdir()
        for name, words in TEMPLATES.items():
            (folder / "templates" / name).write_text(words)
        super().__init__(folder, env if queue else {k: v for k, v in env.items() if k != "REDIS_URL"})
        self.lines["up"] = "python -m outreach up"
        self.roles = ("web", "clock", "worker") if queue else ("up",)

    def logs(self) -> str:
        """Everything the processes have said."""
        return "\n".join(path.read_text() for path in self.folder.glob("*.log"))

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> str:
        """A request from outside; what was answered, whatever it was."""
        request = urllib.request.Request(self.env["OUTREACH_URL"] + path, data=body, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as refused:
            return refused.read().decode()


@pytest.fixture(params=["embedded", "many machines"])
def town(request: pytest.FixtureRequest, sandbox: Sandbox, tmp_path: Path) -> Iterator[Town]:
    many = request.param == "many machines"
    database = request.getfixturevalue("postgres_url" if many else "sqlite_url")
    made = Town(tmp_path, sandbox, database, request.getfixturevalue("redis_url") if many else "")
    yield made
    made.kill()


class Overheard:
    """Every command that Redis is given, from now on."""

    def __init__(self, url: str | None) -> None:
        self.commands: list[str] = []
        self._client = redis.Redis.from_url(url) if url else None
        if self._client is not None:
            self._monitor = self._client.monitor().__enter__()
            threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        try:
            for command in self._monitor.listen():
                self.commands.append(f"{command['command']}")
        except (redis.RedisError, OSError, ValueError, AttributeError):
            return  # the server has ended, or we have

    def dump(self) -> str:
        """All that lies in it now, and all that ever passed."""
        if self._client is None:
            return ""
        held = []
        for key in self._client.scan_iter():
            held.append(f"{key!r} {self._client.dump(key)!r}")
        return "\n".join([*held, *self.commands])

    def close(self) -> None:
        if self._client is not None:
            self._monitor.connection.disconnect()
            self._client.close()


def forms(words: list[str]) -> list[str]:
    """As they are, and as they would look in base64."""
    return words + [
        base64.b64encode(word.encode()).decode().lower().rstrip("=")[:-1] for word in words if len(word) > 9
    ]


def found(told: str, words: list[str]) -> list[str]:
    """Which of the words were told, with where."""
    low = told.lower()
    return [
        f"{word}: ...{low[max(0, low.find(word) - 120) : low.find(word) + 60]}"
        for word in forms(words)
        if word in low
    ]


def sent(town: Town, count: int) -> bool:
    store = Store.connect(town.env["DATABASE_URL"])
    with store.read() as db:
        there = db.scalar(
            text(
                "SELECT count(*) FROM touches WHERE state IN ('sent', 'delivered', 'bounced', 'failed', 'uncertain')"
            )
        )
    store.close()
    return bool(there is not None and there >= count)


def test_not_a_word_of_a_person_or_a_key_is_told(town: Town, sandbox: Sandbox) -> None:
    town.command("apply")
    overheard = Overheard(town.env.get("REDIS_URL"))
    for role in town.roles:
        town.start(role)
    until(town.healthy, town.logs)

    trouble(town, sandbox)

    told = town.ask("/metrics") + town.ask("/healthz") + outsiders(town)
    town.end()
    logs, queue = town.logs(), overheard.dump()
    overheard.close()
    assert len(logs.splitlines()) > 5, "silence proves nothing"
    assert found(logs, PERSON + SECRET) == []
    assert found(told, PERSON + SECRET) == []
    assert found(queue, PERSON + SECRET) == []
    if "REDIS_URL" in town.env:
        assert len(overheard.commands) > 50, "nobody listened"


def trouble(town: Town, sandbox: Sandbox) -> None:
    """All that can go wrong with one lead: vendors that fail, refuse and repeat what they were told, answers, bounces."""
    person = ["--name", NAME, "--phone", NUMBER, "--field", f"notes={WORDS}"]
    for fault, lead in (
        (Fault.ERROR_AFTER, f"a.{MAIL}"), (Fault.HTML, f"b.{MAIL}"), (Fault.DROP_AFTER, f"c.{MAIL}"),
        (Fault.ERROR_BEFORE, f"d.{MAIL}"), (Fault.TRUNCATED, f"e.{MAIL}"),
    ):  # fmt: skip
        sandbox.misbehave(fault, times=1)
        town.command("enroll", lead, "mails", "--name", f"{NAME} {fault.name}", "--field", f"notes={WORDS}")
    town.command("enroll", MAIL, "mails", *person)
    town.command("enroll", MAIL, "texts")
    town.command("enroll", f"f.{MAIL}", "broken", "--name", NAME)
    until(lambda: sent(town, 6), lambda: town.logs()[-3000:])
    sandbox.behave()
    sandbox.mail(MAIL, "team@reply.acme.example", f"Re: {NAME}", WORDS)
    sandbox.text(NUMBER, "+15005550006", f"STOP. {WORDS}")
    sandbox.text("+12125550199", "+15005550006", f"who is {NAME}? {NUMBER}")
    town.command("suppress", MAIL, "--because", WORDS)
    town.command("sync")
    town.command("forget", f"d.{MAIL}", "--yes")


def outsiders(town: Town) -> str:
    """Forged and broken requests that carry a person's words: they are refused, and not repeated."""
    form = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": f"{NAME} forged"}
    body = urlencode({"From": NUMBER, "Body": WORDS, "MessageSid": NAME}).encode()
    told = town.ask("/webhooks/twilio/inbound", body, **form)
    told += town.ask(f"/webhooks/twilio/status?a={NAME.split(maxsplit=1)[0]}", body, **form)
    told += town.ask("/webhooks/sendgrid/events", f'[{{"email": "{MAIL}"'.encode())
    told += town.ask("/webhooks/sendgrid/inbound", WORDS.encode(), **{"Content-Type": "multipart/form-data"})
    told += town.ask(f"/webhooks/{NAME.split(maxsplit=1)[0]}/x", b"x")
    told += town.ask(f"/u/{NAME.split(maxsplit=1)[0]}") + town.ask(
        f"/u/{NAME.split(maxsplit=1)[0]}", b"List-Unsubscribe=One-Click"
    )
    return (
        told
        + town.ask(f"/audio/{NAME.split(maxsplit=1)[0]}/x.mp3")
        + town.ask(f"/{NAME.split(maxsplit=1)[0]}")
    )
