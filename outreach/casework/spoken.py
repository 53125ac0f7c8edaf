"""Recorded calls must say who calls and how to get no more of them (rule R7): tried with every sender of the team.

47 CFR 64.1200(b): the identity of the caller at the beginning; a telephone number; and a way to opt out, for which an
answering machine is told a toll-free number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from outreach.cadences import Playbook
from outreach.domain import context
from outreach.domain.people import Lead, Rep, Sender
from outreach.domain.problem import Problem
from outreach.settings import Settings
from outreach.templates import RenderError, Speech, Templates, closure

_BEGINNING: Final = 250  # characters: about fifteen seconds of speech
_NATIONAL: Final = 7  # digits by which a spoken number is recognised, without its area code


def recorded(playbook: Playbook, sources: Mapping[str, str], settings: Settings) -> list[Problem]:
    """What the texts of voicemails lack. Those that cannot be rendered have been told of already."""
    found: dict[Problem, None] = {}
    for cadence in playbook.cadences.values():
        for step in cadence.steps:
            if not step.channel.prerecorded:
                continue
            place = f"{settings.templates.name}/{step.template}"
            if step.template.startswith("https://"):
                found[_unheard(step.template)] = None
                continue
            templates = Templates(closure(step.template, sources))
            for rep, sender in _pairs(playbook):
                said = _said(templates, step.template, rep, sender)
                if said is not None and not said.text:
                    found[_unheard(place)] = None
                elif said is not None:
                    found |= {Problem(place, 0, 0, *words): None for words in _lacking(said.text, sender)}
    return list(found)


def _unheard(place: str) -> Problem:
    text = "only you can hear whether this recording says who calls, and a number to opt out by (rule R7)"
    return Problem(place, 0, 0, text, "listen to it", warning=True)


def _pairs(playbook: Playbook) -> Iterator[tuple[Rep, Sender]]:
    for rep in playbook.team.reps.values():
        sender = playbook.team.senders.get(rep.sender)
        if sender is not None:
            yield rep, sender


def _said(templates: Templates, path: str, rep: Rep, sender: Sender) -> Speech | None:
    lead = Lead(id=1, name="Ada Moreau", company="QuickCool HVAC")
    names = context.of_message(lead, rep, sender, today=date(2026, 11, 24), unsubscribe_url=None)
    try:
        return templates.speech(path, names)
    except RenderError:
        return None


def _lacking(said: str, sender: Sender) -> Iterator[tuple[str, str]]:
    if sender.name.casefold() not in said[:_BEGINNING].casefold():
        yield (
            f"a recorded call must say at its beginning who calls, and {sender.name!r} is not in it (rule R7)",
            "write {{ sender.name }} into its first sentence",
        )
    number = sender.optout_number
    digits = "".join(char for char in said if char.isdigit())
    if number and number[-_NATIONAL:] not in digits:
        yield (
            f"a recorded call must name a number to opt out by, and {number} is not in it (rule R7)",
            "write {{ sender.optout_number | spoken }} into it",
        )
