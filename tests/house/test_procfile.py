"""Each line of the Procfile starts something, and what starts names a wrong setting and ends."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys

import pytest

from tests.house.plan import ROOT

LINES = [line.split(":", 1) for line in (ROOT / "Procfile").read_text().splitlines() if line.strip()]


def test_the_roles_are_those_the_documents_name() -> None:
    assert [name for name, _ in LINES] == ["web", "clock", "worker"]


@pytest.mark.parametrize(("name", "command"), LINES)
def test_a_line_starts_a_file_that_ends_at_once_with_the_name_of_a_wrong_setting(
    name: str, command: str
) -> None:
    python, *rest = shlex.split(command)
    assert python == "python"
    done = subprocess.run(
        [sys.executable, *rest],
        cwd=ROOT,
        env={**os.environ, "OUTREACH_TICK": "often", "OUTREACH_PORT": "eighty"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith(f"outreach {name}: wrong settings:"), done.stderr
    assert "OUTREACH_TICK='often'" in done.stderr
    assert "OUTREACH_PORT='eighty'" in done.stderr
    assert "Traceback" not in done.stderr
