"""Is it working, and is it set up rightly: `status`, `doctor`, `settings`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import plain
from outreach.cli.door import AsJson, in_zone, opened
from outreach.cli.failing import FAILED

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from outreach.insight.status import Status


def status(as_json: AsJson = False) -> None:
    """Show who is alive, what is due, what waits for what, and what somebody should look at.

    Example:

        outreach status --json | jq .overdue
    """
    from zoneinfo import ZoneInfo

    from outreach.insight.people import team
    from outreach.insight.status import status as look

    with opened() as house:
        seen = look(house)
        zone = ZoneInfo(team(house).timezone)
    if as_json:
        plain.data(seen)
        return
    for worry in seen.worries:
        plain.line(f"! {worry}")
    for pulse in seen.pulses:
        plain.line(f"{pulse.role} {pulse.name.partition(':')[2]}: {pulse.age:.0f} s ago")
    for box in seen.mailboxes:
        plain.line(f"mailbox {box.name}: " + (box.error or f"read {box.age:.0f} s ago"))
    _work(seen, zone)
    plain.table(("cadence", "active", "paused"), [(i.cadence, i.active, i.paused) for i in seen.inside])


def _work(seen: Status, zone: ZoneInfo) -> None:
    queued = ", ".join(f"{count:,} {channel}" for channel, count in seen.queued.items()) or "none"
    waited = f", the oldest for {str(seen.age).partition('.')[0]}" if seen.overdue else ""
    plain.line(f"due now: {plain.number(seen.overdue, 'touch', 'touches')}{waited}")
    plain.line(
        f"queued: {queued}; on the wire: {seen.sending:,}; uncertain: {seen.uncertain:,}; no receipt: {seen.no_receipt:,}"
    )
    plain.line(f"tasks of reps: {seen.tasks:,} open, {seen.tasks_overdue:,} overdue")
    if seen.next_step_at:
        plain.line(f"next step: {in_zone(seen.next_step_at, zone)}")
    for doubt in seen.doubts:
        plain.line(
            f"uncertain: touch {doubt.touch_id} ({doubt.channel}) to {doubt.lead} #{doubt.lead_id}: {doubt.reason}"
        )
    for held in seen.waiting:
        until = f", next look {in_zone(held.until, zone)}" if held.until else ""
        plain.line(f"waiting for {held.rule}: {plain.number(held.touches, 'touch', 'touches')}{until}")


def doctor(as_json: AsJson = False) -> None:
    """Look for what is missing or unsafe, each with its fix. Exit code 1 when something is wrong.

    Example:

        outreach doctor && outreach up
    """
    from outreach import bootstrap
    from outreach.insight.doctor import examine

    findings = examine(bootstrap.house)
    wrong = [one for one in findings if one.wrong]
    if as_json:
        plain.data({"ok": not wrong, "findings": findings})
    else:
        for one in findings:
            mark = "WRONG" if one.wrong else "look" if one.doubt else "ok"
            plain.line(f"{mark:5}  {one.what}" + (f" -> {one.fix}" if one.fix else ""))
    if wrong:
        raise typer.Exit(FAILED)


def settings(
    everything: Annotated[
        bool, typer.Option("--all", help="Also those that stand at their default.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show the settings this command runs with, secrets cut to their last four characters.

    They come from the environment; docs/settings.md explains each. Example:

        outreach settings --all
    """
    from outreach.settings import Settings

    rows = [
        {"name": name, "value": value, "meaning": meaning, "set": is_set}
        for name, value, meaning, is_set in Settings.from_env().shown()
        if is_set or everything or as_json
    ]
    if as_json:
        plain.data(rows)
        return
    for row in rows:
        plain.line(f"{row['name']}={row['value']}  # {row['meaning']}")
    if not rows:
        plain.line("every setting stands at its default; --all shows them")
