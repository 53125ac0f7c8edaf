"""`outreach consent`, and the columns of a table that tell of one."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Desk
from tests.cli.test_import import told

HEAD = "name,email,country,consent,consent_channels,consent_at,consent_how,consent_expires\n"


def test_a_consent_is_recorded_shown_and_taken_back(desk: Desk) -> None:
    desk.done("enroll", "ada@example.com", "trial", "--name", "Ada")
    given = desk.done(
        "consent", "Ada", "--channel", "sms;voicemail", "--kind", "written", "--text", "Call me", "--how", "form",
        "--at", "2026-11-01",
    )  # fmt: skip
    assert "Ada: written consent to sms of 2026-11-01" in given.out
    shown = desk.done("consent", "Ada").out
    assert "voicemail" in shown
    assert "Call me" in shown

    desk.done("consent", "Ada", "--channel", "sms", "--revoke")

    rows = desk.done("consent", "Ada", "--json").json
    assert {row["consent"]["channel"]: row["holds"] for row in rows} == {"sms": False, "voicemail": True}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--revoke",), 2, "say what they took back"),
        (("--channel", "smoke"), 1, "there is no channel 'smoke'"),
        (("--channel", "sms", "--kind", "maybe"), 1, "consent 'maybe' is none of written, express, implied"),
        (("--channel", "sms", "--at", "soon"), 1, "--at 'soon' is no date"),
    ],
)
def test_what_cannot_be_meant_is_said(desk: Desk, words: tuple[str, ...], code: int, said: str) -> None:
    desk.done("enroll", "ada@example.com", "trial", "--name", "Ada")
    answer = desk.call("consent", "Ada", *words)
    assert answer.code == code
    assert said in answer.err


def test_a_table_may_tell_of_consents_and_telling_twice_adds_nothing(desk: Desk) -> None:
    lines = HEAD + "Zoe,zoe@pipes.ca,CA,implied,email,2026-11-01,inquiry,\nKim,kim@pipes.ca,CA,,,,,\n"
    first = told(desk, lines, "--cadence", "trial")["counts"]
    assert (first["new"], first["enrolled"], first["refused"]) == (2, 1, 1)  # R17: Kim has not agreed
    again = told(desk, lines, "--cadence", "trial")["counts"]
    assert (again["same"], again["already"]) == (2, 1)

    [row] = desk.done("consent", "Zoe", "--json").json
    assert row["consent"]["kind"] == "implied"
    assert row["ends"].startswith("2027-05-03")  # six months after an inquiry


@pytest.mark.parametrize(
    ("line", "because"),
    [
        ("Ada,ada@example.com,US,maybe,email,2026-11-01,,", "consent 'maybe' is none of"),
        ("Ada,ada@example.com,US,express,,2026-11-01,,", "a consent needs consent_channels"),
        ("Ada,ada@example.com,US,express,email,2036-11-01,,", "consent_at 2036-11-01 has not come yet"),
        ("Ada,ada@example.com,US,,email,,,", "consent_channels is given without consent"),
        ("Ada,ada@example.com,US,express,e-mail,2026-11-01,,", "there is no channel 'e-mail'"),
    ],
)
def test_a_line_whose_consent_makes_no_sense_is_rejected(desk: Desk, line: str, because: str) -> None:
    answer = told(desk, HEAD + line + "\n")
    assert answer["counts"]["rejected"] == 1
    assert because in answer["first_rejected"][0]["because"]


@pytest.mark.parametrize(
    ("country", "region", "because"),
    [
        ("US", "Floridda", "there is no state 'Floridda' in US (did you mean Florida?)"),
        ("CA", "FL", "there is no state 'FL' in CA"),
        ("US", "XX", "there is no state 'XX' in US (write it like FL or Florida)"),
    ],
)
def test_a_state_that_is_none_is_rejected_for_the_law_goes_by_it(
    desk: Desk, country: str, region: str, because: str
) -> None:
    answer = told(desk, f"email,country,state\nada@example.com,{country},{region}\n")
    assert because in answer["first_rejected"][0]["because"]


def test_states_are_read_as_people_write_them(desk: Desk) -> None:
    told(
        desk,
        "email,country,state\na@x.example,US,florida\nb@x.example,,US-FL\nc@x.example,,Ontario\n"
        "d@x.example,DE,BY\ne@x.example,DE,Nordrhein-Westfalen\nf@x.example,,Bavaria\n",
    )
    with desk.house() as house, house.store.read() as db:
        regions = [row[0] for row in db.exec_driver_sql("SELECT region FROM leads ORDER BY id")]
    assert regions == ["FL", "FL", "ON", "BY", None, None]


@pytest.mark.parametrize(
    ("column", "value", "because"),
    [
        ("subscriber_kind", "robot", "subscriber_kind 'robot' is none of corporate, individual, unknown"),
        ("lawful_basis", "hope", "lawful_basis 'hope' is none of consent, contract"),
    ],
)
def test_kinds_and_bases_are_words_of_the_law(desk: Desk, column: str, value: str, because: str) -> None:
    answer = told(desk, f"email,{column}\nada@example.com,{value}\n")
    assert because in answer["first_rejected"][0]["because"]
