"""Forty tables that are damaged, or were never tables: each is refused with a reason, or its lines are, one by one."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from tests.cli.conftest import Desk

GOOD = "Ada,ada@example.com,\n"
HEAD = "name,email,phone\n"


def _zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("leads.csv", HEAD + "x" * 20_000_000)  # a bomb: 20 kB that stand for 20 MB
    return held.getvalue()


# What is in the file -> how many lines are taken, and a word of every reason that must be told; None: the whole is refused.
BROKEN: dict[str, tuple[str | bytes, int | None, str]] = {
    "nothing": ("", None, "the file is empty"),
    "line ends only": ("\r\n\r\n\n", None, "the file is empty"),
    "a mark and nothing": (b"\xef\xbb\xbf", None, "the file is empty"),
    "a wide mark and nothing": (b"\xff\xfe", None, "the file is empty"),
    "NULs only": (b"\x00" * 4_000, None, ""),
    "a zip": (_zip(), None, ""),
    "a gzip": (gzip.compress(HEAD.encode() + b"x" * 1_000_000), None, ""),
    "a workbook's first bytes": (b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + bytes(range(256)) * 8, None, ""),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), None, ""),
    "the same column twice": ("name,email,E-Mail\nAda,a@example.com,b@example.com\n", None, "two columns"),
    "the same column under two names": ("name,mail,email_address\nAda,a@example.com,\n", None, "two columns"),
    "a header of a megabyte": ("n" * 1_100_000 + ",email\n" + GOOD, None, "longer than"),
    "a NUL in the header": (b"na\x00me,email\nAda,ada@example.com\n", None, "NUL"),
    "no header": (GOOD + "Ben,ben@example.com,\n", 0, "a lead needs"),
    "no column of addresses": ("name,company\nAda,Acme\n", 0, "a lead needs"),
    "a cell too few": (HEAD + "Ada,ada@example.com\n", 0, "has 2 cells"),
    "a cell too many": (HEAD + "Ada,ada@example.com,,x\n", 0, "has 4 cells"),
    "an open quote": (HEAD + '"Ada,ada@example.com,\n' + GOOD, 1, "no line of a table"),
    "an open quote at the very end": (HEAD + GOOD + 'Ben,"ben@example.com,', 1, ""),
    "text after a closed quote": (HEAD + '"Ada"x,ada@example.com,\n', 0, ""),
    "quotes in the middle": (HEAD + 'Ada "the great",ada@example.com,\n', 1, ""),
    "a NUL in a line": (HEAD.encode() + b"A\x00da,ada@example.com,\n", 0, "NUL"),
    "a line of a megabyte": (HEAD + "A" * 1_100_000 + ",ada@example.com,\n", 0, "longer than 1,000,000"),
    "a cell of 70 kilobytes": (HEAD + "A" * 70_000 + ",ada@example.com,\n", 0, "at most 65,536"),
    "a name of 3,000 characters": (HEAD + "A" * 3_000 + ",ada@example.com,\n", 0, "at most 2000"),
    "a mail address that is none": (HEAD + "Ada,ada@,\n", 0, "'ada@' is not a mail address"),
    "a header of a mail in an address": (HEAD + 'Ada,"ada@example.com\nBcc: b@example.com",\n', 0, "not a mail address"),
    "a number that is none": (HEAD + "Ada,,12\n", 0, "'12' is not a telephone number"),
    "a premium number": (HEAD + "Ada,,+1 900 555 0100\n", 0, "premium"),
    "a number with an extension": (HEAD + "Ada,,212-555-0142 ext. 5\n", 0, "extension"),
    "a number that a spreadsheet rounded": (HEAD + "Ada,,1.21256E+10\n", 0, "not a telephone number"),
    "an error of a spreadsheet": (HEAD + "Ada,#REF!,\n", 0, "not a mail address"),
    "a zone that is none": ("email,timezone\nada@example.com,EST5\n", 0, "not a time zone"),
    "a country that is none": ("email,country\nada@example.com,Germany\n", 0, "two letters"),
    "a rep who is none": ("email,owner\nada@example.com,rosie\n", 0, "no rep"),
    "half a character of UTF-8": (HEAD.encode() + b"Zo\xc3,ada@example.com,\n", 1, ""),
    "Windows quotes": (HEAD.encode() + b"\x93Ada\x94,ada@example.com,\n", 1, ""),
    "half of a wide character": ((HEAD + GOOD).encode("utf-16") + b"\x41", 1, ""),
    "another delimiter in every line": ("name;email\nAda,ada@example.com\nBen;ben@example.com\n", 1, "cells"),
    "escape sequences of a terminal": (HEAD + "\x1b[2JAda\x07,ada@example.com,\n", 1, ""),
    "formulas": (HEAD + "=cmd|' /C calc'!A0,ada@example.com,\n@SUM(1),+1,\n", 1, "not a mail address"),
    "direction marks": (HEAD + "\u202eadA,ada@example.com,\n", 1, ""),
    "the same person a thousand times": (HEAD + GOOD * 1_000, 1_000, ""),
}  # fmt: skip


def test_there_are_forty() -> None:
    assert len(BROKEN) >= 40


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_table_hurts_nobody(desk: Desk, name: str) -> None:
    content, taken, why = BROKEN[name]
    (desk.folder / "t.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    answer = desk("import", "t.csv", "--json")
    assert "Traceback" not in answer.err
    if taken is None:
        assert answer.code == 1 or answer.json["counts"]["rejected"] == answer.json["counts"]["lines"]
        assert why in answer.err
        assert "\x00" not in answer.err
        return
    counts = answer.json["counts"]
    assert counts["new"] + counts["changed"] + counts["same"] == taken
    assert counts["lines"] == taken + counts["rejected"]
    told = answer.json["first_rejected"]
    assert len(told) == min(counts["rejected"], 10)
    assert all(row["line"] >= 1 and row["because"] for row in told)
    assert not told or why in " ".join(row["because"] for row in told)

    again = desk("import", "t.csv", "--json").json["counts"]
    assert (again["new"], again["changed"], again["rejected"]) == (0, 0, counts["rejected"])
