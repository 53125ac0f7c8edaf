"""The same person in another spelling is the same lead; where that is not certain, somebody is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach.domain.errors import Forbidden, Mistake
from outreach.domain.people import mailbox
from outreach.engine import forget, importing, people
from tests.world import World

SPELLINGS = [
    {"email": "ADA.Moreau@Example.COM"},
    {"email": "ada.moreau+fair@example.com"},
    {"email": "  ada.moreau@example.com  "},
    {"email": "new@example.com", "phone": "(212) 555-0142"},
    {"email": "", "phone": "1-212-555-0142"},
    {"email": "", "phone": "+1 212.555.0142"},
    {"email": "", "phone": "２１２５５５０１４２"},
]


@pytest.fixture
def ada(world: World) -> int:
    """Ada is known."""
    known = {"name": "Ada Moreau", "email": "ada.moreau@example.com", "phone": "+12125550142"}
    return people.save(world.house, people.read_lead(known, country="US"), by="rosa").lead.id


@pytest.mark.parametrize("said", SPELLINGS, ids=[" ".join(filter(None, one.values())) for one in SPELLINGS])
@pytest.mark.parametrize("name", ["Ada Moreau", "ada moreau", ""])
def test_another_spelling_is_the_same_lead(world: World, ada: int, said: dict[str, str], name: str) -> None:
    saved = people.save(world.house, people.read_lead({**said, "name": name}, country="US"), by="sam")
    assert (saved.new, saved.lead.id) == (False, ada)


@pytest.mark.parametrize("said", SPELLINGS, ids=[" ".join(filter(None, one.values())) for one in SPELLINGS])
def test_also_as_a_line_of_a_table_and_twice_in_one_table(
    world: World, ada: int, said: dict[str, str], tmp_path: Path
) -> None:
    line = f"Ada Moreau,{said.get('email', '')},{said.get('phone', '')}\n"
    (tmp_path / "again.csv").write_text(
        "name,email,phone\n" + line * 2 + "Ben,b.en@gmail.com,\nBen,ben+x@gmail.com,\n"
    )
    with (tmp_path / "again.csv").open("rb") as file:
        done = importing.import_leads(world.house, file, by="sam", reject=lambda line, why: None)
    assert (done.new, done.lines) == (1, 4)
    assert ada == world.lead("", email="ada.moreau@example.com").id


def test_at_gmail_dots_do_not_matter_and_elsewhere_they_do(world: World) -> None:
    first = world.lead("Cleo", email="cleo.roy@gmail.com", phone="")
    assert world.lead("Cleo", email="cleoroy@googlemail.com", phone="").id == first.id
    other = world.lead("Cleo", email="cleo.roy@client.example", phone="")
    assert world.lead("Cleo", email="cleoroy@client.example", phone="").id != other.id


def test_two_names_behind_details_of_one_mailbox_are_two_people(world: World) -> None:
    """sales+berlin and sales+paris may be colleagues."""
    first = world.lead("Ada", email="sales+berlin@client.example", phone="")
    assert world.lead("Ben", email="sales+paris@client.example", phone="").id != first.id


def test_mail_goes_to_the_address_as_it_was_given(world: World) -> None:
    ada = world.enroll("Ada", email="ada+acme@client.example")
    assert [m.to for m in world.messages(ada)] == ["ada+acme@client.example"]


def test_an_address_of_several_is_a_conflict_that_names_them(world: World, ada: int) -> None:
    ben = people.read_lead(
        {"name": "Ada Moreau", "email": "ada@other.example", "external_id": "7"}, country="US"
    )
    people.save(world.house, ben, by="sam")
    both = {"email": "ada@other.example;ada.moreau+x@example.com;ada.moreau@example.com"}
    with pytest.raises(Mistake, match="email belongs to several leads already"):
        people.save(world.house, people.read_lead(both, country="US"), by="sam")


def test_who_was_forgotten_is_known_in_every_spelling(world: World) -> None:
    cleo = world.lead("Cleo", email="cleo.roy+acme@gmail.com")
    forget.forget(world.house, cleo.id, by="rosa")
    for spelling in ("cleo.roy+acme@gmail.com", "cleoroy@gmail.com", "c.leoroy+other@googlemail.com"):
        with pytest.raises(Forbidden, match="R16"):
            world.lead("Cleo", email=spelling, phone="")


@pytest.mark.parametrize(
    ("address", "reached"),
    [
        ("ada@example.com", "ada@example.com"),
        ("ada+x+y@example.com", "ada@example.com"),
        ("+x@example.com", "+x@example.com"),
        ("a.d.a+x@gmail.com", "ada@gmail.com"),
        ('"a+b"@example.com', '"a+b"@example.com'),
    ],
)
def test_the_mailbox_of_an_address(address: str, reached: str) -> None:
    assert mailbox(address) == reached
