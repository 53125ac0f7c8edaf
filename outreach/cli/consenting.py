"""What people agreed to: `outreach consent`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import plain
from outreach.cli.door import AsJson, LeadName, actor, opened, the_lead
from outreach.cli.failing import Usage

if TYPE_CHECKING:
    from outreach.casework.house import House
    from outreach.domain.channel import Channel
    from outreach.domain.consent import Consent
    from outreach.domain.people import Lead


def consent(
    lead: LeadName,
    channel: Annotated[
        str | None,
        typer.Option(help="What they agreed to: email, sms, voicemail, call; several with ; between."),
    ] = None,
    kind: Annotated[str, typer.Option(help="written (signed), express (said) or implied.")] = "express",
    text: Annotated[str, typer.Option(help="The words they agreed to.")] = "",
    at: Annotated[str | None, typer.Option(help="The day they agreed; without it: now.")] = None,
    how: Annotated[
        str, typer.Option(help="form, call, paper ...; for implied ones: inquiry, purchase, contract.")
    ] = "",
    evidence: Annotated[str, typer.Option(help="Where it can be seen: an address, a document.")] = "",
    expires: Annotated[str | None, typer.Option(help="The day it ends, if it does.")] = None,
    revoke: Annotated[
        bool, typer.Option("--revoke", help="They took it back: end it for --channel.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Record what a lead agreed to, with its evidence; without --channel, show it.

    Recorded calls need a written consent everywhere (rule R6), mails and texts one in the UK, the EU (R15) and Canada (R17).
    Examples:

        outreach consent ada@example.com --channel sms --kind written --text "Text me about my order" --how form

        outreach consent ada@example.com --channel voicemail --revoke

        outreach consent ada@example.com
    """
    if revoke and not channel:
        raise Usage("say what they took back: --channel sms --revoke")
    with opened() as house:
        who = the_lead(house, lead)
        if channel and revoke:
            _revoke(house, who, _channels(channel))
        elif channel:
            for one in _channels(channel):
                _give(house, who, _made(house, one, kind, text, at, how, evidence, expires))
        else:
            _show(house, who, as_json=as_json)


def _channels(text: str) -> list[Channel]:
    from outreach.engine.consents import channels

    return channels(text)


def _made(
    house: House,
    channel: Channel,
    kind: str,
    text: str,
    at: str | None,
    how: str,
    evidence: str,
    expires: str | None,
) -> Consent:
    from outreach.domain.consent import Consent
    from outreach.engine import consents

    return Consent(
        channel=channel,
        kind=consents.kind(kind),
        given_at=consents.day(at, "--at") if at else house.now(),
        text=text,
        how=how or f"told to {actor()}",
        evidence=evidence,
        expires_at=consents.day(expires, "--expires") if expires else None,
    )


def _give(house: House, who: Lead, given: Consent) -> None:
    from outreach.engine.consents import give

    new = give(house, who.id, given, by=actor())
    shown = f"{given.kind.value} consent to {given.channel.value} of {given.given_at:%Y-%m-%d}"
    plain.line(f"{who.label}: {shown}" + ("" if new else " was on file already"))


def _revoke(house: House, who: Lead, of: list[Channel]) -> None:
    from outreach.engine.consents import withdraw

    ended = withdraw(house, who.id, of, by=actor())
    names = ", ".join(one.value for one in of)
    plain.line(f"{who.label}: {plain.number(ended, 'consent')} to {names} withdrawn")


def _show(house: House, who: Lead, *, as_json: bool) -> None:
    from outreach.insight.consents import consents

    rows = consents(house, who)
    if as_json:
        plain.data(rows)
        return
    plain.table(
        ("channel", "kind", "given", "ends", "how", "words", "holds"),
        [
            (
                row.consent.channel.value,
                row.consent.kind.value,
                f"{row.consent.given_at:%Y-%m-%d}",
                f"{row.ends:%Y-%m-%d}" if row.ends else "",
                row.consent.how,
                row.consent.text,
                "yes" if row.holds else "withdrawn" if row.consent.revoked_at else "no",
            )
            for row in rows
        ],
    )
    if not rows:
        plain.line(f"{who.label} has agreed to nothing that is on file")
