"""The stage of a proof: a database, a bell, the referee, and a crew of processes that may be killed."""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from outreach import bootstrap
from outreach.casework.house import House
from outreach.domain.channel import Channel
from outreach.domain.consent import Consent, ConsentKind
from outreach.engine import apply, importing
from outreach.engine.upgrade import upgrade
from outreach.sandbox import Settings as Keys
from outreach.settings import Settings
from outreach.store import leads, permissions
from tests import services
from tests.chaos.processes import Process, wait_until
from tests.chaos.referee import Referee
from tests.chaos.scale import Scale
from tests.chaos.servers import Postgres, Redis
from tests.chaos.verdict import Verdict, verdict

ROOT = Path(__file__).parents[2]
MORNING = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)  # a Tuesday, eleven in New York: nine hours for texts
TEAM = """\
version: 1
defaults: {timezone: America/New_York, country: US, window: always}
senders:
  main: {email: team@mail.acme.example, name: Acme, postal_address: "1 Main St, Springfield",
         reply_domain: reply.acme.example, sms: "+15005550006", optout_number: "+18005550100"}
reps:
  rosa: {name: Rosa Diaz, email: rosa@acme.example, phone: "+15005550006", sender: main}
cadences:
"""
CADENCES = """\
  storm:
    steps:
      - {id: hello, email: hello.md}
      - {id: nudge, sms: nudge.txt}
      - {id: again, email: again.md}
  mails:
    steps:
      - {id: hello, email: hello.md}
  texts:
    steps:
      - {id: nudge, sms: nudge.txt}
  calls:
    steps:
      - {id: voice, voicemail: voice.txt}
"""
TEMPLATES = {
    "hello.md": "---\nsubject: Hello {{ lead.first_name }}\n---\nA tip for you. [step hello]\n",
    "again.md": "One more tip. [step again]\n",
    "nudge.txt": "Acme here with a tip. [step nudge] Reply STOP to opt out.",
    "voice.txt": "This is Acme at 500 555 0006. A tip for you. To opt out call 800 555 0100.",
}


class Servers:
    """One PostgreSQL and one Redis for all proofs; each proof gets a database of its own."""

    def __init__(self) -> None:
        self.postgres, self.redis = Postgres(), Redis()
        self._count = 0

    def database(self) -> str:
        """A new database; returns its URL."""
        self._count += 1
        return self.postgres.create(f"chaos{self._count}")

    def close(self) -> None:
        """Stop both."""
        self.redis.close()
        self.postgres.close()


class Stage:
    """One proof. `servers` None: embedded, SQLite and one process. Keep its folder when the proof fails."""

    def __init__(
        self,
        scale: Scale,
        seed: int,
        servers: Servers | None,
        *flags: str,
        cadences: str = CADENCES,
        head: str = "",
        speed: float | None = None,
        start: datetime = MORNING,
        web: bool = False,
        extra: Mapping[str, str] | None = None,
    ) -> None:
        self.scale, self.seed, self.servers = scale, seed, servers
        self.folder = Path(tempfile.mkdtemp(prefix="outreach-chaos-"))
        self.crew: list[Process] = []
        self.kept = False
        self._roles: dict[str, str] = {}
        keys = Keys()
        self.env = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "TWILIO_ACCOUNT_SID": keys.account_sid,
            "TWILIO_AUTH_TOKEN": keys.auth_token,
            "SENDGRID_API_KEY": keys.api_key,
            "OUTREACH_PORT": str(services.free_port()),
            "OUTREACH_THREADS": str(scale.threads),
            "OUTREACH_LANE": str(scale.lane),
            "OUTREACH_CLOCK_SPEED": str(speed or scale.speed),
            "OUTREACH_CLOCK_START": start.isoformat(),
            "OUTREACH_CLOCK_ORIGIN": datetime.now(UTC).isoformat(),
            "OUTREACH_RECONCILE_EVERY": "3600",  # what is held stays held until a proof wants it settled
            **scale.times,
            **(extra or {}),
        }
        self.env["OUTREACH_URL"] = f"http://127.0.0.1:{self.env['OUTREACH_PORT']}"
        hooks = ["--webhooks", self.env["OUTREACH_URL"]] if web else ["--no-callbacks"]
        self.referee = Referee(sys.executable, self.env, self.folder, *hooks, *flags)
        self.env |= {
            "TWILIO_URL": self.referee.url,
            "SENDGRID_URL": self.referee.url,
            "SENDGRID_EVENT_KEY": self.referee.event_key,
            "SENDGRID_INBOUND_KEY": self.referee.mail_key,
            "DATABASE_URL": servers.database() if servers else f"sqlite:///{self.folder}/outreach.db",
        }
        if servers:
            servers.redis.flush()
            self.env["REDIS_URL"] = servers.redis.url
        try:
            self._write(head + TEAM + cadences)
            settings = Settings.from_env(self.env)
            upgrade(settings)
            self.house: House = bootstrap.house(settings)
            apply.apply(self.house, by="ops")
            self.house.providers.warm()
        except BaseException:  # whoever interrupts here must not leave it behind
            self.referee.end()
            raise

    def _write(self, cadences: str) -> None:
        (self.folder / "cadences.yaml").write_text(cadences)
        (self.folder / "templates").mkdir()
        for name, words in TEMPLATES.items():
            (self.folder / "templates" / name).write_text(words)
        self.env |= {
            "OUTREACH_CADENCES": str(self.folder / "cadences.yaml"),
            "OUTREACH_TEMPLATES": str(self.folder / "templates"),
        }

    # -- people ----------------------------------------------------------------------------------------------------------

    def enroll(
        self, count: int, cadence: str | None = "storm", *, tag: str = "p", first: int = 0
    ) -> list[str]:
        """So many new leads enrolled; returns their external ids, `<tag><number>`."""
        names = [f"{tag}{n}" for n in range(first, first + count)]
        lines = [f"{name},{name.title()} Jones,{mail_of(name)},{phone_of(name)}" for name in names]
        table = "external_id,name,email,phone\n" + "\n".join(lines) + "\n"
        wrong: list[str] = []
        done = importing.import_leads(
            self.house,
            io.BufferedReader(io.BytesIO(table.encode())),
            by="rosa",
            cadence=cadence,
            source="chaos",
            reject=lambda line, why: wrong.append(f"{line}: {why}"),
        )
        assert not wrong, wrong[:3]
        assert not cadence or done.enrolled == count, done
        return names

    def allow_calls(self, names: Sequence[str]) -> None:
        """These agreed in writing to recorded calls."""
        consent = Consent(channel=Channel.VOICEMAIL, kind=ConsentKind.WRITTEN, given_at=MORNING, text="Yes")
        with self.house.store.begin() as db:
            for name in names:
                lead = leads.by_external_id(db, "chaos", name)
                assert lead is not None
                permissions.allow(db, lead.id, consent)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query finds in the database of this proof."""
        with self.house.store.read() as db:
            return [tuple(row) for row in db.exec_driver_sql(query).fetchall()]

    def count(self, query: str) -> int:
        """The one number a query finds."""
        return int(self.rows(query)[0][0])

    # -- processes -------------------------------------------------------------------------------------------------------

    def start(self, role: str, name: str = "", **env: str) -> Process:
        """A process of this role (worker, clock, web, up), not ready yet. `env` is for it alone."""
        ours = "up" if role == "up" or any(k.startswith("CHAOS_") for k in {**env, **self.env}) else ""
        module = ["tests.chaos.runner", role] if ours else [f"outreach.{role}"]
        command = [sys.executable, "-m", *module]
        process = Process(name or role, command, {**self.env, **env}, self.folder, f"{role} started")
        self._roles[process.name] = role
        self.crew.append(process)
        return process

    def begin(self, env: Mapping[str, str] | None = None) -> list[Process]:
        """A whole crew, ready: a clock and its workers, or one process that is all; returns those to be killed."""
        env = env or {}
        if self.servers is None:
            crew = [self.start("up", **env)]
        else:
            self.start("clock", **env).until_ready()
            crew = [self.start("worker", f"worker{n}", **env) for n in range(self.scale.workers)]
        for process in crew:
            process.until_ready()
        return crew

    def again(self, dead: Process, **env: str) -> Process:
        """Start again what was killed, under its name."""
        self.crew.remove(dead)
        return self.start(self._roles[dead.name], dead.name, **env)

    # -- waiting and judging ---------------------------------------------------------------------------------------------

    def open_touches(self, states: str = "'queued','sending'") -> int:
        """Touches and steps that machines still have to do something about: held ones wait for evidence."""
        try:
            return self.count(  # in one statement: what is held may go on between two
                f"SELECT (SELECT count(*) FROM touches WHERE state IN ({states})) + "
                "(SELECT count(*) FROM enrollments WHERE due_at IS NOT NULL)"
            )
        except Exception:  # noqa: BLE001 - the database is down on purpose
            return -1

    def settle(
        self,
        patience: float | None = None,
        meanwhile: Callable[[], None] = lambda: None,
        enough: Callable[[], bool] = lambda: False,
    ) -> float:
        """Wait until machines have nothing left to do, or it is `enough`; returns how long that took."""
        began = time.monotonic()

        def done() -> bool:
            meanwhile()
            return self.open_touches() == 0 or enough()

        wait_until(done, self.unsettled, patience or self.scale.patience)
        return time.monotonic() - began

    def settle_doubts(self) -> None:
        """Wait until nothing is held any more either, and the steps behind it have been taken."""
        wait_until(
            lambda: self.open_touches("'queued','sending','uncertain'") == 0,
            self.unsettled,
            self.scale.patience,
        )

    def until_accepted(self, count: int) -> None:
        """Wait until the referee has accepted so many."""
        log = self.referee.log
        wait_until(
            lambda: log.read_bytes().count(b'"what":"accepted"') >= count,
            lambda: f"the referee did not get {count}: {self.unsettled()}",
            self.scale.patience,
        )

    def wait(self, seconds: float) -> None:
        """Let so much real time pass, for what must not happen meanwhile."""
        end = time.monotonic() + seconds
        wait_until(lambda: time.monotonic() > end, lambda: "time stands still", seconds + 30)

    def unsettled(self) -> str:
        """What is left to do, for a complaint."""
        states = self.rows("SELECT state, waiting_for, count(*) FROM touches GROUP BY state, waiting_for")
        tails = "\n".join(f"--- {one.name}\n{one.tail(1500)}" for one in self.crew)
        return f"not settled: {states}; logs in {self.folder}\n{tails}"

    def verdict(self) -> Verdict:
        """The referee's book against the database."""
        return verdict(self.referee.took(), self)

    def end(self) -> None:
        """End every process; the folder goes unless it is to be kept."""
        for process in self.crew:
            process.kill()
        self.referee.end()
        self.house.providers.close()
        self.house.store.close()
        if not self.kept:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.kept = self.kept or kind is not None
        self.end()


def mail_of(name: str) -> str:
    """The mail address of a lead of ours."""
    return f"{name}@client{int(''.join(c for c in name if c.isdigit())) % 50}.example"


def phone_of(name: str) -> str:
    """A New York number of a lead of ours: the tag's letter and the number tell it from all others."""
    number = int("".join(c for c in name if c.isdigit()))
    return f"+1{('212', '646', '917', '347', '718')[ord(name[0]) % 5]}{2300000 + number}"


def addresses(names: Iterable[str]) -> dict[str, str]:
    """Every address of these leads -> who they are."""
    return {address: name for name in names for address in (mail_of(name), phone_of(name))}
