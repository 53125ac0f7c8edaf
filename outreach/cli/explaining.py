"""Why, and what next: `why` and `due`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import plain
from outreach.cli.door import AsJson, LeadName, OfCadence, in_zone, opened, span, the_lead

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from outreach.insight.why import Why


def why(lead: LeadName, cadence: OfCadence = None, as_json: AsJson = False) -> None:
    """Explain what holds a lead: every rule, what it looked at, and the first time it will pass.

    It asks the same decision that sends. Example:

        outreach why ada@example.com
    """
    from outreach.insight.people import ever, zone
    from outreach.insight.why import why as explain

    with opened() as house:
        ever(house, cadence)
        who = the_lead(house, lead)
        told = explain(house, who.id, cadence=cadence)
        where = zone(house, who)
    if as_json:
        plain.data(told)
        return
    if not told:
        plain.line(f"{who.label} (#{who.id}) was never enrolled" + (f" in {cadence}" if cadence else ""))
    for one in told:
        _explained(one, where)


def due(
    within: Annotated[str, typer.Option(help="How far to look ahead: 4h, 2d, 1w.")] = "24h",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many lines.")] = 100,
    as_json: AsJson = False,
) -> None:
    """List what is due next, by time, in each lead's own time zone.

    Example:

        outreach due --within 4h
    """
    from outreach.insight.due import due as look

    with opened() as house:
        found = look(house, span(within), limit)
        now = house.now()
    if as_json:
        plain.data(found)
        return
    plain.table(
        ("when", "lead", "cadence", "step", "channel", "waits for"),
        [
            (
                "now" if one.at <= now else in_zone(one.at, one.zone),
                f"{one.lead} #{one.lead_id}",
                one.cadence,
                one.step_id,
                one.channel,
                one.waiting,
            )
            for one in found
        ],
    )
    if not found:
        plain.line(f"nothing is due within {within}")
    elif len(found) == limit:
        plain.line(f"these are the first {limit}: --limit shows more")


def _explained(one: Why, where: ZoneInfo) -> None:
    walk = one.enrollment
    at = f", step {one.step_id} ({one.channel.value})" if one.step_id and one.channel else ""
    plain.emphasis(f"{walk.cadence}: {walk.state.value}{at}")
    plain.line(f"  {one.answer}")
    if one.ended:
        because = f": {one.ended.because}" if one.ended.because else ""
        plain.line(f"  ended {in_zone(one.ended.at, where)} by {one.ended.by} ({one.ended.cause}{because})")
        return
    if one.touch:
        plain.line(f"  touch {one.touch.id} is {one.touch.state.value}, tried {one.touch.tries} time(s)")
    if one.reasons:
        first = in_zone(one.first, where) if one.first else "nobody can know: it waits for a person"
        plain.line(f"  first time it moves: {first}")
    plain.table(
        ("  rule", "says", "what it looked at", "passes at"),
        [
            (
                f"  {reason.rule}",
                reason.says.value,
                reason.text,
                in_zone(reason.until, where) if reason.until else "",
            )
            for reason in one.reasons
        ],
    )
