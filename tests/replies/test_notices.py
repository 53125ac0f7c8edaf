"""Out of office, in many languages: with the fields that a mail program sets, and without them."""

from __future__ import annotations

import pytest

from outreach import inbox
from outreach.domain.reply import Reading, ReplyKind, read

from .mails import raw
from .notices import NOTICES

HEADS = {
    "RFC 3834": {"auto_submitted": "auto-replied"},
    "Exchange": {"auto_submitted": "auto-generated", "x_auto_response_suppress": "All"},
    "older": {"precedence": "bulk", "x_autoreply": "yes"},
    "only a subject": {},
}


def told(mail: bytes) -> Reading:
    return read(inbox.read(mail))


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize(("language", "subject", "words", "day"), NOTICES)
def test_a_notice_is_known_with_its_return(
    language: str, subject: str, words: str, day: str | None, head: dict[str, str]
) -> None:
    reading = told(raw(words, subject=subject, **head))
    assert reading.kind is ReplyKind.OUT_OF_OFFICE, reading.because
    assert (reading.back_on.isoformat() if reading.back_on else None) == day


@pytest.mark.parametrize(("language", "subject", "words", "day"), [one for one in NOTICES if one[3]])
def test_a_notice_that_nothing_but_its_words_gives_away_is_known(
    language: str, subject: str, words: str, day: str
) -> None:
    """Some answering machines set no field and keep our subject."""
    reading = told(raw(words, subject="Re: Your trial", return_path="<>"))
    assert reading.kind is ReplyKind.OUT_OF_OFFICE, reading.because
    assert reading.back_on is not None
    assert reading.back_on.isoformat() == day


@pytest.mark.parametrize(
    ("date", "sender", "words", "day"),
    [
        (
            "Mon, 02 Mar 2026 10:00:00 -0500",
            "ada@client.example",
            "I am out of the office until 04/03/2026.",
            "2026-04-04",
        ),
        (
            "Mon, 02 Mar 2026 10:00:00 +0100",
            "ada@client.example",
            "I am out of the office until 04/03/2026.",
            "2026-03-05",
        ),
        (
            "Mon, 02 Mar 2026 10:00:00 +0000",
            "ada@client.co.uk",
            "I am out of the office until 03/05/2026.",
            "2026-05-04",
        ),
        (
            "Mon, 02 Mar 2026 10:00:00 +0000",
            "ada@client.example",
            "I am out of the office until 03/05/2026.",
            "2026-03-06",
        ),
        (
            "Mon, 02 Mar 2026 10:00:00 -0500",
            "ada@client.example",
            "Je suis absent jusqu'au 04/03/2026.",
            "2026-03-05",
        ),
        (
            "Mon, 02 Mar 2026 10:00:00 -0500",
            "ada@client.example",
            "I am out of the office until 25/03.",
            "2026-03-26",
        ),
        (
            "Fri, 20 Mar 2026 10:00:00 -0500",
            "ada@client.example",
            "I am out of the office until 04/03, thank you.",
            "2026-04-04",
        ),
        (
            "Tue, 22 Dec 2026 23:30:00 -0500",
            "ada@client.example",
            "I am out of the office today.",
            "2026-12-23",
        ),
        ("nonsense", "ada@client.example", "I am out of the office until 12 March 2026.", None),
    ],
)
def test_a_day_in_digits_is_read_by_language_and_by_where_and_when_it_was_written(
    date: str, sender: str, words: str, day: str | None
) -> None:
    reading = told(raw(words, date=date, sender=sender, auto_submitted="auto-replied"))
    assert reading.kind is ReplyKind.OUT_OF_OFFICE
    assert (reading.back_on.isoformat() if reading.back_on else None) == day


def test_a_mail_without_a_date_is_read_against_when_a_server_took_it_in() -> None:
    received = "from a by b with ESMTP id 1; Mon, 02 Mar 2026 10:00:00 +0100"
    mail = raw("I am away until 12 March.", date="", received=received, auto_submitted="auto-replied")
    reading = told(mail)
    assert reading.back_on is not None
    assert reading.back_on.isoformat() == "2026-03-13"
