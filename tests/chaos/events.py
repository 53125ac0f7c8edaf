"""What providers tell: each event once and in order for one half of the leads; repeated, shuffled, at once for the other."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from outreach.domain.channel import Channel
from outreach.domain.event import (
    Bounced,
    Complained,
    Delivered,
    Dropped,
    Engaged,
    Event,
    OptedOut,
    Progressed,
)
from outreach.engine import receive
from outreach.providers.registry import Providers
from tests.chaos.figure import Figure
from tests.chaos.scale import Scale
from tests.chaos.stage import Servers, Stage
from tests.fakes import FakeProvider

_TOGETHER = 10  # events in one webhook at most
_HANDS = 4  # webhooks at the same moment
_MOST = 46  # times that one event may come
_STEPS = 3  # of the cadence "storm"

Make = Callable[[str, str], Event]  # of a key and a token


def _is(what: Callable[..., Event], **how: Any) -> Make:
    return lambda key, token: what(key=key, token=token, **how)


_processed, _deferred = _is(Progressed, status="processed"), _is(Progressed, status="deferred")
_queued, _sent = _is(Progressed, status="queued"), _is(Progressed, status="sent")
_delivered, _opened = _is(Delivered), _is(Engaged, kind="open")
_hard, _soft = _is(Bounced, hard=True, code="550"), _is(Bounced, hard=False, code="421")
_failed, _barred = _is(Dropped, code="30003"), _is(Dropped, code="unsubscribed", suppressed=True)
_spam, _out = _is(Complained), _is(OptedOut, channel=Channel.EMAIL, how="link")
_stop = _is(OptedOut, channel=Channel.SMS, how="STOP")
_MAILS: tuple[tuple[Make, ...], ...] = (
    (_processed, _delivered),
    (_processed, _delivered, _opened, _opened),
    (_processed, _deferred, _deferred, _delivered),
    (_processed, _hard),
    (_processed, _deferred, _soft),
    (_processed, _delivered, _hard),  # days later, it happens
    (_processed, _delivered, _spam),
    (_processed, _delivered, _opened, _out),
    (_barred,),
)
_TEXTS: tuple[tuple[Make, ...], ...] = (
    (_queued, _sent, _delivered),
    (_queued, _sent),
    (_queued, _sent, _failed),
    (_queued, _sent, _delivered, _failed),  # carriers do say so
    (_queued, _sent, _delivered, _stop),
    (_queued, _hard),
)


def shuffled(scale: Scale, seed: int, servers: Servers | None) -> Figure:
    """The same stories for pairs of leads. Whatever order and number they come in, both must end alike."""
    pairs = max(1, scale.events // (_STEPS * 3))
    with Stage(scale, seed, servers) as stage:
        stage.enroll(pairs, "storm", tag="a")
        stage.enroll(pairs, "storm", tag="b")
        stage.begin()
        stage.settle()
        for process in stage.crew:
            process.kill()
        dice = random.Random(seed)
        teller = FakeProvider()
        house = replace(stage.house, providers=Providers.of(teller))
        once, often = _told(stage, dice)
        for event in once:
            receive.receive(house, "fake", teller.request(event))
        with ThreadPoolExecutor(_HANDS) as pool:
            list(
                pool.map(
                    lambda some: receive.receive(house, "fake", teller.request(*some)), _webhooks(often, dice)
                )
            )
        differ = _different(stage, pairs)
        kept = stage.count("SELECT count(*) FROM events")
        good = not differ and kept == 2 * len(once)
        stage.kept = not good
        return Figure(
            name=f"{len(once):,} provider events, each 1 to {_MOST} times ({len(often):,} in all), shuffled, {_HANDS} at once",
            where="PostgreSQL and Redis" if servers else "SQLite",
            seed=seed,
            target="the end is that of once and in order, in 100 %",
            seen=f"{len(differ)} of {pairs:,} leads ended otherwise; {kept:,} events kept for {2 * len(once):,}"
            + (f": {differ[:3]}" if differ else ""),
            good=good,
        )


def _told(stage: Stage, dice: random.Random) -> tuple[list[Event], list[Event]]:
    """The events for the first half, in order; and for the second half each as often as it comes, not yet shuffled."""
    tokens: dict[tuple[str, str], str] = {
        (name, step): token
        for name, step, token in stage.rows(
            "SELECT leads.external_id, touches.step_id, attempts.token FROM attempts "
            "JOIN touches ON touches.id = attempts.touch_id JOIN leads ON leads.id = touches.lead_id "
            "WHERE attempts.state = 'accepted'"
        )
    }
    once: list[Event] = []
    often: list[Event] = []
    for (name, step), token in sorted(tokens.items()):
        if not name.startswith("a"):
            continue
        story = dice.choice(_TEXTS if step == "nudge" else _MAILS)
        other = tokens["b" + name[1:], step]
        for nth, make in enumerate(story):
            once.append(make(f"{token}-{nth}", token))
            often += [make(f"{other}-{nth}", other)] * _times(dice)
    return once, often


def _times(dice: random.Random) -> int:
    """Mostly a few times, now and then very often."""
    return min(_MOST, 1 + int(dice.expovariate(0.5))) if dice.random() < 0.99 else _MOST


def _webhooks(events: list[Event], dice: random.Random) -> Iterator[list[Event]]:
    dice.shuffle(events)
    start = 0
    while start < len(events):
        size = dice.randint(1, _TOGETHER)
        yield events[start : start + size]
        start += size


def _different(stage: Stage, pairs: int) -> list[str]:
    ended = _ended(stage)
    return [
        f"{number}: {ended[f'a{number}']} / {ended[f'b{number}']}"
        for number in range(pairs)
        if ended[f"a{number}"] != ended[f"b{number}"]
    ]


def _ended(stage: Stage) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the events may have changed about a lead, without what tells one lead from another."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for query in (
        (
            "SELECT leads.external_id, 'walk', enrollments.cadence, enrollments.state FROM enrollments "
            "JOIN leads ON leads.id = enrollments.lead_id"
        ),
        (
            "SELECT leads.external_id, touches.step_id, touches.state, touches.reason FROM touches "
            "JOIN leads ON leads.id = touches.lead_id"
        ),
        (
            "SELECT leads.external_id, 'address', addresses.kind, addresses.state FROM addresses "
            "JOIN leads ON leads.id = addresses.lead_id"
        ),
        (
            "SELECT leads.external_id, 'suppressed', suppressions.scope, suppressions.channel, suppressions.reason "
            "FROM suppressions JOIN addresses ON addresses.value = suppressions.value "
            "JOIN leads ON leads.id = addresses.lead_id WHERE suppressions.lifted_at IS NULL"
        ),
    ):
        for name, *rest in stage.rows(query):
            found.setdefault(name, []).append(tuple(rest))
    return {name: sorted(rows, key=str) for name, rows in found.items()}
