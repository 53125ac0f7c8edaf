"""Each rule of the gate: when it passes, and what it says when it does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from outreach.domain import lawful, rules
from outreach.domain.cadence import Unit, Wait
from outreach.domain.calendar import SendWindow
from outreach.domain.channel import Channel
from outreach.domain.consent import Consent, ConsentKind, Suppression, SuppressionReason
from outreach.domain.enrollment import Cause, State
from outreach.domain.facts import Facts, Hold, Listing, Switch
from outreach.domain.limits import Room
from outreach.domain.people import AddressState, Basis, Subscriber
from outreach.domain.reason import Reason, Says
from tests.domain import people
from tests.domain.laws import LAW
from tests.domain.people import (
    ADA,
    CALL,
    EMAIL,
    MAIL,
    NOW,
    OFFICE,
    PHONE,
    SMS,
    TEAM,
    VOICEMAIL,
    WRITTEN,
    facts,
    walk,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RENEWAL = replace(EMAIL, after=Wait(unit=Unit.UNTIL, field="renewal"))


def forbids(scope: str, value: str, channel: Channel | None = None) -> Suppression:
    return Suppression(
        id=1, scope=scope, value=value, channel=channel, reason=SuppressionReason.OPT_OUT, since=NOW - DAY
    )


def lead(**change: object) -> dict[str, object]:
    return {"lead": replace(ADA, **change)}  # type: ignore[arg-type]


def bounced(*addresses: object) -> dict[str, object]:
    return lead(addresses=tuple(replace(a, state=AddressState.BOUNCED) for a in addresses))  # type: ignore[type-var]


def sender(**change: object) -> dict[str, object]:
    return {"team": replace(TEAM, senders={"main": replace(people.MAIN, **change)})}  # type: ignore[arg-type]


def zones(*names: str, timezone: str | None = None) -> dict[str, object]:
    return lead(timezone=timezone, addresses=(replace(PHONE, zones=names),))


NATIONAL, OURS = Listing("national", NOW - DAY), Listing("internal", NOW - DAY, internal=True)
MAILS = replace(WRITTEN, channel=Channel.EMAIL, kind=ConsentKind.EXPRESS)
TEXTS = replace(WRITTEN, channel=Channel.SMS)
FLORIDA = lead(region="FL")


def implied(*, days: int = 1, how: str = "inquiry") -> Consent:
    return replace(MAILS, kind=ConsentKind.IMPLIED, given_at=NOW - days * DAY, how=how)


TWO_STEPS = {"cadence": people.cadence(EMAIL, SMS)}

PASSES: list[tuple[Callable[[Facts, datetime], Reason], Facts]] = [
    (rules.enrollment, facts()),
    (rules.switch, facts(switches=(Switch(name="channel:sms"), Switch(name="provider:twilio")))),
    (rules.breaker, facts()),
    (rules.breaker, facts(switches=(Switch(name="provider:outbox", until=NOW),))),
    (rules.hold, facts()),
    (rules.cap, facts()),
    (
        rules.cap,
        facts(rooms=(Room(cap="c", text="3 of 5 by rosa"), Room(cap="c", text="by Acme", until=NOW))),
    ),
    (rules.due, facts(planned_at=NOW)),
    (rules.date_field, facts()),
    (rules.date_field, facts(RENEWAL, **lead(fields={"renewal": "2026-12-31"}))),
    (rules.date_field, facts(RENEWAL, **lead(fields={"renewal": date(2026, 12, 31)}))),
    (rules.date_field, facts(RENEWAL, **lead(fields={"renewal": "2026-12-31T10:00:00Z"}))),
    (rules.late, facts(planned_at=NOW - timedelta(days=3))),
    (rules.late, facts(SMS, planned_at=NOW - timedelta(hours=6))),
    (rules.late, facts(replace(SMS, late=DAY), planned_at=NOW - timedelta(hours=20))),
    (rules.when, facts()),
    (rules.when, facts(replace(EMAIL, when="lead.phone"))),
    (rules.when, facts(replace(EMAIL, when='outcome.call == "no_answer"'), outcomes={"call": "no_answer"})),
    (rules.address, facts()),
    (rules.suppressed, facts()),
    (rules.suppressed, facts(suppressions=(forbids("email", MAIL.value, Channel.SMS),))),
    (rules.suppressed, facts(suppressions=(forbids("phone", PHONE.value),))),
    (rules.suppressed, facts(suppressions=(forbids("domain", "other.example"),))),
    (rules.suppressed, facts(suppressions=(forbids("person", "8"),))),
    (lawful.country, facts()),
    (lawful.country, facts(SMS)),
    (lawful.country, facts(SMS, team=replace(TEAM, country="DE", allow_countries=("DE", "US")))),
    (lawful.voice_consent, facts(SMS, consents=())),
    (lawful.voice_consent, facts(CALL, consents=())),
    (lawful.voice_consent, facts(VOICEMAIL)),
    (lawful.do_not_call, facts(SMS)),
    (lawful.do_not_call, facts(SMS, listed={"+12125550199": (NATIONAL,)})),
    (lawful.do_not_call, facts(SMS, listed={PHONE.value: (NATIONAL,)}, consents=(TEXTS,))),
    (lawful.consent, facts(law=LAW)),
    (lawful.consent, facts(law=LAW, **lead(country="GB"), consents=(MAILS,))),
    (lawful.consent, facts(law=LAW, **lead(country="GB", subscriber_kind=Subscriber.CORPORATE))),
    (lawful.consent, facts(CALL, law=LAW, consents=(), **lead(country="GB"))),
    (lawful.consent, facts(law=LAW, **lead(country="CA"), consents=(implied(days=182),))),
    (lawful.consent, facts(law=LAW, **lead(country="CA"), consents=(implied(days=700, how="purchase"),))),
    (lawful.basis, facts(law=LAW)),
    (lawful.basis, facts(law=LAW, **lead(country="GB", lawful_basis=Basis.LEGITIMATE_INTERESTS))),
    (lawful.basis, facts(law=LAW, **lead(country="GB"), consents=(MAILS,))),
    (lawful.often, facts(SMS, law=LAW, dialled={PHONE.value: [NOW] * 9})),
    (lawful.often, facts(SMS, law=LAW, **FLORIDA, dialled={PHONE.value: [NOW, NOW]})),
    (lawful.often, facts(SMS, law=LAW, **FLORIDA, dialled={PHONE.value: [NOW, NOW, NOW - DAY]})),
    (rules.sender, facts()),
    (rules.sender, facts(SMS, can_unsubscribe=False, **sender(postal_address=""))),
    (rules.window, facts(window=OFFICE)),
    (lawful.quiet_hours, facts()),
    (lawful.quiet_hours, facts(SMS)),
    (lawful.quiet_hours, facts(SMS, **zones("America/New_York", "America/Los_Angeles"))),
]

OBJECTS: list[tuple[Callable[[Facts, datetime], Reason], Facts, Says, str, timedelta | None]] = [
    # (rule, facts, what it says, in words, and for a wait how long)
    (
        rules.enrollment,
        facts(
            enrollment=walk(state=State.PAUSED, paused_at=NOW, resume_at=NOW + 3 * DAY, reason="on holiday")
        ),
        Says.WAIT,
        "paused: on holiday",
        3 * DAY,
    ),
    (rules.enrollment, facts(enrollment=walk(state=State.PAUSED, paused_at=NOW)), Says.WAIT, "paused", DAY),
    (
        rules.enrollment,
        facts(enrollment=walk(state=State.PAUSED, resume_at=NOW - DAY)),
        Says.WAIT,
        "paused",
        HOUR,
    ),
    (
        rules.enrollment,
        facts(enrollment=walk(state=State.REPLIED, reason="wrote back")),
        Says.SKIP,
        "the enrollment is replied: wrote back",
        None,
    ),
    (
        rules.switch,
        facts(switches=(Switch(name="all", because="fire drill"),)),
        Says.WAIT,
        "all is stopped: fire drill",
        HOUR,
    ),
    (
        rules.switch,
        facts(SMS, switches=(Switch(name="channel:sms"),)),
        Says.WAIT,
        "channel:sms is stopped",
        HOUR,
    ),
    (
        rules.switch,
        facts(switches=(Switch(name="provider:outbox"),)),
        Says.WAIT,
        "provider:outbox is stopped",
        HOUR,
    ),
    (
        rules.breaker,
        facts(switches=(Switch(name="provider:outbox", because="9 of 10 failed", until=NOW + HOUR),)),
        Says.WAIT,
        "provider:outbox is in trouble: 9 of 10 failed",
        HOUR,
    ),
    (
        rules.cap,
        facts(
            rooms=(
                Room(cap="c", text="5 of 5 by rosa", until=NOW + HOUR),
                Room(cap="c", text="9 of 9 today", until=NOW + DAY),
            )
        ),
        Says.WAIT,
        "no room under the cap 9 of 9 today",
        DAY,
    ),
    (
        rules.hold,
        facts(
            holds=(
                Hold(because="a reply came", until=NOW + 2 * DAY),
                Hold(because="and another", until=NOW + DAY),
            )
        ),
        Says.WAIT,
        "held: a reply came",
        2 * DAY,
    ),
    (
        rules.hold,
        facts(holds=(Hold(because="a reply came", until=NOW - DAY),)),
        Says.WAIT,
        "held: a reply came",
        HOUR,
    ),
    (
        rules.due,
        facts(replace(EMAIL, after=Wait(amount=2, unit=Unit.DAYS)), planned_at=NOW + 2 * DAY),
        Says.WAIT,
        "after 2 days: planned for Thu 2026-12-03 11:00 America/New_York",
        2 * DAY,
    ),
    (rules.date_field, facts(RENEWAL), Says.SKIP, "lead.renewal is empty, and the step waits for it", None),
    (
        rules.date_field,
        facts(RENEWAL, **lead(fields={"renewal": "next spring"})),
        Says.SKIP,
        "lead.renewal is 'next spring', which is not a date like 2026-03-31, and the step waits for it",
        None,
    ),
    (
        rules.late,
        facts(SMS, planned_at=NOW - timedelta(hours=6, seconds=1)),
        Says.SKIP,
        "too late: it had to go by Tue 2026-12-01 10:59 America/New_York",
        None,
    ),
    (rules.when, facts(replace(EMAIL, when="lead.company")), Says.SKIP, "lead.company is not true", None),
    (
        rules.when,
        facts(replace(EMAIL, when="lead.company"), **lead(company="N/A")),
        Says.SKIP,
        "lead.company is not true",
        None,
    ),
    (rules.address, facts(people.LETTER), Says.SKIP, "the lead has no postal address", None),
    (rules.address, facts(**bounced(MAIL)), Says.END, "bounced and no remaining step has a usable one", None),
    (
        rules.address,
        facts(**TWO_STEPS, **lead(addresses=(replace(MAIL, state=AddressState.BOUNCED), PHONE))),
        Says.SKIP,
        "the email address bounced",
        None,
    ),
    (
        rules.suppressed,
        facts(suppressions=(forbids("person", "7"),)),
        Says.END,
        "the lead is suppressed on every channel (opt_out, 2026-11-30)",
        None,
    ),
    (
        rules.suppressed,
        facts(suppressions=(forbids("person", "7", Channel.EMAIL),)),
        Says.SKIP,
        "person is suppressed for email (opt_out, 2026-11-30)",
        None,
    ),
    (
        rules.suppressed,
        facts(suppressions=(forbids("email", MAIL.value),)),
        Says.SKIP,
        "email is suppressed for email",
        None,
    ),
    (
        rules.suppressed,
        facts(suppressions=(forbids("domain", "example.com"),)),
        Says.SKIP,
        "domain is suppressed for email",
        None,
    ),
    (
        rules.suppressed,
        facts(SMS, suppressions=(forbids("phone", PHONE.value, Channel.SMS),)),
        Says.SKIP,
        "phone is suppressed for sms",
        None,
    ),
    (
        lawful.country,
        facts(SMS, **lead(addresses=(replace(PHONE, country="DE"),))),
        Says.SKIP,
        "numbers of DE are not on the allow list (US)",
        None,
    ),
    (
        lawful.country,
        facts(SMS, **lead(addresses=(replace(PHONE, country=None),))),
        Says.SKIP,
        "numbers of no country are not on the allow list",
        None,
    ),
    (lawful.voice_consent, facts(VOICEMAIL, consents=()), Says.SKIP, "no written consent", None),
    (
        lawful.voice_consent,
        facts(VOICEMAIL, consents=(replace(WRITTEN, kind=ConsentKind.EXPRESS),)),
        Says.SKIP,
        "no written consent",
        None,
    ),
    (
        lawful.voice_consent,
        facts(VOICEMAIL, consents=(replace(WRITTEN, expires_at=NOW),)),
        Says.SKIP,
        "no written consent",
        None,
    ),
    (
        lawful.voice_consent,
        facts(VOICEMAIL, consents=(replace(WRITTEN, revoked_at=NOW - HOUR),)),
        Says.SKIP,
        "no written consent",
        None,
    ),
    (
        lawful.voice_consent,
        facts(VOICEMAIL, consents=(replace(WRITTEN, channel=Channel.SMS),)),
        Says.SKIP,
        "no written consent",
        None,
    ),
    (
        lawful.do_not_call,
        facts(SMS, listed={PHONE.value: (NATIONAL,)}),
        Says.SKIP,
        "the number is on the national do-not-call list (as of 2026-11-30)",
        None,
    ),
    (
        lawful.do_not_call,
        facts(SMS, listed={PHONE.value: (OURS,)}, consents=(TEXTS,)),
        Says.SKIP,
        "the number is on the internal do-not-call list",
        None,
    ),
    (
        lawful.consent,
        facts(law=LAW, **lead(country="GB")),
        Says.SKIP,
        "GB: no consent to email is on file",
        None,
    ),
    (
        lawful.consent,
        facts(law=LAW, **lead(country="DE", subscriber_kind=Subscriber.CORPORATE)),
        Says.SKIP,
        "DE",
        None,
    ),
    (
        lawful.consent,
        facts(law=LAW, **lead(country="GB"), consents=(replace(MAILS, revoked_at=NOW),)),
        Says.SKIP,
        "it is not known whether it is a company's address, so it counts as a person's",
        None,
    ),
    (
        lawful.consent,
        facts(law=LAW, **lead(country="GB"), consents=(implied(),)),
        Says.SKIP,
        "the implied consent to email does not count there",
        None,
    ),
    (
        lawful.consent,
        facts(law=LAW, **lead(country="CA"), consents=(implied(days=184),)),
        Says.SKIP,
        "the implied consent to email ended on 2026-11-30",
        None,
    ),
    (
        lawful.consent,
        facts(law=LAW, **lead(country="CA"), consents=(replace(MAILS, expires_at=NOW),)),
        Says.SKIP,
        "the consent to email expired on 2026-12-01",
        None,
    ),
    (
        lawful.consent,
        facts(law=LAW, **lead(country=None, addresses=(replace(MAIL, value="ada@brightpipe.co.uk"),))),
        Says.SKIP,
        "GB: no consent",
        None,
    ),
    (lawful.basis, facts(law=LAW, **lead(country="GB")), Says.SKIP, "GB: no lawful basis is on record", None),
    (
        lawful.often,
        facts(SMS, law=LAW, **FLORIDA, dialled={PHONE.value: [NOW - HOUR, NOW - 23 * HOUR, NOW - 2 * HOUR]}),
        Says.WAIT,
        "3 of 3 to this number in 24 hours",
        HOUR,
    ),
    (rules.sender, facts(team=replace(TEAM, senders={})), Says.WAIT, "no sender is configured", HOUR),
    (rules.sender, facts(**sender(postal_address="")), Says.WAIT, "sender main has no postal_address", HOUR),
    (rules.sender, facts(can_unsubscribe=False), Says.WAIT, "the unsubscribe link would lead nowhere", HOUR),
    (
        rules.window,
        facts(window=SendWindow.of([2], (540, 600))),
        Says.WAIT,
        "closed: wed 09:00-10:00 in America/New_York",
        timedelta(hours=22),
    ),
    (
        rules.window,
        facts(window=SendWindow.of([])),
        Says.SKIP,
        "it can never be sent: never in America/New_York is never open",
        None,
    ),
    (
        lawful.quiet_hours,
        facts(SMS, **zones("Asia/Tokyo")),
        Says.WAIT,
        "closed: mon-sun 08:00-21:00 in Asia/Tokyo",
        timedelta(hours=7),
    ),
    (
        lawful.quiet_hours,
        facts(VOICEMAIL, **zones("America/New_York", "Pacific/Honolulu")),
        Says.WAIT,
        "closed: mon-sun 08:00-21:00 in Pacific/Honolulu",
        timedelta(hours=2),
    ),
    (
        lawful.quiet_hours,
        facts(SMS, **zones()),
        Says.SKIP,
        "no time zone is known for this number: set the lead's timezone",
        None,
    ),
]


@pytest.mark.parametrize(("rule", "known"), PASSES, ids=lambda value: getattr(value, "__name__", ""))
def test_a_rule_passes(rule: Callable[[Facts, datetime], Reason], known: Facts) -> None:
    reason = rule(known, NOW)
    assert reason.says is Says.PASS
    assert reason.text


@pytest.mark.parametrize(
    ("rule", "known", "says", "words", "wait"), OBJECTS, ids=lambda value: getattr(value, "__name__", "")
)
def test_a_rule_objects_and_says_why(
    rule: Callable[[Facts, datetime], Reason],
    known: Facts,
    says: Says,
    words: str,
    wait: timedelta | None,
) -> None:
    reason = rule(known, NOW)
    assert reason.says is says
    assert words in reason.text
    assert reason.until == (NOW + wait if wait is not None else None)
    assert (reason.cause is not None) is (says is Says.END)


def test_every_rule_of_the_gate_has_an_example_of_each_kind() -> None:
    asked = {*rules.MOVES, *rules.TAKES, *rules.GOES}
    assert asked == {rule for rule, _ in PASSES} == {rule for rule, *_ in OBJECTS}


def test_an_opt_out_of_the_person_ends_the_walk_as_an_opt_out() -> None:
    reason = rules.suppressed(facts(suppressions=(forbids("person", "7"),)), NOW)
    assert reason.cause is Cause.OPT_OUT


def test_a_second_address_that_nobody_forbade_is_used() -> None:
    work = replace(MAIL, id=9, value="ada@work.example")
    known = facts(suppressions=(forbids("email", MAIL.value),), **lead(addresses=(MAIL, work)))
    assert rules.suppressed(known, NOW).says is Says.PASS
    assert known.open_addresses == (work,)


def test_the_leads_own_zone_goes_before_those_of_the_number() -> None:
    known = facts(SMS, **zones("Asia/Tokyo", timezone="America/New_York"))
    assert [hours.tz.key for hours in lawful.all_hours(known, NOW)] == ["America/New_York"] * 2


def test_a_rep_task_that_rings_a_telephone_keeps_quiet_hours_too() -> None:
    assert lawful.quiet_hours(facts(CALL, **zones("Asia/Tokyo")), NOW).says is Says.WAIT
