"""Room under a cap, decided from counts alone; and what makes a storm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.channel import Channel
from outreach.domain.limits import (
    DAY,
    HORIZON,
    LONGEST_KEY,
    Alarm,
    Cap,
    Count,
    Days,
    Limits,
    Pace,
    Ramp,
    Turn,
    caps_of,
    chance,
    room,
)
from outreach.domain.storm import LONGEST, LONGEST_ASKED, Storms, stays_open

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)  # a Tuesday, eleven in the morning in New York
SECOND = timedelta(seconds=1)
GAP = timedelta(seconds=45)
ROLLING = Cap(key="sender:main:email", name="sender main, email", limit=3)
PACED = Cap(key="sender:main:email", name="sender main, email", pace=Pace(gap=GAP))


def turn(now: datetime = NOW, **change: object) -> Turn:
    return Turn(**{"now": now, "zone": NEW_YORK, **change})  # type: ignore[arg-type]


def test_the_last_24_hours_are_counted_and_a_wait_ends_when_a_place_frees() -> None:
    assert room(ROLLING, Count(used=2), turn()).until is None
    full = room(ROLLING, Count(used=3, frees=NOW + SECOND), turn())
    assert (full.until, full.text) == (NOW + SECOND, "sender main, email: 3 of 3 in 24 hours")


@given(st.integers(0, 10**6))
def test_where_every_place_is_promised_they_look_again_in_the_second_half_of_the_day(touch: int) -> None:
    until = room(ROLLING, Count(used=3), turn(chance=chance(touch, NOW))).until
    assert until is not None
    assert NOW + DAY / 2 <= until <= NOW + DAY


@pytest.mark.parametrize(("days", "allowed"), [(0, 20), (0.99, 20), (1, 30), (2, 40), (9, 110), (99, 400)])
def test_a_ramp_grows_by_the_day_up_to_the_limit(days: float, allowed: int) -> None:
    cap = Cap(key="k", name="k", limit=400, pace=Pace(ramp=Ramp(start=20, step=10)))
    assert cap.allowed(NOW - days * DAY, NOW) == allowed
    assert cap.allowed(None, NOW) == 20


def test_a_gap_is_kept_to_the_second() -> None:
    assert room(PACED, Count(), turn()).until is None
    assert room(PACED, Count(last_at=NOW - GAP), turn()).until is None
    early = room(PACED, Count(last_at=NOW - GAP + SECOND), turn())
    assert (early.until, early.slot) == (NOW + SECOND, NOW + SECOND)


def test_those_that_wait_get_slots_one_behind_the_other_and_only_so_far_ahead() -> None:
    count, slots = Count(last_at=NOW), []
    for _ in range(200):
        found = room(PACED, count, turn(chance=0.5))
        if found.slot is None:
            break
        slots.append(found.slot)
        count = Count(last_at=NOW, slot_at=found.slot)
    assert slots == [NOW + GAP * n for n in range(1, 81)]  # an hour full of slots
    assert found.until == NOW + HORIZON * 1.5


def test_first_touches_do_not_jump_the_line_and_follow_ups_do() -> None:
    line = Count(last_at=NOW - GAP, slot_at=NOW + 10 * SECOND)
    assert room(PACED, line, turn(first=True)).slot == NOW + 10 * SECOND + GAP
    assert room(PACED, line, turn()).until is None


def test_whose_slot_comes_a_little_early_waits_a_little_and_does_not_lose_it() -> None:
    count = Count(last_at=NOW - GAP + SECOND, slot_at=NOW + 20 * GAP)
    found = room(PACED, count, turn(first=True, returning=True))
    assert (found.until, found.slot) == (NOW + SECOND, None)


@given(st.integers(0, 10**6))
def test_jitter_comes_on_top_of_the_gap_and_never_below_it(n: int) -> None:
    cap = Cap(key="k", name="k", pace=Pace(gap=GAP, jitter=timedelta(seconds=30)))
    until = room(cap, Count(last_at=NOW + timedelta(microseconds=n)), turn(chance=chance(n))).until
    assert until is not None
    assert GAP <= until - NOW <= GAP + timedelta(seconds=61)


def test_jitter_is_the_same_for_the_same_seed_and_spread_evenly() -> None:
    drawn = [chance(n, "x") for n in range(2000)]
    assert drawn == [chance(n, "x") for n in range(2000)]
    assert 0.47 < sum(drawn) / 2000 < 0.53
    assert all(0 <= one < 1 for one in drawn)


@pytest.mark.parametrize(
    ("mark", "now", "until"),
    [
        # Marks and moments in UTC; midnight in New York is 5:00 in winter, 4:00 in summer.
        ("2026-12-01 06:00", "2026-12-02 04:59", "2026-12-02 05:00"),
        ("2026-12-01 04:00", "2026-12-01 16:00", None),  # it was yesterday there
        ("2026-11-01 04:30", "2026-11-02 04:30", "2026-11-02 05:00"),  # autumn: a day of 25 hours
        ("2026-11-01 04:30", "2026-11-02 05:00", None),
        ("2027-03-14 05:30", "2027-03-15 03:59", "2027-03-15 04:00"),  # spring: a day of 23 hours
        ("2027-03-14 05:30", "2027-03-15 04:00", None),
    ],
)
def test_a_day_is_a_calendar_day_where_the_lead_is(mark: str, now: str, until: str | None) -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    cap = Cap(key="lead:7", name="lead", days=Days(day=1))
    assert room(cap, Count(times=(at(mark),)), turn(at(now))).until == (at(until) if until else None)


def test_a_week_begins_on_monday() -> None:
    cap = Cap(key="lead:7", name="lead", days=Days(day=2, week=3))
    this_week = tuple(NOW - timedelta(hours=h) for h in (25, 24, 1))
    full = room(cap, Count(times=this_week), turn())
    assert full.until == datetime(2026, 12, 7, 5, 0, tzinfo=UTC)
    assert full.text == "lead: 1 of 2 today, 3 of 3 this week"
    last_week = tuple(NOW - timedelta(days=d) for d in (3, 4, 5))
    assert room(cap, Count(times=last_week), turn()).until is None


def test_what_was_claimed_just_before_midnight_may_arrive_after_it_and_counts_for_both_days() -> None:
    cap = Cap(key="lead:7", name="lead", days=Days(day=1))
    midnight = datetime(2026, 12, 2, 5, 0, tzinfo=UTC)
    asked = turn(midnight + SECOND, margin=10 * SECOND)
    assert room(cap, Count(times=(midnight - 5 * SECOND,)), asked).until == midnight + DAY
    assert room(cap, Count(times=(midnight - 15 * SECOND,)), asked).until is None


def test_the_longest_wait_of_a_cap_counts() -> None:
    cap = Cap(key="k", name="k", limit=1, pace=Pace(gap=GAP))
    count = Count(used=1, frees=NOW + DAY, last_at=NOW)
    assert room(cap, count, turn()).until == NOW + DAY


def test_a_touch_comes_under_the_caps_that_are_written_and_no_others() -> None:
    asked = {"lead_id": 7, "account_id": 3, "sender": "main", "rep": "rosa", "domain": "acme.example"}
    every = Limits(
        organisation={Channel.EMAIL: 9},
        sender={Channel.EMAIL: 9},
        rep={Channel.EMAIL: 9, Channel.CALL: 9},
        domain={Channel.EMAIL: 9},
        channel={Channel.VOICEMAIL: 9},
        lead=Days(day=1),
        account=Days(week=1),
        pace=Pace(gap=GAP),
    )

    def keys(limits: Limits, channel: Channel, **change: object) -> set[str]:
        return {cap.key for cap in caps_of(limits, channel=channel, **{**asked, **change})}  # type: ignore[arg-type]

    people = {"lead:7", "account:3"}
    assert keys(Limits(), Channel.EMAIL) == set()
    assert keys(every, Channel.EMAIL) == people | {
        "sender:main:email", "rep:rosa:email", "domain:acme.example:email", "organisation:all:email",
    }  # fmt: skip
    assert keys(every, Channel.SMS) == people  # the pace is for mail
    assert keys(every, Channel.CALL) == people | {"rep:rosa:call"}
    assert keys(every, Channel.VOICEMAIL) == people | {"channel:all:voicemail"}
    assert "domain:gmail.com:email" not in keys(every, Channel.EMAIL, domain="gmail.com")
    assert keys(every, Channel.EMAIL, account_id=None, sender=None, rep=None, domain=None) == {
        "lead:7",
        "organisation:all:email",
    }


def test_a_very_long_domain_still_has_a_key_of_its_own() -> None:
    limits = Limits(domain={Channel.EMAIL: 9})
    keys = {
        caps_of(limits, channel=Channel.EMAIL, lead_id=1, domain="x" * 250 + end)[0].key for end in ("a", "b")
    }
    assert len(keys) == 2
    assert all(len(key) <= LONGEST_KEY for key in keys)


def test_only_caps_bind() -> None:
    assert not Limits(alarm=Alarm(of=10), new_first=True, exempt=("a.example",)).bind
    assert Limits(pace=Pace(gap=GAP)).bind


# -- storms ----------------------------------------------------------------------------------------------------------


def weather(pattern: str, every: timedelta = SECOND) -> list[str]:
    """What the storms say to a row of answers: x failed, o did not."""
    storms = Storms()
    return [storms.note("p", NOW + n * every, failed=sign == "x") for n, sign in enumerate(pattern)]


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("xxxx", ""),
        ("xxxxx", "5 failures in a row"),
        ("xxxxoxxxx", ""),
        ("xo" * 9 + "x", ""),  # nineteen answers
        ("ox" * 10, "10 of the last 20 answers were failures"),
        ("oox" * 20, ""),
    ],
)
def test_a_row_of_failures_or_half_of_the_latest_is_a_storm(pattern: str, said: str) -> None:
    assert weather(pattern)[-1] == said


def test_failures_a_quarter_of_an_hour_apart_are_no_storm() -> None:
    assert not any(weather("x" * 40, timedelta(seconds=15)))


def test_a_storm_is_told_once_and_names_are_apart() -> None:
    assert [bool(said) for said in weather("x" * 10)] == [False] * 4 + [True] + [False] * 4 + [True]
    storms = Storms()
    assert not any(storms.note(f"sender:{n}:p", NOW, failed=True) for n in range(9))


@given(st.integers(1, 100), st.floats(0, 1), st.timedeltas(timedelta(), timedelta(days=9)))
def test_a_breaker_stays_open_longer_each_time_within_bounds(
    openings: int, lot: float, asked: timedelta
) -> None:
    span = stays_open(openings, asked, lot)
    assert min(asked, LONGEST_ASKED) <= span <= max(LONGEST, LONGEST_ASKED) * 1.25
    assert stays_open(openings + 1, None, lot) >= stays_open(openings, None, lot)
