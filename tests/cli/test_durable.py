"""What a person asks about the doubtful, and what the proof looks like from the command line."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from outreach.store import schema
from tests.cli.conftest import Desk


def enrolled(desk: Desk) -> None:
    desk.done("enroll", "ada@client.example", "trial", "--field", "first_name=Ada")
    desk.deliver()


def doubtful(desk: Desk) -> int:
    """Ada's first mail, as it stands when the answer was lost."""
    enrolled(desk)
    with desk.house() as house, house.store.begin() as db:
        db.execute(
            update(schema.touches).values(state="uncertain", reason="read timeout", due_at=house.now())
        )
        db.execute(update(schema.attempts).values(state="uncertain"))
        db.execute(update(schema.enrollments).values(step_id="hello", channel="email", due_at=None))
    return 1


def test_nothing_in_doubt_says_so(desk: Desk) -> None:
    assert desk.done("uncertain").out == "nothing is uncertain\n"
    assert desk.done("uncertain", "--json").json == []


def test_what_is_in_doubt_is_listed_with_its_reason_and_token(desk: Desk) -> None:
    touch = doubtful(desk)

    words = desk.done("uncertain").out
    [told] = desk.done("uncertain", "--json").json

    assert f"touch {touch}: email to" in words
    assert "read timeout" in words
    assert f"outbox, token {told['token']}; not asked yet" in words
    assert (told["touch_id"], told["reason"], told["provider"]) == (touch, "read timeout", "outbox")


def test_reconcile_asks_the_provider_at_once(desk: Desk) -> None:
    """The outbox answers for itself: the file is there."""
    doubtful(desk)

    assert (
        desk.done("reconcile").out
        == "1 went out, 0 did not, 0 sent again as their steps say, 0 still uncertain\n"
    )
    assert desk.done("uncertain", "--json").json == []
    assert desk.done("reconcile").out.startswith("nothing to ask about")


@pytest.mark.parametrize(("answer", "state"), [("--sent", "sent"), ("--not-sent", "queued")])
def test_a_person_settles_it(desk: Desk, answer: str, state: str) -> None:
    touch = doubtful(desk)

    said = desk.done("resolve", touch, answer, "--note", "looked it up")

    assert said.out.startswith(f"touch {touch} is {state}")
    again = desk("resolve", touch, answer)
    assert (again.code, again.err) == (1, f"outreach: touch {touch} is not uncertain: it is {state}\n")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("resolve", 1), "did it go out? Say --sent or --not-sent"),
        (("resolve", "--sent"), "name one touch, or say --restored"),
        (("resolve", 1, "--restored", "--sent"), "name one touch, or say --restored"),
        (("resolve", 99, "--sent"), "there is no touch '99' (`outreach uncertain` lists those in doubt)"),
        (("audit", "--since", "lately"), "'lately' is not a duration"),
        (("audit", "--since", "1d", "--until", "2d"), "--since must be before --until"),
    ],
)
def test_a_wrong_question_is_told_the_right_one(desk: Desk, words: tuple[str, ...], error: str) -> None:
    answer = desk(*words)
    assert answer.code == 2
    assert error in answer.err


def test_a_clean_audit_says_what_it_compared(desk: Desk) -> None:
    enrolled(desk)
    desk.done("stop", "ada@client.example")

    said = desk.done("audit", "--since", "1d").out

    assert "1 attempt compared with 1 ended enrollment" in said
    assert said.endswith("nothing began after a stop\n")


def test_a_violation_is_named_and_ends_with_1(desk: Desk) -> None:
    enrolled(desk)
    desk.done("stop", "ada@client.example")
    with desk.house() as house, house.store.begin() as db:
        db.execute(update(schema.attempts).values(epoch=99))

    answer = desk("audit")

    assert answer.code == 1
    assert "enrollment 1 stopped" in answer.out
    assert answer.out.endswith("VIOLATED: 1 violation\n")
    [violation] = desk("audit", "--json").json["violations"]
    assert (violation["epoch"], violation["touch_id"]) == (99, 1)


def test_a_restored_backup_is_said_held_and_settled(desk: Desk) -> None:
    desk.done("enroll", "ada@client.example", "trial", "--field", "first_name=Ada")

    said = desk.done("restored").out
    assert said.startswith("everything is stopped; 1 touch may have gone out since the backup\n")
    desk.deliver()
    assert desk.outbox() == []
    assert "only you can tell" in desk.done("uncertain").out

    desk.done("resolve", "--restored", "--not-sent")
    desk.done("resume", "--all")
    desk.deliver()
    assert len(desk.outbox()) == 1
