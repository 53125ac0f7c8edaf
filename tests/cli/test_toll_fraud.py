"""A table of numbers that earn their owners money is refused line by line, by name; what slips through meets the gate."""

from __future__ import annotations

from tests.cli.conftest import Desk
from tests.cli.test_import import told

NUMBERS = {
    "+1 900 234 5678": "is a premium-rate number",
    "+44 909 879 0000": "is a premium-rate number",
    "+881 6 1234 5678": "is a satellite number",
    "+870 773 123 456": "is a satellite number",
    "+979 1234 5678": "is an international premium-rate number",
    "+808 1234 5678": "is an international shared-cost number",
    "+882 16 123 4567": "is an international network's number",
}


def test_every_such_line_is_refused_with_its_kind(desk: Desk) -> None:
    lines = "".join(f"Lead {n},lead{n}@example.com,{number}\n" for n, number in enumerate(NUMBERS))
    answer = told(desk, "name,email,phone\n" + lines)

    assert answer["counts"]["rejected"] == len(NUMBERS)
    because = [line["because"] for line in answer["first_rejected"]]
    assert [kind in said for kind, said in zip(NUMBERS.values(), because, strict=True)] == [True] * len(
        NUMBERS
    )


def test_a_toll_free_number_is_kept_for_its_mails_and_never_texted(desk: Desk) -> None:
    answer = desk.done("enroll", "ada@example.com", "trial", "--name", "Ada", "--phone", "+1 800 555 0142")
    assert "it is a toll-free number: those are never called or texted" in answer.out + answer.err
    assert "first: hello (email), now" in answer.out
