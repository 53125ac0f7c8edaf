"""The tools that tell apart a folder of mails, or a table of texts, and write what they found."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

from .machines import HARD
from .mails import raw

ROOT = Path(__file__).parents[2]


def run(tool: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, f"tools/{tool}.py", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_a_folder_of_mails_becomes_a_table(tmp_path: Path) -> None:
    """Files of any ending, an mbox, and a maildir; what is no mail is left lying."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/one.eml").write_bytes(raw("STOP"))
    (tmp_path / "deep/two").write_bytes(HARD["qmail"])
    (tmp_path / "notes.txt").write_text("nothing")
    for name in ("cur", "new", "tmp"):
        (tmp_path / "box" / name).mkdir(parents=True)
    away = raw("I am out of the office until 12 March.", auto_submitted="auto-replied")
    (tmp_path / "box/cur/1.host:2,S").write_bytes(away)
    box = b"".join(
        b"From ada@client.example Mon Mar  2 09:00:00 2026\n" + raw(words).replace(b"\r\n", b"\n") + b"\n\n"
        for words in ("Call me", ">From the start I liked it")
    )
    (tmp_path / "all.mbox").write_bytes(box)
    out = tmp_path.parent / "out.csv"

    printed = run("replies_report", str(tmp_path), "--csv", str(out))

    rows = list(csv.DictReader(io.StringIO(out.read_text())))
    assert {(row["file"], row["kind"], row["return_date"]) for row in rows} == {
        ("deep/one.eml", "opt_out", ""),
        ("deep/two", "bounce_hard", ""),
        ("box/cur/1.host:2,S", "out_of_office", "2026-03-13"),
        ("all.mbox#1", "human", ""),
        ("all.mbox#2", "human", ""),
    }
    assert {row["author_text"] for row in rows} >= {"STOP", "Call me", "From the start I liked it"}
    assert "5 mails" in printed


def test_a_table_of_texts_gains_a_column(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text('id,Body\n1,STOP\n2,"yes, please"\n3,START\n4,help\n5\n')
    run("sms_report", str(tmp_path / "in.csv"), "--csv", str(tmp_path / "out.csv"))
    rows = list(csv.reader(io.StringIO((tmp_path / "out.csv").read_text())))
    assert rows[0] == ["id", "Body", "kind"]
    assert [row[-1] for row in rows[1:]] == ["opt_out", "human", "opt_in", "help", "human"]


def test_without_a_known_column_the_first_is_read(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("what they said\nSTOP\n")
    assert "1 opt_out" in run("sms_report", str(tmp_path / "in.csv"))
