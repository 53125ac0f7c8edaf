"""What takes long is loaded before a worker hears its first bell, not while its first claim holds locks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.e2e.company import PLAYBOOK, ROOT

STARTED = """
import sys
from pathlib import Path
from outreach import bootstrap
from outreach.settings import Settings
from outreach.worker import Worker

settings = Settings(
    database_url=sys.argv[1], cadences=Path(sys.argv[2], "cadences.yaml"), templates=Path(sys.argv[2], "templates")
)
if sys.argv[3] == "apply":
    from outreach.engine import apply  # it reads templates: a worker has no part of it

    apply.apply(bootstrap.house(settings), by="ops")
else:
    worker = Worker(bootstrap.house(settings), bootstrap.broker(settings))
    before = "jinja2" in sys.modules
    worker.start()
    worker.stop()
    print(before, "jinja2" in sys.modules)
"""


def test_templates_are_ready_before_the_first_bell(sqlite_url: str, tmp_path: Path) -> None:
    """In a process of its own: in this one, other tests have loaded everything already."""

    def run(what: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", STARTED, sqlite_url, str(PLAYBOOK), what],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()

    run("apply")

    assert run("start") == "False True"
