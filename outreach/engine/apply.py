"""Apply: make the files what runs. New enrollments enter the new versions; those inside finish theirs."""

from __future__ import annotations

from dataclasses import dataclass

from outreach.casework.house import House
from outreach.casework.proof import Proved, prove
from outreach.domain.problem import Problem
from outreach.store import enrollments, playbook, touches


@dataclass(frozen=True, slots=True)
class Applied:
    """What changed: the cadences with a new version, those retired with the leads still inside, the team."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]
    retired: dict[str, int]
    team: bool
    warnings: tuple[Problem, ...]

    @property
    def anything(self) -> bool:
        """Whether the files differ from what ran."""
        return bool(self.new or self.changed or self.retired or self.team)


def apply(house: House, *, by: str, why: str = "", dry_run: bool = False, retire: bool = True) -> Applied:
    """Load cadences.yaml and templates/. Raises Problems; then nothing has changed and the last good version runs on.

    Without `retire`, a cadence that is gone from the file goes on taking leads: a file that was cut off between two
    cadences is whole to every reader, and only a person can say that the rest was meant to go.
    """
    return apply_proved(house, prove(house.settings), by=by, why=why, dry_run=dry_run, retire=retire)


def apply_proved(
    house: House, proved: Proved, *, by: str, why: str = "", dry_run: bool = False, retire: bool = True
) -> Applied:
    """The same for files that were read already."""
    now = house.now()
    with house.store.begin() as db:
        before = playbook.live(db)
        limits = playbook.team(db).limits
        team = playbook.put_team(db, proved.playbook.team, at=now, by=by)
        if limits != proved.playbook.team.limits:
            touches.let_go(db, "cap", now)  # there may be room now: let them ask again
        changed: list[str] = []
        for version in proved.versions:
            _, differs = playbook.put_version(db, version, at=now, by=by, why=why)
            if differs:
                changed.append(version.name)
        gone = sorted(set(before) - {version.name for version in proved.versions})
        retired = {name: len(enrollments.open_in(db, name)) for name in gone}
        for name in gone if retire else ():
            playbook.retire(db, name, at=now)
        if dry_run:
            db.rollback()
    return Applied(
        new=tuple(name for name in changed if name not in before),
        changed=tuple(name for name in changed if name in before),
        same=tuple(version.name for version in proved.versions if version.name not in changed),
        retired=retired,
        team=team,
        warnings=proved.warnings,
    )
