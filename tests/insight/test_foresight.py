"""What is foretold is what happens: preview and why ask the engine's own decision, so the days must agree."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from outreach import bootstrap
from outreach.casework.house import House
from outreach.engine import apply, deliver, dispatch, enroll, pause, people, tasks
from outreach.insight.people import zone
from outreach.insight.preview import known, preview
from outreach.insight.versions import running
from outreach.insight.why import why
from outreach.settings import Settings
from outreach.store import touches
from tests.cli.conftest import PLAYBOOK, TEMPLATES

START = datetime(
    2026, 12, 22, 20, 30, tzinfo=UTC
)  # the Tuesday before Christmas, half past three in New York


class Stage:
    """A house whose clock stands still until it is moved."""

    def __init__(self, folder: Path, url: str) -> None:
        (folder / "cadences.yaml").write_text(PLAYBOOK)
        for path, words in TEMPLATES.items():
            target = folder / "templates" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(words)
        self.now = START
        self.rung: list[int] = []
        self.house: House = bootstrap.house(
            Settings(
                database_url=url,
                cadences=folder / "cadences.yaml",
                templates=folder / "templates",
                outbox=folder / "outbox",
            ),
            clock=lambda: self.now,
            ring=lambda waiting: self.rung.extend(touch_id for touch_id, _ in waiting),
        )
        apply.apply(self.house, by="test")
        read = people.read_lead(
            {"name": "Ada", "email": "ada@example.com", "phone": "+12125550142"}, country="US"
        )
        self.ada = people.save(self.house, read, by="test").lead

    def pass_time(
        self, until: datetime, step: timedelta = timedelta(minutes=30)
    ) -> list[tuple[str, datetime]]:
        """Tick until then; nobody picks up the phone. What was taken, and when."""
        taken: list[tuple[str, datetime]] = []
        with ThreadPoolExecutor(2) as pool:
            while self.now <= until:
                dispatch.dispatch(self.house)
                deliver.deliver(self.house, self.rung, pool)
                self.rung.clear()
                with self.house.store.read() as db:
                    found = touches.of_lead(db, self.ada.id)
                for touch in found:
                    if touch.channel.by_rep and touch.state.value == "open":
                        tasks.done(self.house, touch.id, tasks.Disposition.NO_ANSWER, by="rosa")
                    if touch.step_id not in [step_id for step_id, _ in taken] and touch.state.value in (
                        "sent",
                        "open",
                    ):
                        taken.append((touch.step_id, self.now))
                self.now += step
        return taken


@pytest.fixture
def stage(tmp_path: Path, sqlite_url: str) -> Stage:
    made = Stage(tmp_path, sqlite_url)
    yield made
    made.house.store.close()


def test_the_days_that_preview_foretells_are_the_days_on_which_it_goes_out(stage: Stage):
    version, team = running(stage.house, "trial")
    foretold = [
        (one.step.id, one.at)
        for one in preview(stage.house, version, team, known(stage.house, stage.ada))
        if one.goes
    ]
    enroll.enroll(stage.house, stage.ada, "trial", by="test")
    assert stage.pass_time(START + timedelta(days=14)) == foretold
    assert [step for step, _ in foretold] == ["hello", "text", "call", "again"]  # no consent: no voicemail


def test_the_first_time_that_why_names_is_when_it_goes_out(stage: Stage):
    stage.now = START + timedelta(hours=8)  # half past eleven at night: the window is shut
    enroll.enroll(stage.house, stage.ada, "trial", by="test")
    [told] = why(stage.house, stage.ada.id)
    assert told.first == datetime(2026, 12, 23, 14, 0, tzinfo=UTC)
    assert stage.pass_time(START + timedelta(days=1))[0] == ("hello", told.first)


def test_the_first_time_after_a_pause_is_when_it_goes_out(stage: Stage):
    enroll.enroll(stage.house, stage.ada, "trial", by="test")
    stage.pass_time(START)  # hello goes out; the text waits two days
    until = START + timedelta(days=6)
    pause.pause(stage.house, [stage.ada.id], by="test", because="away", until=until)
    [told] = why(stage.house, stage.ada.id)
    assert told.first is not None
    resumed = False
    while not resumed:
        stage.now += timedelta(hours=1)
        resumed = pause.resume_due(stage.house) > 0
    taken = stage.pass_time(stage.now + timedelta(days=7))
    assert dict(taken)["text"] - told.first < timedelta(hours=1)


def test_the_zone_of_a_lead_follows_the_chain(stage: Stage):
    assert zone(stage.house, stage.ada).key == "America/New_York"
