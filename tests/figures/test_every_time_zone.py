"""A million looks at the gate's hours, over every zone of the world and four years: 0 outside, none opens late.

What the engine says is compared with another way of telling the time: a table of each zone's offsets, found by asking
for the offset of every quarter of an hour near a change, and plain addition. It knows nothing of gaps and folds.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest

from outreach.domain import calendar
from outreach.domain.calendar import Hours, SendWindow

SHARDS, MILLION = 8, 1_000_000
ZONES = sorted(available_timezones() - {"localtime", "Factory"})
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
QUARTER, SECOND = timedelta(minutes=15), timedelta(seconds=1)
HOLIDAYS = frozenset(
    date(year, month, day) for year in range(2025, 2031) for month, day in ((1, 1), (7, 4), (12, 25))
)


@cache
def offsets(zone: str) -> tuple[list[datetime], list[timedelta]]:
    """When the offset of a zone changes in these years, and to what."""
    tz = ZoneInfo(zone)

    def at(moment: datetime) -> timedelta:
        return moment.astimezone(tz).utcoffset() or timedelta()

    moment, starts, found = FIRST - timedelta(days=9), [FIRST - timedelta(days=9)], []
    found.append(at(moment))
    while moment < LAST + timedelta(days=30):
        later = moment + timedelta(days=1)
        if at(later) != found[-1]:
            exact = moment
            while at(exact) == found[-1]:
                exact += QUARTER
            starts.append(exact)
            found.append(at(exact))
            later = exact
        moment = later
    return starts, found


def is_open(window: SendWindow, zone: str, moment: datetime) -> bool:
    """Whether a clock on the wall there shows an open minute: by addition alone."""
    starts, found = offsets(zone)
    local = (moment + found[bisect_right(starts, moment) - 1]).replace(tzinfo=None)
    if local.date() in HOLIDAYS and not window.on_holidays:
        return False
    minute = local.hour * 60 + local.minute
    return any(a <= minute < b for a, b in window.week[local.weekday()])


def windows(chance: random.Random) -> list[SendWindow]:
    """Hours that ops people write, those of the law, and odd ones near midnight and near where clocks change."""
    return [
        SendWindow.of(range(5), (9 * 60, 17 * 60)),
        SendWindow.of(range(7), (8 * 60, 20 * 60), on_holidays=True),
        SendWindow.of(range(6), (10 * 60, 18 * 60)),
        SendWindow.of(range(7), (0, 61), (119, 151), (23 * 60, 24 * 60)),
        SendWindow.of([chance.randrange(7)], (chance.randrange(0, 1380, 15), 1440)),
        SendWindow.of(range(7), (start := chance.randrange(0, 1400), start + chance.randint(1, 40))),
    ]


def moments(zone: str, chance: random.Random, many: int) -> list[datetime]:
    """Half of them anywhere in four years, half within a day of a change of the clock, where there is one."""
    span = int((LAST - FIRST).total_seconds())
    anywhere = [FIRST + timedelta(seconds=chance.randrange(span)) for _ in range(many)]
    changes = [moment for moment in offsets(zone)[0][1:] if FIRST < moment < LAST]
    if changes:
        near = [
            chance.choice(changes) + timedelta(seconds=chance.randint(-86_400, 86_400))
            for _ in range(many // 2)
        ]
        anywhere[: many // 2] = near
    return anywhere


def looked_at(zones: list[str], each: int, seed: int) -> tuple[int, list[str]]:
    """(pairs looked at, what was wrong)."""
    chance, pairs, wrong = random.Random(seed), 0, []
    for zone in zones:
        tz, some = ZoneInfo(zone), windows(chance)
        hours = [Hours(window, tz, HOLIDAYS) for window in some]
        for moment in moments(zone, chance, each):
            pick = chance.randrange(len(some))
            window, asked = some[pick], hours[pick]
            pairs += 1
            opens = asked.next_open(moment)
            if asked.is_open(moment) is not is_open(window, zone, moment):
                wrong.append(f"{zone} {moment}: open or not in {window}")
            elif opens is None or not is_open(window, zone, opens) or opens < moment:
                wrong.append(f"{zone} {moment}: {opens} is outside {window}")
            elif opens > moment:
                between = [moment + (opens - moment) * chance.random() for _ in range(3)]
                if any(is_open(window, zone, probe) for probe in (opens - SECOND, *between)):
                    wrong.append(f"{zone} {moment}: {window} was open before {opens}")
    return pairs, wrong


@pytest.mark.figures
@pytest.mark.parametrize("shard", range(SHARDS))
def test_of_a_million_looks_none_is_outside_and_none_is_late(shard: int) -> None:
    each = -(-MILLION // len(ZONES))
    pairs, wrong = looked_at(ZONES[shard::SHARDS], each, seed=shard)
    assert wrong == []
    assert pairs >= each * (len(ZONES) // SHARDS)


def test_of_a_few_looks_at_every_zone_none_is_outside_and_none_is_late() -> None:
    pairs, wrong = looked_at(ZONES, 12, seed=20261127)
    assert wrong == []
    assert pairs > 7000


@pytest.mark.parametrize("seed", range(3))
def test_several_zones_are_open_only_when_all_are(seed: int) -> None:
    """A number that may lie in several zones: the first moment that suits all of them, and no earlier one."""
    chance = random.Random(seed)
    for _ in range(150):
        zones = chance.sample(ZONES, chance.randint(2, 4))
        window = SendWindow.of(range(7), (8 * 60, 21 * 60), on_holidays=True)
        moment = FIRST + timedelta(seconds=chance.randrange(3 * 365 * 86_400))
        opens = calendar.next_open(moment, [Hours(window, ZoneInfo(zone), HOLIDAYS) for zone in zones])
        scan = (moment + QUARTER * n for n in range(4 * 36))
        if opens is None:
            assert not any(all(is_open(window, zone, probe) for zone in zones) for probe in scan), zones
            continue
        assert all(is_open(window, zone, opens) for zone in zones)
        earlier = [probe for probe in scan if probe < opens]
        assert not any(all(is_open(window, zone, probe) for zone in zones) for probe in earlier), (
            zones,
            moment,
        )
