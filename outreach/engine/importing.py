"""Import: take in a table of leads, and enroll them. Every line is accepted, or rejected with its number and reason.

A batch of lines is one transaction. Whoever kills it in the middle runs it again: what is there is recognised, by the
external id or the addresses, and an enrollment is made under a key of its line, so nothing is done twice.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from outreach.casework.gather import Asked, Case, gather
from outreach.casework.house import House
from outreach.domain.consent import Consent
from outreach.domain.decision import at_step, plan
from outreach.domain.enrollment import Enrollment
from outreach.domain.errors import Forbidden, Mistake, Taken, Unknown
from outreach.domain.people import Lead, Team
from outreach.domain.problem import closest
from outreach.engine import batches
from outreach.engine.batches import Read, Unread
from outreach.engine.consents import give_in
from outreach.engine.enroll import foresee
from outreach.engine.people import merged_with, names_of, same_person
from outreach.engine.table import Line, open_table
from outreach.engine.turned_away import forgotten_among, turn_away
from outreach.engine.walk import fresh
from outreach.store import history, intake, leads, permissions, playbook
from outreach.store.database import Db

_TRIES = 3

Reject = Callable[[Line, str], None]


@dataclass(slots=True)
class Imported:
    """What became of the lines. `lines` = rejected + new + changed + same; of these three, with a cadence,
    new + changed + same = enrolled + already + refused."""

    columns: dict[str, str] = field(default_factory=dict)  # column of the file -> what it is here
    lines: int = 0
    rejected: int = 0  # nothing of them was stored
    new: int = 0
    changed: int = 0
    same: int = 0
    enrolled: int = 0
    already: int = 0  # inside already, or enrolled by an earlier import of the same line
    refused: int = 0  # the lead is stored, but no step of the cadence may touch them


def import_leads(
    house: House,
    file: io.BufferedReader,
    *,
    by: str,
    reject: Reject,
    cadence: str | None = None,
    source: str = "import",
    mapping: Mapping[str, str] | None = None,
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> Imported:
    """Import an open CSV file, in any encoding and with any delimiter. `reject` hears of each line that was not taken.

    Raises Unknown (cadence) and Mistake (nothing can be made of the columns) before the first line.
    """
    table = open_table(file, mapping=mapping or {}, progress=progress)
    with house.store.read() as db:
        team, version_id = house.library.team(db), _version(db, cadence)
    job = _Job(house, by, source, cadence, version_id, team, reject, dry_run)
    job.done.columns = {c: n for c, n in zip(table.columns, table.names, strict=True) if n}
    for batch in batches.of(
        table, country=team.country, reps=list(team.reps), source=source, now=house.now()
    ):
        job.take(batch)
    return job.done


def _version(db: Db, cadence: str | None) -> int | None:
    live = playbook.live(db)
    if cadence is not None and cadence not in live:
        raise Unknown("cadence", cadence, closest=closest(cadence, live))
    return live.get(cadence or "")


@dataclass(slots=True)
class _Job:
    """One import under way."""

    house: House
    by: str
    source: str
    cadence: str | None
    version_id: int | None
    team: Team
    reject: Reject
    dry_run: bool
    done: Imported = field(default_factory=Imported)
    seen: set[int] = field(default_factory=set)  # in a dry run: whom a real one would have stored by now

    def take(self, batch: Sequence[Read | Unread]) -> None:
        """Store what could be read, and tell of the rest."""
        self.done.lines += len(batch)
        for one in batch:
            if isinstance(one, Unread):
                self._rejected(one.line, one.error)
        if readable := [one for one in batch if isinstance(one, Read)]:
            self._store(readable)

    def _store(self, batch: Sequence[Read]) -> None:
        """One transaction; again when somebody else took in the same person at the same moment."""
        for last in [False] * (_TRIES - 1) + [True]:
            try:
                outcome = self.house.store.run(lambda db: _Batch(self, db).store(batch))
            except Taken:
                if last:
                    raise
                continue
            self._count(outcome)
            return

    def _count(self, outcome: _Outcome) -> None:
        done = self.done
        for line, error in outcome.rejected:
            self._rejected(line, error)
        for line, error in outcome.refused:
            done.refused += 1
            self.reject(line, f"taken in, but not enrolled: {error}")
        again = 0
        if self.dry_run:
            names = {hash(name) for one in outcome.new for name in one.names}
            again = sum(any(hash(name) in self.seen for name in one.names) for one in outcome.new)
            self.seen |= names
        done.new += len(outcome.new) - again
        done.same += outcome.same + again
        done.changed += outcome.changed
        done.enrolled += outcome.enrolled - (again if self.cadence else 0)
        done.already += outcome.already + (again if self.cadence else 0)

    def _rejected(self, line: Line, error: Mistake) -> None:
        self.done.rejected += 1
        self.reject(line, str(error))


@dataclass(slots=True)
class _Outcome:
    """What became of one batch; counted only once it is committed."""

    rejected: list[tuple[Line, Mistake]] = field(default_factory=list)
    refused: list[tuple[Line, Mistake]] = field(default_factory=list)
    new: list[Read] = field(default_factory=list)
    changed: int = 0
    same: int = 0
    enrolled: int = 0
    already: int = 0


class _Batch:
    """The work of one transaction: read all that is known in a few queries, decide line by line, write in a few."""

    def __init__(self, job: _Job, db: Db) -> None:
        self.job, self.db, self.house = job, db, job.house
        self.now = job.house.now()
        self.outcome = _Outcome()

    def store(self, batch: Sequence[Read]) -> _Outcome:
        """Save the leads, then enroll them."""
        stored = self._save(batch)
        given = {lead.id: one.consents for one, lead in stored if one.consents}
        if given:
            give_in(self.db, self.house, given, by=self.job.by)
        if self.job.cadence is not None and stored:
            self._enroll(stored)
        if self.job.dry_run:
            self.db.rollback()
        return self.outcome

    # -- leads ----------------------------------------------------------------------------------------------------------

    def _save(self, batch: Sequence[Read]) -> list[tuple[Read, Lead]]:
        external, holding, people = self._known(batch)
        forgotten = forgotten_among(self.db, self.house, [one.lead for one in batch])
        stored: list[tuple[Read, Lead]] = []
        for one in batch:
            try:
                turn_away(one.lead, forgotten)
                known = people.get(external.get(one.lead.external_id or "", 0))
                known = known or same_person(one.lead, holding, people)
            except Mistake as error:
                self.outcome.rejected.append((one.line, error))
                continue
            if known is None:
                self.outcome.new.append(one)
            else:
                stored.append((one, self._merge(known, one.lead)))
        fresh_ones = self.outcome.new
        tokens = [self.house.new_token() for _ in fresh_ones]
        added = intake.add_leads(
            self.db, [one.lead for one in fresh_ones], tokens, at=self.now, by=self.job.by
        )
        return stored + list(zip(fresh_ones, added, strict=True))

    def _known(
        self, batch: Sequence[Read]
    ) -> tuple[dict[str, int], dict[tuple[str, str], list[int]], dict[int, Lead]]:
        ids = {one.lead.external_id for one in batch if one.lead.external_id}
        external = intake.by_external_ids(self.db, self.job.source, ids) if ids else {}
        names = {name for one in batch for name in names_of(one.lead)}
        holding = intake.holders(self.db, names)
        found = {i for several in holding.values() for i in several} | set(external.values())
        return external, holding, leads.by_ids(self.db, found) if found else {}

    def _merge(self, known: Lead, said: Lead) -> Lead:
        merged = merged_with(known, said)
        if merged == known:
            self.outcome.same += 1
            return known
        self.outcome.changed += 1
        permissions.lock_people(self.db, [known.id])  # claims must not read half of it
        history.add(
            self.db, [history.Entry(at=self.now, lead_id=known.id, cause="lead changed", by=self.job.by)]
        )
        return leads.change(self.db, merged)

    # -- enrollments ----------------------------------------------------------------------------------------------------

    def _enroll(self, stored: Sequence[tuple[Read, Lead]]) -> None:
        keyed = {self._key(one.lead): (one, lead) for one, lead in stored}
        used = intake.used_keys(self.db, keyed)
        inside = intake.inside(self.db, [lead.id for _, lead in keyed.values()], self.job.cadence or "")
        left = {k: v for k, v in keyed.items() if k not in used and v[1].id not in inside}
        self.outcome.already += len(stored) - len(left)
        edition = self.house.library.edition(self.db, self.job.version_id or 0)
        walks = {
            key: fresh(edition, self.job.team, lead, now=self.now, token=self.house.new_token())
            for key, (_, lead) in left.items()
        }
        people = {lead.id: lead for _, lead in left.values()}
        consents = permissions.consents_of(self.db, people)
        asked = [Asked(walk) for walk in walks.values()]
        cases = gather(self.db, self.house, asked, self.now, people=people, telephones="look")
        planned: dict[str, Enrollment] = {}
        for (key, walk), case in zip(walks.items(), cases, strict=True):
            try:
                planned[key] = self._planned(walk, case, tuple(consents.get(walk.lead_id, ())))
            except Forbidden as error:
                self.outcome.refused.append((left[key][0].line, error))
        intake.enroll(self.db, planned, by=self.job.by)
        self.outcome.enrolled += len(planned)

    def _planned(self, walk: Enrollment, case: Case, consents: tuple[Consent, ...]) -> Enrollment:
        """With the time of the first step. Raises Forbidden when no step may touch the lead."""
        facts = replace(case.facts, consents=consents)  # all of them: the later steps are looked at too
        each = {
            step.channel: step for step in facts.cadence.steps
        }  # what can reach a lead depends on that alone
        foresee([at_step(facts, step, self.now) for step in each.values()], self.now)
        return replace(walk, due_at=plan(facts, self.now))

    def _key(self, lead: Lead) -> str:
        """The idempotency key of a line: the same person, from the same source, enters a cadence by import once."""
        who = lead.external_id or lead.addresses[0].value
        return f"import:{self.job.source}:{who}:{self.job.cadence}"
