"""Whoever ends the demo early finds nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

_PLAY = "from outreach.demo import run; raise SystemExit(run())"


@pytest.mark.parametrize(
    ("sign", "code"), [(signal.SIGTERM, 128 + signal.SIGTERM), (signal.SIGINT, -signal.SIGINT)]
)
def test_an_interrupted_demo_leaves_nothing_behind(tmp_path: Path, sign: int, code: int) -> None:
    playing = subprocess.Popen(
        [sys.executable, "-u", "-c", _PLAY],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert playing.stdout is not None
    for line in playing.stdout:
        if line.startswith("day "):
            break
    assert len(list(tmp_path.iterdir())) == 1
    playing.send_signal(sign)
    playing.communicate(timeout=60)
    assert playing.returncode == code
    assert list(tmp_path.iterdir()) == []
