"""The cadences and templates that come with outreach pass `outreach check`, and nothing among them is left over."""

from __future__ import annotations

from outreach.casework.proof import prove
from outreach.settings import Settings
from tests.house.plan import ROOT

PROVED = prove(Settings(cadences=ROOT / "cadences.yaml", templates=ROOT / "templates"))


def test_they_are_proved_without_a_warning() -> None:
    assert PROVED.warnings == ()
    assert len(PROVED.versions) >= 3


def test_every_template_is_used_by_a_step_or_included_by_one() -> None:
    used = {path for version in PROVED.versions for path in version.templates}
    there = {
        path.relative_to(ROOT / "templates").as_posix()
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    }
    assert there - used == set()


def test_every_hand_over_leads_to_a_cadence_that_is_there() -> None:
    names = {version.name for version in PROVED.versions}
    assert {target for version in PROVED.versions for target in version.cadence.then.values()} <= names
