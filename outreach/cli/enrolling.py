"""The command reps use most: `outreach enroll`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach.cli import plain
from outreach.cli.door import AsJson, DryRun, LeadName, actor, in_zone, opened
from outreach.cli.failing import Usage

if TYPE_CHECKING:
    from outreach.casework.house import House
    from outreach.domain.consent import Consent
    from outreach.domain.people import Lead
    from outreach.engine.enroll import Enrolled

Text = str | None


def enroll(
    lead: LeadName,
    cadence: Annotated[str, typer.Argument(metavar="CADENCE", help="A cadence of cadences.yaml.")],
    name: Annotated[Text, typer.Option(help="The lead's full name.")] = None,
    email: Annotated[Text, typer.Option(help="Mail address.")] = None,
    phone: Annotated[Text, typer.Option(help="Telephone number, best with +country.")] = None,
    company: Annotated[Text, typer.Option(help="Where they work.")] = None,
    timezone: Annotated[Text, typer.Option(help="Their time zone, such as Europe/Berlin.")] = None,
    country: Annotated[Text, typer.Option(help="Their country in two letters, such as US.")] = None,
    owner: Annotated[
        Text, typer.Option(help="The rep whose lead it is, by the key in cadences.yaml.")
    ] = None,
    field: Annotated[
        list[str] | None, typer.Option(help="Anything else, as name=value; may be repeated.")
    ] = None,
    rep: Annotated[Text, typer.Option(help="Who writes, when not the owner.")] = None,
    key: Annotated[Text, typer.Option(help="Do it once: the same key again changes nothing.")] = None,
    consent_voice: Annotated[
        Text, typer.Option(help="The words by which the lead agreed in writing to recorded calls.")
    ] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Put a lead into a cadence.

    A lead who is not known yet is taken in when you say at least one thing about them. Examples:

        outreach enroll ada@example.com inbound --name "Ada Moreau" --company QuickCool --phone "+1 212 555 0142"

        outreach enroll "Ada Moreau" nurture
    """
    said = {
        "name": name, "email": email, "phone": phone, "company": company,
        "timezone": timezone, "country": country, "owner": owner,
    }  # fmt: skip
    details = {key: value for key, value in said.items() if value} | _fields(field or [])
    with opened() as house:
        _known_cadence(house, cadence)
        who = _who(house, lead, details)
        done = _admit(house, who, cadence, rep, key, _consents(house, consent_voice), dry_run=dry_run)
        if as_json:
            plain.data(_told(done, dry_run=dry_run))
        else:
            _say(house, done, dry_run=dry_run)


def _known_cadence(house: House, cadence: str) -> None:
    """Before the lead is looked at: a slip in the cadence's name must not be told as an unknown lead."""
    from outreach.insight.people import live

    live(house, cadence)


def _fields(pairs: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise Usage(f"--field {pair!r} is not name=value; write --field plan=pro")
        found[name.strip()] = value
    return found


def _who(house: House, text: str, details: dict[str, str]) -> Lead:
    """The stored lead, with what is said about them now; or a new one, when something is said."""
    from outreach.insight.people import find, maybe

    known = maybe(house, text)
    if known is None and not details:
        return find(house, text)  # raises Unknown with the closest name
    if known is None:
        return _read(house, _named(text) | details)
    if not details:
        return known
    return _more(house, known, details)


def _named(text: str) -> dict[str, str]:
    """What the LEAD that was typed says about somebody new."""
    typed = text.strip()
    if "@" in typed:
        return {"email": typed}
    return {"phone": typed} if any(char.isdigit() for char in typed) else {"name": typed}


def _read(house: House, details: dict[str, str]) -> Lead:
    from outreach.engine.people import read_lead
    from outreach.insight.people import team

    of = team(house)
    return read_lead(details, country=of.country, reps=list(of.reps))


def _more(house: House, known: Lead, details: dict[str, str]) -> Lead:
    """A known lead and what is new about them: saving finds them again by an address they have."""
    from outreach.domain.channel import AddressKind
    from outreach.domain.errors import Mistake

    for kind in (AddressKind.EMAIL, AddressKind.PHONE):
        if address := known.address(kind):
            values = {"name": known.name} | details
            values[kind.value] = ";".join(dict.fromkeys([address, *filter(None, [details.get(kind.value)])]))
            return _read(house, values)
    raise Mistake(f"{known.label} has neither a mail address nor a phone: add details with `outreach import`")


def _consents(house: House, words: str | None) -> list[Consent]:
    from outreach.domain.channel import Channel
    from outreach.engine.people import written_consent

    if not words:
        return []
    return [
        written_consent(channel, words, at=house.now(), how=f"told to {actor()}")
        for channel in Channel
        if channel.prerecorded
    ]


def _admit(
    house: House,
    who: Lead,
    cadence: str,
    rep: str | None,
    key: str | None,
    consents: list[Consent],
    *,
    dry_run: bool,
) -> Enrolled:
    from outreach.engine.admit import admit

    return admit(house, who, cadence, by=actor(), rep=rep, key=key, consents=consents, dry_run=dry_run)


def _told(done: Enrolled, *, dry_run: bool) -> dict[str, Any]:
    walk = done.enrollment
    return {
        "enrollment": None if dry_run else walk.id,
        "new": done.new,
        "dry_run": dry_run,
        "lead": {"id": None if dry_run and not done.lead.id else done.lead.id, "name": done.lead.name},
        "cadence": walk.cadence,
        "step": walk.step_id,
        "channel": walk.channel,
        "due_at": walk.due_at,
        "rep": walk.rep,
        "warnings": done.warnings,
    }


def _say(house: House, done: Enrolled, *, dry_run: bool) -> None:
    from outreach.insight.people import zone

    walk = done.enrollment
    verb = (
        "would be enrolled" if dry_run else "enrolled" if done.new else "was enrolled already under this key"
    )
    number = "" if dry_run else f" (#{done.lead.id})"
    plain.line(
        f"{done.lead.label}{number} {verb} in {walk.cadence}" + (f" for {walk.rep}" if walk.rep else "")
    )
    if walk.due_at and walk.channel:
        now = walk.due_at <= house.now()
        when = "now" if now else in_zone(walk.due_at, zone(house, done.lead))
        plain.line(f"first: {walk.step_id} ({walk.channel.value}), {when}")
    for warning in done.warnings:
        plain.warn(warning)
    if dry_run:
        plain.line("nothing was changed: this was a dry run")
    elif house.settings.redis_url is None:
        plain.line("`outreach up` delivers")
