"""The stage: our real house with its web door open on one side of the street, the vendors' sandbox on the other.

All of it on this machine, in one process and one folder, and gone when the curtain falls.
"""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from outreach.casework.house import House
from outreach.demo.clock import DemoClock
from outreach.domain.errors import Misconfigured
from outreach.engine.apply import apply
from outreach.sandbox import Sandbox
from outreach.sandbox import Settings as SandboxSettings
from outreach.settings import Settings
from outreach.up import Up

_LOOPBACK = "127.0.0.1"
_TICK = 0.03  # seconds: the real clock ticks, more often than usual, since an hour may pass in a blink
_MOMENT = 0.002  # seconds that a vendor's callbacks and telephones take here


@dataclass(frozen=True, slots=True)
class Stage:
    """What the play needs to reach."""

    house: House
    sandbox: Sandbox
    clock: DemoClock
    folder: Path


@contextmanager
def stage(clock: DemoClock, *, keep: bool) -> Iterator[Stage]:
    """Build it all, and tear it down. Raises Misconfigured if anything would leave this machine."""
    folder = Path(tempfile.mkdtemp(prefix="outreach-demo-"))
    try:
        with _sandbox(clock, folder) as sandbox, socket.create_server((_LOOPBACK, 0)) as door:
            url = f"http://{_LOOPBACK}:{door.getsockname()[1]}"
            settings = _settings(folder, url, sandbox)
            loopback_only(settings)
            sandbox.settings.point_at(url)
            with Up(settings, clock=clock, watch_files=False) as up, _served(up.house, door):
                apply(up.house, by="demo")
                yield Stage(up.house, sandbox, clock, folder)
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def loopback_only(settings: Settings) -> None:
    """Raises Misconfigured unless every provider is on this machine."""
    if not settings.nothing_leaves:
        raise Misconfigured("the demo plays on this machine only, and a provider's address leads out of it")


def _sandbox(clock: DemoClock, folder: Path) -> Sandbox:
    settings = SandboxSettings(
        status_delay=_MOMENT,
        event_batch=_MOMENT,
        ring=_MOMENT,
        detection=_MOMENT,
        now=lambda: clock().timestamp(),
        wait=clock.wait,
    )
    return Sandbox(settings, log=folder / "sandbox.jsonl")


def _settings(folder: Path, url: str, sandbox: Sandbox) -> Settings:
    """Not from the environment: whatever keys and databases it names are not the demo's."""
    sample = playbook()
    return Settings(
        database_url=f"sqlite:///{folder / 'outreach.db'}",
        public_url=url,
        cadences=sample / "cadences.yaml",
        templates=sample / "templates",
        outbox=folder / "outbox",
        sendgrid_api_key=sandbox.settings.api_key,
        sendgrid_url=sandbox.url,
        sendgrid_event_key=sandbox.event_public_key,
        sendgrid_inbound_key=sandbox.mail_public_key,
        twilio_account_sid=sandbox.settings.account_sid,
        twilio_auth_token=sandbox.settings.auth_token,
        twilio_url=sandbox.url,
        tick=_TICK,
    )


def playbook() -> Path:
    """The shipped playbook: inside the package when installed, else in the checkout. Raises Misconfigured."""
    package = Path(__file__).parents[1]
    for folder in (package / "sample", package.parent):
        if (folder / "cadences.yaml").is_file() and (folder / "templates").is_dir():
            return folder
    raise Misconfigured(f"the sample playbook is missing from this installation ({package / 'sample'})")


@contextmanager
def _served(house: House, door: socket.socket) -> Iterator[None]:
    """Our web door, open to the sandbox's callbacks."""
    from outreach.web.app import server

    web = server(house)
    serving = threading.Thread(target=web.run, args=([door],), name="web", daemon=True)
    serving.start()
    try:
        yield
    finally:
        web.should_exit = True
        serving.join()
