"""What most commands need first: the house, who is asking, the lead that was meant, the time that was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from outreach.cli.failing import Usage

if TYPE_CHECKING:
    from outreach.casework.house import House
    from outreach.domain.people import Lead

# Options that several commands share.
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of words.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would happen; change and send nothing.")]
LeadName = Annotated[
    str,
    typer.Argument(
        metavar="LEAD", help="An email, a phone number, #12, an id of your other system, or the full name."
    ),
]
OfCadence = Annotated[str | None, typer.Option("--cadence", help="Only in this cadence.", metavar="NAME")]
Because = Annotated[str, typer.Option("--because", help="Why, in your words; it is kept in the history.")]

_SPAN = re.compile(r"(\d+)\s*(m|min|minutes?|h|hours?|d|days?|w|weeks?)", re.IGNORECASE)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@contextmanager
def opened() -> Iterator[House]:
    """The house of this environment, closed again at the end."""
    from outreach import bootstrap
    from outreach.settings import Settings

    made = bootstrap.house(Settings.from_env())
    try:
        yield made
    finally:
        made.providers.close()
        made.store.close()


@contextmanager
def acting() -> Iterator[House]:
    """The house, with what its verbs log on stderr: stdout belongs to whoever reads the JSON."""
    import logging

    import structlog

    from outreach import bootstrap

    before = structlog.get_config()
    bootstrap.logs(level=logging.ERROR)
    try:
        with opened() as house:
            yield house
    finally:
        structlog.configure(**before)


def actor() -> str:
    """Who is asking, for the history: the login name."""
    import getpass

    try:
        return f"{getpass.getuser()} (cli)"
    except (KeyError, OSError):  # a container whose user has no name
        return "somebody (cli)"


def the_lead(house: House, text: str) -> Lead:
    """The lead a person means. Raises Unknown with the closest name, Duplicate when several may be meant."""
    from outreach.insight.people import find

    return find(house, text)


def span(text: str) -> timedelta:
    """A duration such as 45m, 24h, 3d or 2w. Raises Usage."""
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise Usage(f"{text!r} is not a duration: write it like 45m, 24h, 3d or 2w")
    return timedelta(**{_UNITS[found[2][0].lower()]: int(found[1])})


def moment(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """A future time (UTC): a date or time in `zone` (2026-12-24, 2026-12-24T09:00), or a duration from now. Raises Usage."""
    if _SPAN.fullmatch(text.strip()):
        return now + span(text)
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Usage(
            f"{text!r} is no time: write 2026-12-24, 2026-12-24T09:00 or a duration such as 3d"
        ) from None
    at = (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)
    if at <= now:
        raise Usage(f"{text!r} is in the past")
    return at


def in_zone(at: datetime, zone: ZoneInfo) -> str:
    """A time as people say it, with its zone: "Tue 2026-11-24 09:30 America/New_York"."""
    return f"{at.astimezone(zone):%a %Y-%m-%d %H:%M} {zone.key}"
