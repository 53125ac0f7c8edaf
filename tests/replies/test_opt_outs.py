"""Asking to be left alone in one's own words: each phrase of the tables, and those that only look like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach import inbox
from outreach.domain.channel import Channel
from outreach.domain.event import Replied
from outreach.domain.reply import ReplyKind, read

from .mails import raw

HERE = Path(__file__).parent
ASKS = (HERE / "opt_outs.txt").read_text().splitlines()
OTHERS = (HERE / "no_opt_outs.txt").read_text().splitlines()


def by_text(words: str) -> ReplyKind:
    return read(Replied(key="1", channel=Channel.SMS, sender="+12125550101", text=words)).kind


def by_mail(words: str) -> ReplyKind:
    return read(inbox.read(raw(words))).kind


def test_the_tables_are_large_enough_to_mean_something() -> None:
    assert len(set(ASKS)) + len(set(OTHERS)) >= 400
    assert len(set(OTHERS)) >= 120


@pytest.mark.parametrize("words", ASKS)
def test_a_request_is_an_opt_out(words: str) -> None:
    assert by_text(words) is ReplyKind.OPT_OUT
    assert by_mail(words) is ReplyKind.OPT_OUT


@pytest.mark.parametrize("words", OTHERS)
def test_what_only_sounds_like_a_request_is_an_answer(words: str) -> None:
    assert by_text(words) is ReplyKind.HUMAN
    assert by_mail(words) is not ReplyKind.OPT_OUT


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("START", ReplyKind.OPT_IN),
        ("Unstop!", ReplyKind.OPT_IN),
        ("start start", ReplyKind.OPT_IN),
        ("HELP", ReplyKind.HELP),
        ("info?", ReplyKind.HELP),
        ("yes", ReplyKind.HUMAN),
        ("help me choose", ReplyKind.HUMAN),
        ("When do we start", ReplyKind.HUMAN),
        ("", ReplyKind.HUMAN),
    ],
)
def test_the_other_words_of_texts(words: str, kind: ReplyKind) -> None:
    """ "Yes" may answer a question: it never lifts an opt-out."""
    assert by_text(words) is kind


def test_by_mail_start_and_help_are_answers() -> None:
    assert (by_mail("START"), by_mail("help")) == (ReplyKind.HUMAN, ReplyKind.HUMAN)


def test_an_opt_out_word_in_our_own_footer_is_none_however_it_comes_back() -> None:
    ours = "Hi Ada,\nhere is a tip for you.\nReply STOP or unsubscribe here: https://acme.example/u/1"
    for quoted in (
        f"Interested!\n\n{ours}",
        "Interested!\n\n> Reply STOP or unsubscribe here: https://acme.example/u/1",
        "Interested!\n\nHi Ada, here is a tip for you. Reply STOP or unsubscribe here:\nhttps://acme.example/u/1",
    ):
        reading = read(inbox.read(raw(quoted)), ours=[ours])
        assert (reading.kind, reading.text) == (ReplyKind.HUMAN, "Interested!")


@pytest.mark.parametrize(
    "words",
    [
        "Liked \u201cHi Ada, a tip for you. Reply STOP to opt out\u201d",
        'Reacted \U0001f44d to "Reply STOP to opt out"',
        "Removed a heart from \u201cReply STOP to opt out\u201d",
    ],
)
def test_a_thumb_on_our_text_is_no_opt_out_though_it_repeats_our_words(words: str) -> None:
    assert by_text(words) is ReplyKind.HUMAN


def test_a_text_is_read_as_it_is() -> None:
    """What marks a quotation in a mail is a face in a text."""
    assert by_text("> stop") is ReplyKind.OPT_OUT
    assert read(Replied(key="1", channel=Channel.SMS, sender="+1", text=">:( no")).text == ">:( no"
