"""`limits:` says what the team allows itself; whatever is wrong in it is refused with its place and a fix."""

from datetime import timedelta

import pytest
from cadence_files import TEAM, changed, told

from outreach.cadences import read
from outreach.domain.channel import Channel
from outreach.domain.limits import Alarm, Days, Limits, Pace, Ramp
from outreach.store import codec

WHOLE = """limits:
  organisation: {email: 2000/day, sms: 500 / day}
  sender: {email: 400/day, gap: 45s, jitter: 30 seconds, ramp: {start: 20, step: 10}}
  rep: {email: 80/day, call: 40 per day}
  domain: {email: 25/day, except: [Partner.example]}
  channel: {voicemail: 1_000/day}
  lead: {touches: 1/day, week: 4}
  account: {touches: 3 a day, week: 9/week}
  first: new leads
  breaker: {bounces: 5%, complaints: 0.2 %, of: 300, least: 100}
"""

STOP = "to stop a channel use `outreach pause --channel`; to have no limit remove this entry"

# What the limits (line 2) are, and what is said of them.
BROKEN = [
    ("{sender: {email: 400}}", "2:26: email: 400 is not a limit (write: 400/day)"),
    ("{sender: {email: 400/hour}}", "2:26: email: '400/hour': this limit counts per day (write: 400/day, or another number)"),
    ("{sender: {emial: 400/day}}", "2:19: 'sender' has no 'emial' (did you mean 'email'?)"),
    ("{sendr: {}}", "2:10: 'limits' has no 'sendr' (did you mean 'sender'?)"),
    ("{lead: {day: 1}}", "2:17: 'lead' has no 'day' (it has: touches, week, gap)"),
    ("{lead: {week: 5/day}}", "2:23: week: '5/day': this limit counts per week (write: 5/week, or another number)"),
    ("{domain: {email: 5/day, exept: [a.com]}}", "2:33: 'domain' has no 'exept' (did you mean 'except'?)"),
    ("{domain: {sms: 5/day}}", "2:19: 'domain' has no 'sms' (it has: email, except)"),
    ("{sender: {gap: 45}}", "2:24: gap: 45 is not a time between two (write it like: 45s, 90 seconds, 2 minutes)"),
    ("{sender: {gap: 2 days}}", "2:24: gap: '2 days' is longer than an hour (write a limit per day instead, such as email: 20/day)"),
    ("{sender: {gap: 2 hours}}", "2:24: gap: '2 hours' is longer than an hour (write a limit per day instead, such as email: 20/day)"),
    ("{sender: {gap: 0s}}", "2:24: gap: '0s' is no time at all (remove it, or write it like: 45s, 90 seconds, 2 minutes)"),
    ("{sender: {jitter: 4s}}", "2:19: jitter comes on top of a gap, and there is none (add  gap: 45s)"),
    ("{sender: {ramp: 20}}", "2:19: 'ramp' is not a group of named entries (it has: start, step)"),
    ("{sender: {ramp: {start: 5}}}", "2:19: 'ramp' has no 'step' (add  step:)"),
    ("{breaker: {bounces: 8}}", "2:29: bounces: 8 is not a share (write: 8%)"),
    ("{breaker: {bounces: 800%}}", "2:29: bounces: '800%' is not a share (write it like: 8%, or: 0.3%)"),
    ("{breaker: {of: many}}", "2:24: of: 'many' is not a whole number (write it like: 200)"),
    ("{first: old}", "2:17: first: 'old' is not known (write one of: follow-ups, new leads)"),
    ("{rep: {email: 1.5/day}}", "2:23: email: '1.5/day' is not a whole number (write it like: 400/day)"),
    ("{rep: {email: -5/day}}", "2:23: email: '-5/day' is not a limit (write it like: 400/day)"),
    ("{rep: {email: }}", "2:16: 'email' is empty (write something after it, or remove it)"),
    ("{rep: 80/day}", "2:10: 'rep' is not a group of named entries (it has: email, sms, voicemail, call, letter, social)"),
    ("{sender: }", "2:10: 'sender' is empty (write something after it, or remove it)"),
    ("[a]", "2:1: 'limits' is not a group of named entries (it has: organisation, sender, rep, domain, channel, prefix, lead, account, first, breaker)"),
    (
        "{lead: {touches: 0/day}}",
        f"2:26: touches: '0/day' would let nothing through ({STOP})",
    ),
    (
        "{rep: {email: 99999999999/day}}",
        "2:23: email: '99999999999/day' is more than anybody sends (check the zeros, or write it like: 400/day)",
    ),
]  # fmt: skip


def limits_of(text: str) -> Limits:
    return read(changed("defaults: {}\n", text)).team.limits


def test_every_limit_is_read() -> None:
    assert limits_of(WHOLE) == Limits(
        organisation={Channel.EMAIL: 2000, Channel.SMS: 500},
        sender={Channel.EMAIL: 400},
        rep={Channel.EMAIL: 80, Channel.CALL: 40},
        domain={Channel.EMAIL: 25},
        channel={Channel.VOICEMAIL: 1000},
        exempt=("partner.example",),
        pace=Pace(gap=timedelta(seconds=45), jitter=timedelta(seconds=30), ramp=Ramp(start=20, step=10)),
        lead=Days(day=1, week=4),
        account=Days(day=3, week=9),
        alarm=Alarm(bounces=0.05, complaints=0.002, of=300, least=100),
        new_first=True,
    )


def test_without_limits_nothing_binds() -> None:
    assert not read(TEAM).team.limits.bind
    assert not limits_of("limits: {first: new leads, breaker: {of: 300}}\n").bind
    assert limits_of("limits: {lead: {week: 4}}\n").bind


def test_limits_survive_the_database() -> None:
    team = read(changed("defaults: {}\n", WHOLE)).team
    assert codec.team(codec.document(team)) == team


@pytest.mark.parametrize(("written", "expected"), BROKEN)
def test_a_broken_limit_is_named(written: str, expected: str) -> None:
    assert told(changed("defaults: {}", f"limits: {written}")) == [expected]
