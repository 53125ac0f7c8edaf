"""The figures of docs/reliability.md, each with its target. `make chaos` runs them short, `make chaos-full` in full."""

from __future__ import annotations

import pytest

from tests.chaos import (
    backups,
    caps,
    clocks,
    disks,
    ends,
    events,
    freezes,
    hands,
    outages,
    points,
    stops,
    storms,
)
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
    scale: Scale, seed: int, house: Servers | None, show: Show
) -> None:
    show(points.deaths(scale, seed, house))


def test_a_bell_rung_ten_times_sends_once(scale: Scale, seed: int, servers: Servers, show: Show) -> None:
    show(points.doorbells(scale, seed, servers))


@pytest.mark.once
def test_a_reply_survives_the_death_of_the_process_that_takes_it_in(
    scale: Scale, seed: int, house: Servers | None, show: Show
) -> None:
    show(points.web_dies(scale, seed, house))


def test_redis_may_be_emptied_at_any_moment(scale: Scale, seed: int, servers: Servers, show: Show) -> None:
    show(storms.redis_emptied(scale, seed, servers))


@pytest.mark.parametrize("forget", [True, False])
def test_redis_may_die_and_come_back(
    scale: Scale, seed: int, servers: Servers, show: Show, forget: bool
) -> None:
    show(storms.redis_restarted(scale, seed, servers, forget=forget))


@pytest.mark.once
def test_redis_may_be_away(scale: Scale, seed: int, servers: Servers, show: Show) -> None:
    show(storms.redis_away(scale, seed, servers))


def test_postgres_may_be_stopped_at_once(scale: Scale, seed: int, servers: Servers, show: Show) -> None:
    show(storms.postgres_stopped(scale, seed, servers))


def test_nothing_is_accepted_after_the_answer_to_a_reply(
    scale: Scale, seed: int, house: Servers | None, show: Show
) -> None:
    show(stops.replies(scale, seed, house))


def test_a_reply_that_is_posted_three_times_is_taken_in_once(
    scale: Scale, seed: int, servers: Servers, show: Show
) -> None:
    show(stops.replies(scale, seed, servers, count=scale.replies // 3, repeated=True))


def test_nothing_begins_after_pause_all_has_returned(
    scale: Scale, seed: int, house: Servers | None, show: Show
) -> None:
    show(stops.pauses(scale, seed, house, slow=0.2))


@pytest.mark.once
def test_a_worker_frozen_before_its_request_does_not_send_it_later(
    scale: Scale, seed: int, servers: Servers, show: Show
) -> None:
    show(freezes.before_the_request(scale, seed, servers))


@pytest.mark.once
def test_a_worker_frozen_inside_its_call_is_not_replaced(
    scale: Scale, seed: int, servers: Servers, show: Show
) -> None:
    show(freezes.inside_the_call(scale, seed, servers))


def test_five_clocks_send_once_and_in_time(scale: Scale, seed: int, servers: Servers, show: Show) -> None:
    show(clocks.five(scale, seed, servers))


def test_clocks_may_jump(scale: Scale, seed: int, house: Servers | None, show: Show) -> None:
    show(clocks.jumps(scale, seed, house))


def test_a_cap_is_never_exceeded_by_one(scale: Scale, seed: int, servers: Servers, show: Show) -> None:
    show(caps.exact(scale, seed, servers))


def test_a_restored_backup_sends_nothing_twice_and_says_so(scale: Scale, seed: int, show: Show) -> None:
    show(backups.restored(scale, seed))


@pytest.mark.once
def test_of_several_hands_only_the_first_writes(
    scale: Scale, seed: int, house: Servers | None, show: Show
) -> None:
    show(hands.several(scale, seed, house))


def test_a_process_that_is_asked_to_end_leaves_nothing_held(
    scale: Scale, seed: int, house: Servers | None, show: Show
) -> None:
    show(ends.orderly(scale, seed, house))


@pytest.mark.once
def test_a_process_that_is_killed_while_the_provider_hangs_leaves_only_doubts(
    scale: Scale, seed: int, house: Servers | None, show: Show
) -> None:
    show(ends.impatient(scale, seed, house))


@pytest.mark.once
def test_a_provider_that_never_answers_costs_no_thread(
    scale: Scale, seed: int, house: Servers | None, show: Show
) -> None:
    show(ends.hung(scale, seed, house))


def test_everything_may_die_at_the_same_moment(
    scale: Scale, seed: int, house: Servers | None, show: Show
) -> None:
    show(ends.power_cut(scale, seed, house))


@pytest.mark.once
def test_a_full_disk_stops_everything_and_loses_nothing(scale: Scale, seed: int, show: Show) -> None:
    show(disks.full(scale, seed))


def test_messages_that_nobody_can_read_harm_nobody(
    scale: Scale, seed: int, servers: Servers, show: Show
) -> None:
    show(outages.poison(scale, seed, servers))


@pytest.mark.once
def test_redis_may_be_full(scale: Scale, seed: int, servers: Servers, show: Show) -> None:
    show(outages.redis_full(scale, seed, servers))


@pytest.mark.once
def test_redis_may_be_slow(scale: Scale, seed: int, servers: Servers, show: Show) -> None:
    show(outages.redis_slow(scale, seed, servers))


@pytest.mark.once
def test_workers_may_be_cut_off_from_redis(scale: Scale, seed: int, servers: Servers, show: Show) -> None:
    show(outages.redis_cut_off(scale, seed, servers))


@pytest.mark.once
def test_postgres_may_be_away(scale: Scale, seed: int, servers: Servers, show: Show) -> None:
    show(outages.postgres_away(scale, seed, servers))


@pytest.mark.once
def test_postgres_may_become_read_only(scale: Scale, seed: int, servers: Servers, show: Show) -> None:
    show(outages.postgres_read_only(scale, seed, servers))


def test_the_answer_to_a_commit_may_be_lost(scale: Scale, seed: int, servers: Servers, show: Show) -> None:
    show(outages.commits_unheard(scale, seed, servers))


def test_events_may_come_often_and_in_any_order(
    scale: Scale, seed: int, house: Servers | None, show: Show
) -> None:
    show(events.shuffled(scale, seed, house))


def test_clocks_may_be_apart(scale: Scale, seed: int, servers: Servers, show: Show) -> None:
    show(clocks.apart(scale, seed, servers))


def test_nobody_is_reached_more_often_than_they_may(
    scale: Scale, seed: int, servers: Servers, show: Show
) -> None:
    show(caps.people(scale, seed, servers))
