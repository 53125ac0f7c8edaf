"""The names that templates and conditions may use: lead, rep, sender, outcome, today, unsubscribe_url."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from outreach.domain.people import AddressState, Lead, Rep, Sender

# What people type when they have nothing to say. It must never reach a lead as "Hi N/A,".
_EMPTY = frozenset(
    {"", "n/a", "na", "null", "none", "nil", "-", "--", "?", "unknown", "tbd", "#n/a", "undefined"}
)


def of_lead(lead: Lead) -> dict[str, object]:
    """The fields of a lead by name; those that say nothing are left out, so that a template notices."""
    own: dict[str, object] = {
        "name": lead.name,
        "first_name": lead.first_name,
        "last_name": lead.last_name,
        "company": lead.company,
        "timezone": lead.timezone,
        "country": lead.country,
        "region": lead.region,
        "owner": lead.owner,
    }
    for address in reversed(lead.addresses):  # so that the first usable one of a kind is left standing
        if address.state is AddressState.USABLE:
            own[address.kind.value] = address.value
    return _said(lead.fields) | _said(own)


def of_message(
    lead: Lead, rep: Rep | None, sender: Sender | None, *, today: date, unsubscribe_url: str | None
) -> dict[str, object]:
    """Everything a template may name."""
    names: dict[str, object] = {"lead": of_lead(lead), "rep": {}, "sender": {}, "today": today}
    if rep is not None:
        names["rep"] = _of_rep(rep)
    if sender is not None:
        names["sender"] = _of_sender(sender)
    if unsubscribe_url:
        names["unsubscribe_url"] = unsubscribe_url
    return names


@lru_cache(
    maxsize=1024
)  # a rep and a sender are the same for thousands of messages; nobody may change the answer
def _of_rep(rep: Rep) -> Mapping[str, object]:
    return _said(
        {
            "name": rep.name,
            "first_name": (rep.name.split() or [""])[0],
            "email": rep.email,
            "phone": rep.phone,
            "title": rep.title,
            "meeting_link": rep.meeting_link,
        }
    )


@lru_cache(maxsize=1024)
def _of_sender(sender: Sender) -> Mapping[str, object]:
    return _said(
        {
            "name": sender.name,
            "email": sender.email,
            "postal_address": sender.postal_address,
            "phone": sender.sms,
            "optout_number": sender.optout_number,
        }
    )


def _said(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if not _silent(value)}


def _silent(value: object) -> bool:
    return value is None or (isinstance(value, str) and value.strip().casefold() in _EMPTY)
