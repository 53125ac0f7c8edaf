"""One decision: three rounds of rules, in order; and when a step is planned."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.domain import lawful, rules
from outreach.domain.cadence import AT_ONCE, Unit, Wait
from outreach.domain.calendar import SendWindow
from outreach.domain.channel import Channel
from outreach.domain.consent import Suppression, SuppressionReason
from outreach.domain.decision import End, Send, Skip, at_step, decide, next_step, plan, resumed
from outreach.domain.decision import Wait as Later
from outreach.domain.enrollment import Cause, State
from outreach.domain.facts import Facts, Hold, Switch
from outreach.domain.people import Lead
from outreach.domain.reason import Says
from tests.domain import people
from tests.domain.people import (
    ADA,
    CALL,
    EMAIL,
    MAIL,
    NOW,
    OFFICE,
    PHONE,
    SMS,
    VOICEMAIL,
    cadence,
    facts,
    walk,
)

DAY = timedelta(days=1)
CHANCE = st.integers(0, 2**63).map(random.Random)
OPTED_OUT = Suppression(
    id=1, scope="person", value="7", channel=None, reason=SuppressionReason.OPT_OUT, since=NOW - DAY
)
NO_MAIL = replace(OPTED_OUT, scope="email", value=MAIL.value)


def rule_of(known: Facts) -> str:
    verdict = decide(known, NOW).verdict
    assert not isinstance(verdict, Send)
    return verdict.why.rule


def test_when_nothing_objects_it_goes_to_the_first_usable_address() -> None:
    assert decide(facts(), NOW).verdict == Send(MAIL)
    assert decide(facts(SMS), NOW).verdict == Send(PHONE)


def test_every_rule_is_asked_even_when_the_first_one_objects() -> None:
    decision = decide(facts(switches=(Switch(name="all"),)), NOW)
    asked = [rule for one in rules.ROUNDS[Channel.EMAIL] for rule in one]
    assert len(decision.reasons) == len(asked)
    assert sum(reason.says is Says.WAIT for reason in decision.reasons) == 1


def test_the_rounds_decide_in_order() -> None:
    """A paused walk waits, although its step would be skipped; a skipped step does not wait for its window."""
    never = SendWindow.of([2], (540, 600))
    asleep = walk(state=State.PAUSED, paused_at=NOW)
    assert rule_of(facts(enrollment=asleep, suppressions=(NO_MAIL,), window=never)) == "enrollment"
    assert rule_of(facts(suppressions=(NO_MAIL,), window=never)) == "R8 suppressed"
    assert rule_of(facts(window=never)) == "window"


def test_within_a_round_an_end_goes_before_a_skip_and_a_skip_before_a_wait() -> None:
    late = {"planned_at": NOW - 9 * DAY}
    ended = decide(facts(suppressions=(OPTED_OUT,), **late), NOW).verdict
    assert isinstance(ended, End)
    assert ended.cause is Cause.OPT_OUT

    replied_and_stopped = facts(enrollment=walk(state=State.REPLIED), switches=(Switch(name="all"),))
    assert isinstance(decide(replied_and_stopped, NOW).verdict, Skip)


def test_of_several_waits_the_longest_is_told() -> None:
    holds = (Hold(because="a reply came", until=NOW + 2 * DAY),)
    verdict = decide(facts(switches=(Switch(name="all"),), holds=holds), NOW).verdict
    assert isinstance(verdict, Later)
    assert (verdict.why.rule, verdict.until) == ("hold", NOW + 2 * DAY)


def test_a_wait_ends_when_the_windows_are_open() -> None:
    """An hour's wait from Friday 16:30 would end after hours: it ends on Monday at nine."""
    friday = NOW + timedelta(days=3, hours=5.5)
    verdict = decide(facts(window=OFFICE, switches=(Switch(name="all"),), planned_at=friday), friday).verdict
    assert isinstance(verdict, Later)
    assert verdict.until == NOW + timedelta(days=6) - timedelta(hours=2)


def test_a_text_waits_until_the_window_and_every_zone_of_the_number_are_open() -> None:
    """A number that may lie in New York or in Honolulu: 8:00 in Honolulu is 13:00 in New York."""
    phone = replace(PHONE, zones=("America/New_York", "Pacific/Honolulu"))
    known = facts(SMS, lead=replace(ADA, timezone=None, addresses=(phone,)), window=OFFICE)
    verdict = decide(known, NOW).verdict
    assert isinstance(verdict, Later)
    assert verdict.until == NOW + timedelta(hours=2)
    assert isinstance(decide(known, verdict.until).verdict, Send)


def test_a_step_is_planned_after_its_wait_at_the_next_opening() -> None:
    step = replace(EMAIL, after=Wait(amount=4, unit=Unit.DAYS))
    assert plan(facts(step, window=OFFICE), NOW) == NOW + timedelta(days=6) - timedelta(
        hours=2
    )  # Monday, 9:00


def test_a_step_whose_date_is_missing_is_due_at_once_and_then_skipped() -> None:
    step = replace(EMAIL, after=Wait(unit=Unit.UNTIL, field="renewal"))
    for value in (None, "", "soon", "2026-13-45"):
        known = facts(step, lead=replace(ADA, fields={"renewal": value}))
        assert plan(known, NOW) == NOW
        assert rule_of(known) == "date-field"


def test_a_step_may_be_planned_before_a_date_of_the_lead() -> None:
    step = replace(EMAIL, after=Wait(unit=Unit.UNTIL, field="renewal", amount=-3))
    known = facts(step, lead=replace(ADA, fields={"renewal": date(2026, 12, 12)}))
    assert plan(known, NOW) == NOW + timedelta(days=8) - timedelta(hours=2)


def test_a_step_whose_windows_never_open_together_is_skipped_at_once() -> None:
    """It does not pend: whoever looks is told that it can never be sent, and why."""
    night = SendWindow.of(range(7), (22 * 60, 23 * 60))
    known = facts(SMS, window=night)
    assert plan(known, NOW) == NOW
    verdict = decide(known, NOW).verdict
    assert isinstance(verdict, Skip)
    assert verdict.why.rule == "never open"
    assert "it can never be sent: mon-sun 22:00-23:00" in verdict.why.text


def test_a_pause_freezes_what_was_left_of_the_wait() -> None:
    assert resumed(NOW + 3 * DAY, NOW, NOW + 10 * DAY) == NOW + 13 * DAY
    assert resumed(NOW - DAY, NOW, NOW + 10 * DAY) == NOW + 10 * DAY


def test_the_walk_knows_its_next_step() -> None:
    plan_ = cadence(EMAIL, SMS)
    assert next_step(plan_, "hello") == SMS
    assert next_step(plan_, "nudge") is None
    assert at_step(facts(cadence=plan_), SMS, NOW + DAY).step is SMS


ZONES = (
    "America/New_York",
    "America/Los_Angeles",
    "Pacific/Honolulu",
    "Europe/Berlin",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "America/St_Johns",
)


def random_facts(chance: random.Random) -> Facts:
    """Any step, wait, window and zone; one window in a hundred so early that no minute may suit all zones."""
    start = chance.randrange(14 * 60 if chance.random() < 0.99 else 0, 19 * 60, 15)
    days = chance.sample(range(7), chance.randint(1, 7))
    window = SendWindow.of(days, (start, start + chance.choice([15, 60, 240])))
    waits = (AT_ONCE, Wait(amount=chance.randint(1, 90), unit=chance.choice(list(Unit)[:4])))
    step = replace(chance.choice([EMAIL, SMS, VOICEMAIL, CALL]), after=chance.choice(waits))
    phone = replace(PHONE, zones=tuple(chance.sample(ZONES[:3], chance.randint(1, 2))))
    lead: Lead = replace(ADA, timezone=chance.choice([None, *ZONES]), addresses=(MAIL, phone))
    holidays = frozenset(date(2026, 12, day) for day in chance.sample(range(1, 32), 5))
    return facts(step, window=window, lead=lead, holidays=holidays)


@settings(max_examples=100)
@given(CHANCE)
def test_a_plan_lands_inside_every_window(chance: random.Random) -> None:
    """A hundred cases in each of a hundred examples: ten thousand."""
    for _ in range(100):
        known = random_facts(chance)
        anchor = NOW + timedelta(minutes=chance.randint(0, 400 * 24 * 60))
        at = plan(known, anchor)
        assert at >= anchor
        closed = [hours for hours in lawful.all_hours(known, at) if not hours.is_open(at)]
        if closed:
            # Only when no minute of the week suits them all: a text at night.
            assert known.step.channel.rings
            assert not any(
                all(hours.is_open(at + timedelta(minutes=15 * n)) for hours in lawful.all_hours(known, at))
                for n in range(4 * 24 * 7)
            )


@settings(max_examples=100)
@given(CHANCE, st.integers(0, 60 * 24 * 60))
def test_a_decision_is_pure_and_a_wait_is_worth_its_time(chance: random.Random, minutes: int) -> None:
    """The same facts give the same answer; and before a wait ends, the answer is still to wait."""
    known, now = random_facts(chance), NOW + timedelta(minutes=minutes)
    known = replace(known, planned_at=now)
    first = decide(known, now)
    assert decide(known, now) == first
    if isinstance(first.verdict, Later):
        assert first.verdict.until > now
        halfway = now + (first.verdict.until - now) / 2
        assert not isinstance(decide(known, halfway).verdict, Send)


def test_a_voicemail_without_consent_is_skipped_and_people_are_still_asked_to_call() -> None:
    assert isinstance(decide(facts(VOICEMAIL, consents=()), NOW).verdict, Skip)
    assert decide(facts(people.CALL, consents=()), NOW).verdict == Send(PHONE)


def test_what_stops_one_channel_lets_the_others_go() -> None:
    stopped = (Switch(name=f"channel:{Channel.SMS.value}"),)
    assert isinstance(decide(facts(SMS, switches=stopped), NOW).verdict, Later)
    assert isinstance(decide(facts(EMAIL, switches=stopped), NOW).verdict, Send)
