"""What the author wrote is kept, what they quote is not, whatever mail program they use."""

from __future__ import annotations

import pytest

from outreach import inbox
from outreach.domain.reply import read
from outreach.domain.reply.quoting import own_words

from .mails import raw
from .quotations import HTML, TEXTS


def words(text: str) -> str:
    return "\n".join(line for line in (" ".join(one.split()) for one in text.splitlines()) if line)


@pytest.mark.parametrize(("text", "own"), TEXTS.values(), ids=TEXTS)
def test_the_authors_words_are_told_from_a_quotation(text: str, own: str) -> None:
    assert words(read(inbox.read(raw(text))).text) == words(own)


@pytest.mark.parametrize(("html", "own"), HTML.values(), ids=HTML)
def test_the_authors_words_are_told_from_a_quotation_in_html(html: str, own: str) -> None:
    assert words(read(inbox.read(raw(html, html=True))).text) == words(own)


OURS = "Hi Ada,\n\nmost teams lose deals because nobody follows up after the first mail.\nWould a quarter of an hour on Thursday suit you?\n\nRosa"


@pytest.mark.parametrize(
    "text",
    [
        f"Yes, at ten.\n\n{OURS}",
        f"{OURS}\n\nYes, at ten.",
        "Yes, at ten.\n\nmost teams lose deals because nobody\nfollows up after the first mail. Would a quarter of an\nhour on Thursday suit you?",
        "Yes, at ten.\n| most teams lose deals because nobody follows up after the first mail.",
    ],
)
def test_what_we_sent_is_known_however_it_comes_back(text: str) -> None:
    """No mark, new line breaks, below or above."""
    assert own_words(text, [OURS]) == "Yes, at ten."


def test_an_author_who_repeats_a_word_of_ours_keeps_it() -> None:
    assert own_words("Thursday", [OURS]) == "Thursday"
    assert own_words("Would a quarter of an hour be enough? Yes: ten minutes", [OURS]).startswith("Would")


def test_of_plain_text_and_html_the_plain_text_is_read() -> None:
    mail = raw(
        "--b\nContent-Type: text/plain\n\nSTOP\n--b\nContent-Type: text/html\n\n<p>STOP</p><p>footer</p>\n--b--\n",
        content_type="multipart/alternative; boundary=b",
    )
    assert inbox.read(mail).text.strip() == "STOP"


def test_a_plain_part_that_only_points_to_the_html_is_not_the_text() -> None:
    mail = raw(
        "--b\nContent-Type: text/plain\n\nThis mail is in HTML.\n--b\nContent-Type: text/html\n\n<p>Call me on Thursday please</p>\n--b--\n",
        content_type="multipart/alternative; boundary=b",
    )
    assert inbox.read(mail).text == "Call me on Thursday please"


def test_files_are_left_lying_and_text_between_them_is_not() -> None:
    part = "--b\nContent-Type: {}\n{}\n{}\n"
    mail = raw(
        part.format("text/plain", "", "Look:")
        + part.format("text/plain; name=a.txt", "Content-Disposition: attachment\n", "STOP")
        + part.format("text/plain", "", "Call me.")
        + "--b--\n",
        content_type="multipart/mixed; boundary=b",
    )
    assert words(inbox.read(mail).text) == "Look:\nCall me."


def test_soft_line_breaks_are_taken_back() -> None:
    mail = raw("Call me on \nThursday.\n\n> quoted \n> words", content_type="text/plain; format=flowed")
    assert inbox.read(mail).text == "Call me on Thursday.\n\n> quoted words"
