"""The database is the schedule; the bell is only a bell."""

from tests.world import World


def test_lost_bells_are_rung_again(world: World) -> None:
    world.deaf = True  # every bell falls into the void
    leads = [world.enroll(name) for name in ("Ada", "Ben", "Cleo")]
    assert [world.messages(lead) for lead in leads] == [[], [], []]
    world.deaf = False

    world.pass_time(minutes=1)

    assert [len(world.messages(lead)) for lead in leads] == [1, 1, 1]


def test_a_bell_for_a_touch_that_does_not_exist_is_harmless(world: World) -> None:
    ada = world.lead("Ada")

    world.ring([(987654, world.house.library and next(iter(world.provider.channels)))])
    world.quiet()

    assert world.enroll(ada)
    assert len(world.messages(ada)) == 1
