"""What may have gone out, and the proof that stops held: `uncertain`, `resolve`, `reconcile`, `restored`, `audit`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import plain
from outreach.cli.door import AsJson, acting, actor, in_zone, opened, span
from outreach.cli.failing import FAILED, Usage

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from outreach.insight.audit import Audit, Delay
    from outreach.insight.uncertain import Uncertain

Moment = Annotated[
    str | None, typer.Option(help="A time (2026-12-01, 2026-12-01T09:00Z) or how long ago (24h, 7d).")
]


def uncertain(as_json: AsJson = False) -> None:
    """List the touches of which nobody knows whether they went out, and why.

    Providers are asked about them by themselves (`outreach up` does, or the clock). What no record can tell waits for
    you: look for the token in the provider's console, then `outreach resolve`. Example:

        outreach uncertain --json | jq length
    """
    from zoneinfo import ZoneInfo

    from outreach.insight.people import team
    from outreach.insight.uncertain import uncertain as doubts

    with opened() as house:
        found = doubts(house)
        zone = ZoneInfo(team(house).timezone)
    if as_json:
        plain.data(found)
        return
    for one in found:
        _doubt(one, zone)
    plain.line(
        f"{plain.number(len(found), 'touch', 'touches')} in doubt; settle one with `outreach resolve TOUCH --sent` or --not-sent"
        if found
        else "nothing is uncertain"
    )


def resolve(
    touch: Annotated[
        int | None, typer.Argument(metavar="[TOUCH]", help="The number `outreach uncertain` shows.")
    ] = None,
    sent: Annotated[
        bool | None,
        typer.Option(
            "--sent/--not-sent", help="Whether it went out: nobody else can tell.", show_default=False
        ),
    ] = None,
    restored: Annotated[
        bool, typer.Option("--restored", help="All that a restored backup has left in doubt.")
    ] = False,
    note: Annotated[str, typer.Option(help="How you know, in a sentence; it is kept in the history.")] = "",
    as_json: AsJson = False,
) -> None:
    """Say whether an uncertain touch went out.

    --sent: the cadence goes on with its next step. --not-sent: it goes back into the queue, and every rule is asked
    anew before it goes. Example:

        outreach resolve 311 --sent --note "it is in SendGrid's activity feed"
    """
    from outreach.engine.resolve import resolve as settle
    from outreach.engine.resolve import resolve_restored

    if sent is None:
        raise Usage("did it go out? Say --sent or --not-sent")
    if (touch is None) != restored:
        raise Usage("name one touch, or say --restored for all that a restored backup has left in doubt")
    with acting() as house:
        if touch is None:
            settled = resolve_restored(house, sent=sent, by=actor(), note=note)
        else:
            settled = [settle(house, touch, sent=sent, by=actor(), note=note)]
    if as_json:
        plain.data(settled)
        return
    for one in settled:
        plain.line(f"touch {one.id} is {one.state.value}" + (f": {one.reason}" if one.reason else ""))


def restored(as_json: AsJson = False) -> None:
    """Say that a backup of the database was restored, before anything runs on it.

    Stops everything, and holds what was due, since nobody knows what went out after the backup. With an SQLite file
    `outreach up` notices by itself; with PostgreSQL only you can know. Then settle what is held, and go on.

    Example:

        outreach restored && outreach uncertain

        outreach resolve --restored --not-sent && outreach resume --all
    """
    from outreach.engine.restored import restored as hold

    with acting() as house:
        done = hold(house, by=actor())
    if as_json:
        plain.data(done)
        return
    plain.line(
        f"everything is stopped; {plain.number(done.held, 'touch', 'touches')} may have gone out since the backup"
    )
    plain.line(
        "`outreach uncertain` lists them, `outreach resolve` settles them, `outreach resume --all` goes on"
    )


def reconcile(as_json: AsJson = False) -> None:
    """Ask the providers now about every uncertain touch whose next look has come.

    The clock does this by itself; by hand it is for after a restored backup, before `outreach resume --all`. Example:

        outreach reconcile && outreach uncertain
    """
    from outreach.engine.reconcile import Settled
    from outreach.engine.reconcile import reconcile as look

    with acting() as house:
        done = look(house, limit=1000)
    if as_json:
        plain.data(done)
        return
    if done == Settled():
        plain.line("nothing to ask about at this moment; `outreach uncertain` shows when the next look is")
        return
    plain.line(
        f"{done.sent} went out, {done.not_sent} did not, {done.resent} sent again as their steps say, "
        f"{done.unsure} still uncertain"
    )


def audit(since: Moment = None, until: Moment = None, as_json: AsJson = False) -> None:
    """Prove that nothing began after a stop, and show how long stops took. Exit code 1 when something did.

    Times are real ones, also where business time is compressed. Example:

        outreach audit --since 30d --json
    """
    from outreach.insight.audit import audit as examine

    begin, end = _past(since), _past(until)
    if begin and end and begin >= end:
        raise Usage("--since must be before --until")
    with opened() as house:
        found = examine(house, begin, end)
    if as_json:
        plain.data(found)
    else:
        _audited(found)
    if found.violations:
        raise typer.Exit(FAILED)


def _doubt(one: Uncertain, zone: ZoneInfo) -> None:
    plain.emphasis(f"touch {one.touch_id}: {one.channel.value} to {one.lead} #{one.lead_id} ({one.to})")
    since = f", since {in_zone(one.since, zone)}" if one.since else ""
    plain.line(f"  {one.cadence}/{one.step_id}{since}: {one.reason}")
    if one.provider is None:
        plain.line("  there is no attempt to ask a provider about: only you can tell")
        return
    last = f"; last look: {one.found}" if one.found else "; not asked yet"
    again = f"; next look {in_zone(one.look_at, zone)}" if one.look_at else ""
    plain.line(f"  {one.provider}, token {one.token}{last}{again}")


def _audited(found: Audit) -> None:
    plain.line(
        f"{plain.number(found.attempts, 'attempt')} compared with {plain.number(found.ended, 'ended enrollment')} "
        f"and {plain.number(found.turned, 'stopped switch', 'stopped switches')}"
    )
    _took("reply to stop, written", found.to_commit)
    _took("reply to stop, answered", found.to_answer)
    plain.line(f"crossed (on the wire before, and named in the answer): {found.crossed}")
    plain.table(
        ("touch", "attempt", "lead", "channel", "provider", "stop", "its epoch", "stop's epoch", "began"),
        [
            (
                v.touch_id, v.attempt_id, f"#{v.lead_id}", v.channel, v.provider, v.stop, v.epoch, v.stop_epoch,
                f"{v.started_at:%Y-%m-%d %H:%M:%S}Z",
            )
            for v in found.violations
        ],
    )  # fmt: skip
    number = plain.number(len(found.violations), "violation")
    plain.line(f"VIOLATED: {number}" if found.violations else "nothing began after a stop")


def _took(what: str, delay: Delay) -> None:
    if delay.count:
        plain.line(
            f"{what}: median {delay.median * 1000:.0f} ms, 99% within {delay.p99 * 1000:.0f} ms, "
            f"longest {delay.longest * 1000:.0f} ms, of {delay.count:,}"
        )


def _past(text: str | None) -> datetime | None:
    """A past moment (UTC): a duration back from now, or a time; without a zone it is UTC. Raises Usage."""
    if text is None:
        return None
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        return datetime.now(UTC) - span(text)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
