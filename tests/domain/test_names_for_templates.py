"""What a template may name, and what must never reach a lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from outreach.domain import context
from outreach.domain.people import Lead
from tests.domain.people import ADA, MAIN, ROSA

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    "nothing",
    ["", "  ", "N/A", "n/a", "NULL", "none", "-", "--", "?", "Unknown", "TBD", "#N/A", "undefined", None],
)
def test_a_value_that_says_nothing_is_not_there(nothing: str | None) -> None:
    """A template then notices, and nobody is greeted with "Hi N/A,"."""
    lead = replace(ADA, company=nothing or "", fields={"plan": nothing, "first_name": nothing or ""})
    names = context.of_lead(lead)
    assert "company" not in names
    assert "plan" not in names


@pytest.mark.parametrize("something", [0, False, "0", "no", "Nan", "Nil Armstrong"])
def test_a_value_that_says_something_stays(something: object) -> None:
    assert context.of_lead(replace(ADA, fields={"plan": something}))["plan"] == something


def test_a_lead_is_known_by_names_and_addresses() -> None:
    assert context.of_lead(ADA) == {
        "name": "Ada Lovelace",
        "first_name": "Ada",
        "last_name": "Lovelace",
        "timezone": "America/New_York",
        "country": "US",
        "email": "ada@example.com",
        "phone": "+12125550101",
    }


def test_a_field_of_the_same_name_does_not_replace_what_we_know() -> None:
    assert context.of_lead(replace(ADA, fields={"email": "else@example.com"}))["email"] == "ada@example.com"
    assert context.of_lead(Lead(id=1, fields={"company": "Acme"}))["company"] == "Acme"


def test_a_message_may_name_the_lead_the_rep_the_sender_the_day_and_the_way_out() -> None:
    names = context.of_message(ADA, ROSA, MAIN, today=TODAY, unsubscribe_url="https://acme.example/u/1")
    assert set(names) == {"lead", "rep", "sender", "today", "unsubscribe_url"}
    assert names["rep"] == {"name": "Rosa Diaz", "first_name": "Rosa", "email": "rosa@acme.example"}
    assert names["sender"] == {
        "name": "Acme",
        "email": "team@acme.example",
        "postal_address": "1 Main St",
        "phone": "+15005550006",
    }


def test_without_rep_and_sender_their_names_are_empty() -> None:
    names = context.of_message(ADA, None, None, today=TODAY, unsubscribe_url=None)
    assert names["rep"] == names["sender"] == {}
    assert "unsubscribe_url" not in names
