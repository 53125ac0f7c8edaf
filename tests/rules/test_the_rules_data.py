"""The rules data: every line has its source and its day, nonsense is refused, and it says what docs/rules.md says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from zoneinfo import available_timezones

import pytest

from outreach import addresses, almanac
from outreach.casework.lawbook import lawbook
from outreach.domain import calendar
from outreach.domain.channel import Channel
from outreach.domain.law import FEDERAL, QUIET_OPEN, Book, Checked
from outreach.domain.people import Lead
from outreach.rules import BadRules, read, sources
from outreach.rules.reading import FILES
from tests.house.plan import ROOT

TODAY = datetime(2026, 12, 1, tzinfo=UTC)
TEXTS = {name: files("outreach.rules").joinpath(name).read_text() for name in FILES}
LINE = '  - {rule: R5, place: US-NY, hours: "09:00-18:00", since: 2026-01-01, checked: memory, source: "a law"}\n'


def changed(line: str, file: str = "telephones.yaml") -> dict[str, str]:
    """The data with one more line at the beginning."""
    return {**TEXTS, file: TEXTS[file].replace("lines:\n", f"lines:\n{line}", 1)}


def test_every_line_has_its_source_its_day_and_says_how_far_it_was_checked() -> None:
    for line in sources().lines:
        assert line.source
        assert line.since <= TODAY.date()
        assert line.checked in Checked
        assert line.window or line.most or line.holidays or line.regime


def test_every_state_of_the_checklist_has_a_line() -> None:
    have = {line.place for line in sources().lines}
    asked = [
        "FL",
        "OK",
        "WA",
        "MD",
        "CT",
        "KY",
        "AL",
        "LA",
        "MS",
        "PA",
        "RI",
        "TX",
        "UT",
        "MA",
        "MI",
        "MN",
        "NV",
        "NM",
        "WY",
        "SD",
        "ME",
        "IL",
    ]
    assert {f"US-{state}" for state in asked} <= have
    assert {"US", "GB", "CA", "DE", "FR", "IE", "NO"} <= have


def test_the_federal_line_is_the_floor_that_the_program_knows_without_any_data() -> None:
    federal = [line for line in sources().lines if (line.rule, line.place) == ("R1", "US")]
    assert (
        [line.window for line in federal] == [QUIET_OPEN] == [line.window for line in FEDERAL.sources.lines]
    )


def test_places_are_complete_and_each_area_code_is_in_one_state() -> None:
    states = {key: state for key, state in sources().states.items() if key.startswith("US")}
    assert len(states) == 51  # with the District of Columbia
    codes = [code for state in states.values() for code in state.area_codes]
    assert len(codes) == len(set(codes)) > 350
    assert all(set(state.zones) <= available_timezones() for state in sources().states.values())


def test_area_codes_lie_in_zones_of_their_state() -> None:
    """What the number's own prefix says of its zone is a zone of the state that its area code stands for."""
    # Of a few codes the whole of a country's zones is known, of a few a zone that a corner of the state keeps.
    for key, state in sources().states.items():
        for code in state.area_codes:
            if key.startswith("US"):
                zones = set(addresses.phone(f"+1{code}5550123", "US").zones)
                assert zones & set(state.zones) or len(zones) > 6, (key, code, zones)


def test_every_calendar_that_a_line_names_knows_this_year() -> None:
    for line in sources().lines:
        if line.holidays:
            assert almanac.known(line.holidays, TODAY.year), line.holidays


def test_the_page_of_rules_names_every_place_and_every_file() -> None:
    page = (ROOT / "docs/rules.md").read_text()
    own = {line.place.removeprefix("US-") for line in sources().lines if line.rule == "R5"}
    assert {state for state in own if state not in page} == set()
    assert all(name in page for name in FILES)


def test_the_edition_changes_with_the_data() -> None:
    assert read(TEXTS).version == sources().version
    assert read(changed(LINE)).version != sources().version


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (LINE.replace(', source: "a law"', ""), "telephones.yaml, line 1: it has no source"),
        (LINE.replace(" since: 2026-01-01,", ""), "since is a date like 2026-03-31, not None"),
        (LINE.replace("2026-01-01", "soon"), "since is a date"),
        (
            LINE.replace("checked: memory", "checked: hardly"),
            "checked is official, secondary, memory, not 'hardly'",
        ),
        (LINE.replace("US-NY", "US-XX"), "there is no place 'US-XX'"),
        (LINE.replace("US-NY", "New York"), "'New York' is not a place"),
        (LINE.replace("09:00-18:00", "9-18"), "'9-18' are no hours"),
        (LINE.replace("09:00-18:00", "18:00-09:00"), "are no hours"),
        (LINE.replace('hours: "09:00-18:00"', "hours: {mon-fry: 09:00-18:00}"), "'mon-fry' are no days"),
        (LINE.replace('hours: "09:00-18:00"', "most: 0"), "most is a number from 1 on"),
        (LINE.replace('hours: "09:00-18:00", ', ""), "it says nothing: add hours, holidays or most"),
        (LINE.replace("hours", "ours"), "there is no 'ours'"),
        (LINE.replace("rule: R5", "rule: 5"), "rule 5 is not one of docs/rules.md"),
        (LINE.replace("checked", "until: 2025-01-01, checked"), "it ends (2025-01-01) before it begins"),
        (LINE.replace("checked", "channels: [fax], checked"), "there is no channel 'fax'"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused_with_its_place(line: str, said: str) -> None:
    with pytest.raises(BadRules) as told:
        read(changed(line))
    assert said in str(told.value)


def test_norway_is_not_false() -> None:
    """NO without quotes is false in YAML: it is said, not read as nothing."""
    text = TEXTS["countries.yaml"].replace('"NO"', "NO")
    with pytest.raises(BadRules, match="False is not a place"):
        read({**TEXTS, "countries.yaml": text})


def test_a_line_ends_with_its_last_day() -> None:
    line = LINE.replace("since: 2026-01-01", "since: 2026-01-01, until: 2026-06-30")
    book = Book(read(changed(line)))
    for day, held in (
        (date(2025, 12, 30), False),
        (date(2026, 1, 2), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 3), False),
    ):
        law = book.at(datetime(day.year, day.month, day.day, 15, tzinfo=UTC))
        assert any(one.source == "a law" for one in law.lines) is held, day


def test_days_between_two_changes_share_what_was_worked_out() -> None:
    book = lawbook()
    assert book.at(TODAY) is book.at(TODAY + timedelta(hours=30))
    assert book.at(TODAY) is not book.at(TODAY + timedelta(days=60))  # another year: other holidays


@pytest.mark.parametrize(
    ("number", "named"),
    [
        ("+18005550123", "a toll-free number"),
        ("+19005550123", "a premium-rate number"),
        ("+88161234567", "a satellite number"),
        ("+97912345678", "an international premium-rate number"),
        ("+12125550123", None),
        ("+15005550006", None),
    ],
)
def test_numbers_nobody_should_ring_are_known_by_their_beginning(number: str, named: str | None) -> None:
    assert lawbook().at(TODAY).kind(number) == named


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("+881 6 1234 5678", "a satellite number"),
        ("+870 773 123 456", "a satellite number"),
        ("+979 1234 5678", "an international premium-rate number"),
        ("+800 1234 5678", "an international toll-free number"),
        ("+1 900 234 5678", "a premium-rate number"),
        ("+44 909 879 0000", "a premium-rate number"),
        ("212 555 0101 ext. 5", "has an extension"),
        ("555", "is not a telephone number of US"),
    ],
)
def test_they_are_refused_by_name_at_the_door(text: str, said: str) -> None:
    with pytest.raises(addresses.BadAddress, match=said):
        addresses.phone(text, "US")


def test_a_national_form_is_read_as_of_the_lead_s_country() -> None:
    assert addresses.phone("020 7946 0018", "GB").value == "+442079460018"
    assert addresses.phone("(212) 555-0123", "US").value == "+12125550123"
    assert (
        addresses.phone("+1 500 555 0006", "US").value == "+15005550006"
    )  # fictitious, and what test accounts use


def test_a_number_that_may_be_anywhere_has_a_time_to_ring_all_the_same() -> None:
    """The strictest of all states in all zones is not never."""
    number = addresses.phone("+15005550123", "US")
    found = lawbook().at(TODAY).ringing(Lead(id=1, addresses=(number,)), number, Channel.SMS)
    opens = calendar.next_open(TODAY, found.hours)
    assert opens is not None
    assert opens < TODAY + timedelta(days=2)
    assert found.most == 3
