"""Who must not be touched: `suppress`, `unsuppress`, `suppressions`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import plain
from outreach.cli.door import AsJson, Because, DryRun, actor, opened

if TYPE_CHECKING:
    from outreach.domain.channel import Channel

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


def suppressions(as_json: AsJson = False) -> None:
    """List who must not be touched, on which channel, since when and why.

    Example:

        outreach suppressions --json > suppressions.json
    """
    from outreach.insight.suppressions import in_force

    with opened() as house:
        rows = in_force(house)
    if as_json:
        plain.data(rows)
        return
    plain.table(
        ("what", "who", "channel", "since", "why", "source"),
        [
            (row.scope, row.value, row.channel or "every", f"{row.since:%Y-%m-%d}", row.reason, row.source)
            for row in rows
        ],
    )
    if not rows:
        plain.line("nobody is suppressed")


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
