"""The stage of a measurement: an imitated vendor, a small playbook, a database, and our processes, each one watched."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import psutil  # type: ignore[import-untyped]

from outreach import bootstrap
from outreach.casework.house import House, Ring
from outreach.domain.people import Lead
from outreach.engine import apply, people
from outreach.engine.upgrade import upgrade
from outreach.sandbox import Accepted, read_log
from outreach.sandbox import Settings as Keys
from outreach.settings import Settings
from outreach.store.database import Db
from tests.services import Postgres, Redis, free_port

ROOT: Final = Path(__file__).parents[1]
# A Tuesday, noon in New York: business time when OUTREACH_CLOCK_ORIGIN strikes. Texts may ring then, whatever the
# hour of the measurement.
NOON: Final = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
PATIENCE: Final = (
    60.0  # seconds a process may take to be ready, on a machine that is busy with something else
)

CADENCES: Final = """\
version: 1
defaults: {timezone: America/New_York, country: US, window: always}
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
      - {id: hello, sms: hello.txt, window: {days: mon-sun, hours: "12:00-20:00"}}
      - {id: later, after: 30 days, email: hello.md}
"""
TEMPLATES: Final = {
    "hello.md": "---\nsubject: Hello {{ lead.first_name }}\n---\nSee **how** [we](https://acme.example) can help.\n",
    "hello.txt": "Hi {{ lead.first_name }}, Acme here with a tip for you. Reply STOP to opt out",
}


class Process:
    """A process of ours or beside us; what it says goes to a file. Ended by its own id when the stage is struck."""

    def __init__(self, name: str, command: list[str], env: Mapping[str, str], folder: Path) -> None:
        self.name, self.said = name, folder / f"{name}.log"
        with self.said.open("wb") as log:
            self._process = subprocess.Popen(
                command, env=dict(env), cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self._usage = psutil.Process(self._process.pid)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def cpu(self) -> float:
        """Seconds of processor time used so far, its children included."""
        family = [self._usage, *self._usage.children(recursive=True)]
        return sum(sum(one.cpu_times()[:2]) for one in family)

    def until(self, words: str) -> str:
        """Wait until it has said something that matches; returns the match."""
        found: list[str] = []

        def heard() -> bool:
            if self._process.poll() is not None:
                raise RuntimeError(f"{self.name} ended:\n{self.said.read_text()}")
            match = re.search(words, self.said.read_text())
            found.extend([match[0]] if match else [])
            return match is not None

        wait_until(heard, f"{self.name} never said {words!r}")
        return found[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, e: BaseException | None, t: TracebackType | None
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def wait_until(ready: Callable[[], bool], complaint: str, patience: float = PATIENCE) -> None:
    """Ask until it is so. Raises TimeoutError."""
    limit = time.monotonic() + patience
    while not ready():
        if time.monotonic() > limit:
            raise TimeoutError(complaint)
        time.sleep(0.02)


@dataclass
class Stage:
    """One run: its environment, its vendor's log, and the verbs that set it up."""

    folder: Path
    env: dict[str, str]
    vendor: Process
    servers: tuple[psutil.Process, ...]  # PostgreSQL and Redis, where there are any
    _open: ExitStack

    @property
    def embedded(self) -> bool:
        """Whether everything runs in one process over SQLite."""
        return "REDIS_URL" not in self.env

    def house(self, *, clock: Callable[[], datetime] | None = None, ring: Ring | None = None) -> House:
        """A house of this process over the same database."""
        made = bootstrap.house(Settings.from_env(self.env), clock=clock, ring=ring)
        self._open.callback(made.store.close)
        return made

    def noon_in(self, seconds: float) -> None:
        """Business time will be noon so many seconds from now, for processes that start from here on."""
        origin = datetime.now(UTC) + timedelta(seconds=seconds)
        self.env |= {"OUTREACH_CLOCK_START": NOON.isoformat(), "OUTREACH_CLOCK_ORIGIN": origin.isoformat()}

    def start(self, workers: int) -> list[Process]:
        """Our processes, ready to deliver: one in all when embedded, else a clock and so many workers (the last ones)."""
        if self.embedded:
            up = self._run("up", "-m", "outreach", "up", "--port", str(free_port()))
            wait_until(lambda: beats(self) >= 2, "`outreach up` does not beat")
            return [up]
        clock = self._run("clock", "-m", "outreach.clock")
        crew = [self._run(f"worker-{i}", "-m", "outreach.worker") for i in range(1, workers + 1)]
        for one in (clock, *crew):
            one.until("clock started|worker started")
        return [clock, *crew]

    def accepted(self) -> list[Accepted]:
        """What the vendor accepted so far, with the vendor's own clock."""
        return [line for line in read_log(self.folder / "vendor.jsonl") if isinstance(line, Accepted)]

    def servers_cpu(self) -> float:
        """Seconds of processor time used by PostgreSQL and Redis so far."""
        family = [one for server in self.servers for one in (server, *server.children(recursive=True))]
        return sum(sum(one.cpu_times()[:2]) for one in family)

    def _run(self, name: str, *arguments: str) -> Process:
        return self._open.enter_context(Process(name, [sys.executable, *arguments], self.env, self.folder))


@contextmanager
def stage(*, embedded: bool) -> Iterator[Stage]:
    """Everything up to the processes themselves: servers, vendor, playbook and an empty database."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="outreach-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        env, servers = _addresses(stack, folder, embedded=embedded)
        vendor = stack.enter_context(_vendor(folder, env))
        address = vendor.until(r"http://127\.0\.0\.1:\d+")
        env |= {"TWILIO_URL": address, "SENDGRID_URL": address}
        made = Stage(folder, env, vendor, servers, stack)
        made.noon_in(0)
        _playbook(folder)
        upgrade(Settings.from_env(env))
        apply.apply(made.house(), by="bench")
        yield made


def _addresses(
    stack: ExitStack, folder: Path, *, embedded: bool
) -> tuple[dict[str, str], tuple[psutil.Process, ...]]:
    keys = Keys()
    env = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite:///{folder}/outreach.db",
        "TWILIO_ACCOUNT_SID": keys.account_sid,
        "TWILIO_AUTH_TOKEN": keys.auth_token,
        "SENDGRID_API_KEY": keys.api_key,
        "OUTREACH_CADENCES": str(folder / "cadences.yaml"),
        "OUTREACH_TEMPLATES": str(folder / "templates"),
    }
    if embedded:
        return env, ()
    before = {child.pid for child in psutil.Process().children()}
    postgres, redis = Postgres(), Redis()
    stack.callback(postgres.close)
    stack.callback(redis.close)
    env |= {"DATABASE_URL": postgres.create("bench"), "REDIS_URL": redis.url}
    return env, tuple(child for child in psutil.Process().children() if child.pid not in before)


def _vendor(folder: Path, env: Mapping[str, str]) -> Process:
    log = str(folder / "vendor.jsonl")
    lean = ["--port", "0", "--log", log, "--lean", "--no-callbacks"]
    return Process("vendor", [sys.executable, "-m", "outreach.sandbox", *lean], env, folder)


def _playbook(folder: Path) -> None:
    (folder / "cadences.yaml").write_text(CADENCES)
    (folder / "templates").mkdir()
    for path, words in TEMPLATES.items():
        (folder / "templates" / path).write_text(words)


def beats(made: Stage) -> int:
    """How many roles of our processes have said that they live."""
    from outreach.store import events

    house = made.house()
    try:
        with house.store.read() as db:
            return len(events.alive(db))
    finally:
        house.store.close()


def a_lead(db: Db, house: House, number: int) -> Lead:
    """The lead of that number: a mail address and a New York telephone of their own."""
    said = {
        "name": f"Ada{number} Moreau",
        "email": f"ada{number}@client.example",
        "phone": f"+1212{5550000 + number % 10000:07d}"
        if number < 10000
        else f"+1646{5550000 + number % 10000:07d}",
        "timezone": "America/New_York",
    }
    return people.save_in(db, house, people.read_lead(said, country="US"), by="bench").lead
