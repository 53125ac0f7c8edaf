"""`python -m outreach.web` as the Procfile starts it: it beats, serves, and ends in good order."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import httpx2
import pytest

from outreach.store import events
from outreach.store.database import Store

_PATIENCE = 20.0


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def process(tmp_path: Path, sqlite_url: str, port: int) -> Iterator[subprocess.Popen[str]]:
    """The web process, over an empty database."""
    env = {"PATH": os.environ["PATH"], "DATABASE_URL": sqlite_url, "OUTREACH_PORT": str(port)}
    started = subprocess.Popen(
        [sys.executable, "-m", "outreach.web"],
        cwd=tmp_path,
        env=env | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield started
    started.kill()
    started.communicate()


def answers(port: int) -> int:
    """The status of /healthz?live, as soon as there is one."""
    end = monotonic() + _PATIENCE
    while True:
        try:
            return httpx2.get(f"http://127.0.0.1:{port}/healthz?live").status_code
        except httpx2.TransportError:
            if monotonic() > end:
                raise
            sleep(0.02)


def roles(url: str) -> list[str]:
    """Who beats."""
    store = Store.open(url)
    with store.read() as db:
        found = [row.role for row in events.alive(db)]
    store.close()
    return found


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_in_good_order(
    process: subprocess.Popen[str], port: int, sqlite_url: str, sign: signal.Signals
) -> None:
    assert answers(port) == 200
    assert roles(sqlite_url) == ["web"]

    process.send_signal(sign)
    told, _ = process.communicate(timeout=_PATIENCE)

    assert process.returncode == 0, told
    assert "web stopped" in told
    assert "Traceback" not in told
    assert roles(sqlite_url) == []


def test_a_wrong_setting_is_named_and_nothing_starts(tmp_path: Path) -> None:
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "OUTREACH_PORT": "eighty",
    }
    done = subprocess.run(
        [sys.executable, "-m", "outreach.web"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "OUTREACH_PORT='eighty'" in done.stderr
    assert "Traceback" not in done.stderr
