"""Cadences and teams as documents: the same content has the same hash in every process."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

from outreach.domain.cadence import Cadence, Outcome, Step, StopOn, StopScope, Unit, Version, Wait
from outreach.domain.calendar import ALWAYS, SendWindow
from outreach.domain.channel import Channel
from outreach.domain.people import OnHuman, Team
from outreach.store import codec
from tests.domain.people import MAIN, ROSA

RICH = Version(
    cadence=Cadence(
        name="trial",
        title="Trial",
        steps=(
            Step(
                id="a", channel=Channel.EMAIL, template="a.md", after=Wait(amount=2, unit=Unit.BUSINESS_DAYS)
            ),
            Step(
                id="b",
                channel=Channel.VOICEMAIL,
                template="b.txt",
                after=Wait(unit=Unit.UNTIL, field="renewal", amount=-3, at=time(9, 30)),
                window=SendWindow.of([2, 3], (960, 1020)),
                when='lead.plan == "trial"',
                late=timedelta(hours=4),
            ),
            Step(id="c", channel=Channel.CALL, template="c.md", skip_after=timedelta(days=3)),
        ),
        channel_windows={Channel.SMS: ALWAYS, Channel.EMAIL: SendWindow.of([0], (0, 60))},
        stop_on=frozenset(StopOn),
        stop_scope=StopScope.ACCOUNT,
        then={Outcome.FINISHED: "nurture", Outcome.REPLIED: "after-meeting"},
    ),
    templates={"a.md": "Hi é 😀", "b.txt": "", "c.md": "x"},
)
TEAM = Team(
    reps={"rosa": ROSA},
    senders={"main": MAIN},
    holidays=("US", "DE-BY"),
    allow_countries=("US", "CA"),
    on_human=OnHuman.RING_REP,
)
DIGEST = """
from outreach.store import codec
from tests.store.test_codec import RICH, TEAM
print(codec.digest(RICH), codec.digest(TEAM))
"""


def test_a_version_and_a_team_come_back_as_they_were() -> None:
    assert codec.version(codec.document(RICH)) == RICH
    assert codec.team(codec.document(TEAM)) == TEAM


def test_equal_content_has_an_equal_hash_and_any_change_another() -> None:
    assert codec.digest(RICH) == codec.digest(codec.version(codec.document(RICH)))
    other = replace(RICH, templates={**RICH.templates, "c.md": "y"})
    assert codec.digest(other) != codec.digest(RICH)
    fewer = replace(RICH, cadence=replace(RICH.cadence, stop_on=frozenset({StopOn.REPLY})))
    assert codec.digest(fewer) != codec.digest(RICH)


def test_the_hash_is_the_same_in_every_process() -> None:
    """Sets are ordered by a seed that differs from process to process: `plan` would see changes that nobody made."""
    seeds = ("1", "4711")
    started = [
        subprocess.Popen(
            [sys.executable, "-c", DIGEST],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in seeds
    ]
    told = {process.communicate()[0].strip() for process in started}
    assert told == {f"{codec.digest(RICH)} {codec.digest(TEAM)}"}
