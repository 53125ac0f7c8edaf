"""The whole house at play: two runs at once, one told in plain lines, one as JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from outreach.demo.cast import CAST

_PLAY = "import sys; from outreach.demo import run; raise SystemExit(run(as_json='json' in sys.argv))"


@dataclass(frozen=True)
class Runs:
    """What two runs said, and what they left behind."""

    plain: str
    told: dict[str, Any]
    codes: tuple[int, int]
    errors: str
    left: list[str]

    def lead(self, name: str) -> dict[str, Any]:
        return next(one for one in self.told["leads"] if one["name"].startswith(name))

    def log_of(self, name: str) -> list[str]:
        return [line for line in self.told["log"] if name in line]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """Side by side, so that each also proves that it minds no other. Somebody's real keys are lying around."""
    folder = tmp_path_factory.mktemp("demo")
    environ = {
        **os.environ,
        "TMPDIR": str(folder),
        "SENDGRID_API_KEY": "SG.somebodys-real-key",
        "SENDGRID_URL": "https://api.sendgrid.invalid",
        "DATABASE_URL": "postgresql://somebodys-real-database.invalid/outreach",
    }
    started = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", _PLAY, *words],
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for words in ([], ["json"])
    ]
    (plain, first), (told, second) = (one.communicate(timeout=120) for one in started)
    left = [path.name for path in Path(folder).iterdir()]
    codes = (started[0].returncode, started[1].returncode)
    return Runs(plain, json.loads(told), codes, first + second, left)


def test_every_promise_is_kept_and_said_so(runs: Runs) -> None:
    assert runs.codes == (0, 0), runs.errors + runs.plain
    assert [fact for fact in runs.told["facts"] if not fact["holds"]] == []
    assert "BROKEN" not in runs.plain
    assert runs.plain.count("\nok ") == len(runs.told["facts"])


def test_nothing_breaks_and_nothing_is_left_behind(runs: Runs) -> None:
    assert runs.errors == ""
    assert runs.left == []


def test_every_lead_ends_as_what_they_did_demands(runs: Runs) -> None:
    ended = {person.name: runs.lead(person.name)["ended"].partition(",")[0] for person in CAST}
    assert ended == {person.name: person.ends.value.replace("_", " ") for person in CAST}


def test_the_ledger_has_as_many_messages_as_we_count_touches(runs: Runs) -> None:
    counted = {"mail": 0, "text": 0, "voicemail": 0}
    for lead in runs.told["leads"]:
        for word in counted:
            counted[word] += lead["touches"].get(word, 0)
    assert list(counted.values()) == list(runs.told["accepted"].values())


def test_an_answer_from_a_colleagues_address_and_by_text_count(runs: Runs) -> None:
    assert runs.log_of("Cleo Park")[-2:] == [
        "day  2 Tue 17:00  Cleo Park     answers by mail",
        "day  2 Tue 17:00  Cleo Park     REPLIED: the lead replied; left alone from now on",
    ]
    assert "Dev Patel     answers by text" in "\n".join(runs.log_of("Dev"))


def test_a_colleagues_answer_stops_the_whole_company(runs: Runs) -> None:
    assert runs.log_of("Ben Okoye")[-1].endswith("REPLIED: a colleague replied; left alone from now on")


def test_out_of_office_pauses_and_then_goes_on(runs: Runs) -> None:
    log = runs.log_of("Ivy Novak")
    paused = next(i for i, line in enumerate(log) if "paused until day  9 Tue 09:00" in line)
    assert log[paused + 1] == "day  9 Tue 09:00  Ivy Novak     goes on"
    assert "text delivered" in log[paused + 2]


def test_the_machine_hears_the_recording_and_the_person_does_not(runs: Runs) -> None:
    assert any("the machine takes the message" in line for line in runs.log_of("Kim Reyes"))
    assert any("no recording is played" in line for line in runs.log_of("Leo Brandt"))


def test_who_never_answers_goes_on_to_nurture(runs: Runs) -> None:
    assert {runs.lead("Kim")["ended"], runs.lead("Leo")["ended"]} == {"finished, then nurture"}


def test_two_runs_tell_the_same_story(runs: Runs) -> None:
    lines = [line.rstrip() for line in runs.plain.splitlines() if line.startswith("day ")]
    assert lines == runs.told["log"]
    for fact in runs.told["facts"]:
        assert fact["text"] in runs.plain


def test_the_picture_in_the_readme_is_what_the_demo_says(runs: Runs) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    shown = [line.strip() for line in readme.splitlines() if line.strip().startswith(("day ", "ok "))]
    said = {line.strip() for line in runs.plain.splitlines()}
    assert len(shown) > 10
    assert [line for line in shown if line not in said] == []
