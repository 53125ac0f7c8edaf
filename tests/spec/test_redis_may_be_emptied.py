"""The database is the schedule; the bell is only a bell."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from outreach import bell
from outreach.bell import Waiting
from outreach.casework.house import House, Ring
from outreach.engine.deliver import deliver
from outreach.engine.dispatch import dispatch, ring_anew
from tests.world import World


def test_lost_bells_are_rung_again(world: World) -> None:
    world.deaf = True  # every bell falls into the void
    leads = [world.enroll(name) for name in ("Ada", "Ben", "Cleo")]
    assert [world.messages(lead) for lead in leads] == [[], [], []]
    world.deaf = False

    world.pass_time(minutes=1)

    assert [len(world.messages(lead)) for lead in leads] == [1, 1, 1]


def patient(world: World, ring: Ring) -> House:
    """The house as it truly is: a bell that nobody answers is rung again after half a minute of real time, not before."""
    return replace(world.house, settings=replace(world.house.settings, unheard=30.0), ring=ring)


def test_bells_that_could_not_be_rung_are_rung_at_the_next_tick(world: World) -> None:
    world.deaf = True
    ada = world.enroll("Ada")
    ring_anew(world.house)
    rung: list[int] = []

    def away(waiting: Waiting) -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        dispatch(patient(world, away))
    house = patient(world, lambda waiting: rung.extend(touch_id for touch_id, _ in waiting))

    assert [dispatch(house) for _ in range(2)] == [1, 0]
    assert rung == [world.touch(ada, "hello").id]


def test_bells_that_redis_forgot_are_rung_again_at_once_and_once(redis_url: str, world: World) -> None:
    world.deaf = True
    ada = world.enroll("Ada")
    rung: list[int] = []
    house = patient(world, lambda waiting: rung.extend(touch_id for touch_id, _ in waiting))
    broker = bell.broker_for(redis_url)
    asked = lambda: bell.when_forgotten(broker, lambda: ring_anew(house))  # noqa: E731
    asked()
    assert [dispatch(house), asked(), dispatch(house)] == [1, False, 0]

    broker.client.flushall()  # type: ignore[attr-defined]

    assert [asked(), asked(), dispatch(house), dispatch(house)] == [True, False, 1, 0]
    assert rung == [world.touch(ada, "hello").id] * 2


def test_a_worker_that_is_asked_to_end_finishes_its_lane_and_leaves_the_rest_to_others(world: World) -> None:
    """A bell may name many lanes, and a provider may be slow: whoever ends must be done within seconds."""
    world.deaf = True
    ids = [world.touch(world.enroll(name), "hello").id for name in ("Ada", "Ben", "Cleo", "Dan", "Eve")]
    house = patient(world, lambda waiting: rung.extend(touch_id for touch_id, _ in waiting))
    house = replace(house, settings=replace(house.settings, lane=2))
    rung: list[int] = []
    with ThreadPoolExecutor(2) as pool:
        deliver(house, ids, pool, going=lambda: not world.provider.sent)

    assert len(world.provider.sent) == 2
    assert dispatch(house) == 3
    assert sorted(rung) == ids[2:]


def test_a_bell_for_a_touch_that_does_not_exist_is_harmless(world: World) -> None:
    ada = world.lead("Ada")

    world.ring([(987654, world.house.library and next(iter(world.provider.channels)))])
    world.quiet()

    assert world.enroll(ada)
    assert len(world.messages(ada)) == 1
