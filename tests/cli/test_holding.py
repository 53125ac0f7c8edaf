"""`stop`, `pause`, `resume`, `suppress`: nothing goes out that somebody took back."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Desk

ADA = ("enroll", "ada@example.com", "trial", "--name", "Ada", "--phone", "+12125550142")


def test_whoever_is_stopped_receives_nothing(desk: Desk):
    desk.done(*ADA)
    assert "Ada (#1) stopped in trial" in desk.done("stop", "ada@example.com", "--because", "bought").out
    desk.deliver()
    assert desk.outbox() == []
    [walk] = desk.done("show", "1", "--json").json["enrollments"]
    assert (walk["state"], walk["reason"]) == ("stopped", "bought")


def test_a_stop_can_be_of_one_cadence(desk: Desk):
    desk.done(*ADA)
    desk.done("enroll", "ada@example.com", "calls")
    desk.done("stop", "Ada", "--cadence", "calls")
    states = {w["cadence"]: w["state"] for w in desk.done("show", "1", "--json").json["enrollments"]}
    assert states == {"trial": "active", "calls": "stopped"}


def test_a_dry_stop_stops_nobody(desk: Desk):
    desk.done(*ADA)
    assert "would be stopped in trial" in desk.done("stop", "Ada", "--dry-run").out
    assert desk.done("show", "1", "--json").json["enrollments"][0]["state"] == "active"


def test_a_stop_of_somebody_who_is_in_no_cadence_says_so(desk: Desk):
    desk.done(*ADA)
    desk.done("stop", "Ada")
    assert "is in no cadence: nothing to do" in desk.done("stop", "Ada").out


def test_a_pause_with_a_date_ends_at_midnight_where_the_lead_is(desk: Desk):
    desk.done("enroll", "ken@example.com", "trial", "--name", "Ken", "--timezone", "Asia/Tokyo")
    answer = desk.done("pause", "Ken", "--until", "2026-12-24")
    assert "paused in trial until Thu 2026-12-24 00:00 Asia/Tokyo" in answer.out
    assert desk.done("show", "1", "--json").json["enrollments"][0]["resume_at"] == "2026-12-23T15:00:00+00:00"
    assert "goes on in trial" in desk.done("resume", "Ken").out


@pytest.mark.parametrize(
    ("until", "said"),
    [("yesterday", "is no time"), ("2020-01-01", "is in the past"), ("3 moons", "is no time")],
)
def test_a_time_that_cannot_be_is_a_wrong_use(desk: Desk, until: str, said: str):
    desk.done(*ADA)
    answer = desk("pause", "Ada", "--until", until)
    assert answer.code == 2
    assert said in answer.err


def test_pausing_everything_lets_nothing_out_until_it_is_resumed(desk: Desk):
    desk.done(*ADA)
    assert desk.done("pause", "--all", "--because", "wrong price").out == "everything is paused\n"
    desk.deliver()
    assert desk.outbox() == []
    assert "! all is paused: wrong price" in desk.done("status").out
    assert desk.done("resume", "--all").out == "everything is running\n"
    assert desk.done("status", "--json").json["stopped"] == []


def test_a_channel_or_a_provider_is_paused_by_its_name(desk: Desk):
    desk.done("pause", "--channel", "sms")
    desk.done("pause", "--provider", "outbox")
    stopped = [switch["name"] for switch in desk.done("status", "--json").json["stopped"]]
    assert stopped == ["channel:sms", "provider:outbox"]
    for option, name, closest in (("--channel", "smss", "sms"), ("--provider", "outbocks", "outbox")):
        answer = desk("pause", option, name)
        assert answer.code == 2
        assert f"did you mean '{closest}'?" in answer.err


@pytest.mark.parametrize("words", [(), ("Ada", "--all"), ("--all", "--channel", "sms")])
def test_a_pause_is_of_one_thing(desk: Desk, words: tuple[str, ...]):
    answer = desk("pause", *words)
    assert answer.code == 2
    assert "say one of: a LEAD, --all" in answer.err


def test_a_suppressed_address_is_listed_and_can_be_lifted(desk: Desk):
    desk.done(*ADA)
    desk.done("suppress", "@example.com", "--because", "competitor")
    assert (
        "domain example.com is suppressed for every channel already"
        in desk.done("suppress", "@example.com").out
    )
    [row] = desk.done("suppressions", "--json").json
    assert (row["scope"], row["value"], row["source"]) == ("domain", "example.com", "competitor")
    desk.deliver()
    assert desk.outbox() == []
    assert "is lifted" in desk.done("unsuppress", "@example.com").out
    assert desk.done("suppressions").out == "nobody is suppressed\n"


def test_a_dry_suppression_is_none(desk: Desk):
    assert "would be suppressed" in desk.done("suppress", "ada@example.com", "--dry-run").out
    assert desk.done("suppressions", "--json").json == []


def test_what_is_no_address_cannot_be_suppressed(desk: Desk):
    answer = desk("suppress", "Ada")
    assert answer.code == 1
    assert "neither a mail address, a telephone number, a domain" in answer.err


def test_a_cadence_is_paused_for_everybody_in_it(desk: Desk):
    desk.done(*ADA)
    assert desk.done("pause", "--cadence", "trial").out == "cadence trial is paused\n"
    desk.done("enroll", "ben@example.com", "trial", "--name", "Ben")
    desk.deliver()
    assert desk.outbox() == []
    assert "cadence:trial is stopped" in desk.done("why", "Ada").out
    assert desk.done("resume", "--cadence", "trial").out == "cadence trial is running\n"
    desk.deliver()
    assert len(desk.outbox()) == 2


def test_a_cadence_that_does_not_exist_is_not_paused(desk: Desk):
    answer = desk("pause", "--cadence", "trail")
    assert "there is no cadence 'trail'" in answer.err
