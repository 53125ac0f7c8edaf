"""What a person may ask of us: `export` all we hold about them, `forget` them; and `purge`, what the clock does at night."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import plain
from outreach.cli.door import AsJson, DryRun, acting, actor, opened, the_lead
from outreach.cli.failing import Usage

if TYPE_CHECKING:
    from outreach.casework.house import House
    from outreach.domain.people import Lead
    from outreach.engine.forget import Forgotten


def export(
    lead: Annotated[
        str | None,
        typer.Option(
            "--lead", metavar="LEAD", help="An email, a phone number, #12, an id, or the full name."
        ),
    ] = None,
    to: Annotated[Path | None, typer.Option("--to", help="Write a file instead of the screen.")] = None,
) -> None:
    """Write down all we hold about one person, as JSON: every row and column, also what providers told us of them.

    Example:

        outreach export --lead ada@example.com --to ada.json
    """
    from outreach.insight.held import everything

    if lead is None:
        raise Usage("about whom? Say --lead ada@example.com")
    with opened() as house:
        found = everything(house, the_lead(house, lead).id)
    if to is None:
        plain.data(found)
        return
    with to.open("w", encoding="utf-8") as file:
        file.write(plain.as_json(found) + "\n")
    rows = sum(len(rows) for rows in found.held.values())
    plain.line(f"{plain.number(rows, 'row')} about lead #{found.lead_id} are in {to}")


def forget(
    lead: Annotated[
        str | None,
        typer.Argument(metavar="[LEAD]", help="An email, a phone number, #12, an id, or the full name."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask: it cannot be undone.")] = False,
    at_vendors: Annotated[
        bool, typer.Option("--at-vendors", help="Ask the providers to erase what they keep, too.")
    ] = False,
    restored: Annotated[
        bool,
        typer.Option("--restored", help="After a backup was restored: everybody who was forgotten before."),
    ] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Erase a person everywhere, and never write to them again.

    Their cadences end, and every name, address, message and answer is erased. What stays is a keyed hash of each address,
    so that the same person stays suppressed when an import brings them again; it needs OUTREACH_SUPPRESSION_KEY. Backups
    keep what they have until they are deleted: docs/safety.md. Examples:

        outreach forget ada@example.com --yes

        outreach forget --restored --yes
    """
    from outreach.engine.forget import forget as erase
    from outreach.engine.forget import forget_again

    if (lead is None) != restored:
        raise Usage("name one lead, or say --restored for everybody who was forgotten before")
    with acting() as house:
        if lead is None:
            _confirm(yes or dry_run, "Forget again everybody who was forgotten before?")
            done = [] if dry_run else forget_again(house, by=actor())
        else:
            who = the_lead(house, lead)
            _tell(house, who)
            _confirm(yes or dry_run, f"Forget lead #{who.id} for good?")
            done = [] if dry_run else [erase(house, who.id, by=actor(), at_vendors=at_vendors)]
    if as_json:
        plain.data(done)
        return
    for one in done:
        _told(one)
    if dry_run:
        plain.line("nothing was changed: this was a dry run")
    elif not done:
        plain.line("nobody who was forgotten is here")


def purge(as_json: AsJson = False) -> None:
    """Erase now what has been kept long enough; the clock does it every night, a little at a time.

    How long is set by OUTREACH_KEEP_TEXTS, OUTREACH_KEEP_EVENTS and OUTREACH_KEEP_LEADS, in days. Example:

        OUTREACH_KEEP_TEXTS=400 outreach purge
    """
    from outreach.engine.retention import purge as erase

    with acting() as house:
        limits = (house.settings.keep_texts, house.settings.keep_events, house.settings.keep_leads)
        done = erase(house, all_of_it=True)
    if as_json:
        plain.data(done)
        return
    if limits == (None, None, None):
        plain.line(
            "nothing has a limit: set OUTREACH_KEEP_TEXTS, OUTREACH_KEEP_EVENTS or OUTREACH_KEEP_LEADS"
        )
        return
    plain.line(
        f"erased: the words of {plain.number(done.texts, 'message')}, {plain.number(done.notes, 'note')}, the content of "
        f"{plain.number(done.events, 'event')}, {plain.number(done.leads, 'lead')}"
    )


def _tell(house: House, who: Lead) -> None:
    """What there is, on stderr, before it is gone."""
    from outreach.insight.held import everything

    held = {name: len(rows) for name, rows in everything(house, who.id).held.items() if rows}
    shown = ", ".join(f"{count} {name}" for name, count in held.items())
    typer.echo(plain.clean(f"lead #{who.id} {who.label}: {shown}"), err=True)


def _confirm(yes: bool, question: str) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise Usage("it cannot be undone: say --yes")
    if not typer.confirm(question, err=True):
        raise typer.Exit(0)


def _told(one: Forgotten) -> None:
    changed = plain.number(sum(one.rows.values()), "row")
    plain.line(
        f"lead #{one.lead_id} is forgotten: {changed} emptied or deleted, {one.suppressed} addresses stay suppressed"
    )
    if one.settled:
        plain.line(f"{plain.number(one.settled, 'touch', 'touches')} in doubt now count as sent")
    if one.shared:
        plain.warn(
            f"{plain.number(one.shared, 'other lead')} had one of the addresses: it is used for nobody any more"
        )
    for name, words in one.vendors.items():
        plain.line(f"{name}: {words}")
    if not one.clean:
        plain.warn(
            "somebody reads the database: its journal could not be emptied; stop and start the processes"
        )
