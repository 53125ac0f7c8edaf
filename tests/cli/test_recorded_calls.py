"""`outreach check` refuses recorded calls that do not say who calls, and how to get no more of them (rule R7)."""

from __future__ import annotations

import pytest

from tests.cli.conftest import PLAYBOOK, Desk

OPTED = "To opt out call {{ sender.optout_number | spoken }}."


@pytest.mark.parametrize(
    "words",
    [
        "This is Acme. A tip for you. To opt out call 800 555 0100.",
        "{{ rep.name }} of {{ sender.name }} here. A tip. " + OPTED,
    ],
)
def test_a_text_that_names_both_is_fine(desk: Desk, words: str) -> None:
    (desk.folder / "templates" / "trial/drop.txt").write_text(words)
    assert desk.call("check").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (OPTED, "must say at its beginning who calls, and 'Acme' is not in it (rule R7)"),
        ("A tip. " * 50 + "This is Acme. " + OPTED, "must say at its beginning who calls"),
        (
            "This is Acme. A tip for you.",
            "must name a number to opt out by, and +18005550100 is not in it (rule R7)",
        ),
        ("This is Acme. Call 800 555 0199.", "must name a number to opt out by"),
    ],
)
def test_a_text_that_lacks_one_is_refused_with_its_fix(desk: Desk, words: str, said: str) -> None:
    (desk.folder / "templates" / "trial/drop.txt").write_text(words)
    answer = desk.call("check")
    assert answer.code == 1
    assert said in answer.out + answer.err
    assert "templates/trial/drop.txt" in answer.out + answer.err


def test_of_a_recording_nobody_but_a_person_can_tell(desk: Desk) -> None:
    desk.write_playbook(PLAYBOOK.replace("trial/drop.txt", "https://acme.example/tip.mp3"))
    answer = desk.call("check")
    assert answer.code == 0
    assert "only you can hear whether this recording says who calls" in answer.out + answer.err
