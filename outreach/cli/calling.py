"""Do-not-call lists: `outreach dnc`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import plain
from outreach.cli.door import AsJson, Because, actor, opened
from outreach.cli.failing import Usage

if TYPE_CHECKING:
    from outreach.casework.house import House
    from outreach.engine.donotcall import Read

_ACTIONS = ("import", "add", "remove", "show", "lists")


def dnc(
    action: Annotated[str, typer.Argument(metavar="ACTION", help="import, add, remove, show or lists.")],
    what: Annotated[
        str | None, typer.Argument(metavar="WHAT", help="The file to import, or the number in question.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--list", help="Which list: national, TX ...; for add and remove our own.")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="The day the file is of, such as 2026-11-01. Without it: today."),
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="The file is the whole list: what is not in it is taken off.")
    ] = False,
    because: Because = "",
    as_json: AsJson = False,
) -> None:
    """Keep do-not-call lists: numbers on one are not called, texted or left voicemails (rule R11).

    A public list gives way to a written consent to that channel; our own, `internal`, to nothing. Files hold one number a
    line; a million lines are read in a minute. Import the national registry anew at least every 31 days. Examples:

        outreach dnc import registry.txt --list national --as-of 2026-11-01 --whole

        outreach dnc add "+1 305 555 0142" --because "asked by phone"

        outreach dnc lists
    """
    if action not in _ACTIONS:
        raise Usage(f"{action!r} is none of {', '.join(_ACTIONS)}")
    if action != "lists" and not what:
        raise Usage(
            f"say {'which file' if action == 'import' else 'which number'}: outreach dnc {action} ..."
        )
    with opened() as house:
        if action == "import":
            of = _day(as_of) if as_of else house.now()
            _say(_import(house, Path(what or ""), name or "national", of, whole=whole), as_json=as_json)
        elif action == "lists":
            _lists(house, as_json=as_json)
        elif action == "show":
            _show(house, what or "", as_json=as_json)
        else:
            _one(house, action, what or "", name or "internal", because)


def _import(house: House, file: Path, name: str, of: datetime, *, whole: bool) -> Read:
    from outreach.domain.errors import Mistake
    from outreach.engine.donotcall import import_list

    try:
        with file.open(encoding="utf-8", errors="replace") as lines:
            return import_list(house, lines, name, as_of=of, by=actor(), source=file.name, whole=whole)
    except OSError as error:
        raise Mistake(f"{file} cannot be read: {error.strerror}") from None


def _day(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        raise Usage(f"--as-of {text!r} is no date: write 2026-11-01") from None


def _say(done: Read, *, as_json: bool) -> None:
    if as_json:
        plain.data(done)
        return
    plain.line(
        f"{plain.number(done.lines, 'line')}: {done.new:,} new, {done.removed:,} taken off, {done.rejected:,} not understood; "
        f"{done.numbers:,} on the list now"
    )
    for number, because in done.first_rejected:
        plain.warn(f"line {number}: {because}")
    if done.rejected > len(done.first_rejected):
        plain.warn(f"and {done.rejected - len(done.first_rejected):,} more")


def _one(house: House, action: str, number: str, name: str, because: str) -> None:
    from outreach.engine.donotcall import allow, forbid

    if action == "add":
        plain.line(f"{forbid(house, number, by=actor(), name=name, because=because)} is on the list {name}")
    elif allow(house, number, by=actor(), name=name):
        plain.line(f"{number} is off the list {name}")
    else:
        plain.line(f"{number} is not on the list {name}: nothing to do")


def _show(house: House, number: str, *, as_json: bool) -> None:
    from outreach.insight.donotcall import looked_up

    value, found = looked_up(house, number)
    if as_json:
        plain.data({"number": value, "lists": found})
        return
    for one in found:
        plain.line(f"{value} is on the list {one.name} (as of {one.as_of:%Y-%m-%d})")
    if not found:
        plain.line(f"{value} is on no list")


def _lists(house: House, *, as_json: bool) -> None:
    from outreach.insight.donotcall import lists, stale

    rows = lists(house)
    if as_json:
        plain.data(rows)
        return
    plain.table(
        ("list", "numbers", "as of", "imported", "by", "from"),
        [
            (
                r.name,
                f"{r.numbers:,}",
                f"{r.as_of:%Y-%m-%d}",
                f"{r.imported_at:%Y-%m-%d}",
                r.imported_by,
                r.source,
            )
            for r in rows
        ],
    )
    for old in stale(house):
        plain.warn(
            f"the list {old.name} is of {old.as_of:%Y-%m-%d}: import it anew, it must not be older than 31 days"
        )
    if not rows:
        plain.line("there is no do-not-call list yet")
