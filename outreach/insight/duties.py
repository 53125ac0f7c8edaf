"""What the law wants of us besides each single touch: fresh lists, registered numbers, few complaints, known holidays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from outreach import almanac
from outreach.casework.house import House
from outreach.domain.channel import Channel
from outreach.domain.law import Checked
from outreach.domain.people import SPAM_WARNS, Sender, Team
from outreach.insight import donotcall
from outreach.store import breakers
from outreach.store.database import Db
from outreach.store.telephones import INTERNAL

_TOLL_FREE = ("+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888")
_LONG_CODE = 12  # characters of +1 and ten digits


def edition(house: House, team: Team) -> str:
    """Which law is asked, and how much of it nobody has checked."""
    law = house.law().at(house.now())
    ours = [line for line in law.lines if line.place[:2] in team.countries]
    doubtful = sum(line.checked is not Checked.OFFICIAL for line in ours)
    return (
        f"the rules are those of {law.version}: {len(ours)} lines for {', '.join(team.countries)}, of which "
        f"{doubtful} were not checked against the law itself (docs/rules.md)"
    )


def neglected(house: House, db: Db, team: Team, channels: set[Channel]) -> Iterator[tuple[str, str]]:
    """(what, fix) of each duty that is not seen to. `channels` are those that live cadences use."""
    if any(channel.rings for channel in channels):
        yield from _lists(house, team)
    if Channel.SMS in channels:
        yield from (
            _unregistered(sender) for sender in team.senders.values() if _needs_registration(sender, team)
        )
    yield from _spam(db, team, house.now())
    yield from _calendars(team, house.now())


def _lists(house: House, team: Team) -> Iterator[tuple[str, str]]:
    """R11: the national registry, not older than 31 days."""
    if "US" not in team.countries:
        return
    known = [one for one in donotcall.lists(house) if one.name != INTERNAL]
    fix = "`outreach dnc import FILE --list national --whole`"
    if not known:
        yield "no public do-not-call list was imported: numbers on it are called and texted (R11)", fix
    for old in donotcall.stale(house):
        yield f"the do-not-call list {old.name} is of {old.as_of:%Y-%m-%d}, older than 31 days (R11)", fix


def _needs_registration(sender: Sender, team: Team) -> bool:
    """R18: texts from ordinary American numbers; short codes and toll-free numbers are registered otherwise."""
    number = sender.sms or ""
    ordinary = number.startswith("+1") and len(number) == _LONG_CODE and not number.startswith(_TOLL_FREE)
    return "US" in team.countries and (ordinary or bool(sender.messaging_service)) and not sender.registration


def _unregistered(sender: Sender) -> tuple[str, str]:
    return (
        f"sender {sender.key} texts from a number without a 10DLC registration: carriers block or charge for it (R18)",
        "register brand and number with the provider, then write  registration:  under the sender",
    )


def _spam(db: Db, team: Team, now: datetime) -> Iterator[tuple[str, str]]:
    """R13: complaints in a day, by mail domain."""
    for keys in sorted({team.same_domain(key) for key in team.senders}):
        mails, complaints = breakers.spam(db, keys, now - timedelta(days=1))
        if complaints > 1 and complaints >= SPAM_WARNS * mails:
            share = complaints / max(mails, 1)
            yield (
                f"{complaints} of {mails} mails of {', '.join(keys)} were called spam in 24 hours ({share:.1%}, R13)",
                "write to fewer people, who asked for it: from 0.3 % on, the sender is stopped",
            )


def _calendars(team: Team, now: datetime) -> Iterator[tuple[str, str]]:
    for calendar in team.holidays:
        for year in (now.year, now.year + 1):
            if not almanac.known(calendar, year):
                yield (
                    f"the holiday calendar {calendar} knows nothing of {year}: the days of an earlier year are taken",
                    "upgrade the package `holidays`",
                )
