"""Taking leads out, and holding them: `stop`, `pause`, `resume`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import plain
from outreach.cli.door import AsJson, Because, DryRun, OfCadence, actor, in_zone, moment, opened, the_lead
from outreach.cli.failing import Usage

if TYPE_CHECKING:
    from outreach.casework.house import House
    from outreach.domain.enrollment import Enrollment
    from outreach.domain.people import Lead
    from outreach.domain.touch import Touch

MaybeLead = Annotated[str | None, typer.Argument(metavar="LEAD", help="An email, phone, #12 or full name.")]
All = Annotated[bool, typer.Option("--all", help="Everything: nothing goes out to anybody.")]
LetAll = Annotated[bool, typer.Option("--all", help="Everything that `pause --all` stopped.")]
OfChannel = Annotated[str | None, typer.Option("--channel", help="One channel for everybody, such as sms.")]
OfProvider = Annotated[
    str | None, typer.Option("--provider", help="One provider for everybody, such as twilio.")
]


def stop(
    lead: Annotated[
        str, typer.Argument(metavar="LEAD", help="An email, a phone number, #12, or the full name.")
    ],
    cadence: OfCadence = None,
    because: Because = "stopped by hand",
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take a lead out of all cadences, at once.

    When this returns, nothing more begins for this lead; what was on the wire already is named. Example:

        outreach stop ada@example.com --because "bought elsewhere"
    """
    from outreach.engine.stop import Stopped
    from outreach.engine.stop import stop as stop_leads
    from outreach.insight.people import ever, walks

    with opened() as house:
        ever(house, cadence)
        who = the_lead(house, lead)
        inside = walks(house, who, cadence)
        if dry_run or not inside:
            done = Stopped(tuple(inside))
        else:
            done = stop_leads(house, [who.id], by=actor(), because=because, cadence=cadence)
        if as_json:
            plain.data({"lead": who.id, "dry_run": dry_run, "ended": done.ended, "crossed": done.crossed})
            return
        verb = "would be stopped" if dry_run else "stopped"
        _told(who, done.ended, verb, "is in no cadence" + (f" {cadence!r}" if cadence else ""))
        _crossed(done.crossed)


def pause(
    lead: MaybeLead = None,
    everything: All = False,
    channel: OfChannel = None,
    provider: OfProvider = None,
    cadence: OfCadence = None,
    until: Annotated[
        str | None, typer.Option(help="When a lead goes on by itself: 2026-12-24, 2026-12-24T09:00 or 3d.")
    ] = None,
    because: Because = "paused by hand",
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Hold a lead, a cadence, a channel, a provider or everything.

    A lead's waits are frozen: what was left of them goes on after the pause. Examples:

        outreach pause ada@example.com --until 2026-12-24

        outreach pause --cadence trial --because "the price is wrong"

        outreach pause --all --because "wrong price in the second mail"
    """
    from outreach.engine.pause import pause as pause_leads
    from outreach.insight.people import ever, walks, zone

    with opened() as house:
        switch = _switch(
            house, lead, everything=everything, channel=channel, provider=provider, cadence=cadence
        )
        if switch:
            if until:
                raise Usage(
                    "--until is for one lead; what is paused for everybody goes on with `outreach resume`"
                )
            _turn(house, switch, stop=True, because=because, dry_run=dry_run, as_json=as_json)
            return
        ever(house, cadence)
        who = the_lead(house, lead or "")
        at = moment(until, house.now(), zone(house, who)) if until else None
        inside = walks(house, who, cadence)
        if inside and not dry_run:
            inside = list(
                pause_leads(house, [who.id], by=actor(), because=because, until=at, cadence=cadence)
            )
        if as_json:
            plain.data({"lead": who.id, "dry_run": dry_run, "paused": inside, "until": at})
            return
        word = "would be paused" if dry_run else "paused"
        when = f" until {in_zone(at, zone(house, who))}" if at else " until somebody says `outreach resume`"
        _told(who, inside, word, "is in no cadence", when)


def resume(
    lead: MaybeLead = None,
    everything: LetAll = False,
    channel: OfChannel = None,
    provider: OfProvider = None,
    cadence: OfCadence = None,
    because: Because = "",
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Let go on what was paused.

    What was left of a wait goes on from now; what is due by then goes out within its windows. A cadence that paused
    itself, because too many of its mails bounced, goes on and is judged by what it sends from then on. Examples:

        outreach resume --channel sms

        outreach resume --cadence trial
    """
    from outreach.domain.enrollment import State
    from outreach.engine.pause import resume as resume_leads
    from outreach.insight.people import ever, walks

    with opened() as house:
        switch = _switch(
            house, lead, everything=everything, channel=channel, provider=provider, cadence=cadence
        )
        if switch:
            _turn(house, switch, stop=False, because=because, dry_run=dry_run, as_json=as_json)
            return
        ever(house, cadence)
        who = the_lead(house, lead or "")
        inside = [walk for walk in walks(house, who, cadence) if walk.state is State.PAUSED]
        if inside and not dry_run:
            inside = list(resume_leads(house, [who.id], by=actor(), cadence=cadence))
        if as_json:
            plain.data({"lead": who.id, "dry_run": dry_run, "resumed": inside})
            return
        _told(who, inside, "would go on" if dry_run else "goes on", "is paused nowhere")


def _switch(
    house: House,
    lead: str | None,
    *,
    everything: bool,
    channel: str | None,
    provider: str | None,
    cadence: str | None,
) -> str | None:
    """The name of what is turned for everybody; None when a lead is meant. Raises Usage and Unknown."""
    from outreach.domain.channel import Channel
    from outreach.domain.errors import Unknown
    from outreach.domain.problem import closest
    from outreach.insight.people import ever

    named = [lead is not None, everything, channel is not None, provider is not None]
    if cadence is not None and not any(named):
        ever(house, cadence)
        return f"cadence:{cadence}"
    if sum(named) != 1:
        raise Usage("say one of: a LEAD, --all, --channel NAME, --provider NAME, --cadence NAME")
    if channel is not None:
        if channel not in [one.value for one in Channel]:
            raise Unknown("channel", channel, closest=closest(channel, [one.value for one in Channel]))
        return f"channel:{channel}"
    if provider is not None:
        house.providers.by_name(provider)  # raises Unknown with the closest name
        return f"provider:{provider}"
    return "all" if everything else None


def _turn(house: House, name: str, *, stop: bool, because: str, dry_run: bool, as_json: bool) -> None:
    from outreach.engine.pause import turn

    crossed: tuple[Touch, ...] = ()
    if not dry_run:
        crossed = turn(house, name, stop=stop, by=actor(), because=because)
    if as_json:
        plain.data({"switch": name, "stopped": stop, "dry_run": dry_run, "crossed": crossed})
        return
    what = "everything" if name == "all" else name.replace(":", " ")
    verb = "would be " if dry_run else "is "
    plain.line(f"{what} {verb}{'paused' if stop else 'running'}")
    _crossed(crossed)


def _told(who: Lead, walks: Sequence[Enrollment], verb: str, nothing: str, after: str = "") -> None:
    if not walks:
        plain.line(f"{who.label} (#{who.id}) {nothing}: nothing to do")
    for walk in walks:
        plain.line(f"{who.label} (#{who.id}) {verb} in {walk.cadence}{after}")


def _crossed(touches: Sequence[Touch]) -> None:
    for touch in touches:
        plain.warn(f"touch {touch.id} ({touch.step_id}, {touch.channel.value}) was on the wire already")
