"""The stage of a measurement: an imitated vendor behind TLS, a small playbook, a database, and our processes."""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import psutil  # type: ignore[import-untyped]

from bench import certificate, playbook
from bench.playbook import NOON
from bench.process import Family, Process, wait_until
from outreach import bootstrap
from outreach.casework.house import House, Ring
from outreach.engine import apply
from outreach.engine.upgrade import upgrade
from outreach.sandbox import Accepted, read_log
from outreach.sandbox import Settings as Keys
from outreach.settings import Settings
from tests.services import Postgres, Redis, free_port

ROOT: Final = Path(__file__).parents[1]


class Durable(Postgres):
    """PostgreSQL as it comes, unlike the tests' one: a commit is on the disk when it returns."""

    _CONFIG: tuple[str, ...] = ("listen_addresses=", "max_connections=300", "log_min_messages=warning")


@dataclass
class Stage:
    """One run: its environment, its vendor's log, and the verbs that set it up."""

    folder: Path
    env: dict[str, str]
    vendor: Process
    servers: Family  # PostgreSQL and Redis, where there are any
    _open: ExitStack
    clock: list[Process] = field(default_factory=list)
    crew: list[Process] = field(default_factory=list)  # the workers; embedded: the one process
    web: list[Process] = field(default_factory=list)
    port: int = field(default_factory=free_port)  # of the web pages

    @property
    def embedded(self) -> bool:
        """Whether everything runs in one process over SQLite."""
        return "REDIS_URL" not in self.env

    def house(self, *, clock: Callable[[], datetime] | None = None, ring: Ring | None = None) -> House:
        """A house of this process over the same database."""
        made = bootstrap.house(Settings.from_env(self.env), clock=clock, ring=ring)
        self._open.callback(made.store.close)
        return made

    def noon_in(self, seconds: float) -> datetime:
        """Business time will be noon so many seconds from now, for processes that start from here on; returns when."""
        origin = datetime.now(UTC) + timedelta(seconds=seconds)
        self.env |= {"OUTREACH_CLOCK_START": NOON.isoformat(), "OUTREACH_CLOCK_ORIGIN": origin.isoformat()}
        return origin

    def start(self, workers: int = 2, *, web: bool = False) -> None:
        """Our processes, ready to deliver: one in all when embedded, else a clock, so many workers, and a web door."""
        if self.embedded:
            self.crew = [self.run("up", "-m", "outreach", "up", "--port", str(self.port))]
            wait_until(lambda: beats(self) >= 2, "`outreach up` does not beat")
            return
        self.clock = [self.run("clock", "-m", "outreach.clock")]
        self.crew = [self.run(f"worker-{i}", "-m", "outreach.worker") for i in range(1, workers + 1)]
        if web:
            self.env["OUTREACH_PORT"] = str(self.port)
            self.web = [self.run("web", "-m", "outreach.web")]
            wait_until(self._answers, "web does not answer")
        for one in (*self.clock, *self.crew):
            one.until("clock started|worker started")

    def close(self) -> None:
        """End our processes: who is idle asks for work, and the rivals shall have the machine for themselves."""
        for one in (*self.clock, *self.crew, *self.web):
            one.close()

    def families(self) -> dict[str, Family]:
        """Who uses the machine, for a Meter."""
        return {
            "workers": [one.usage for one in self.crew],
            "clock": [one.usage for one in self.clock],
            "servers": self.servers,
            "vendor": [self.vendor.usage],
        }

    def accepted(self) -> list[Accepted]:
        """What the vendor accepted so far, with the vendor's own clock."""
        return [line for line in read_log(self.folder / "vendor.jsonl") if isinstance(line, Accepted)]

    def count(self) -> int:
        """How many lines the vendor has written; asked often, so it does not read them."""
        return (self.folder / "vendor.jsonl").read_bytes().count(b"\n")

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def run(self, name: str, *arguments: str) -> Process:
        """A Python process in this environment; it ends with the stage."""
        return self._open.enter_context(Process(name, [sys.executable, *arguments], self.env, self.folder))


@contextmanager
def stage(*, embedded: bool, vendor: tuple[str, ...] = ("--no-callbacks",)) -> Iterator[Stage]:
    """Everything up to the processes themselves: servers, vendor, playbook and an empty database.

    `vendor` are further arguments of the sandbox.
    """
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="outreach-bench-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        env, servers = _addresses(stack, folder, embedded=embedded)
        tls = certificate.make(folder)
        files = ("--cert", str(tls.cert), "--key", str(tls.key))
        there = stack.enter_context(_vendor(folder, env, *files, *vendor))
        address = there.until(r"https://127\.0\.0\.1:\d+")
        env |= {"TWILIO_URL": address, "SENDGRID_URL": address, **tls.env}
        made = Stage(folder, env, there, servers, stack)
        made.noon_in(0)
        playbook.write(folder)
        upgrade(Settings.from_env(env))
        apply.apply(made.house(), by="bench")
        yield made


def _addresses(stack: ExitStack, folder: Path, *, embedded: bool) -> tuple[dict[str, str], Family]:
    keys = Keys()
    env = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite:///{folder}/outreach.db",
        "TWILIO_ACCOUNT_SID": keys.account_sid,
        "TWILIO_AUTH_TOKEN": keys.auth_token,
        "SENDGRID_API_KEY": keys.api_key,
        "OUTREACH_URL": "https://follow.acme.example",
        "OUTREACH_CADENCES": str(folder / "cadences.yaml"),
        "OUTREACH_TEMPLATES": str(folder / "templates"),
    }
    if embedded:
        return env, ()
    before = {child.pid for child in psutil.Process().children()}
    postgres, redis = Durable(), Redis()
    stack.callback(postgres.close)
    stack.callback(redis.close)
    env |= {"DATABASE_URL": postgres.create("bench"), "REDIS_URL": redis.url}
    return env, tuple(_servers(before))


def _servers(before: set[int]) -> list[psutil.Process]:
    started = [child for child in psutil.Process().children() if child.pid not in before]
    return [one for one in started if one.name() != "sh"]  # the tests' warden


def _vendor(folder: Path, env: Mapping[str, str], *more: str) -> Process:
    log = str(folder / "vendor.jsonl")
    command = [sys.executable, "-m", "outreach.sandbox", "--port", "0", "--log", log, "--lean", *more]
    return Process("vendor", command, env, folder)


def beats(made: Stage) -> int:
    """How many roles of our processes have said that they live."""
    from outreach.store import events

    house = made.house()
    try:
        with house.store.read() as db:
            return len(events.alive(db))
    finally:
        house.store.close()
