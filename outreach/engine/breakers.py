"""Breakers: stop asking a provider that is in trouble, and pause a cadence whose mails do harm.

A storm of failures opens a breaker for a while that grows; then exactly one touch, of all processes, tries whether it is
over. Touches stay due. Counting happens in memory; a row is written only when something changes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

import structlog

from outreach.casework.house import House
from outreach.domain.errors import Fault, Refused, TooLate, Unavailable
from outreach.domain.limits import DAY, Alarm, chance
from outreach.domain.people import SPAM_STOPS, SPAM_WARNS, Team
from outreach.domain.storm import SPAN, stays_open
from outreach.engine.outcome import Outcome
from outreach.engine.probes import RULE
from outreach.store import breakers, permissions, touches
from outreach.store.breakers import Harm
from outreach.store.database import Db
from outreach.timekeeping import business_span

log = structlog.get_logger()
BY = "breaker"
_FEW = 2  # one complaint among two hundred mails is already more than 0.3 %, and proves nothing


def heed(house: House, outcomes: Sequence[Outcome]) -> None:
    """Draw the consequences of answers that have been recorded."""
    for outcome in outcomes:
        failed = _failed(outcome)
        tried = [one.name for one in outcome.claim.case.facts.breakers]
        if failed is None:
            continue
        for name in tried:
            _tried(house, name, outcome, failed=failed)
        if not tried:
            _count(house, outcome, failed=failed)


def watch(house: House, touch_ids: Collection[int]) -> None:
    """Mails bounced, or were called spam: pause their cadences when that has become too much."""
    if not touch_ids:
        return
    with house.store.read() as db:
        team = house.library.team(db)
        alarm = team.limits.alarm
        found = [
            (cadence, breakers.harm(db, cadence, channel, of=alarm.of))
            for cadence, channel in breakers.cadences_of(db, sorted(touch_ids))
            if channel.paced
        ]
    for cadence, harm in found:
        because = _too_much(harm, alarm)
        if because:
            house.store.run(lambda db, name=f"cadence:{cadence}", why=because: _pause(db, house, name, why))  # type: ignore[misc]
    _heed_spam(house, team, touch_ids)


def _heed_spam(house: House, team: Team, touch_ids: Collection[int]) -> None:
    """R13: a mail domain that is called spam too often in a day sends nothing until somebody has looked."""
    since = house.now() - DAY
    with house.store.read() as db:
        senders = breakers.senders_of(db, sorted(touch_ids))
        rates = [
            (keys, breakers.spam(db, keys, since)) for keys in {team.same_domain(one) for one in senders}
        ]
    for keys, (mails, complaints) in rates:
        share = complaints / max(mails, 1)
        if complaints < _FEW or mails < team.limits.alarm.least_a_day or share < SPAM_WARNS:
            continue
        because = f"{complaints} of {mails} mails in 24 hours were called spam ({share:.1%}, rule R13)"
        log.warning("spam rate", senders=keys, why=because)
        if share >= SPAM_STOPS:
            for key in keys:
                house.store.run(lambda db, name=f"sender:{key}", why=because: _pause(db, house, name, why))  # type: ignore[misc]


def _failed(outcome: Outcome) -> bool | None:
    """Whether the provider failed; None when the answer says nothing of its health: our own deadline, wrong keys."""
    error = outcome.error
    if isinstance(error, TooLate) or (error and error.fault in (Fault.ACCOUNT, Fault.SENDER)):
        return None
    return error is not None and not isinstance(error, Refused)


def _tried(house: House, name: str, outcome: Outcome, *, failed: bool) -> None:
    """The one try of a breaker came back."""
    now = house.now()
    with house.store.begin() as db:
        if not failed:
            if breakers.close(db, name):
                touches.let_go(db, RULE, now)
                log.info("breaker closed", what=name)
            return
        openings = breakers.failures(db, name) + 1
        until = now + _span(house, name, openings, outcome)
        if breakers.open_again(db, name, until=until, because=str(outcome.error), at=now):
            log.error("breaker opened again", what=name, until=until)


def _count(house: House, outcome: Outcome, *, failed: bool) -> None:
    claim, now = outcome.claim, house.now()
    provider = f"provider:{claim.provider}"
    for name in (provider, f"sender:{claim.touch.sender}:{claim.provider}"):
        span = business_span(house.settings, SPAN)
        storm = house.storms.note(name, now, failed=failed, span=span)
        if storm:
            _open(house, name, f"{storm}, the last one: {outcome.error}", outcome)
            if name == provider:
                house.storms.forget(f":{claim.provider}")  # then its senders are not to blame
            return


def _open(house: House, name: str, because: str, outcome: Outcome) -> None:
    now = house.now()
    until = now + _span(house, name, 1, outcome)
    with house.store.begin() as db:
        if breakers.open_(db, name, until=until, because=because, at=now):
            log.error("breaker opened", what=name, why=because, until=until)


def _span(house: House, name: str, openings: int, outcome: Outcome) -> timedelta:
    asked = outcome.error.retry_after if isinstance(outcome.error, Unavailable) else None
    return business_span(house.settings, stays_open(openings, asked, chance(name, house.now())))


def _too_much(harm: Harm, alarm: Alarm) -> str:
    if harm.mails < alarm.least:
        return ""
    if harm.bounced > alarm.bounces * harm.mails:
        return (
            f"{harm.bounced} of the last {harm.mails} mails bounced: look at where these addresses come from"
        )
    if harm.complaints >= _FEW and harm.complaints > alarm.complaints * harm.mails:
        return (
            f"{harm.complaints} of the last {harm.mails} mails were called spam: look at whom it is sent to"
        )
    return ""


def _pause(db: Db, house: House, name: str, because: str) -> None:
    if any(switch.name == name for switch in permissions.stopped(db)):
        return
    machine = house.store.machine_now(db)
    permissions.turn(db, name, stop=True, because=because, by=BY, at=house.now(), machine=machine)
    log.error("paused for the harm it does", what=name, why=because)
