"""A laptop is closed for three days, or a clock and its workers are away: nothing bursts, and nobody is skipped unsaid."""

from __future__ import annotations

from datetime import timedelta

from tests.world import World

TRICKLE = """\
cadences:
  trickle:
    window: always
    steps:
      - {id: hello, email: hello.md}
      - {id: again, after: 1 day, email: again.md}
      - {id: third, after: 1 day, email: again.md}
      - {id: fourth, after: 1 day, email: again.md}
"""


def test_after_three_days_asleep_each_gets_one_step_and_the_next_keeps_its_distance(world: World) -> None:
    """Three steps would have gone meanwhile. One goes now; the day between two is counted from when it really went."""
    world.write(TRICKLE)
    leads = [world.enroll(name, "trickle") for name in ("Ada", "Ben", "Cleo")]

    world.at += timedelta(days=3, hours=2)
    world.settle()

    assert [len(world.messages(lead)) for lead in leads] == [2, 2, 2]
    world.pass_time(hours=23)
    assert [len(world.messages(lead)) for lead in leads] == [2, 2, 2]
    world.pass_time(days=3)
    assert world.timeline(leads[0]) == [
        "day 0  email  sent",
        "day 3  email  sent",
        "day 4  email  sent",
        "day 5  email  sent",
    ]
