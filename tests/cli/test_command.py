"""The command itself: exit codes, no tracebacks, help that costs nothing, a page made from it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from outreach.cli.main import COMMANDS
from outreach.cli.reference import reference
from tests.cli.conftest import Desk

ROOT = Path(__file__).parents[2]


def outreach(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "outreach", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_process_answers_with_exit_codes_and_never_with_a_traceback(desk: Desk):
    wrong = outreach(desk.folder, "enroll", "ada@example.com", "trail", "--name", "Ada")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr == "outreach: there is no cadence 'trail'; did you mean 'trial'?\n"
    failed = outreach(desk.folder, "status", DATABASE_URL="sqlite:////nowhere/at/all.db")
    assert failed.returncode == 1
    assert failed.stderr.startswith("outreach: DATABASE_URL: the folder /nowhere/at does not exist")
    done = outreach(desk.folder, "enroll", "ada@example.com", "trial", "--name", "Ada")
    assert (done.returncode, done.stdout.startswith("Ada (#1) enrolled in trial")) == (0, True)


def test_enrolling_loads_neither_templates_nor_pretty_printing_nor_any_vendor(desk: Desk):
    program = (
        "import sys; from outreach.cli.main import run; run(['enroll', 'ada@example.com', 'trial', '--name', 'Ada']); "
        "print(sorted({'jinja2', 'phonenumbers', 'rich', 'structlog', 'twilio', 'sendgrid', 'alembic', "
        "'dramatiq', 'fastapi'} & set(sys.modules)))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program],
        cwd=desk.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert shown.stdout.splitlines()[-1] == "[]"


def test_help_loads_no_database(desk: Desk):
    program = (
        "import sys; from outreach.cli.main import run; run(['--help']); print('sqlalchemy' in sys.modules)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        timeout=60, check=True,
    )  # fmt: skip
    assert shown.stdout.splitlines()[-1] == "False"


def test_a_reader_who_leaves_early_is_no_error_on_the_screen(desk: Desk):
    command = f"{sys.executable} -m outreach --help | head -1"
    shown = subprocess.run(
        command, shell=True, cwd=desk.folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        timeout=60, check=True,
    )  # fmt: skip
    assert (shown.stdout[:6], shown.stderr) == ("Usage:", "")


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_explains_itself_with_an_example(bare: Desk, name: str):
    shown = bare.done(name, "--help").out
    assert "xample" in shown
    assert f"outreach {name}" in shown.partition("xample")[2]


def test_a_slip_in_the_command_is_answered_with_the_closest_one(bare: Desk):
    answer = bare("enrol")
    assert (answer.code, answer.err) == (2, "outreach: there is no command 'enrol'; did you mean 'enroll'?\n")


def test_a_mistake_of_ours_is_told_in_one_line_and_shown_when_asked(
    bare: Desk, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(COMMANDS, "status", "outreach.cli.nowhere:status")
    told = bare("status")
    assert told.code == 1
    assert told.err.count("\n") == 1
    assert told.err.startswith("outreach: this is a mistake of ours: ModuleNotFoundError")
    assert "Traceback" in bare("--traceback", "status").err


def test_the_page_of_commands_is_what_the_commands_say():
    assert (ROOT / "docs" / "cli.md").read_text() == reference(), (
        "run: python -m outreach.cli.reference > docs/cli.md"
    )
