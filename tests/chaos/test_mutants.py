"""The proof of the proof: each safeguard taken away turns a figure red."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.chaos import caps, freezes, hands, stops, storms
from tests.chaos.figure import Figure
from tests.chaos.mutants import MUTANTS
from tests.chaos.scale import SHORT, Scale
from tests.chaos.stage import Servers

pytestmark = pytest.mark.chaos

# A storm is short: what a mutant does wrong shows within a few kills.
_BRIEF = replace(SHORT, kill_every=1.0)


def _kills(mutant: str, servers: Servers) -> Figure:
    return storms.kills(_BRIEF, 1, servers, mutant=mutant, touches=600)[0]


def _pauses(mutant: str, servers: Servers) -> Figure:
    # One thread each: with more of them something is always on the wire, and the pause waits for luck.
    return stops.pauses(replace(_BRIEF, threads=1, workers=1), 1, servers, mutant=mutant, slow=0.3, rounds=4)


def _frozen(mutant: str, servers: Servers) -> Figure:
    return freezes.before_the_request(_BRIEF, 1, servers, mutant=mutant)


def _repeated(mutant: str, servers: Servers) -> Figure:
    return stops.replies(_BRIEF, 1, servers, mutant=mutant, count=20, repeated=True)


def _capped(mutant: str, servers: Servers) -> Figure:
    return caps.exact(_BRIEF, 1, servers, mutant=mutant)


def _hands(mutant: str, servers: Servers) -> Figure:
    return hands.several(_BRIEF, 1, servers, mutant=mutant)


MISSED_BY: dict[str, Callable[[str, Servers], Figure]] = {
    "the intent's commit": _kills,
    "the shared locks of the claim": _pauses,
    "the deadline check": _frozen,
    "the lease's expiry to uncertain": _kills,
    "the version guard": _hands,
    "the unique event": _repeated,
    "the cap's lock": _capped,
}


@pytest.mark.parametrize("mutant", sorted(MISSED_BY))
def test_a_safeguard_that_is_taken_away_is_missed(
    mutant: str, servers: Servers, red: Callable[[str, Figure], None], scale: Scale
) -> None:
    red(mutant, MISSED_BY[mutant](mutant, servers))


def test_every_mutant_has_its_figure() -> None:
    assert MISSED_BY.keys() == MUTANTS.keys()
