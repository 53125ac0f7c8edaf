"""The inbox, answers and outcomes as a rep types them."""

from __future__ import annotations

from outreach.domain.channel import Channel
from outreach.domain.event import Replied
from outreach.engine.receive import take_reply
from tests.cli.conftest import Answer, Desk

WORDS = "I have read what you sent to us and would like to hear more about the second point of it, please."


def write(desk: Desk, sender: str, words: str = WORDS) -> None:
    told = Replied(
        key=f"{sender} {words}", channel=Channel.EMAIL, sender=sender, subject="Re: Hello", text=words
    )
    with desk.house() as house:
        take_reply(house, "imap", told)


def refused(desk: Desk, *words: str) -> Answer:
    answer = desk(*words)
    assert answer.code != 0, answer
    return answer


def test_an_unknown_answer_is_listed_shown_and_given_to_its_lead(desk: Desk) -> None:
    desk.done("enroll", "ada@example.com", "trial", "--name", "Ada Moreau")
    write(desk, "boss@example.com")

    listed = desk.done("inbox").out
    assert "boss@example.com" in listed
    assert "Ada Moreau #1" in listed
    shown = desk.done("inbox", "show", "1").out
    assert WORDS in shown
    assert "held until you decide" in shown
    assert "is from Ada Moreau (#1): human reply" in desk.done("inbox", "assign", "1", "ada@example.com").out
    assert desk.done("inbox").out == "nothing waits\n"


def test_an_answer_is_a_task_and_is_closed_with_what_the_lead_wants(desk: Desk) -> None:
    desk.done("enroll", "ada@example.com", "trial", "--name", "Ada Moreau")
    write(desk, "ada@example.com")

    assert "r1" in desk.done("tasks").out
    assert WORDS in desk.done("tasks", "r1").out
    assert desk.done("done", "r1", "-d", "interested").out == "task r1 is done; interested\n"
    assert desk.done("tasks").out == "no tasks\n"


def test_later_has_a_date(desk: Desk) -> None:
    desk.done("enroll", "ada@example.com", "trial", "--name", "Ada Moreau")

    assert "later needs a date" in refused(desk, "outcome", "ada@example.com", "later").err
    said = desk.done("outcome", "ada@example.com", "later", "--until", "2027-03-01", "--note", "budget")
    assert "trial is replied" in said.out
    assert "reminds you on Mon 2027-03-01" in said.out


def test_a_wrong_word_names_the_right_one(desk: Desk) -> None:
    desk.done("enroll", "ada@example.com", "trial", "--name", "Ada Moreau")

    assert "interested" in refused(desk, "outcome", "ada@example.com", "intrested").err
    assert "is none of list, show, assign, dismiss" in refused(desk, "inbox", "open", "1").err
    assert "say which reply" in refused(desk, "inbox", "show").err
    assert "is no task" in refused(desk, "done", "x7", "-d", "done").err


def test_what_is_dismissed_lets_go_whom_it_held(desk: Desk) -> None:
    desk.done("enroll", "ada@example.com", "trial", "--name", "Ada Moreau")
    write(desk, "news@example.com")

    assert desk.done("inbox", "dismiss", "1", "--because", "newsletter").out == (
        "reply 1 is dismissed; 1 lead let go\n"
    )
    assert desk.done("inbox", "--json").json == []
