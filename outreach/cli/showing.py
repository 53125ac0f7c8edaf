"""One lead, whole: `outreach show`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from outreach.cli import plain
from outreach.cli.door import AsJson, LeadName, opened, the_lead

if TYPE_CHECKING:
    from outreach.insight.timeline import Story


def show(lead: LeadName, as_json: AsJson = False) -> None:
    """Show a lead: who it is, every cadence, and all that happened, in the lead's own time.

    Example:

        outreach show "Ada Moreau"
    """
    from outreach.insight.timeline import story

    with opened() as house:
        told = story(house, the_lead(house, lead).id)
    if as_json:
        plain.data(_plain(told))
        return
    _person(told)
    _walks(told)
    _permissions(told)
    plain.emphasis(f"what happened ({told.zone.key})")
    plain.table(
        ("when", "what", "by", "because"),
        [(_at(told, m.at), m.what, m.by, m.because) for m in told.timeline],
    )


def _person(told: Story) -> None:
    lead = told.lead
    plain.emphasis(f"{lead.label} (#{lead.id})")
    known = {
        "company": lead.company,
        "owner": lead.owner,
        "time zone": lead.timezone or f"unknown; {told.zone.key} is used",
        "country": lead.country,
        "id": f"{lead.external_id} ({lead.source})" if lead.external_id else None,
        **{str(key): value for key, value in lead.fields.items()},
    }
    for name, value in known.items():
        if value not in (None, ""):
            plain.line(f"  {name}: {value}")
    for address in lead.addresses:
        state = "" if address.state.value == "usable" else f" ({address.state.value})"
        plain.line(f"  {address.kind.value}: {address.value}{state}")


def _walks(told: Story) -> None:
    for walk in told.enrollments:
        where = f" at {walk.step_id}" if walk.step_id else ""
        reason = f": {walk.reason}" if walk.reason else ""
        due = f", due {_at(told, walk.due_at)}" if walk.due_at else ""
        until = f", until {_at(told, walk.resume_at)}" if walk.resume_at else ""
        plain.line(f"  {walk.cadence}: {walk.state.value}{where}{due}{until}{reason}")


def _permissions(told: Story) -> None:
    for one in told.suppressions:
        channel = one.channel.value if one.channel else "every channel"
        plain.line(
            f"  suppressed: {one.scope} {one.value} for {channel} ({one.reason.value}, {_at(told, one.since)})"
        )
    for consent in told.consents:
        state = f", ended {_at(told, consent.revoked_at)}" if consent.revoked_at else ""
        plain.line(
            f"  consent: {consent.kind.value} for {consent.channel.value}, {_at(told, consent.given_at)}{state}"
            + (f': "{consent.text}"' if consent.text else "")
        )
    for hold in told.holds:
        plain.line(f"  held until {_at(told, hold.until)}: {hold.because}")


def _at(told: Story, at: datetime) -> str:
    return f"{at.astimezone(told.zone):%Y-%m-%d %H:%M}"


def _plain(told: Story) -> dict[str, object]:
    return {
        "lead": told.lead,
        "timezone": told.zone.key,
        "enrollments": told.enrollments,
        "touches": told.touches,
        "timeline": told.timeline,
        "suppressions": told.suppressions,
        "consents": told.consents,
        "holds": told.holds,
    }
