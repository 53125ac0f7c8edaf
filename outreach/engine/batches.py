"""Lines of a table as leads, by the batch; a thread reads one batch ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from outreach.domain.consent import Consent
from outreach.domain.errors import Mistake
from outreach.domain.people import Lead
from outreach.engine.consents import read_consents
from outreach.engine.people import names_of, read_lead
from outreach.engine.table import Line, Table

BATCH = 500  # lines in one transaction: others get their turn in between, a tenth of a second later at most
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Read:
    """A line that could be read, with the names it may be known by."""

    line: Line
    lead: Lead
    names: frozenset[tuple[str, str]]
    consents: tuple[Consent, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A line of which no lead can be made, and why."""

    line: Line
    error: Mistake


def of(
    table: Table, *, country: str, reps: Sequence[str], source: str, now: datetime
) -> Iterator[list[Read | Unread]]:
    """All lines, in their order; nobody is twice in one batch."""
    return _ahead(_batches(_read(table, country, reps, source, now)))


def _ahead(batches: Iterator[T]) -> Iterator[T]:
    """The same, with a thread that reads the next batch while the database works at this one."""
    with ThreadPoolExecutor(1, "read") as reader:
        coming = reader.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = reader.submit(next, batches, None)
            yield batch


def _batches(lines: Iterator[Read | Unread]) -> Iterator[list[Read | Unread]]:
    """Lines by the batch; a line about somebody who is in the batch already begins the next one."""
    batch: list[Read | Unread] = []
    names: set[tuple[str, str]] = set()
    for one in lines:
        known = one.names if isinstance(one, Read) else frozenset()
        if len(batch) >= BATCH or names & known:
            yield batch
            batch, names = [], set()
        batch.append(one)
        names |= known
    if batch:
        yield batch


def _read(
    table: Table, country: str, reps: Sequence[str], source: str, now: datetime
) -> Iterator[Read | Unread]:
    for line in table.lines():
        if line.problem:
            yield Unread(line, Mistake(line.problem))
            continue
        try:
            lead = read_lead(line.values, country=country, reps=reps, source=source)
            consents = read_consents(line.values, now)
        except Mistake as error:
            yield Unread(line, error)
            continue
        yield Read(line, lead, _names(lead), consents)


def _names(lead: Lead) -> frozenset[tuple[str, str]]:
    return frozenset(names_of(lead) | ({("id", lead.external_id)} if lead.external_id else set()))
