"""Mistakes are told with their place, and with the name that was probably meant."""

from __future__ import annotations

import pytest

from outreach.domain.errors import Forbidden, Unknown
from outreach.domain.problem import Problem, Problems, closest, did_you_mean

CADENCES = ["trial", "after-meeting", "win-back"]


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("trail", "trial"),
        ("Trial", "trial"),
        ("after_meeting", "after-meeting"),
        ("winback", "win-back"),
        ("zzz", None),
    ],
)
def test_the_closest_name_is_offered_or_none(wrong: str, meant: str | None) -> None:
    assert closest(wrong, CADENCES) == meant
    assert did_you_mean(wrong, CADENCES) == (f"did you mean {meant!r}?" if meant else "")


def test_a_problem_reads_like_a_compilers() -> None:
    assert str(Problem("cadences.yaml", 8, 16, "bad", "write 9:00")) == "cadences.yaml:8:16: bad (write 9:00)"
    assert str(Problem("cadences.yaml", 0, 0, "odd", warning=True)) == "cadences.yaml: warning: odd"


def test_problems_are_told_in_the_order_of_the_file() -> None:
    later, sooner = Problem("a", 12, 1, "later"), Problem("a", 2, 1, "sooner")
    assert str(Problems([later, sooner])) == "a:2:1: sooner\na:12:1: later"


def test_an_unknown_name_says_what_was_meant_and_what_helps() -> None:
    error = Unknown("cadence", "trail", closest="trial", hint="run `outreach cadences`")
    assert str(error) == "there is no cadence 'trail'; did you mean 'trial'? (run `outreach cadences`)"


def test_a_refusal_names_its_rule() -> None:
    assert str(Forbidden("R8 suppressed", "Ada opted out")) == "Ada opted out [R8 suppressed]"
