"""Windows and quiet hours are judged at the moment of sending, by the lead's own clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from tests.world import World

OFFICE = (
    "cadences:\n  trial:\n    window: {days: mon-fri, hours: '09:00-17:00'}\n    steps:\n"
    "      - {id: hello, email: hello.md}\n      - {id: again, after: 8 hours, email: again.md}\n"
)
TEXTS = "cadences:\n  texts:\n    channels: {sms: {window: {days: mon-sun, hours: '08:00-21:00'}}}\n    steps: [{id: text, sms: text.txt}]\n"


def local(world: World, zone: str) -> str:
    return f"{world.at.astimezone(ZoneInfo(zone)):%a %H:%M}"


def test_a_step_outside_the_window_waits_for_the_next_opening(world: World) -> None:
    ada = world.enroll("Ada")
    world.write(OFFICE)
    ben = world.enroll("Ben")
    world.pass_time(hours=20)
    assert len(world.messages(ben)) == 1  # 18:00 is too late in the day

    world.until(datetime(2026, 12, 2, 14, 0, tzinfo=UTC))  # 9:00 in New York

    assert len(world.messages(ben)) == 2
    assert ada.id != ben.id


def test_the_window_is_in_the_leads_own_zone(world: World) -> None:
    """Ten in the morning in New York is two at night in Sydney."""
    world.write(OFFICE)
    mia = world.enroll(world.lead("Mia", timezone="Australia/Sydney"))
    assert world.messages(mia) == []

    world.until(datetime(2026, 12, 1, 22, 0, tzinfo=UTC))

    assert len(world.messages(mia)) == 1
    assert local(world, "Australia/Sydney") == "Wed 09:00"


def test_a_text_for_this_morning_is_not_sent_tomorrow(world: World) -> None:
    """The clock was away for a day: the late policy of the step decides."""
    world.deaf = True
    world.write(TEXTS)
    ada = world.enroll("Ada", "texts")
    world.at = datetime(2026, 12, 2, 15, tzinfo=UTC)
    world.deaf = False

    world.pass_time(minutes=5)

    assert world.timeline(ada) == ["day 1  sms  skipped"]
    assert (world.touch(ada, "text").reason or "").startswith("late: too late")


def test_a_touch_that_became_due_while_the_window_closed_waits(world: World) -> None:
    """The window is asked again when a worker takes it, not only when it was planned."""
    world.deaf = True
    world.write(
        "cadences:\n  trial:\n    window: {days: mon-fri, hours: '09:00-17:00'}\n    steps: [{id: a, email: hello.md}]\n"
    )
    ada = world.enroll("Ada")
    world.at = datetime(2026, 12, 1, 22, 30, tzinfo=UTC)  # 17:30
    world.deaf = False

    world.pass_time(minutes=1)
    touch = world.touch(ada, "a")
    assert (touch.state, touch.waiting_for) == ("queued", "window")

    world.until(datetime(2026, 12, 2, 14, 0, tzinfo=UTC))
    assert world.timeline(ada) == ["day 0  email  sent"]


def test_a_telephone_of_unknown_place_rings_only_when_all_its_zones_are_open(world: World) -> None:
    """R1: a mobile of which only the country is known may lie anywhere in it, so Hawaii must be awake too."""
    world.begin(datetime(2026, 12, 1, 13, 30, tzinfo=UTC))  # 8:30 in New York, 3:30 in Honolulu
    world.write(TEXTS)
    ben = world.enroll(world.lead("Ben", phone="+15005550199", timezone=""), "texts")
    assert world.messages(ben) == []

    world.pass_time(hours=12)

    sent = world.touch(ben, "text").sent_at
    assert sent is not None
    assert sent.astimezone(ZoneInfo("Pacific/Honolulu")).hour >= 8
    assert sent.astimezone(ZoneInfo("America/New_York")).hour < 21


def test_a_text_is_worth_nothing_to_the_provider_after_the_window(world: World) -> None:
    """`valid_for` is what is left of the window, so that a delayed text dies instead of ringing at night."""
    world.begin(datetime(2026, 12, 2, 1, 59, tzinfo=UTC))  # 20:59 in New York
    world.write(TEXTS)
    ada = world.enroll("Ada", "texts")

    assert world.messages(ada)[0].valid_for.total_seconds() == 60  # type: ignore[attr-defined]


def test_the_spring_gap_and_the_autumn_fold_send_once(world: World) -> None:
    world.begin(datetime(2027, 3, 13, 15, tzinfo=UTC))
    world.write(
        "cadences:\n  trial:\n    window: always\n    steps:\n      - {id: hello, email: hello.md}\n"
        "      - {id: gap, after: 1 day at 02:30, email: again.md}\n"
    )
    ada = world.enroll("Ada")
    world.pass_time(days=3)

    sent = world.touch(ada, "gap").sent_at
    assert sent == datetime(
        2027, 3, 14, 7, 0, tzinfo=UTC
    )  # 02:30 does not exist that night: 03:00 is the first instant
    assert len(world.messages(ada)) == 2
