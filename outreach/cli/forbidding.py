"""Who must not be touched: `suppress`, `unsuppress`, `suppressions`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import plain
from outreach.cli.door import AsJson, Because, DryRun, acting, actor, opened
from outreach.cli.failing import FAILED, Usage

if TYPE_CHECKING:
    from outreach.domain.channel import Channel

_SHOWN = 10  # rejected lines told one by one

Whom = Annotated[
    str, typer.Argument(metavar="WHOM", help="An address, a whole domain as @acme.example, or a lead as #12.")
]
OfChannel = Annotated[
    str | None, typer.Option("--channel", help="Only this channel; every channel without it.")
]


def suppress(whom: Whom, channel: OfChannel = None, because: Because = "", dry_run: DryRun = False) -> None:
    """Never touch this address, domain or lead again, whatever a cadence says.

    It outlives every enrollment and every import. Examples:

        outreach suppress ada@example.com --because "asked by phone"

        outreach suppress @competitor.example
    """
    from outreach.engine.suppress import read_scope
    from outreach.engine.suppress import suppress as put

    one = _channel(channel)
    with opened() as house:
        scope, value = read_scope(house, whom)
        new = dry_run or put(house, scope, value, one, by=actor(), because=because)
    shown = one.value if one else "every channel"
    if dry_run:
        plain.line(f"{scope} {value} would be suppressed for {shown}")
    else:
        plain.line(f"{scope} {value} is suppressed for {shown}" + ("" if new else " already"))


def unsuppress(whom: Whom, channel: OfChannel = None, dry_run: DryRun = False) -> None:
    """End a suppression. Do it only when the person asked for it themselves.

    What was skipped meanwhile is not sent later. Example:

        outreach unsuppress ada@example.com --channel email
    """
    from outreach.engine.suppress import lift, read_scope
    from outreach.insight.suppressions import in_force

    one = _channel(channel)
    with opened() as house:
        scope, value = read_scope(house, whom)
        there = in_force(house, scope, value, one)
        if there and not dry_run:
            lift(house, scope, value, one, by=actor())
    if not there:
        plain.line(f"{scope} {value} is not suppressed: nothing to do")
    for row in there:
        shown = row.channel.value if row.channel else "every channel"
        verb = "would be lifted" if dry_run else "is lifted"
        plain.line(f"{scope} {value} for {shown} ({row.reason.value}, {row.since:%Y-%m-%d}) {verb}")


def suppressions(
    action: Annotated[
        str, typer.Argument(metavar="[import|export]", help="Without it: list them.", show_default=False)
    ] = "list",
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE.csv]", help="To read; or to write, else the screen.")
    ] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """List who must not be touched, on which channel, since when and why; or take in a list, or write one.

    Import: columns email, phone or domain (or scope and value), and if there are any channel, reason, since, source. Every
    line is taken or rejected with its number and reason; a second time adds nothing. People who were forgotten are in
    the exported list by their keyed hash: keep it beside your backups. Examples:

        outreach suppressions import do-not-contact.csv

        outreach suppressions export suppressions.csv
    """
    if action == "list":
        _list(as_json=as_json)
    elif action == "import":
        _import(file, dry_run=dry_run, as_json=as_json)
    elif action == "export":
        _export(file)
    else:
        raise Usage(f"{action!r} is neither import nor export")


def sync(
    everything: Annotated[
        bool, typer.Option("--everything", help="Read the lists from their beginning, not from last time.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read the suppression lists that providers keep (SendGrid: bounces, invalid addresses, spam reports, unsubscribes).

    The clock does it every OUTREACH_SYNC_EVERY seconds. With OUTREACH_PUSH_SUPPRESSIONS=yes, mail addresses that are
    suppressed here are put on the provider's list too. Example:

        outreach sync && outreach suppressions
    """
    from outreach.engine.sync import sync as agree

    with acting() as house:
        done = agree(house, everything=everything)
    if as_json:
        plain.data(done)
    else:
        for one in done:
            for name, counts in one.lists.items():
                plain.line(f"{one.provider} {name}: {counts.read:,} read, {counts.new:,} new")
            if one.handed_over:
                plain.line(
                    f"{one.provider}: {plain.number(one.handed_over, 'address', 'addresses')} handed over"
                )
            if one.failed:
                plain.warn(f"{one.provider}: {one.failed}")
        if not done:
            plain.line("no provider in use keeps lists of its own")
    if any(one.failed for one in done):
        raise typer.Exit(FAILED)


def _list(*, as_json: bool) -> None:
    from outreach.insight.suppressions import in_force

    with opened() as house:
        rows = in_force(house)
    if as_json:
        plain.data(rows)
        return
    plain.table(
        ("what", "who", "channel", "since", "why", "source"),
        [
            (
                row.scope,
                f"(hash {row.value[:12]})" if row.hashed else row.value,
                row.channel or "every",
                f"{row.since:%Y-%m-%d}",
                row.reason,
                row.source,
            )
            for row in rows
        ],
    )
    if not rows:
        plain.line("nobody is suppressed")


def _import(file: Path | None, *, dry_run: bool, as_json: bool) -> None:
    from outreach.engine.suppression_list import import_list
    from outreach.engine.table import Line
    from outreach.engine.table import opened as open_file

    if file is None:
        raise Usage("which file? outreach suppressions import FILE.csv")
    first: list[tuple[int, str]] = []

    def reject(line: Line, because: str) -> None:
        if len(first) < _SHOWN:
            first.append((line.number, because))

    with opened() as house, open_file(file) as table:
        done = import_list(house, table, by=actor(), reject=reject, dry_run=dry_run)
    if as_json:
        told = [{"line": number, "because": because} for number, because in first]
        plain.data({"dry_run": dry_run, "counts": done, "first_rejected": told})
        return
    plain.line(
        f"{plain.number(done.lines, 'line')}: {done.new:,} new, {done.known:,} known already, {done.rejected:,} rejected"
    )
    for number, because in first:
        plain.warn(f"line {number}: {because}")
    if done.rejected > len(first):
        plain.warn(f"and {done.rejected - len(first):,} more")
    if dry_run:
        plain.line("nothing was changed: this was a dry run")


def _export(file: Path | None) -> None:
    from outreach.engine.suppression_list import export_list

    with opened() as house:
        if file is None:
            export_list(house, sys.stdout)
            return
        with file.open("w", encoding="utf-8", newline="") as table:
            count = export_list(house, table)
    plain.line(f"{plain.number(count, 'suppression')} written to {file}")


def _channel(name: str | None) -> Channel | None:
    from outreach.domain.channel import Channel
    from outreach.domain.errors import Unknown
    from outreach.domain.problem import closest

    if name is None:
        return None
    names = [one.value for one in Channel]
    if name not in names:
        raise Unknown("channel", name, closest=closest(name, names), hint=f"one of {', '.join(names)}")
    return Channel(name)
