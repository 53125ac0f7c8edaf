"""Looking at messages before leads do: `preview` and `send-test`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import plain
from outreach.cli.door import AsJson, DryRun, in_zone, opened, the_lead

if TYPE_CHECKING:
    from outreach.casework.house import House
    from outreach.domain.cadence import Version
    from outreach.domain.message import Message
    from outreach.domain.people import Team
    from outreach.insight.preview import Person, Previewed

Live = Annotated[
    bool, typer.Option("--live", help="The version that runs, instead of the files as they are now.")
]
Folder = Annotated[
    Path | None, typer.Option("--html", help="Write the mails as HTML files into this folder.")
]


def preview(
    cadence: Annotated[str, typer.Argument(metavar="CADENCE", help="A cadence of cadences.yaml.")],
    lead: Annotated[str, typer.Argument(metavar="LEAD|sample", help="A lead, or a made-up one.")] = "sample",
    html: Folder = None,
    live: Live = False,
    as_json: AsJson = False,
) -> None:
    """Show every message of a cadence as it would go out, with its time and what each step would become.

    It assumes that nobody answers and nobody picks up the phone. Nothing is sent. Example:

        outreach preview inbound ada@example.com --html /tmp/inbound
    """
    from outreach.insight.preview import preview as look

    with opened() as house:
        version, team = _version(house, cadence, live=live)
        shown = look(house, version, team, _person(house, team, lead))
    if html is not None:
        _write(html, shown)
    if as_json:
        plain.data(shown)
        return
    for number, one in enumerate(shown, start=1):
        _step(number, one)


def send_test(
    cadence: Annotated[str, typer.Argument(metavar="CADENCE", help="A cadence of cadences.yaml.")],
    step: Annotated[str, typer.Argument(metavar="STEP", help="The id of one of its steps.")],
    to: Annotated[str, typer.Option("--to", help="Your own address or telephone number.")],
    lead: Annotated[str, typer.Option(help="Whose data to fill in; a made-up lead without it.")] = "sample",
    live: Live = False,
    dry_run: DryRun = False,
) -> None:
    """Send one message to yourself through the real provider, marked [TEST].

    No lead's record changes, and a lead's own address is refused. Example:

        outreach send-test inbound answer --to me@acme.example
    """
    from outreach.engine.rehearse import marked, rehearse

    with opened() as house:
        version, team = _version(house, cadence, live=live)
        message = _addressed(team, _message(house, version, team, _person(house, team, lead), step), to)
        carrier = house.providers.chosen[marked(message).channel]
        if dry_run:
            plain.line(f"would go to {message.to} by {carrier}:")
            _body(marked(message))
            return
        receipt = rehearse(house, message)
    plain.line(
        f"sent to {message.to} by {carrier}" + (f" ({receipt.reference})" if receipt.reference else "")
    )


def _version(house: House, cadence: str, *, live: bool) -> tuple[Version, Team]:
    from outreach.insight.versions import from_files, running

    return running(house, cadence) if live else from_files(house.settings, cadence)


def _person(house: House, team: Team, lead: str) -> Person:
    from outreach.insight.preview import known
    from outreach.insight.sample import ada

    return ada(team, house.now()) if lead == "sample" else known(house, the_lead(house, lead))


def _message(house: House, version: Version, team: Team, person: Person, step: str) -> Message:
    from outreach.domain.errors import Mistake, Unknown
    from outreach.domain.problem import closest
    from outreach.insight.preview import preview as look

    ids = [one.id for one in version.cadence.steps]
    if step not in ids:
        raise Unknown("step", step, closest=closest(step, ids), hint=f"{version.name} has {', '.join(ids)}")
    shown = next((one for one in look(house, version, team, person) if one.step.id == step), None)
    if shown is None or shown.composed is None:
        raise Mistake(
            f"step {step} would not go out: {shown.problem or shown.says if shown else 'the walk ends before'}"
        )
    return shown.composed.message


def _addressed(team: Team, message: Message, to: str) -> Message:
    from dataclasses import replace

    from outreach import addresses

    return replace(message, to=addresses.of_kind(message.channel.needs, to, team.country).value)


def _step(number: int, one: Previewed) -> None:
    when = in_zone(one.at, one.zone) if one.at else "at a time nobody can know"
    plain.emphasis(f"{number}. {one.step.id} ({one.step.channel.value}), {when}: {one.says}")
    if one.problem:
        plain.warn(one.problem)
    if one.composed:
        _body(one.composed.message)


def _body(message: Message) -> None:
    if subject := getattr(message, "subject", None):
        plain.line(f"   Subject: {subject}")
    for row in message.text_sent.splitlines():
        plain.line(f"   {row}".rstrip())
    plain.line()


def _write(folder: Path, shown: list[Previewed]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(shown, start=1):
        page = getattr(one.composed.message, "html", None) if one.composed else None
        if page:
            path = folder / f"{number:02}-{one.step.id}.html"
            path.write_text(page, encoding="utf-8")
            typer.echo(f"wrote {path}", err=True)
