"""Providers repeat what they tell, some of it 46 times over 29 hours, and in any order: the end is the same."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

import pytest

from outreach.domain import touch
from outreach.domain.channel import Channel
from outreach.domain.event import (
    Bounced,
    CallEnded,
    Complained,
    Delivered,
    Dropped,
    Engaged,
    Event,
    OptedOut,
    Progressed,
    Replied,
    Unrecognised,
)
from outreach.domain.people import Lead
from outreach.store import permissions
from tests.world import World

_names = itertools.count()
TIMES = (1, 2, 3, 46)
AWAY = {"auto-submitted": "auto-replied"}
LONG = (
    "I have read what you sent to us and would like to hear more about the second point of it, please. " * 2
)


def told(lead: Lead, token: str) -> dict[str, Event]:
    """Everything that may be told of one mail and its reader, each under a key of its own."""
    sender = lead.addresses[0].value
    mail = {"channel": Channel.EMAIL, "sender": sender}
    return {
        "queued": Progressed(key=f"{token} 1", token=token, status="queued"),
        "sent": Progressed(key=f"{token} 2", token=token, status="sent"),
        "delivered": Delivered(key=f"{token} 3", token=token),
        "soft bounce": Bounced(key=f"{token} 4", token=token, hard=False, code="450"),
        "hard bounce": Bounced(key=f"{token} 5", token=token, hard=True, code="550"),
        "dropped": Dropped(key=f"{token} 6", token=token, code="x"),
        "opened": Engaged(key=f"{token} 7", token=token, kind="open"),
        "complaint": Complained(key=f"{token} 8", token=token, address=sender),
        "answer": Replied(key=f"{token} 9", text=LONG, **mail),  # type: ignore[arg-type]
        "away": Replied(key=f"{token} 10", text="I am out of the office", headers=AWAY, **mail),  # type: ignore[arg-type]
        "stop": Replied(key=f"{token} 11", text="STOP", **mail),  # type: ignore[arg-type]
        "unsubscribed": OptedOut(key=f"{token} 12", channel=Channel.EMAIL, address=sender, how="link"),
        "unknown": Unrecognised(key=f"{token} 13", kind="something new"),
        "call": CallEnded(key=f"{token} 14", reference="nobody's", status="completed"),
    }


def state(world: World, lead: Lead) -> tuple[object, ...]:
    """All that matters of how it ended."""
    walk = world.enrollment(lead)
    names = [("person", str(lead.id)), *((a.kind.value, a.value) for a in lead.addresses)]
    with world.store.read() as db:
        found = permissions.suppressed(db, names)
        held = permissions.holds_of(db, [lead.id])
    closed = sorted({(s.scope, s.channel.value if s.channel else "", s.reason.value) for s in found})
    return (walk.state, walk.resume_at, world.touch(lead, "hello").state, tuple(closed), bool(held))


def after(world: World, names: Sequence[str]) -> tuple[object, ...]:
    """How it ends for somebody new when these are told, one webhook each, in this order."""
    name = f"Lead{next(_names)}"
    lead = world.enroll(name, email=f"{name.lower()}@client.example")
    every = told(lead, world.token(lead))
    for one in names:
        world.tell(every[one])
    return state(world, lead)


KINDS = [
    "queued", "sent", "delivered", "soft bounce", "hard bounce", "dropped", "opened", "complaint", "answer", "away",
    "stop", "unsubscribed", "unknown", "call",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_shuffled_and_repeated_they_end_as_told_once_in_order(world: World, seed: int) -> None:
    """Each once to 46 times, in any order. Seeds instead of hypothesis: it minds the randomness of other threads."""
    chance = random.Random(seed)
    chosen = sorted(chance.sample(KINDS, chance.randint(2, 6)), key=KINDS.index)
    shuffled = [one for one in chosen for _ in range(chance.choice(TIMES))]
    chance.shuffle(shuffled)

    assert after(world, shuffled) == after(world, chosen), shuffled


@pytest.mark.parametrize(
    ("order", "ends"),
    [
        (("delivered", "sent", "queued"), touch.State.DELIVERED),
        (("delivered", "soft bounce"), touch.State.DELIVERED),
        (("soft bounce", "delivered"), touch.State.DELIVERED),
        (("delivered", "dropped"), touch.State.DELIVERED),
        (("hard bounce", "delivered"), touch.State.BOUNCED),
        (("delivered", "hard bounce"), touch.State.BOUNCED),
        (("soft bounce", "hard bounce"), touch.State.BOUNCED),
        (("dropped", "sent"), touch.State.FAILED),
    ],
)
def test_a_touch_only_ever_moves_on(world: World, order: tuple[str, ...], ends: touch.State) -> None:
    """Delivered before sent, failed after delivered: the strongest word counts, whenever it comes."""
    assert after(world, order)[2] is ends


def test_many_in_one_request_end_as_one_by_one(world: World) -> None:
    ada = world.enroll("Ada")
    events = list(told(ada, world.token(ada)).values())[:7]

    got = world.tell(*reversed(events), *events)

    assert (got.events, got.new) == (14, 7)
    assert state(world, ada) == after(world, KINDS[:7])
