"""Every kind of mail is told from every other."""

from __future__ import annotations

import pytest

from outreach import inbox
from outreach.domain.reply import Reading, ReplyKind, read

from . import machines, people
from .assorted import ASSORTED

KINDS = {
    ReplyKind.BOUNCE_HARD: machines.HARD,
    ReplyKind.BOUNCE_SOFT: machines.SOFT,
    ReplyKind.CHALLENGE: machines.CHALLENGES,
    ReplyKind.COMPLAINT: machines.COMPLAINTS,
    ReplyKind.AUTO_OTHER: machines.OTHERS,
    ReplyKind.LEFT_COMPANY: machines.LEFT,
    ReplyKind.WRONG_PERSON: machines.WRONG,
    ReplyKind.HUMAN: people.HUMANS,
    ReplyKind.OPT_OUT: people.OPT_OUTS,
}
MAILS = [(kind, name, mail) for kind, mails in KINDS.items() for name, mail in mails.items()]


def told(mail: bytes) -> Reading:
    return read(inbox.read(mail))


@pytest.mark.parametrize(
    ("kind", "name", "mail"), MAILS, ids=[f"{kind.value}: {name}" for kind, name, _ in MAILS]
)
def test_a_mail_is_of_its_kind(kind: ReplyKind, name: str, mail: bytes) -> None:
    reading = told(mail)
    assert reading.kind is kind, reading.because
    assert reading.because


@pytest.mark.parametrize(("kind", "mail"), ASSORTED)
def test_a_mail_as_it_is_met_is_of_its_kind(kind: str, mail: bytes) -> None:
    reading = told(mail)
    assert reading.kind.value == kind, reading.because


def test_the_mails_are_enough_to_mean_something() -> None:
    assert len(MAILS) + len(ASSORTED) >= 200


@pytest.mark.parametrize("name", ["dsn 5.1.1", "dsn 5.0.0 with a reason"])
def test_a_bounce_names_our_mail_its_token_and_whom_it_did_not_reach(name: str) -> None:
    reply = inbox.read(machines.HARD[name])
    assert reply.returned is not None
    assert (reply.returned.to, reply.returned.message_id) == ("ada@client.example", "<t1@acme.example>")
    assert reply.token == "tok-123456"
    assert "<t1@acme.example>" in reply.message_ids


def test_a_bounce_in_words_names_our_mail_and_whom_it_did_not_reach() -> None:
    reply = inbox.read(machines.HARD["qmail"])
    returned = read(reply).returned
    assert returned is not None
    assert returned.to == "ada@client.example"
    assert reply.message_ids == ("<t1@acme.example>",)


def test_a_complaint_names_our_mail() -> None:
    reply = inbox.read(machines.COMPLAINTS["a feedback report"])
    assert (reply.token, reply.message_ids) == ("tok-123456", ("<t1@acme.example>",))
    assert reply.returned is not None
    assert reply.returned.to == "ada@client.example"
