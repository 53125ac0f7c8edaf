"""Do-not-call lists are imported by the million, and whoever is on one is not called or texted (rule R11)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from outreach.domain.channel import Channel
from outreach.domain.errors import Forbidden, Mistake
from outreach.engine import donotcall, people
from outreach.engine.people import written_consent
from outreach.insight import donotcall as lists
from outreach.insight.why import why
from tests.world import World

ADA = "+12125550101"
TEXTS = (
    "cadences:\n  texts:\n    window: always\n    channels: {sms: {window: {days: mon-sun, hours: '08:00-21:00'}}}\n"
    "    steps: [{id: hello, email: hello.md}, {id: text, after: 1 hour, sms: text.txt}]\n"
)
NOVEMBER = datetime(2026, 11, 1, tzinfo=UTC)


def listed(world: World, *lines: str, **more: object) -> donotcall.Read:
    told = {"as_of": NOVEMBER, "by": "ops", **more}
    return donotcall.import_list(world.house, lines, "national", **told)  # type: ignore[arg-type]


def test_r11_a_number_on_a_list_is_not_texted_and_the_mail_goes(world: World) -> None:
    listed(world, "212,5550101")
    world.write(TEXTS)
    ada = world.enroll("Ada", "texts")
    world.pass_time(days=1)

    assert world.timeline(ada) == ["day 0  email  sent", "day 0  sms  skipped"]
    reason = world.touch(ada, "text").reason or ""
    assert reason == "R11 do not call: the number is on the national do-not-call list (as of 2026-11-01)"


def test_r11_a_list_that_comes_while_a_text_waits_is_heeded(world: World) -> None:
    world.write(TEXTS)
    ada = world.enroll("Ada", "texts")
    listed(world, ADA)
    [told] = why(world.house, ada.id)
    assert any(reason.rule == "R11 do not call" and reason.says.value == "skip" for reason in told.reasons)

    world.pass_time(days=1)

    assert world.timeline(ada) == ["day 0  email  sent", "day 0  sms  skipped"]


def test_r11_enrolling_says_so_beforehand(world: World) -> None:
    listed(world, ADA)
    world.write("cadences:\n  texts: {steps: [{id: text, sms: text.txt}]}\n")
    with pytest.raises(Forbidden, match=r"national do-not-call list .* \[R11 do not call\]"):
        world.enroll("Ada", "texts")


@pytest.mark.parametrize(("name", "sent"), [("national", 2), ("internal", 1)])
def test_r11_a_written_consent_outweighs_a_public_list_and_not_our_own(
    world: World, name: str, sent: int
) -> None:
    donotcall.import_list(world.house, [ADA], name, as_of=NOVEMBER, by="ops")
    world.write(TEXTS)
    consent = written_consent(Channel.SMS, "Yes, text me", at=world.at, how="form")
    ada = people.save(
        world.house,
        people.read_lead(
            {"email": "ada@client.example", "phone": ADA, "timezone": "America/New_York"}, country="US"
        ),
        by="rosa",
        consents=[consent],
    ).lead
    world.enroll(ada, "texts")
    world.pass_time(days=1)

    assert len(world.messages(ada)) == sent


def test_one_number_may_be_put_on_our_own_list_and_taken_off(world: World) -> None:
    world.write(TEXTS)
    ada = world.lead("Ada")
    assert donotcall.forbid(world.house, "(212) 555-0101", by="rosa", because="asked by phone") == ADA
    assert [one.name for one in lists.looked_up(world.house, ADA)[1]] == ["internal"]

    assert donotcall.allow(world.house, ADA, by="rosa")
    assert not donotcall.allow(world.house, ADA, by="rosa")
    world.enroll(ada, "texts")
    world.pass_time(days=1)
    assert len(world.messages(ada)) == 2


def test_lines_are_read_as_registries_write_them_and_bad_ones_are_told(world: World) -> None:
    done = listed(
        world,
        "phone",
        "212,5550101",
        "3055550102",
        '"305","5550103"',
        "1-405-555-0104",
        "+447911123456",
        "",
        "x",
        "12",
    )
    assert (done.lines, done.rejected, done.numbers) == (7, 2, 5)
    assert [line for line, _ in done.first_rejected] == [6, 7]
    assert lists.looked_up(world.house, "+447911123456")[1]


def test_a_file_without_numbers_and_a_name_that_is_none_are_refused(world: World) -> None:
    with pytest.raises(Mistake, match="no line of it holds a telephone number"):
        listed(world, "a letter", "to nobody")
    with pytest.raises(Mistake, match="cannot be the name of a list"):
        donotcall.import_list(world.house, [ADA], "our list!", as_of=NOVEMBER, by="ops")


def test_a_newer_edition_takes_off_what_is_not_in_it_any_more(world: World) -> None:
    listed(world, ADA, "+13055550102")
    again = listed(world, ADA, "+13055550103", as_of=NOVEMBER + timedelta(days=30), whole=True)

    assert (again.new, again.removed, again.numbers) == (1, 1, 2)
    assert not lists.looked_up(world.house, "+13055550102")[1]
    # The same file once more, after it was killed in the middle, changes nothing.
    once_more = listed(world, ADA, "+13055550103", as_of=NOVEMBER + timedelta(days=30), whole=True)
    assert (once_more.new, once_more.removed, once_more.numbers) == (0, 0, 2)


def test_a_public_list_older_than_31_days_is_stale_and_our_own_never_is(world: World) -> None:
    listed(world, ADA)
    donotcall.forbid(world.house, ADA, by="rosa")
    assert lists.stale(world.house) == []
    world.at += timedelta(days=40)
    assert [one.name for one in lists.stale(world.house)] == ["national"]
