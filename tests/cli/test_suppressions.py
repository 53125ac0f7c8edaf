"""Suppression lists as files: taken in line by line, written down so that another database could use them."""

from __future__ import annotations

import csv
import io

import pytest

from outreach.engine import forget
from tests.cli.conftest import Desk

KEY = "k" * 40


def imported(desk: Desk, content: str | bytes, *words: str) -> dict:
    """Import a list; its counts, with the sum checked."""
    path = desk.folder / "list.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    answer = desk.done("suppressions", "import", path, "--json", *words).json
    counts = answer["counts"]
    assert counts["lines"] == counts["new"] + counts["known"] + counts["rejected"]
    return answer


def listed(desk: Desk) -> list[tuple[str, str, str | None]]:
    """What is in force: scope, value, channel."""
    rows = desk.done("suppressions", "--json").json
    return [(row["scope"], row["value"], row["channel"]) for row in rows]


def test_every_kind_of_line_is_understood(desk: Desk) -> None:
    content = (
        "email;phone;domain;channel\n"
        "Ada@Example.com;;;\n"
        ";(212) 555-0101;;sms\n"
        ";;@Competitor.example;\n"
        ";;bücher.example;email\n"
    )
    assert imported(desk, content)["counts"] == {"lines": 4, "new": 4, "known": 0, "rejected": 0}
    assert listed(desk) == [
        ("email", "ada@example.com", None),
        ("phone", "+12125550101", "sms"),
        ("domain", "competitor.example", None),
        ("domain", "bücher.example", "email"),
    ]


def test_a_second_time_adds_nothing(desk: Desk) -> None:
    content = "email\nada@example.com\nben@example.com\nADA@example.com\n"
    assert imported(desk, content)["counts"] == {"lines": 3, "new": 2, "known": 1, "rejected": 0}
    assert imported(desk, content)["counts"] == {"lines": 3, "new": 0, "known": 3, "rejected": 0}


def test_a_dry_run_changes_nothing(desk: Desk) -> None:
    assert imported(desk, "email\nada@example.com\n", "--dry-run")["counts"]["new"] == 1
    assert listed(desk) == []


def test_what_another_tool_wrote_is_kept_with_its_date_and_words(desk: Desk) -> None:
    """SendGrid's own export of bounces."""
    imported(desk, 'status,reason,email,created\n5.1.1,"550 no such user",ada@example.com,1443651154\n')
    [row] = desk.done("suppressions", "--json").json
    assert row["reason"] == "imported"
    assert row["since"] == "2015-09-30T22:12:34+00:00"
    assert row["source"] == "550 no such user; 5.1.1"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("email,nobody,,,", "'nobody' is not a mail address"),
        ("phone,12,,,", "'12' is not a telephone number"),
        ("domain,not a domain,,,", "is not a mail address"),
        ("person,12,,,", "scope 'person' is none of"),
        ("email,ada@example.com,fax,,", "there is no channel 'fax'"),
        ("email,ada@example.com,,yesterday,", "'yesterday' is no date"),
        ("email,deadbeef,,,yes", "its value is no hash"),
        (",,,2026-01-01,", "it names no address"),
        ("email", "it has 1 cells, the header has 5"),
        ("email,a\x00da@example.com,,,", "NUL"),
    ],
)
def test_a_wrong_line_is_rejected_with_its_number_and_reason(desk: Desk, line: str, why: str) -> None:
    answer = imported(desk, f"scope,value,channel,since,hashed\n{line}\nemail,ben@example.com,,,\n")
    assert answer["counts"] == {"lines": 2, "new": 1, "known": 0, "rejected": 1}
    [told] = answer["first_rejected"]
    assert told["line"] == 2
    assert why in told["because"]


def test_a_file_without_any_address_is_refused_before_anything_is_stored(desk: Desk) -> None:
    (desk.folder / "list.csv").write_text("name,company\nAda,Acme\n")
    answer = desk("suppressions", "import", "list.csv")
    assert answer.code == 1
    assert "no column holds an address" in answer.err


def test_ten_thousand_lines_in_two_encodings(desk: Desk) -> None:
    lines = [
        f"lead{n}@example{n % 7}.com,Zoë {n}".encode("cp1252" if n % 3 else "utf-8") for n in range(9_000)
    ]
    lines += [b"no address,x"] * 500 + [b"lead1@example1.com,again"] * 500
    counts = imported(desk, b"email,source\n" + b"\n".join(lines) + b"\n")["counts"]
    assert counts == {"lines": 10_000, "new": 9_000, "known": 500, "rejected": 500}
    assert imported(desk, b"email,source\n" + b"\n".join(lines) + b"\n")["counts"]["new"] == 0


def test_what_is_exported_can_be_imported_elsewhere(desk: Desk) -> None:
    """Also what is suppressed by the lead's number, which means nothing to another database."""
    desk.done("enroll", "ada@example.com", "trial", "--email", "ada@example.com", "--phone", "+12125550101")
    desk.done("suppress", "#1", "--channel", "sms")
    desk.done("suppress", "@competitor.example", "--because", "=cmd|' /C calc'!A0")
    desk.done("suppressions", "export", "out.csv")
    desk.done("unsuppress", "#1")
    desk.done("unsuppress", "@competitor.example")

    assert imported(desk, (desk.folder / "out.csv").read_bytes())["counts"]["new"] == 2

    assert listed(desk) == [("phone", "+12125550101", "sms"), ("domain", "competitor.example", None)]


def test_no_cell_of_the_export_is_a_formula(desk: Desk) -> None:
    for n, start in enumerate("=+-@\t\r"):
        desk.done("suppress", f"lead{n}@example.com", "--because", f"{start}1+1")
    desk.done("suppress", "+12125550101")
    rows = list(csv.reader(io.StringIO(desk.done("suppressions", "export").out)))
    assert len(rows) == 8
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_who_was_forgotten_is_in_the_list_by_a_hash_that_another_database_understands(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OUTREACH_SUPPRESSION_KEY", KEY)
    desk.done("enroll", "ada@example.com", "trial", "--email", "ada@example.com")
    desk.done("forget", "ada@example.com", "--yes")
    out = desk.done("suppressions", "export").out
    assert "ada@" not in out
    (desk.folder / "outreach.db").unlink()
    for rest in desk.folder.glob("outreach.db-*"):
        rest.unlink()
    desk.write_playbook()
    desk.done("apply")

    assert imported(desk, out)["counts"]["new"] == 1

    refused = desk("enroll", "Ada@Example.com", "trial", "--email", "Ada@Example.com")
    assert refused.code == 1
    assert "R16 forgotten" in refused.err


# -- the commands for one person ----------------------------------------------------------------------------------------


def test_forgetting_needs_a_key_and_a_yes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.done("enroll", "ada@example.com", "trial", "--email", "ada@example.com")
    assert "it cannot be undone: say --yes" in desk("forget", "ada@example.com").err
    answer = desk("forget", "ada@example.com", "--yes")
    assert (answer.code, "OUTREACH_SUPPRESSION_KEY" in answer.err) == (1, True)
    monkeypatch.setenv("OUTREACH_SUPPRESSION_KEY", KEY)
    assert "dry run" in desk.done("forget", "ada@example.com", "--dry-run").out
    assert desk.done("forget", "ada@example.com", "--yes", "--json").json[0]["suppressed"] == 1
    assert desk("show", "ada@example.com").code == 2
    assert forget.NO_KEY not in desk.done("suppressions").out


def test_the_files_of_the_outbox_go_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTREACH_SUPPRESSION_KEY", KEY)
    for who in ("ada@example.com", "ben@example.com"):
        desk.done("enroll", who, "trial", "--email", who)
    desk.deliver()
    assert len(desk.outbox()) == 2
    assert "outbox: 1 file(s) deleted" in desk.done("forget", "ada@example.com", "--yes").out
    assert ["ben" in name for name in desk.outbox()] == [True]


def test_the_key_may_lie_in_a_file(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTREACH_SUPPRESSION_KEY_FILE", "suppression.key")
    answer = desk("suppressions")
    assert "OUTREACH_SUPPRESSION_KEY_FILE: the key cannot be read" in answer.err
    (desk.folder / "suppression.key").write_text("short\n")
    assert "has 5 characters, and needs 32" in desk("suppressions").err
    (desk.folder / "suppression.key").write_text(f"{KEY}\n")
    desk.done("enroll", "ada@example.com", "trial", "--email", "ada@example.com")
    desk.done("forget", "ada@example.com", "--yes")
    monkeypatch.delenv("OUTREACH_SUPPRESSION_KEY_FILE")
    monkeypatch.setenv("OUTREACH_SUPPRESSION_KEY", KEY)
    desk.done("suppressions")


def test_all_we_hold_about_one_person_is_one_document(desk: Desk) -> None:
    desk.done("enroll", "ada@example.com", "trial", "--email", "ada@example.com")
    desk.done("enroll", "ben@example.com", "trial", "--email", "ben@example.com")
    told = desk.done("export", "--lead", "ada@example.com").json
    assert told["form"] == "outreach-person-1"
    assert [row["value"] for row in told["held"]["addresses"]] == ["ada@example.com"]
    assert "ben@" not in str(told)
    assert "rows about lead #1 are in ada.json" in desk.done("export", "--lead", "#1", "--to", "ada.json").out
    assert desk("export").code == 2
