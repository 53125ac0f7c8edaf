"""Telling a person from a machine, and an opt-out from an answer."""

from __future__ import annotations

import pytest

from outreach.domain.channel import Channel
from outreach.domain.event import Replied
from outreach.domain.reply import ReplyKind, classify, read


def text(words: str) -> Replied:
    return Replied(key="1", channel=Channel.SMS, sender="+12125550101", text=words)


def mail(words: str, subject: str = "Re: Hello", **headers: str) -> Replied:
    named = {name.replace("_", "-"): value for name, value in headers.items()} | {"from": "ada@example.com"}
    return Replied(
        key="1", channel=Channel.EMAIL, sender="ada@example.com", text=words, subject=subject, headers=named
    )


# 47 CFR 64.1200(a)(10): the words that count as a revocation, whatever their case and punctuation
STOPS = [
    "stop",
    "STOP",
    " Stop. ",
    "quit",
    "end",
    "revoke",
    "opt out",
    "Opt-out!",
    "cancel",
    "unsubscribe",
    "StopAll",
    "stop all",
]


@pytest.mark.parametrize("words", STOPS)
def test_a_word_of_revocation_is_an_opt_out(words: str) -> None:
    assert classify(text(words)) is ReplyKind.OPT_OUT
    assert classify(mail(words)) is ReplyKind.OPT_OUT


@pytest.mark.parametrize(
    "words",
    [
        "Please remove me from your list",
        "take me off this list.",
        "Stop texting me!!",
        "do not contact me again",
        "Don't email me",
        "Could you unsubscribe me please?",
        "STOP\n\nOn Tue, Dec 1, 2026 at 9:00 AM Rosa Diaz <rosa@acme.example> wrote:\n> Hi Ada,\n> a tip for you",
        "Stop\n\n-----Original Message-----\nFrom: Rosa",
    ],
)
def test_a_request_in_other_words_is_an_opt_out(words: str) -> None:
    assert classify(mail(words)) is ReplyKind.OPT_OUT


@pytest.mark.parametrize(
    "words",
    [
        "Sounds good, call me Thursday",
        "When does the trial end?",
        "yes",
        "We had to stop our pilot last year, but tell me more",
        "Please stop by our office",
        "",
        "Interested!\n\nOn Tue, Dec 1, 2026 at 9:00 AM Rosa Diaz <rosa@acme.example> wrote:\n> To opt out, unsubscribe here",
        "Ok\n> Reply STOP to opt out",
    ],
)
def test_what_a_person_wrote_is_a_reply(words: str) -> None:
    """Also when our own footer, quoted below, speaks of unsubscribing. What cannot be told is a person."""
    assert classify(mail(words)) is ReplyKind.HUMAN


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (mail("I am away until Monday", auto_submitted="auto-replied"), ReplyKind.OUT_OF_OFFICE),
        (mail("I am on leave until Monday", auto_submitted="auto-replied"), ReplyKind.OUT_OF_OFFICE),
        (mail("Ticket 17 was opened", auto_submitted="auto-generated"), ReplyKind.AUTO_OTHER),
        (mail("I'm back on Monday", subject="Automatic reply: Hello"), ReplyKind.OUT_OF_OFFICE),
        (mail("Bin im Urlaub", subject="Abwesenheitsnotiz"), ReplyKind.OUT_OF_OFFICE),
        (mail("", subject="Réponse automatique : Hello"), ReplyKind.OUT_OF_OFFICE),
        (mail("", x_autoreply="yes"), ReplyKind.AUTO_OTHER),
        (mail("", precedence="auto_reply"), ReplyKind.AUTO_OTHER),
        # a machine that quotes our footer does not opt anybody out
        (mail("unsubscribe", auto_submitted="auto-replied"), ReplyKind.AUTO_OTHER),
        (mail("Hello", auto_submitted="no"), ReplyKind.HUMAN),
        (mail("Let's talk", subject="Re: Out of milk"), ReplyKind.HUMAN),
    ],
)
def test_a_machine_is_told_from_a_person(reply: Replied, kind: ReplyKind) -> None:
    assert classify(reply) is kind


def test_a_machines_answer_never_counts_as_a_reply() -> None:
    assert {kind.value for kind in ReplyKind if not kind.by_machine} == {
        "human",
        "opt_out",
        "opt_in",
        "help",
        "left_company",
        "wrong_person",
    }


def test_a_reading_holds_the_authors_words_without_what_we_sent() -> None:
    ours = "Hi Ada,\nreply STOP to opt out"
    reading = read(text(f"Call me\n{ours}"), ours=[ours])
    assert (reading.kind, reading.text, reading.back_on) == (ReplyKind.HUMAN, "Call me", None)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("START", ReplyKind.OPT_IN),
        ("unstop", ReplyKind.OPT_IN),
        ("Help", ReplyKind.HELP),
        ("info", ReplyKind.HELP),
    ],
)
def test_the_other_keywords_of_a_text_are_known(words: str, kind: ReplyKind) -> None:
    assert classify(text(words)) is kind
