"""A company that runs outreach: the processes of the Procfile, one environment, and the admin command."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from outreach.sandbox import Sandbox
from tests.services import free_port

ROOT = Path(__file__).parents[2]
PLAYBOOK = Path(__file__).parent / "playbook"
STARTS = 1.0  # seconds that a process takes to start on an idle machine
PATIENCE = 60.0  # seconds for something that takes two on an idle machine


class Company:
    """Its processes; `env` is what all of them are given."""

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self.folder, self.env = folder, dict(env)
        self.lines = dict(
            line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines() if line.strip()
        )
        self._running: list[tuple[subprocess.Popen[bytes], Path]] = []

    def start(self, role: str) -> None:
        """Start one process exactly as the line of the Procfile says, with this environment's Python."""
        python, *rest = shlex.split(self.lines[role])
        assert python == "python"
        said = self.folder / f"{role}-{len(self._running)}.log"
        with said.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, *rest],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._running.append((process, said))

    def command(self, *words: str) -> str:
        """Run `outreach` with these words; returns what it printed. Fails the test when it fails."""
        done = subprocess.run(
            [sys.executable, "-m", "outreach", *words],
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, f"outreach {shlex.join(words)}:\n{done.stdout}{done.stderr}"
        return done.stdout

    def healthy(self) -> bool:
        """What a load balancer is told."""
        try:
            return bool(
                urllib.request.urlopen(f"{self.env['OUTREACH_URL']}/healthz", timeout=5).status == 200
            )
        except (urllib.error.URLError, OSError):
            self.must_run()
            return False

    def must_run(self) -> None:
        """Fail with what a process said when it has ended by itself."""
        for process, said in self._running:
            assert process.poll() is None, f"{said.name} ended:\n{said.read_text()[-4000:]}"

    def end(self) -> dict[str, int]:
        """SIGTERM to each, by its own id; returns how each ended."""
        for process, _ in self._running:
            process.send_signal(signal.SIGTERM)
        return {said.name: process.wait(PATIENCE) for process, said in self._running}

    def kill(self) -> None:
        """Leave nothing behind, whatever happened."""
        for process, _ in self._running:
            if process.poll() is None:
                process.kill()
                process.wait()

    def troubles(self) -> list[str]:
        """Lines of any log that no run in good order should have."""
        return [
            f"{said.name}: {line}"
            for _, said in self._running
            for line in said.read_text().splitlines()
            if "Traceback" in line or '"level": "error"' in line
        ]


def environment(
    sandbox: Sandbox, database: str, redis: str, *, monday: datetime, at: float, day: float
) -> dict[str, str]:
    """What every process is given: the clock strikes `monday` in `at` real seconds, and a day lasts `day` of them."""
    port = free_port()
    keys = sandbox.settings
    ours = {
        "DATABASE_URL": database,
        "REDIS_URL": redis,
        "OUTREACH_URL": f"http://127.0.0.1:{port}",
        "OUTREACH_PORT": str(port),
        "OUTREACH_CADENCES": str(PLAYBOOK / "cadences.yaml"),
        "OUTREACH_TEMPLATES": str(PLAYBOOK / "templates"),
        "TWILIO_URL": sandbox.url,
        "TWILIO_ACCOUNT_SID": keys.account_sid,
        "TWILIO_AUTH_TOKEN": keys.auth_token,
        "SENDGRID_URL": sandbox.url,
        "SENDGRID_API_KEY": keys.api_key,
        "SENDGRID_EVENT_KEY": sandbox.event_public_key,
        "SENDGRID_INBOUND_KEY": sandbox.mail_public_key,
        "OUTREACH_CLOCK_START": monday.isoformat(),
        "OUTREACH_CLOCK_ORIGIN": (datetime.now(UTC) + timedelta(seconds=at)).isoformat(),
        "OUTREACH_CLOCK_SPEED": str(86_400 / day),
        "OUTREACH_TICK": "0.2",
        "OUTREACH_LANE": "8",
        "OUTREACH_THREADS": "2",
        # A busy machine may hold up a lane for longer than the usual two seconds.
        "OUTREACH_SEND_DEADLINE": "6",
        "OUTREACH_STOP_WAIT": "8",
        "OUTREACH_UNHEARD": "5",
    }
    theirs = {name: value for name, value in os.environ.items() if not name.startswith(("OUTREACH_", "COV_"))}
    sandbox.settings.point_at(ours["OUTREACH_URL"])
    return theirs | ours


def slowness() -> float:
    """How many times longer than on an idle machine it takes to start a process here and now; at least 1, at most 5."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", "import outreach.web.app, outreach.worker"], cwd=ROOT, check=True)
    return min(max((time.monotonic() - began) / STARTS, 1.0), 5.0)


def until(ready: Callable[[], bool], complaint: Callable[[], str], patience: float = PATIENCE) -> None:
    """Ask until it is so: other processes cannot be waited for in any other way."""
    end = time.monotonic() + patience
    while not ready():
        assert time.monotonic() < end, complaint()
        time.sleep(0.05)
