"""Where the machine stands, and what its clock on the wall says, changes nothing: times are the lead's (fault 123)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ZONES = ["Asia/Kolkata", "Pacific/Apia", "America/St_Johns", ":/nowhere"]
STORY = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from outreach.store.database import Store
from tests.world import World

store = Store.open(f"sqlite:///{sys.argv[1]}/outreach.db")
with World(Path(sys.argv[1]), store, None) as world:
    world.write("cadences:\\n  trial:\\n    window: {days: mon-fri, hours: '09:00-17:00'}\\n    steps:\\n"
                "      - {id: hello, email: hello.md}\\n      - {id: text, after: 2 business days, sms: text.txt}\\n"
                "      - {id: again, after: 3 days, email: again.md}\\n")
    world.begin(datetime(2027, 3, 11, 22, 30, tzinfo=UTC))  # two days before New York's clocks go forward
    leads = [world.enroll("Ada"), world.enroll("Ben", timezone="Asia/Tokyo", phone=""),
             world.enroll("Cleo", timezone="Europe/London", phone="")]
    world.pass_time(days=14)
    told = [[world.timeline(one), [str(t.sent_at) for t in world.touches(one)]] for one in leads]
store.close()
print(json.dumps(told))
"""


def told(zone: str, folder: Path) -> str:
    """What happened to three people, on a machine of this zone."""
    env = {**os.environ, "TZ": zone, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", STORY, str(folder)],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same story on a machine that lives by UTC."""
    return told("UTC", tmp_path_factory.mktemp("here"))


@pytest.mark.parametrize("zone", ZONES)
def test_the_same_things_happen_at_the_same_instants(zone: str, here: str, tmp_path: Path) -> None:
    assert all("sent" in str(timeline) for timeline, _ in json.loads(here))
    assert told(zone, tmp_path) == here
