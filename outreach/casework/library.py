"""Cadence versions and the team, read from the database once and kept: a version never changes."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from outreach.domain.cadence import Cadence, Version
from outreach.domain.channel import Channel
from outreach.domain.errors import Unknown
from outreach.domain.people import Team
from outreach.store import playbook
from outreach.store.database import Db

if TYPE_CHECKING:
    from outreach.templates import Templates


@dataclass(frozen=True)
class Edition:
    """A version ready for use: the cadence, and its templates, compiled when first asked for."""

    id: int
    cadence: Cadence
    sources: dict[str, str]

    @cached_property
    def templates(self) -> Templates:
        """Ready to render. Enrolling never asks: loading Jinja2 would cost it a sixth of its time."""
        from outreach.templates import Templates

        return Templates(self.sources)

    @property
    def channels(self) -> dict[str, Channel]:
        """step -> channel."""
        return {step.id: step.channel for step in self.cadence.steps}


class Library:
    """Keeps what was read. Safe to share between threads."""

    def __init__(self) -> None:
        self._editions: dict[int, Edition] = {}
        self._team: tuple[int, Team] = (0, Team())
        self._turn = threading.Lock()

    def edition(self, db: Db, version_id: int) -> Edition:
        """One version. Raises Unknown when the database does not have it."""
        found = self._editions.get(version_id)
        if found is None:
            stored = playbook.version(db, version_id)
            if stored is None:
                raise Unknown("version", str(version_id))
            found = _edition(version_id, stored)
            with self._turn:
                self._editions[version_id] = found
        return found

    def team(self, db: Db) -> Team:
        """The team in force: one small query tells whether the kept one still is."""
        newest = playbook.team_id(db)
        kept, value = self._team
        if kept != newest:
            value = playbook.team(db)
            with self._turn:
                self._team = (newest, value)
        return value

    def warm(self, db: Db) -> None:
        """Read what is live now, and make it ready to render: the first claim must not hold its locks meanwhile."""
        for version_id in playbook.live(db).values():
            self.edition(db, version_id).templates  # noqa: B018 - it is made when it is first asked for


def _edition(version_id: int, stored: Version) -> Edition:
    return Edition(version_id, stored.cadence, stored.templates)
