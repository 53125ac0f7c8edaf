"""Anybody may write to us: no mail raises, none takes long, none is lost."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from outreach import inbox
from outreach.domain.channel import Channel
from outreach.domain.event import Replied
from outreach.domain.reply import ReplyKind, read

from .mails import raw

HEAD = (
    b"From: Ada <ada@client.example>\r\nTo: rosa@acme.example\r\nSubject: Re: hi\r\n"
    b"Date: Mon, 2 Mar 2026 10:00:00 +0000\r\n"
)
PART = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n"
REPORT = (
    HEAD + b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: message/delivery-status\r\n\r\n"
)


def text(body: bytes) -> bytes:
    return HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + body


def html(body: bytes) -> bytes:
    return HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + body


HOSTILE = {
    "a thousand nested parts": HEAD + b"".join(PART % (n, n) for n in range(1_000)),
    "a thousand forwards": HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 1_000,
    "ten thousand parts": HEAD
    + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    + b"--b\r\n\r\nhi\r\n" * 10_000,
    "a header of a megabyte": b"X-A: " + b"a" * 1_000_000 + b"\r\n" + HEAD + b"\r\nhi",
    "a subject of a megabyte": b"Subject: " + b"Re: " * 250_000 + b"\r\n\r\nhi",
    "encoded words without end": b"Subject: " + b"=?utf-8?q?a?= " * 70_000 + b"\r\n\r\nhi",
    "tags in the subject": b"Subject: " + b"[a] " * 4_000 + b"\r\n\r\nhi",
    "a sender in brackets": b"From: " + b"(" * 1_000_000 + b"\r\n\r\nhi",
    "a sender in angles": b"From: " + b"<a@b," * 200_000 + b"\r\n\r\nhi",
    "references without end": b"References: " + b"<a@b> " * 200_000 + b"\r\n\r\nhi",
    "a type with 20,000 parameters": b"Content-Type: text/plain; " + b"a*0*=x;" * 20_000 + b"\r\n\r\nhi",
    "a boundary without end": b'Content-Type: multipart/mixed; boundary="' + b"a" * 100_000 + b"\r\n\r\nhi",
    "boundaries that nobody announced": HEAD
    + b"Content-Type: multipart/mixed\r\n\r\n"
    + b"--a\r\n" * 100_000,
    "tags without end": html(b"<a " * 66_000),
    "comments without end": html(b"<!--" * 50_000),
    "scripts without end": html(b"<script>" * 25_000),
    "boxes in boxes": html(b"<div>" * 80_000),
    "quotations in quotations": html(b"<blockquote>" * 50_000 + b"x"),
    "tables in tables": html(b"<table><tr><td>" * 20_000),
    "a few tables in tables": html(b"<table><tr><td>a</td>" * 55 + b"<td>b</td>" * 2_000),
    "a style without end": html(b"<div style='" + b"border:none;" * 30_000 + b"'>x</div>"),
    "marks of quotation": text(b">" * 200_000),
    "lines of quotation": text(b"> a\r\n" * 60_000),
    "introductions": text(b"On 1 2026 a@b\r\n" * 20_000),
    "an introduction": text(b"On " * 60_000 + b"wrote:"),
    "heads of mails": text(b"From: a\r\nSent: b\r\n" * 20_000),
    "heads with gaps": text(b"From: a\r\n\r\n" * 20_000),
    "rules": text(b"____________\r\n" * 20_000),
    "digits": text(b"1" * 200_000),
    "dates": text(b"1/1/1/1/" * 30_000),
    "ends of absences": text(b"until 1.1.-" * 20_000),
    "absences": text(b"I am out of the office until " * 7_000),
    "ranges": text(b"march 3 - " * 20_000),
    "weekdays": text(b"monday " * 30_000),
    "stops": text(b"stop " * 40_000),
    "a long word": text(b"unsubscribe" + b"a" * 1_000_000),
    "requests cut short": text(b"do not want to receive any more " * 8_000),
    "tickets cut short": text(b"your request a b c d e " * 10_000),
    "addresses": text(b"a@" * 100_000),
    "links": text(b"http://" * 40_000),
    "NULs": text(b"\0" * 200_000),
    "letters without spaces": text("月日年休暇".encode() * 20_000),
    "reasons of a daemon": HEAD.replace(b"ada@", b"MAILER-DAEMON@") + b"\r\n" + b"(reason: " * 30_000,
    "a report about 50,000": REPORT + b"Final-Recipient: rfc822; a@b\r\nStatus: 5.1.1\r\n\r\n" * 50_000,
    "an empty report": REPORT + b"\r\n" * 500_000,
    "soft line breaks": HEAD + b"Content-Type: text/plain; format=flowed\r\n\r\n" + b"a \r\n" * 100_000,
    "base64 of nothing": HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"====" * 100_000,
    "quoted-printable of nothing": HEAD
    + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    + b"=\r\n" * 200_000,
    "a broken date": b"Date: " + b"9" * 10_000 + b"\r\n\r\nhi",
    "escapes": HEAD + b"Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n" + b"\x1b$B" * 50_000,
    "nothing": b"",
    "lines": b"\n" * 100_000,
}


@pytest.mark.parametrize("mail", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_mail_is_read_in_a_moment(mail: bytes) -> None:
    began = time.process_time()
    reading = read(inbox.read(mail), ours=["Hi Ada, this is what we wrote to you before"])
    assert isinstance(reading.kind, ReplyKind)
    assert time.process_time() - began < 10  # a bound on blow-ups (minutes), not a measure


def test_a_mail_of_thirty_megabytes_is_read_for_its_words_in_bounded_memory() -> None:
    """The words stand behind the attachment, as some mail programs put them."""
    script = (
        "import resource\n"
        "from outreach import inbox\n"
        "head = b'From: a@b.example\\r\\nContent-Type: multipart/mixed; boundary=b\\r\\n\\r\\n--b\\r\\n'\n"
        "file = b'Content-Type: application/pdf\\r\\nContent-Transfer-Encoding: base64\\r\\n\\r\\n'\n"
        "text = b'--b\\r\\nContent-Type: text/plain\\r\\n\\r\\nSTOP\\r\\n--b--\\r\\n'\n"
        "raw = head + file + (b'A' * 76 + b'\\r\\n') * 400_000 + text\n"
        "print(inbox.read(raw).text.strip(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 400_000)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["STOP", "True"]


@given(st.binary(max_size=400))
@example(b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n--\r\n")
def test_no_bytes_raise(mail: bytes) -> None:
    read(inbox.read(mail))


FIELDS = st.sampled_from(
    [
        "Content-Type: text/html",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        "Content-Type: message/rfc822",
        "Content-Type: text/plain; charset=utf-16",
        "Content-Transfer-Encoding: base64",
        "Content-Transfer-Encoding: quoted-printable",
        "Subject: =?iso-2022-jp?B?GyRC?=",
        "Subject: Automatic reply:",
        "Auto-Submitted: auto-replied",
        "Return-Path: <>",
        "Date: Thu, 31 Feb 2026 25:00:00 +2500",
        "From: =?x?q?=ff?= <",
    ]
)
PIECES = st.sampled_from(
    [
        "--b",
        "--b--",
        "On Monday Rosa wrote:",
        "> quoted",
        "From: a",
        "Sent: b",
        "until 31.12.",
        "<div>",
        "STOP",
        "\x00",
        "é",
        "月",
        "\u202e",
        "",
        "-- ",
        "2.2.2",
        "5.1.1",
    ]
)


@given(st.lists(FIELDS, max_size=6), st.lists(PIECES, max_size=12), st.sampled_from(["\n", "\r\n", "\r"]))
def test_no_mail_made_of_troublesome_pieces_raises(fields: list[str], pieces: list[str], end: str) -> None:
    read(inbox.read(end.join([*fields, "", *pieces]).encode("utf-8", "surrogatepass")))


@given(st.text(max_size=300))
def test_no_text_raises(words: str) -> None:
    read(Replied(key="1", channel=Channel.SMS, sender="+12125550101", text=words))


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("utf-8", "Grüße".encode("latin-1")),  # it lies
        ("us-ascii", "Grüße".encode()),
        ("iso-8859-1", "Grüße".encode()),
        ("x-unknown", "Grüße".encode()),
        ("rot13", "Grüße".encode()),
        ("utf-16", "Grüße".encode()),
        ("utf-7", b"Gr+APwA3w-e"),
        ('"utf-8"', "Grüße".encode()),
        ("", "Grüße".encode("cp1252")),
    ],
)
def test_letters_are_saved_whatever_the_mail_says_of_its_charset(charset: str, body: bytes) -> None:
    mail = HEAD + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + body
    assert inbox.read(mail).text == "Grüße"


@pytest.mark.parametrize(
    ("words", "charset", "announced"),
    [
        ("木曜日にお電話ください", "iso-2022-jp", "us-ascii"),
        ("木曜日にお電話ください", "shift_jis", "shift_jis"),
        ("木曜日にお電話ください", "euc_jp", "euc-jp"),
        ("请把报价发给我", "gb18030", "gb2312"),
        ("請把報價寄給我", "big5", "big5"),
        ("Пришлите, пожалуйста, цены", "koi8-r", "x-unknown"),
        ("Пришлите, пожалуйста, цены", "cp1251", "x-unknown"),
        ("보내 주세요", "cp949", "ks_c_5601-1987"),
    ],
)
def test_letters_of_the_world_are_read(words: str, charset: str, announced: str) -> None:
    mail = HEAD + f"Content-Type: text/plain; charset={announced}\r\n\r\n".encode() + words.encode(charset)
    assert inbox.read(mail).text == words


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_lines_may_end_as_they_like(end: bytes) -> None:
    mail = raw("STOP\n\nOn Mon, 2 Mar 2026, Rosa <rosa@acme.example> wrote:\n> Hi").replace(b"\r\n", end)
    reading = read(inbox.read(mail))
    assert (reading.kind, reading.text) == (ReplyKind.OPT_OUT, "STOP")


def test_a_mail_without_an_empty_line_keeps_its_words() -> None:
    mail = (
        b"From: ada@client.example\r\nSubject: Re: hi\r\nThis is no field and so the text begins\r\nCall me"
    )
    assert inbox.read(mail).text.splitlines()[-1] == "Call me"
