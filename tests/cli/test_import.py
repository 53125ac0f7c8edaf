"""`outreach import`: whatever people save as CSV, every line is accepted, or rejected with its number and reason."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from outreach.engine import importing
from outreach.engine.table import LONGEST_CELL, Line, open_table
from tests.cli.conftest import Desk

HEAD = "name,email,phone\n"


def told(desk: Desk, content: bytes | str, *words: str, name: str = "leads.csv") -> dict:
    """Import a file of this content; the counts, with the sums checked."""
    path = desk.folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    answer = desk.done("import", path, "--json", *words).json
    counts = answer["counts"]
    taken = counts["new"] + counts["changed"] + counts["same"]
    assert counts["lines"] == taken + counts["rejected"]
    if "--cadence" in words:
        assert taken == counts["enrolled"] + counts["already"] + counts["refused"]
    return answer


def names(desk: Desk) -> list[str]:
    """Everybody who was taken in."""
    with desk.house() as house, house.store.read() as db:
        return [row[0] for row in db.exec_driver_sql("SELECT name FROM leads ORDER BY id")]


def read(tmp_path: Path, content: bytes) -> list[Line]:
    """The lines of a file, without any house."""
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with path.open("rb") as file:
        return list(open_table(file, mapping={}, progress=lambda _: None).lines())


ZOE = "name;email\nZoë Łukasz;zoe@example.com\nJosé “Pepe”;jose@example.com\n"


@pytest.mark.parametrize(
    "content",
    [
        ZOE.encode(),
        b"\xef\xbb\xbf" + ZOE.encode(),
        ZOE.encode("utf-16"),
        b"\xfe\xff" + ZOE.encode("utf-16-be"),
        ZOE.encode("utf-16-le"),
        ZOE.encode("utf-16-be"),
        ZOE.replace("\n", "\r\n").encode(),
        ZOE.replace("\n", "\r").encode(),
        ("sep=;\n" + ZOE).encode(),
        ("\n\n" + ZOE + "\n;\n\n").encode(),
    ],
    ids=[
        "utf8",
        "bom",
        "utf16",
        "utf16be",
        "utf16le-no-bom",
        "utf16be-no-bom",
        "crlf",
        "cr",
        "sep",
        "blank-lines",
    ],
)
def test_every_encoding_and_line_end_that_spreadsheets_write_is_read(desk: Desk, content: bytes):
    assert told(desk, content)["counts"]["new"] == 2
    assert names(desk) == ["Zoë Łukasz", "José “Pepe”"]


def test_windows_1252_and_utf_8_may_be_mixed_in_one_file(desk: Desk):
    content = b"name,email\n" + "Zoë,zoe@example.com\n".encode() + "José,jose@example.com\n".encode("cp1252")
    assert told(desk, content)["counts"]["new"] == 2
    assert names(desk) == ["Zoë", "José"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_recognised(desk: Desk, delimiter: str):
    rows = [["name", "email", "company"], ["Ada", "ada@example.com", "Quick Cool"]]
    assert told(desk, "".join(delimiter.join(row) + "\n" for row in rows))["counts"]["new"] == 1


def test_quoted_cells_may_hold_delimiters_quotes_and_line_ends(desk: Desk):
    content = (
        'name,email,notes\n"Moreau, Ada",ada@example.com,"two\nlines, and ""quotes"""\nBen,ben@example.com,\n'
    )
    assert told(desk, content)["counts"]["new"] == 2
    fields = desk.done("show", "ada@example.com", "--json").json["lead"]["fields"]
    assert fields == {"notes": 'two lines, and "quotes"'}


def test_a_rejected_line_is_told_with_the_number_it_has_in_the_file(desk: Desk):
    content = (
        HEAD + '"A\nda",ada@example.com,\nBen,no-address,\n\nCleo,cleo@example.com,12\nDan,dan@example.com,\n'
    )
    answer = told(desk, content)
    assert answer["counts"]["rejected"] == 2
    assert [row["line"] for row in answer["first_rejected"]] == [4, 6]
    assert "'no-address' is not a mail address" in answer["first_rejected"][0]["because"]
    assert "'12' is not a telephone number" in answer["first_rejected"][1]["because"]


def test_ragged_lines_are_rejected_and_a_delimiter_too_many_is_not(desk: Desk):
    content = (
        HEAD + "Ada,ada@example.com\nBen,ben@example.com,,\nCleo,cleo@example.com,,x\nDan,dan@example.com,\n"
    )
    answer = told(desk, content)
    assert names(desk) == ["Ben", "Dan"]
    assert [row["because"][:16] for row in answer["first_rejected"]] == [
        "it has 2 cells, ",
        "it has 4 cells, ",
    ]


def test_a_nul_rejects_its_line_only(desk: Desk):
    answer = told(desk, HEAD.encode() + b"A\x00da,ada@example.com,\nBen,ben@example.com,\n")
    assert names(desk) == ["Ben"]
    assert "NUL" in answer["first_rejected"][0]["because"]


def test_a_quote_that_is_never_closed_rejects_its_line_only(desk: Desk):
    rest = "".join(f"Lead {n},lead{n}@example.com,\n" for n in range(400))
    answer = told(desk, HEAD + '"Ada,ada@example.com,\n' + rest)
    assert answer["counts"]["new"] == 400
    assert [row["line"] for row in answer["first_rejected"]] == [2]


def test_a_cell_of_ten_megabytes_rejects_its_line_only(desk: Desk):
    content = HEAD + "A" * 10_000_000 + ",ada@example.com,\nBen,ben@example.com,\n"
    answer = told(desk, content)
    assert names(desk) == ["Ben"]
    assert answer["first_rejected"][0]["because"] == "it is longer than 1,000,000 characters"


def test_a_cell_longer_than_64_kilobytes_is_refused_by_name(tmp_path: Path):
    [line] = read(tmp_path, f"name,notes\nAda,{'x' * (LONGEST_CELL + 1)}\n".encode())
    assert line.problem == "'notes' has 65,537 characters; at most 65,536 are read"


def test_the_same_header_twice_is_refused_before_anything_is_stored(desk: Desk):
    (desk.folder / "twice.csv").write_text("name,E-Mail,email\nAda,ada@example.com,a@example.com\n")
    answer = desk("import", "twice.csv")
    assert answer.code == 1
    assert "two columns are 'email': 'E-Mail' and 'email'" in answer.err
    assert names(desk) == []


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told_as_such(desk: Desk, content: bytes):
    (desk.folder / "empty.csv").write_bytes(content)
    answer = desk("import", "empty.csv")
    assert answer.code == 1
    assert "the file is empty" in answer.err


def test_a_file_with_nothing_but_a_header_is_done_at_once(desk: Desk):
    assert told(desk, HEAD)["counts"]["lines"] == 0


def test_without_a_column_of_addresses_every_line_says_what_is_missing(desk: Desk):
    answer = told(desk, "name,city\nAda,Denver\n")
    assert answer["counts"]["rejected"] == 1
    assert "a lead needs an email" in answer["first_rejected"][0]["because"]


def test_columns_of_other_systems_are_understood_or_mapped(desk: Desk):
    content = "Full Name,E-Mail,Handynummer,Plan Type\nAda,ada@example.com,+12125550142,pro\n"
    told(desk, content, "--map", "Handynummer=phone")
    lead = desk.done("show", "1", "--json").json["lead"]
    assert [a["value"] for a in lead["addresses"]] == ["ada@example.com", "+12125550142"]
    assert (lead["name"], lead["fields"]) == ("Ada", {"plan_type": "pro"})


def test_a_mapping_of_a_column_that_is_not_there_is_refused(desk: Desk):
    (desk.folder / "a.csv").write_text(HEAD)
    assert (
        "--map names 'Mail', but the columns are name, email, phone"
        in desk("import", "a.csv", "--map", "Mail=email").err
    )
    assert desk("import", "a.csv", "--map", "Mail").code == 2


def test_the_same_person_in_other_spelling_is_one_person(desk: Desk):
    content = (
        HEAD + "Ada,Ada@Example.com,+1 (212) 555-0142\n,ada@example.COM,212-555-0142\nADA,,+12125550142\n"
    )
    counts = told(desk, content)["counts"]
    assert (counts["new"], counts["same"] + counts["changed"]) == (1, 2)
    assert len(names(desk)) == 1


def test_an_address_of_two_people_is_a_conflict_and_not_a_guess(desk: Desk):
    told(
        desk, "name,email,phone,id\nAda,ada@example.com,+12125550142,1\nBen,ben@example.com,+12125550142,2\n"
    )
    answer = told(desk, "phone\n+12125550142\n", "--source", "list")
    assert "phone belongs to several leads already (#1 Ada, #2 Ben)" in answer["first_rejected"][0]["because"]


def test_running_it_again_adds_nothing(desk: Desk):
    content = "name,email,id\n" + "".join(f"Lead {n},lead{n}@example.com,x{n}\n" for n in range(300))
    first = told(desk, content, "--cadence", "trial")["counts"]
    again = told(desk, content, "--cadence", "trial")["counts"]
    assert (first["new"], first["enrolled"]) == (300, 300)
    assert (again["new"], again["changed"], again["same"], again["enrolled"], again["already"]) == (
        0,
        0,
        300,
        0,
        300,
    )


def test_whoever_was_stopped_is_not_enrolled_again_by_the_same_file(desk: Desk):
    told(desk, HEAD + "Ada,ada@example.com,\n", "--cadence", "trial")
    desk.done("stop", "ada@example.com")
    assert told(desk, HEAD + "Ada,ada@example.com,\n", "--cadence", "trial")["counts"]["enrolled"] == 0


class _PulledPlug(Exception):
    """Somebody pulled the plug."""


def test_killed_in_the_middle_and_run_again_it_completes(desk: Desk):
    content = HEAD + "".join(f"Lead {n},lead{n}@example.com,\n" for n in range(1000))
    path = desk.folder / "big.csv"
    path.write_text(content)

    def pull_the_plug(line: Line, because: str) -> None:
        raise _PulledPlug

    path.write_text(content.replace("lead500@example.com", "nobody"))
    with desk.house() as house, path.open("rb") as file, pytest.raises(_PulledPlug):
        importing.import_leads(house, file, by="test", reject=pull_the_plug, cadence="trial")
    done = len(names(desk))
    assert 0 < done < 1000
    counts = told(desk, content, "--cadence", "trial", name="big.csv")["counts"]
    assert (counts["new"], counts["same"], counts["already"]) == (1000 - done, done, done)
    assert len(names(desk)) == 1000


def test_rejected_lines_are_written_so_that_no_spreadsheet_executes_them(desk: Desk):
    content = HEAD + '=HYPERLINK("http://evil"),nobody,+12125550142\nAda,ada@example.com,\n'
    told(desk, content)
    with (desk.folder / "leads.rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        head, row = list(csv.reader(file))
    assert head == ["rejected_line", "rejected_because", "name", "email", "phone"]
    assert row[0] == "2"
    assert row[2:] == ['\'=HYPERLINK("http://evil")', "nobody", "'+12125550142"]


def test_the_file_of_rejected_lines_can_be_mended_and_imported(desk: Desk):
    told(desk, HEAD + "Ada,nobody,+12125550142\n")
    rejected = desk.folder / "leads.rejected.csv"
    mended = (
        rejected.read_text(encoding="utf-8-sig")
        .replace("nobody", "ada@example.com", 2)
        .replace("'ada@", "'nobody", 1)
    )
    assert told(desk, mended, name="mended.csv")["counts"]["new"] == 1
    lead = desk.done("show", "1", "--json").json["lead"]
    assert [a["value"] for a in lead["addresses"]] == ["ada@example.com", "+12125550142"]
    assert lead["fields"] == {}


def test_whoever_opted_out_is_taken_in_but_not_enrolled(desk: Desk):
    desk.done("suppress", "ada@example.com")
    answer = told(desk, HEAD + "Ada,ada@example.com,\nBen,ben@example.com,\n", "--cadence", "trial")
    assert (answer["counts"]["enrolled"], answer["counts"]["refused"]) == (1, 1)
    assert (
        "taken in, but not enrolled: no step of 'trial' can reach this lead"
        in answer["first_rejected"][0]["because"]
    )


def test_import_plans_the_first_step_at_the_same_time_as_enroll_does(desk: Desk):
    told(desk, "name,email,timezone\nAda,ada@example.com,Asia/Tokyo\n", "--cadence", "trial")
    desk.done("enroll", "ben@example.com", "trial", "--name", "Ben", "--timezone", "Asia/Tokyo")
    ada, ben = (desk.done("show", who, "--json").json["enrollments"][0] for who in ("1", "2"))
    assert ada["due_at"] == ben["due_at"] == "2026-12-02T00:00:00+00:00"
    assert (ada["rep"], ada["sender"], ada["step_id"]) == (ben["rep"], ben["sender"], ben["step_id"])


def test_a_dry_run_counts_the_same_and_leaves_no_trace(desk: Desk):
    content = HEAD + "Ada,ada@example.com,\nAda,ADA@example.com,\nBen,nobody,\nCleo,cleo@example.com,\n"
    dry = told(desk, content, "--cadence", "trial", "--dry-run")["counts"]
    assert names(desk) == []
    assert not (desk.folder / "leads.rejected.csv").exists()
    real = told(desk, content, "--cadence", "trial")["counts"]
    assert dry == real


def test_an_unknown_cadence_is_a_wrong_use_before_the_first_line(desk: Desk):
    (desk.folder / "a.csv").write_text(HEAD + "Ada,ada@example.com,\n")
    answer = desk("import", "a.csv", "--cadence", "trail")
    assert answer.code == 2
    assert "did you mean 'trial'?" in answer.err
    assert names(desk) == []


def test_a_missing_file_and_a_folder_are_told_as_such(desk: Desk):
    assert "there is no file nope.csv" in desk("import", "nope.csv").err
    assert "is a folder" in desk("import", "templates").err


def test_ten_thousand_lines_of_every_kind_add_up(desk: Desk):
    kinds = [
        lambda n: f"Lead {n},lead{n}@example.com,",
        lambda n: f'"Lead {n}, Esq.",lead{n}@example.com,',
        lambda n: f'"Lead\n{n}",lead{n}@example.com,',
        lambda n: f"Lead {n},lead{n}@example.com",
        lambda n: f"Lead {n},nobody{n},",
    ]
    lines = [kinds[n % 5](n) for n in range(2000)]
    body = "".join(f"{line}\n" for line in lines)
    started = time.process_time()
    counts = told(desk, HEAD + body, "--cadence", "trial")["counts"]
    assert (counts["lines"], counts["new"], counts["enrolled"], counts["rejected"]) == (2000, 1200, 1200, 800)
    assert time.process_time() - started < 60  # a bound on blow-ups, not a measure: `make bench` times things
