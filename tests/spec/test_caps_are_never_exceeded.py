"""No cap is exceeded by one, however many work at once; what is over it waits its turn, with a reason, and goes."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import text

from outreach.domain.errors import Refused, Unavailable, Uncertain
from outreach.domain.event import Delivered
from outreach.domain.message import Message
from outreach.domain.people import Lead
from outreach.engine import apply, dispatch, enroll
from outreach.engine.caps import forget
from outreach.engine.deliver import deliver
from outreach.insight.why import why
from outreach.store import caps, dispatching
from outreach.store.database import Store
from tests.world import World

DAY = timedelta(hours=24)
MARGIN = timedelta(
    seconds=10
)  # how much later than its claim a request may arrive: a window is longer by so much

MAILS = "cadences: {trial: {window: always, steps: [{id: hello, email: hello.md}]}}\n"
TWO = """\
cadences:
  trial: {window: always, steps: [{id: hello, email: hello.md}, {id: again, after: 2 days, email: again.md}]}
  other: {window: always, steps: [{id: hello, email: hello.md}]}
"""


def limited(world: World, limits: str, cadences: str = MAILS) -> None:
    world.write(f"limits: {limits}\n{cadences}")


def crowd(world: World, count: int, cadence: str = "trial", **details: str) -> list[Lead]:
    """That many leads, enrolled; no bell is heard before the next tick of the clock."""
    found, deaf = [], world.deaf
    world.deaf = True
    for n in range(count):
        email = details.get("email", f"lead{n}@client{n}.example").replace("N", str(n))
        lead = world.lead(f"Lead{n}", **{**details, "email": email})
        enroll.enroll(world.house, lead, cadence, by="rosa")
        found.append(lead)
    world.deaf = deaf
    return found


def queued(world: World) -> list[int]:
    """Every touch that waits, queued by a tick of the clock that rings no bell."""
    world.deaf = True
    dispatch.dispatch(world.house)
    world.deaf = False
    with world.store.read() as db:
        return list(db.scalars(text("SELECT id FROM touches WHERE state = 'queued' ORDER BY id")))


def all_at_once(world: World, ids: Sequence[int], workers: int = 8) -> None:
    """As many workers, each of which was rung for every touch, begin at the same moment."""
    start = threading.Barrier(workers)

    def work(turn: int) -> None:
        start.wait()
        deliver(world.house, [*ids[turn * 7 :], *ids[: turn * 7]], pool)

    with ThreadPoolExecutor(workers * 8) as pool, ThreadPoolExecutor(workers) as threads:
        for done in [threads.submit(work, turn) for turn in range(workers)]:
            done.result()


def watched(world: World) -> list[datetime]:
    """The business times at which the provider is asked, from now on."""
    times: list[datetime] = []
    world.provider.on_send = lambda message, token: times.append(world.at)
    return times


def most_in(times: Sequence[datetime], span: timedelta) -> int:
    """The most that fall into any such span."""
    ordered = sorted(times)
    return max((sum(first <= at < first + span for at in ordered) for first in ordered), default=0)


def waiting(world: World, rule: str = "cap") -> list[datetime]:
    """When those come back that wait because of this rule."""
    with world.store.read() as db:
        found = db.execute(
            text("SELECT due_at FROM touches WHERE state = 'queued' AND waiting_for = :rule ORDER BY due_at"),
            {"rule": rule},
        ).scalars()
        return [
            datetime.fromisoformat(at).replace(tzinfo=UTC) if isinstance(at, str) else at.astimezone(UTC)
            for at in found
        ]


def put_backs(world: World) -> int:
    with world.store.read() as db:
        return db.execute(text("SELECT count(*) FROM history WHERE cause = 'put back'")).scalar_one()


# -- exact -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "limits",
    [
        "{sender: {email: 100/day}}",
        "{rep: {email: 100/day}, organisation: {email: 110/day}, lead: {touches: 1/day}}",
    ],
    ids=["one cap", "several caps"],
)
def test_eight_workers_and_a_cap_of_100_send_exactly_100(world: World, limits: str) -> None:
    limited(world, limits)
    crowd(world, 150)

    all_at_once(world, queued(world))

    assert len(world.provider.sent) == 100
    assert len(waiting(world)) == 50


@pytest.fixture
def on_postgres(tmp_path: Path, postgres_url: str) -> Iterator[World]:
    """The little theatre on PostgreSQL only: on SQLite the one writer is the lock, and cannot be taken away."""
    store = Store.open(postgres_url)
    with World(tmp_path, store, None) as theatre:
        yield theatre
    store.close()


def test_MUTANT_without_the_lock_on_the_caps_the_same_race_is_lost(
    on_postgres: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proof of the proof: this takes the lock away, and a cap of 11 lets 41 through."""
    world = on_postgres
    limited(world, "{sender: {email: 11/day}}")
    world.enroll("Ada")  # so that the row is there
    crowd(world, 40)
    ids = queued(world)
    every = threading.Barrier(5, timeout=20)  # each claim has counted before any of them commits
    met = threading.local()

    def meet() -> str:
        if not getattr(met, "once", False):
            met.once = True
            every.wait()
        return world.house.new_token()

    house = replace(world.house, new_token=meet)
    monkeypatch.setitem(caps._ROWS, "update", caps._ROWS[None])  # THE MUTANT: rows are read, not held
    with ThreadPoolExecutor(40) as pool, ThreadPoolExecutor(5) as threads:
        for done in [threads.submit(deliver, house, ids[n : n + 8], pool) for n in range(0, 40, 8)]:
            done.result()

    assert len(world.provider.sent) == 41


def test_in_no_24_hours_more_than_the_cap_and_everybody_has_their_turn(world: World) -> None:
    limited(world, "{sender: {email: 10/day}}")
    times = watched(world)
    crowd(world, 12)
    world.pass_time(hours=20)
    crowd(world, 30, email="laterN@else.example")
    world.pass_time(days=9)

    assert len(times) == 42
    assert most_in(times, DAY) == 10
    assert put_backs(world) < 3 * 42  # those that wait are not asked again and again


def test_a_place_frees_exactly_when_the_oldest_leaves_the_window(world: World) -> None:
    limited(world, "{organisation: {email: 2/day}}")
    times = watched(world)
    crowd(world, 1)
    world.pass_time(hours=5)
    crowd(world, 1, email="nextN@else.example")
    world.settle()
    crowd(world, 3, email="lastN@else.example")
    world.settle()
    began = world.day_zero

    frees = [began + DAY + MARGIN, began + timedelta(hours=5) + DAY + MARGIN]
    assert [at in waiting(world) for at in frees] == [True, True]
    world.pass_time(days=1, minutes=1)
    assert times == [began, began + timedelta(hours=5), *frees]
    assert most_in(times, DAY) == 2


def test_what_may_have_gone_out_keeps_its_place_and_what_certainly_did_not_frees_it(world: World) -> None:
    limited(world, "{sender: {email: 2/day}}")
    answers: Iterator[Exception | None] = iter(
        [Uncertain("no answer"), Unavailable("429"), Refused("bad"), None, None, None]
    )

    def answer(message: Message, token: str) -> None:
        error = next(answers)
        if error:
            raise error

    world.provider.on_send = answer
    leads = [world.enroll(name) for name in ("Ada", "Ben", "Cleo", "Dan")]
    states = [world.touch(lead, "hello").state.value for lead in leads]

    # Ada's may have gone out and Cleo's was taken and refused: both count; Ben's certainly did not.
    assert states == ["uncertain", "queued", "failed", "queued"]
    assert [world.touch(leads[n], "hello").waiting_for for n in (1, 3)] == ["provider", "cap"]


def test_what_a_callback_proved_counts_though_the_worker_heard_nothing_of_it(world: World) -> None:
    limited(world, "{sender: {email: 1/day}}")

    def call_back_and_break(message: Message, token: str) -> None:
        world.tell(Delivered(key=f"d-{token}", token=token))
        raise Unavailable("connection refused")

    world.provider.on_send = call_back_and_break
    world.enroll("Ada")
    world.provider.on_send = lambda message, token: None
    ben = world.enroll("Ben")

    assert world.touch(ben, "hello").waiting_for == "cap"


# -- which caps ------------------------------------------------------------------------------------------------------


def test_one_company_gets_so_many_a_day_and_free_mail_hosts_are_nobody_s(world: World) -> None:
    limited(world, "{domain: {email: 2/day, except: [partner.example]}}")
    for domain in ("client.example", "gmail.com", "partner.example"):
        crowd(world, 4, email=f"leadN@{domain}")
    world.settle()

    went = [message.to.partition("@")[2] for message, _ in world.provider.sent]
    assert {domain: went.count(domain) for domain in set(went)} == {
        "client.example": 2,
        "gmail.com": 4,
        "partner.example": 4,
    }


@pytest.mark.parametrize(
    ("began", "midnight"),
    [
        (datetime(2026, 12, 1, 15, 0, tzinfo=UTC), datetime(2026, 12, 2, 5, 0, tzinfo=UTC)),
        (
            datetime(2026, 11, 1, 4, 30, tzinfo=UTC),
            datetime(2026, 11, 2, 5, 0, tzinfo=UTC),
        ),  # a day of 25 hours
        (
            datetime(2027, 3, 14, 5, 30, tzinfo=UTC),
            datetime(2027, 3, 15, 4, 0, tzinfo=UTC),
        ),  # a day of 23 hours
    ],
)
def test_a_lead_gets_one_touch_a_day_where_they_live(
    world: World, began: datetime, midnight: datetime
) -> None:
    limited(world, "{lead: {touches: 1/day}}", TWO)
    world.begin(began)
    times = watched(world)
    ada = world.enroll("Ada")
    world.enroll(ada, "other")

    world.until(midnight - timedelta(seconds=1))
    assert times == [began]
    world.until(midnight)
    assert times == [began, midnight]


def test_a_lead_gets_four_touches_a_week_from_monday_on(world: World) -> None:
    steps = ", ".join(f"{{id: s{n}, after: 1 day, email: other.md}}" for n in range(8))
    limited(world, "{lead: {week: 4}}", f"cadences: {{trial: {{window: always, steps: [{steps}]}}}}\n")
    times = watched(world)
    world.enroll("Ada")  # a Tuesday
    world.pass_time(days=16)

    assert [at.strftime("%a") for at in times] == ["Wed", "Thu", "Fri", "Sat", "Mon", "Tue", "Wed", "Thu"]


def test_a_block_of_neighbouring_numbers_gets_so_many_texts_a_day(world: World) -> None:
    """Toll fraud: a form filled in by a machine with numbers of one block, which earn their owner money."""
    texts = (
        "cadences: {trial: {channels: {sms: {window: {days: mon-sun, hours: '08:00-21:00'}}}, "
        "steps: [{id: text, sms: text.txt}]}}\n"
    )
    limited(world, "{prefix: {sms: 2/day}}", texts)
    for n in range(5):
        world.enroll(world.lead(f"Lead{n}", phone=f"+121255501{n}0"))
    other = world.enroll(world.lead("Ben", phone="+12125560102"))

    assert len(world.provider.sent) == 3
    assert len(world.messages(other)) == 1


def test_two_touches_of_one_person_are_never_closer_than_the_least_gap(world: World) -> None:
    """Two cadences, two channels, one person: four hours apart, also over midnight and into a new week."""
    limited(world, "{lead: {gap: 4 hours}}", TWO)
    world.begin(datetime(2026, 12, 7, 3, 0, tzinfo=UTC))  # Sunday, 22:00 in New York
    times = watched(world)
    ada = world.enroll("Ada")
    world.enroll(ada, "other")
    waiting = next(t for t in world.touches(ada) if t.state == "queued")
    assert waiting.waiting_for == "cap"

    world.pass_time(hours=5)

    assert times == [world.day_zero, world.day_zero + timedelta(hours=4)]


def test_the_people_of_one_company_may_keep_their_distance_too(world: World) -> None:
    limited(world, "{account: {gap: 90 minutes, touches: 5/day}}")
    times = watched(world)
    for name in ("Ada", "Ben"):
        world.enroll(world.lead(name, company="Analytical"))
    world.pass_time(hours=2)

    assert times == [world.day_zero, world.day_zero + timedelta(minutes=90)]


def test_the_people_of_one_company_share_their_touches(world: World) -> None:
    limited(world, "{account: {touches: 1/day}}")
    ada, ben = world.lead("Ada", company="Analytical"), world.lead("Ben", company="Analytical")
    world.enroll(ada)
    world.enroll(ben)

    assert [len(world.messages(lead)) for lead in (ada, ben)] == [1, 0]
    world.pass_time(days=1)
    assert [len(world.messages(lead)) for lead in (ada, ben)] == [1, 1]


def test_a_rep_gets_so_many_calls_a_day(world: World) -> None:
    limited(
        world,
        "{rep: {call: 2/day}}",
        "cadences: {trial: {window: always, channels: {call: {window: {days: mon-sun, hours: '08:00-21:00'}}},"
        " steps: [{id: ring, call: call.md}]}}\n",
    )
    leads = [world.enroll(name) for name in ("Ada", "Ben", "Cleo")]

    assert [world.touch(lead, "ring").state.value for lead in leads] == ["open", "open", "queued"]
    world.pass_time(days=2)
    assert world.touch(leads[2], "ring").state == "open"


def test_a_new_sender_begins_small_and_gets_more_each_day(world: World) -> None:
    limited(world, "{sender: {email: 5/day, ramp: {start: 2, step: 1}}}")
    times = watched(world)
    crowd(world, 14)
    world.pass_time(days=5)

    by_day = [sum((at - world.day_zero) // DAY == n for at in times) for n in range(5)]
    assert by_day[0] == 2
    assert all(day <= 2 + n for n, day in enumerate(by_day))
    assert 2 < most_in(times, DAY) <= 5
    assert sum(by_day) >= 2 + 2 + 3 + 3


# -- pace and turns --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jitter", ["", ", jitter: 30s"])
def test_mails_of_a_sender_keep_their_distance_and_those_that_wait_come_back_one_by_one(
    world: World, jitter: str
) -> None:
    gap = timedelta(seconds=45)
    limited(world, f"{{sender: {{gap: 45s{jitter}}}}}")
    times = watched(world)
    crowd(world, 30)
    world.settle()

    slots = [world.at, *waiting(world)]
    assert len(slots) == 30
    assert all(later - earlier >= gap for earlier, later in pairwise(slots))
    world.pass_time(hours=1)
    ordered = sorted(times)
    assert len(ordered) == 30
    assert all(later - earlier >= gap for earlier, later in pairwise(ordered))
    assert put_backs(world) <= 2 * 29


def test_a_monday_morning_does_not_burst(world: World) -> None:
    limited(
        world,
        "{sender: {gap: 60s}}",
        "cadences: {trial: {window: {days: [mon], hours: '09:00-17:00'}, steps: [{id: hello, email: hello.md}]}}\n",
    )
    times = watched(world)
    crowd(world, 40)
    world.pass_time(days=7)

    assert len(times) == 40
    assert most_in(times, timedelta(minutes=10)) <= 10


def test_ten_thousand_that_wait_are_spread_over_the_day(world: World) -> None:
    """A tenth of them here: when every place of the next day is promised, the rest look again half a day later."""
    limited(world, "{sender: {email: 5/day}}")
    crowd(world, 60)
    world.settle()

    back = waiting(world)
    assert len(back) == 55
    assert sum(at == world.at + DAY + MARGIN for at in back) == 5  # a place each
    assert len({at for at in back if at < world.at + DAY}) == 50
    assert min(back) >= world.at + DAY / 2


@pytest.mark.parametrize(("order", "expected"), [("follow-ups", "again"), ("new leads", "hello")])
def test_follow_ups_go_before_first_touches_unless_told_otherwise(
    world: World, order: str, expected: str
) -> None:
    limited(world, f"{{first: {order}}}", TWO)
    known = crowd(world, 4)
    world.at += timedelta(minutes=1)  # a first step is taken later than its lead was enrolled
    world.pass_time(days=1, hours=23)
    world.deaf = True
    new = crowd(world, 4, email="newN@else.example")  # more overdue than the follow-ups of those we know
    world.pass_time(hours=2)
    limited(world, f"{{first: {order}, sender: {{email: 8/day}}, organisation: {{email: 4/day}}}}", TWO)
    world.deaf = False
    world.provider.sent.clear()
    with world.store.read() as db:
        rung = dispatching.unheard(db, world.at, world.at + DAY * 999, 8, new_first=order == "new leads")
    world.settle()

    met = known if expected == "again" else new
    assert [len(world.messages(lead)) for lead in met] == [1, 1, 1, 1]
    assert len(world.provider.sent) == 4
    assert {world.touch(lead, expected).id for lead in met} == {touch_id for touch_id, _ in rung[:4]}


def test_a_limit_that_is_raised_lets_those_go_that_wait(world: World) -> None:
    limited(world, "{sender: {email: 1/day}}")
    crowd(world, 5)
    world.settle()
    assert len(world.provider.sent) == 1

    limited(world, "{sender: {email: 4/day}}")
    world.settle()
    assert len(world.provider.sent) == 4
    assert not apply.apply(world.house, by="ops").anything


# -- reasons ---------------------------------------------------------------------------------------------------------


def test_why_names_the_cap_and_when_it_will_pass(world: World) -> None:
    limited(world, "{sender: {email: 1/day}}")
    world.enroll("Ada")
    ben = world.enroll("Ben")

    [told] = why(world.house, ben.id)
    assert "no room under the cap sender main, email: 1 of 1 in 24 hours [cap]" in told.answer
    assert told.first is not None
    assert world.at + DAY / 2 < told.first <= world.at + DAY + MARGIN
    assert world.touch(ben, "hello").waiting_for == "cap"
    assert world.touch(ben, "hello").state == "queued"


@pytest.mark.parametrize(
    ("step", "state"),
    [
        ("email: hello.md", "sent"),
        ("sms: text.txt", "skipped"),
        ("email: hello.md, late: 6 hours", "skipped"),
    ],
)
def test_a_mail_is_not_late_because_it_waited_for_room_but_a_text_is(
    world: World, step: str, state: str
) -> None:
    """Ten days in the line are no lateness of a mail. A text for this morning does not go tomorrow."""
    limited(
        world,
        "{channel: {email: 1/day, sms: 1/day}}",
        f"cadences: {{trial: {{window: always, channels: {{sms: {{window: {{days: mon-sun, hours: '08:00-21:00'}}}}}},"
        f" steps: [{{id: hello, {step}}}]}}}}\n",
    )
    leads = [world.enroll(name) for name in ("Ada", "Ben", "Cleo", "Dan", "Eve")]
    world.pass_time(days=10)

    assert [world.touch(lead, "hello").state.value for lead in leads] == ["sent"] + [state] * 4


def test_without_limits_nothing_is_counted(world: World) -> None:
    world.write(MAILS)
    crowd(world, 3)
    world.settle()

    with world.store.read() as db:
        counted = [db.execute(text(f"SELECT count(*) FROM {table}")).scalar() for table in ("caps", "marks")]
    assert counted == [0, 0]


def test_what_no_cap_looks_at_any_more_is_forgotten(world: World) -> None:
    limited(world, "{sender: {email: 9/day}, lead: {week: 3}}")
    crowd(world, 3)
    world.settle()
    assert forget(world.house) == 0
    world.pass_time(days=10)
    assert forget(world.house) == 6
