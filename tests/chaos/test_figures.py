"""The figures of docs/reliability.md, each with its target. `make chaos` runs them short, `make chaos-full` in full."""

from __future__ import annotations

import pytest

from tests.chaos import backups, caps, clocks, freezes, hands, points, stops, storms
from tests.chaos.conftest import Show
from tests.chaos.scale import Scale
from tests.chaos.stage import Servers

pytestmark = pytest.mark.chaos


def test_a_worker_killed_every_few_seconds_loses_nothing_and_repeats_nothing(
    scale: Scale, seed: int, house: Servers | None, show: Show
) -> None:
    storm, settled = storms.kills(scale, seed, house)
    show(storm)
    show(settled)


def test_a_death_at_any_place_leaves_at_most_a_held_touch(
    scale: Scale, house: Servers | None, show: Show
) -> None:
    show(points.deaths(scale, scale.seeds[0], house))


def test_a_bell_rung_ten_times_sends_once(scale: Scale, servers: Servers, show: Show) -> None:
    show(points.doorbells(scale, scale.seeds[0], servers))


def test_a_reply_survives_the_death_of_the_process_that_takes_it_in(
    scale: Scale, house: Servers | None, show: Show
) -> None:
    show(points.web_dies(scale, scale.seeds[0], house))


def test_redis_may_be_emptied_at_any_moment(scale: Scale, servers: Servers, show: Show) -> None:
    show(storms.redis_emptied(scale, scale.seeds[0], servers))


@pytest.mark.parametrize("forget", [True, False])
def test_redis_may_die_and_come_back(scale: Scale, servers: Servers, show: Show, forget: bool) -> None:
    show(storms.redis_restarted(scale, scale.seeds[0], servers, forget=forget))


def test_redis_may_be_away(scale: Scale, servers: Servers, show: Show) -> None:
    show(storms.redis_away(scale, scale.seeds[0], servers))


def test_postgres_may_be_stopped_at_once(scale: Scale, servers: Servers, show: Show) -> None:
    show(storms.postgres_stopped(scale, scale.seeds[0], servers))


def test_nothing_is_accepted_after_the_answer_to_a_reply(
    scale: Scale, house: Servers | None, show: Show
) -> None:
    show(stops.replies(scale, scale.seeds[0], house))


def test_a_reply_that_is_posted_three_times_is_taken_in_once(
    scale: Scale, servers: Servers, show: Show
) -> None:
    show(stops.replies(scale, scale.seeds[1], servers, count=scale.replies // 3, repeated=True))


def test_nothing_begins_after_pause_all_has_returned(scale: Scale, house: Servers | None, show: Show) -> None:
    show(stops.pauses(scale, scale.seeds[0], house, slow=0.2))


def test_a_worker_frozen_before_its_request_does_not_send_it_later(
    scale: Scale, servers: Servers, show: Show
) -> None:
    show(freezes.before_the_request(scale, scale.seeds[0], servers))


def test_a_worker_frozen_inside_its_call_is_not_replaced(scale: Scale, servers: Servers, show: Show) -> None:
    show(freezes.inside_the_call(scale, scale.seeds[0], servers))


def test_five_clocks_send_once_and_in_time(scale: Scale, servers: Servers, show: Show) -> None:
    show(clocks.five(scale, scale.seeds[0], servers))


def test_clocks_may_jump(scale: Scale, house: Servers | None, show: Show) -> None:
    show(clocks.jumps(scale, scale.seeds[0], house))


def test_a_cap_is_never_exceeded_by_one(scale: Scale, servers: Servers, show: Show) -> None:
    show(caps.exact(scale, scale.seeds[0], servers))


def test_a_restored_backup_sends_nothing_twice_and_says_so(scale: Scale, show: Show) -> None:
    show(backups.restored(scale, scale.seeds[0]))


def test_of_several_hands_only_the_first_writes(scale: Scale, house: Servers | None, show: Show) -> None:
    show(hands.several(scale, scale.seeds[0], house))
