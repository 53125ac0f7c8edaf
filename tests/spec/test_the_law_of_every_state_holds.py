"""Telephones ring by the law of every place a number may be in, and no oftener; the law is data, asked when a touch goes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text

from outreach.casework.house import House, new_token
from outreach.casework.lawbook import lawbook
from outreach.domain.channel import Channel
from outreach.domain.errors import Forbidden, Unavailable, Uncertain
from outreach.domain.law import Book, Checked, Line
from outreach.domain.message import Message
from outreach.domain.people import Lead
from outreach.domain.touch import Disposition
from outreach.engine import dispatch, enroll, tasks
from outreach.engine.deliver import deliver
from outreach.insight.why import why
from outreach.store import telephones
from outreach.store.database import Store
from outreach.store.schema import touches
from tests.domain.laws import hours
from tests.world import World

ALWAYS = "channels: {sms: {window: {days: mon-sun, hours: '08:00-21:00'}}, call: {window: {days: mon-sun, hours: '08:00-21:00'}}}"
TEXTS = f"cadences:\n  texts: {{window: always, {ALWAYS}, steps: [{{id: text, sms: text.txt}}]}}\n"
MANY = "cadences:\n" + "".join(
    f"  c{n}: {{window: always, {ALWAYS}, steps: [{{id: text, sms: text.txt}}]}}\n" for n in range(9)
)
CALLS = MANY + f"  calls: {{{ALWAYS}, steps: [{{id: call, call: call.md}}]}}\n"

FLORIDA, OKLAHOMA, MARYLAND, NEW_YORK = "+13055550101", "+14055550101", "+14105550101", "+12125550101"
EAST = ZoneInfo("America/New_York")


def texted(world: World, lead: Lead) -> int:
    return len(world.messages(lead))


def at(world: World) -> str:
    return f"{world.at.astimezone(EAST):%a %H:%M}"


def cathy(world: World, phone: str = FLORIDA, name: str = "Cathy", **more: str) -> Lead:
    return world.lead(name, phone=phone, **more)


# -- R2 to R5: hours ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("details", "rule"),
    [
        ({"phone": FLORIDA}, "R2 Florida hours"),  # the area code says so
        ({"phone": NEW_YORK, "region": "FL"}, "R2 Florida hours"),  # the lead does
        ({"phone": "+12065550101", "timezone": "America/Los_Angeles"}, "R4 Washington hours"),
        (
            {"phone": "+15005550101"},
            "R5 Connecticut hours",
        ),  # of no state: it may be in any
    ],
)
def test_after_eight_in_the_evening_a_state_may_be_quiet(
    world: World, details: dict[str, str], rule: str
) -> None:
    """20:30 in the called person's zone: the federal rule would let it ring."""
    zone = details.get("timezone", "America/New_York")
    world.begin(datetime(2026, 12, 1, 20, 30, tzinfo=ZoneInfo(zone)).astimezone(UTC))
    world.write(TEXTS)
    phone = "+12125550102" if zone == "America/New_York" else "+14155550102"
    ben = world.enroll(world.lead("Ben", phone=phone, timezone=zone), "texts")
    assert texted(world, ben) == 1  # New York and California have no hours of their own

    lead = world.enroll(world.lead("Cathy", **details), "texts")

    [told] = why(world.house, lead.id)
    assert texted(world, lead) == 0
    assert [r.rule for r in told.reasons if r.says.value != "pass" and r.rule.startswith("R")] == [rule]
    world.pass_time(days=1)
    assert texted(world, lead) == 1


def test_a_number_of_one_state_in_the_zone_of_another_keeps_the_hours_of_both(world: World) -> None:
    """A New York number on a phone in Chicago's zone: Kentucky, which begins at ten, cannot be ruled out."""
    world.begin(datetime(2026, 12, 1, 15, 30, tzinfo=UTC))  # 9:30 in Chicago
    world.write(TEXTS)
    lead = world.enroll(cathy(world, NEW_YORK, timezone="America/Chicago"), "texts")
    assert texted(world, lead) == 0

    world.until(datetime(2026, 12, 1, 16, 0, tzinfo=UTC))

    assert texted(world, lead) == 1


def test_sundays_and_holidays_of_the_state(world: World) -> None:
    """Alabama: no calls on Sundays, nor on its own holidays. Christmas 2026 is a Friday."""
    world.begin(datetime(2026, 12, 25, 16, 0, tzinfo=UTC))
    world.write(TEXTS.replace("window: always", "window: {hours: '00:00-24:00', on_holidays: true}").replace(
        "'08:00-21:00'}", "'08:00-21:00', on_holidays: true}"))  # fmt: skip
    lead = world.enroll(cathy(world, "+12055550101", timezone="America/Chicago"), "texts")
    assert texted(world, lead) == 0

    world.pass_time(days=1)
    sent = world.touch(lead, "text").sent_at
    assert sent is not None
    assert sent.astimezone(ZoneInfo("America/Chicago")) == datetime(
        2026, 12, 26, 8, 0, tzinfo=ZoneInfo("America/Chicago")
    )


def test_an_upgrade_of_the_law_is_felt_by_what_was_planned_before(world: World) -> None:
    """R20 and the gate: what was planned under the old law is judged by the new one when its time comes."""
    world.deaf = True
    world.write(TEXTS)
    ada = world.enroll("Ada", "texts")
    world.deaf = False
    sources = lawbook().sources
    stricter = Line(
        rule="R5",
        place="US-NY",
        window=hours(12, 20),
        since=date(2026, 12, 1),
        source="a new law",
        checked=Checked.OFFICIAL,
    )
    new = Book(replace(sources, version="next", lines=(*sources.lines, stricter)))
    object.__setattr__(world.house, "law", lambda: new)

    world.pass_time(minutes=1)
    assert world.touch(ada, "text").waiting_for == "R5 New York hours"

    world.pass_time(hours=3)
    with world.store.read() as db:
        kept = db.scalar(select(touches.c.decision).where(touches.c.lead_id == ada.id))
    assert at(world) == "Tue 13:01"
    assert world.timeline(ada) == ["day 0  sms  sent"]
    assert kept["rules"] == "next"


def test_a_law_holds_from_its_day_on(world: World) -> None:
    """Pennsylvania's Sundays are closed from 18 October 2026 on; the Sunday before was open."""
    sources = lawbook().sources
    for day, open_ in ((date(2026, 10, 11), True), (date(2026, 10, 18), False)):
        law = Book(sources).at(datetime(day.year, day.month, day.day, 18, tzinfo=UTC))
        lead = cathy(world, "+12155550101")
        found = law.ringing(lead, lead.addresses[-1], Channel.SMS)
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=EAST)
        assert all(h.is_open(noon) for h in found.hours) is open_


def test_hours_that_never_come_are_an_error_when_somebody_is_enrolled(world: World) -> None:
    """A step that only goes on Sundays can never reach Alabama: it is said at once, not left pending."""
    world.write(TEXTS.replace("days: mon-sun", "days: sun"))
    with pytest.raises(Forbidden, match=r"it can never be sent: sun 08:00-21:00 .* never open together"):
        world.enroll(cathy(world, "+12055550101", timezone="America/Chicago"), "texts")


def test_hours_that_never_come_for_one_step_are_a_warning(world: World) -> None:
    world.write(
        f"cadences:\n  texts: {{window: always, {ALWAYS.replace('mon-sun', 'sun')}, "
        "steps: [{id: hello, email: hello.md}, {id: text, after: 1 day, sms: text.txt}]}\n"
    )
    done = enroll.enroll(
        world.house, cathy(world, "+12055550101", timezone="America/Chicago"), "texts", by="rosa"
    )
    assert any("it can never be sent" in warning for warning in done.warnings)


# -- R2, R3, R5: how often ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phone", "zone", "rule"),
    [
        (FLORIDA, "America/New_York", "R2 Florida 24 hours"),
        (OKLAHOMA, "America/Chicago", "R3 Oklahoma 24 hours"),
        (MARYLAND, "America/New_York", "R5 Maryland 24 hours"),
    ],
)
def test_the_fourth_in_24_hours_waits_whatever_cadence_it_comes_from(
    world: World, phone: str, zone: str, rule: str
) -> None:
    world.write(MANY)
    lead = cathy(world, phone, timezone=zone)
    for n in range(5):
        world.enroll(lead, f"c{n}")

    assert texted(world, lead) == 3
    waiting = [t for t in world.touches(lead) if t.state == "queued"]
    assert {t.waiting_for for t in waiting} == {rule}
    [told] = why(world.house, lead.id, cadence="c4")
    assert "3 of 3 to this number in 24 hours" in told.answer


def test_a_state_without_such_a_law_does_not_count(world: World) -> None:
    world.write(MANY)
    ada = world.lead("Ada")
    for n in range(5):
        world.enroll(ada, f"c{n}")
    assert texted(world, ada) == 5


def test_two_leads_with_one_number_share_its_count(world: World) -> None:
    world.write(MANY)
    cathy_, carl = cathy(world), cathy(world, name="Carl")
    for n in range(2):
        world.enroll(cathy_, f"c{n}")
        world.enroll(carl, f"c{n}")

    assert len([m for m, _ in world.provider.sent if m.to == FLORIDA]) == 3


def test_a_call_that_a_rep_made_counts_and_one_that_is_only_planned_does_not(world: World) -> None:
    world.write(CALLS)
    lead = cathy(world)
    for n in range(2):
        world.enroll(lead, f"c{n}")
    world.enroll(lead, "calls")
    task = world.touch(lead, "call")
    assert task.state == "open"
    tasks.done(world.house, task.id, Disposition.NO_ANSWER, by="rosa")

    world.enroll(lead, "c2")

    assert texted(world, lead) == 2


def fails(world: World, error: Exception) -> None:
    """The next request, and no other, comes to nothing."""

    def once(message: Message, token: str) -> None:
        world.provider.on_send = lambda message, token: None
        raise error

    world.provider.on_send = once


def test_what_may_have_gone_out_counts_and_what_certainly_did_not_does_not(world: World) -> None:
    world.write(MANY)
    lead = cathy(world)
    fails(world, Uncertain("no answer"))
    world.enroll(lead, "c0")
    fails(world, Unavailable("down"))
    world.enroll(lead, "c1")
    for n in range(2, 6):
        world.enroll(lead, f"c{n}")

    assert texted(world, lead) == 2  # and the one in doubt makes three
    world.pass_time(hours=3)
    assert texted(world, lead) == 2


def test_after_a_day_there_is_room_again(world: World) -> None:
    world.write(MANY)
    lead = cathy(world)
    for n in range(3):
        world.enroll(lead, f"c{n}")
    world.pass_time(hours=24, minutes=1)
    world.enroll(lead, "c3")
    assert texted(world, lead) == 4


@pytest.fixture
def on_postgres(tmp_path: Path, postgres_url: str) -> Iterator[World]:
    """The little theatre on PostgreSQL only: on SQLite the one writer is the lock, and cannot be taken away."""
    store = Store.open(postgres_url)
    with World(tmp_path, store, None) as theatre:
        yield theatre
    store.close()


def nine_with_one_number(world: World) -> list[int]:
    """Nine people, one telephone, and a touch for each that waits for a worker."""
    world.write(MANY)
    world.deaf = True
    for n in range(9):
        enroll.enroll(world.house, cathy(world, name=f"Cathy{n}"), f"c{n}", by="rosa")
    dispatch.dispatch(world.house)
    with world.store.read() as db:
        return list(db.scalars(text("SELECT id FROM touches WHERE state = 'queued' ORDER BY id")))


def all_at_once(world: World, house: House, ids: list[int]) -> int:
    """Each touch is taken by another worker at the same moment; returns how many went out."""
    start = threading.Barrier(len(ids))

    def work(touch: int) -> None:
        start.wait()
        deliver(house, [touch], pool)

    with ThreadPoolExecutor(len(ids)) as pool, ThreadPoolExecutor(len(ids)) as threads:
        for done in [threads.submit(work, one) for one in ids]:
            done.result()
    return len(world.provider.sent)


def test_nine_workers_never_make_a_fourth_call(world: World) -> None:
    ids = nine_with_one_number(world)
    assert len(ids) == 9
    assert all_at_once(world, world.house, ids) == 3


def test_MUTANT_without_the_lock_on_the_number_the_same_race_is_lost(
    on_postgres: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proof of the proof: this takes the lock away, and all of them have counted before the first commits."""
    world, every = on_postgres, threading.Barrier(5, timeout=20)
    ids = nine_with_one_number(world)[:5]

    def meet() -> str:
        every.wait()
        return new_token()

    monkeypatch.setattr(telephones._HOLD, "_postgres", "SELECT %(numbers)s")  # THE MUTANT: nothing is held
    assert all_at_once(world, replace(world.house, new_token=meet), ids) == 5


# -- R19: numbers nobody should ring ------------------------------------------------------------------------------------


def test_r19_a_toll_free_number_is_refused_by_name(world: World) -> None:
    world.write(TEXTS)
    with pytest.raises(Forbidden, match=r"it is a toll-free number: .* \[R19 country\]"):
        world.enroll(cathy(world, "+18005550101"), "texts")


def test_r10_a_stop_is_not_answered_by_a_text_of_ours(world: World) -> None:
    """The provider confirms it; a second confirmation would be one too many."""
    world.write(TEXTS)
    ada = world.enroll("Ada", "texts")
    world.reply(ada, "STOP", channel=Channel.SMS)
    world.pass_time(days=3)
    assert texted(world, ada) == 1


def test_a_number_is_not_called_a_minute_longer_than_the_day_allows(world: World) -> None:
    """The window counts from the claim, and a request may arrive a little later: so the day is that much longer."""
    world.write(MANY)
    lead = cathy(world)
    for n in range(3):
        world.enroll(lead, f"c{n}")
    world.enroll(lead, "c3")
    waiting = next(t for t in world.touches(lead) if t.state == "queued")
    assert waiting.due_at is not None
    assert waiting.due_at >= world.at + timedelta(hours=24, seconds=10)
