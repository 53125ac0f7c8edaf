"""Suppression lists as files: take in those of another tool, write down ours. Line by line, whatever their size."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TextIO

from outreach import addresses
from outreach.casework.house import House
from outreach.domain.channel import AddressKind, Channel
from outreach.domain.consent import Suppression, SuppressionReason
from outreach.domain.errors import Mistake, Unknown
from outreach.domain.problem import closest
from outreach.engine.suppress import concerned_by
from outreach.engine.table import Line, harmless, open_table
from outreach.store import keyed, leads, permissions
from outreach.store.database import Db

COLUMNS: Final = ("scope", "value", "channel", "reason", "since", "source", "hashed")
_BATCH: Final = 500
_SCOPES: Final = (*(kind.value for kind in AddressKind), "domain", "hash")
# How other tools call what we call `since` and `source`.
_SINCE: Final = ("since", "created", "created_at", "date", "added", "added_at", "timestamp")
_SOURCE: Final = ("source", "because", "comment", "details", "status")

_REASONS: Final = {one.value: one for one in SuppressionReason}
_LONGEST: Final = 500  # characters of a source

Reject = Callable[[Line, str], None]


@dataclass(slots=True)
class Taken:
    """What became of the lines. `lines` = new + known + rejected."""

    lines: int = 0
    new: int = 0
    known: int = 0
    rejected: int = 0


def import_list(
    house: House, file: io.BufferedReader, *, by: str, reject: Reject, dry_run: bool = False
) -> Taken:
    """Suppress what a CSV file names, in any encoding and with any delimiter; a second time adds nothing.

    Columns: `email`, `phone`, `domain`, `postal` or `profile`, or `scope` and `value` as we write them; and if there are
    any `channel` (none: every channel), `reason`, `since` and `source`. Raises Mistake before the first line when none of
    the columns holds an address.
    """
    table = open_table(file, mapping={}, progress=lambda _: None)
    if not {"value", *_SCOPES} & {name for name in table.names if name}:
        raise Mistake(f"no column holds an address: name one of them {', '.join(_SCOPES[:-1])}, or value")
    with house.store.read() as db:
        country = house.library.team(db).country
    done = Taken()
    batch: list[tuple[Line, Suppression]] = []
    for line in table.lines():
        done.lines += 1
        try:
            batch.append((line, _read(line, country, house.now(), by)))
        except Mistake as error:
            done.rejected += 1
            reject(line, str(error))
        if len(batch) >= _BATCH:
            _store(house, batch, done, dry_run=dry_run)
            batch = []
    _store(house, batch, done, dry_run=dry_run)
    return done


def export_list(house: House, file: TextIO) -> int:
    """Write every suppression in force that another database could use, so that no spreadsheet executes it.

    Those of a lead's number mean nothing elsewhere and are written under the lead's addresses. Returns how many.
    """
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    count = 0
    with house.store.read() as db:
        for one in permissions.each_suppressed(db):
            for scope, value in _elsewhere(db, one):
                channel = one.channel.value if one.channel else ""
                cells = (
                    scope,
                    value,
                    channel,
                    one.reason.value,
                    one.since.isoformat(),
                    one.source,
                    _yes(one.hashed),
                )
                rows.writerow([harmless(cell) for cell in cells])
                count += 1
    return count


def _elsewhere(db: Db, one: Suppression) -> Iterator[tuple[str, str]]:
    if one.scope != "person":
        yield one.scope, one.value
        return
    lead = leads.get(db, int(one.value))
    for address in lead.addresses if lead else ():
        if one.channel is None or one.channel.needs is address.kind:
            yield address.kind.value, address.value


def _yes(hashed: bool) -> str:
    return "yes" if hashed else ""


def _store(house: House, batch: Sequence[tuple[Line, Suppression]], done: Taken, *, dry_run: bool) -> None:
    if not batch:
        return
    rows = [row for _, row in batch]

    def work(db: Db) -> int:
        if any(row.hashed for row in rows):
            keyed.adopt(db)  # from now on only the key they were made with will do
        permissions.lock_people(
            db, {i for row in rows if not row.hashed for i in concerned_by(db, row.scope, row.value)}
        )
        new = permissions.suppress(db, rows)
        if dry_run:
            db.rollback()
        return new

    new = house.store.run(work)
    done.new += new
    done.known += len(batch) - new


def _read(line: Line, country: str, now: datetime, by: str) -> Suppression:
    """One line. Raises Mistake."""
    if line.problem:
        raise Mistake(line.problem)
    said = line.values
    scope, value = _named(said)
    hashed = said.get("hashed", "").lower() in ("yes", "true", "1")
    if hashed and (len(value) != 64 or set(value) - set("0123456789abcdef")):
        raise Mistake("it says `hashed`, and its value is no hash of 64 hexadecimal digits")
    return Suppression(
        id=0,
        scope=scope,
        value=value if hashed else _normal(scope, value, country),
        channel=_channel(said.get("channel", "")),
        reason=_reason(said.get("reason", "")),
        since=_since(next((said[name] for name in _SINCE if name in said), ""), now),
        source=_source(said) or f"imported by {by}",
        hashed=hashed,
    )


def _named(said: Mapping[str, str]) -> tuple[str, str]:
    if "value" in said:
        scope = said.get("scope", "").strip().lower() or _guessed(said["value"])
        if scope not in _SCOPES[:-1]:
            raise Mistake(f"scope {scope!r} is none of {', '.join(_SCOPES[:-1])}")
        return scope, said["value"].strip()
    there = [(scope, said[scope].strip()) for scope in _SCOPES[:-1] if said.get(scope, "").strip()]
    if len(there) != 1:
        raise Mistake(
            "it names no address" if not there else "it names several addresses: give each a line of its own"
        )
    return there[0]


def _guessed(value: str) -> str:
    text = value.strip()
    if text.startswith("@"):
        return "domain"
    return "email" if "@" in text else "phone"


def _normal(scope: str, value: str, country: str) -> str:
    if scope == "domain":
        name = value.removeprefix("@").strip().lower().rstrip(".")
        return addresses.email(f"x@{name}").value.rpartition("@")[2]
    return addresses.of_kind(AddressKind(scope), value, country).value


def _channel(name: str) -> Channel | None:
    text = name.strip().lower()
    if text in ("", "all", "every"):
        return None
    names = [one.value for one in Channel]
    if text not in names:
        raise Unknown("channel", name, closest=closest(text, names))
    return Channel(text)


def _reason(name: str) -> SuppressionReason:
    return _REASONS.get(name.strip().lower(), SuppressionReason.IMPORTED)


def _source(said: Mapping[str, str]) -> str:
    """Where it comes from; a reason in another tool's words is such a thing too."""
    told = [said[name].strip() for name in _SOURCE if name in said]
    reason = said.get("reason", "").strip()
    if reason and reason.lower() not in _REASONS:
        told.insert(0, reason)
    return "; ".join(told)[:_LONGEST]


def _since(text: str, now: datetime) -> datetime:
    """A date, a time, or seconds since 1970; without a zone it is UTC. A date to come is one of now."""
    said = text.strip()
    if not said:
        return now
    try:
        read = (
            datetime.fromtimestamp(int(said), UTC)
            if said.isdigit() and len(said) >= 9
            else datetime.fromisoformat(said)
        )
    except (ValueError, OverflowError, OSError):
        raise Mistake(f"{said!r} is no date: write it like 2026-11-30") from None
    return min(read if read.tzinfo else read.replace(tzinfo=UTC), now)
