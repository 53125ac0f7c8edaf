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
