"""Reads a reply: structure first, then the fields of its head, then the author's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Final

from outreach.domain.channel import AddressKind
from outreach.domain.event import Replied, Returned
from outreach.domain.reply import optout
from outreach.domain.reply.dates import back_on
from outreach.domain.reply.day import Order
from outreach.domain.reply.failures import failure
from outreach.domain.reply.kinds import Reading, ReplyKind
from outreach.domain.reply.machines import Weighed, machine, protected, weigh
from outreach.domain.reply.phrases import Phrases, Text
from outreach.domain.reply.quoting import own_text, own_words, quotes
from outreach.domain.reply.signs import Signs, signs_of
from outreach.domain.reply.words import people

_TOLD: Final = {"STOP": ReplyKind.OPT_OUT, "START": ReplyKind.OPT_IN, "HELP": ReplyKind.HELP}
_COMPLAINT: Final = re.compile(r"(?i)complaint about message from \S")  # of those who know no RFC 5965
_NO_COMPLAINT: Final = frozenset({"not-spam", "auth-failure", "dmarc"})
_WORDY: Final = 90  # words beyond which a person's mail is not searched for "wrong person"
# Where English speakers write the day first.
_DAY_FIRST: Final = (
    ".uk",
    ".ie",
    ".au",
    ".nz",
    ".in",
    ".za",
    ".sg",
    ".hk",
    ".my",
    ".eu",
    ".de",
    ".fr",
    ".es",
    ".it",
    ".nl",
    ".be",
    ".ch",
    ".at",
    ".se",
    ".dk",
    ".no",
    ".fi",
    ".pl",
    ".pt",
    ".br",
    ".mx",
)


def classify(reply: Replied) -> ReplyKind:
    """What a reply is. What cannot be told is HUMAN: stopping is the safe error."""
    return read(reply).kind


def read(reply: Replied, ours: Sequence[str] = (), today: date | None = None) -> Reading:
    """What a reply is and says.

    `ours` are texts that we sent: what comes back of them is not the author's. Days are read against the mail's own
    Date, else against `today`.
    """
    by_mail = reply.channel.needs is AddressKind.EMAIL
    own = own_words(reply.text, ours) if by_mail else own_text(reply.text, ours)
    told = _TOLD.get(reply.headers.get("opt-out-type", "").upper())
    if told:  # the provider knows the team's own keywords
        return Reading(kind=told, text=own, because="the provider's list of keywords")
    return _mail(reply, own, today) if by_mail else _text(own)


def _text(own: str) -> Reading:
    word = optout.keyword(own)
    if word:
        return Reading(
            kind=ReplyKind.OPT_IN if word == "start" else ReplyKind.HELP,
            text=own,
            because=f"the word {word!r}",
        )
    if words := optout.asked(own):
        return Reading(kind=ReplyKind.OPT_OUT, text=own, because=f"asks to stop: {words!r}")
    return Reading(kind=ReplyKind.HUMAN, text=own, because="nothing else was found")


def _mail(reply: Replied, own: str, today: date | None) -> Reading:
    signs = signs_of(reply.headers, reply.subject, reply.sender)
    said = own or (reply.text if signs.why else "")  # a machine may answer below what it repeats
    weighed = weigh(said)
    told = _reported(reply, own, signs, weighed)
    if told:
        return told
    written = _written(reply) or today
    back = _back(reply, said, weighed, written) if written else None
    found = machine(
        signs,
        reply.subject,
        said,
        weighed,
        text=reply.text,
        dated=back is not None,
        quotes=quotes(reply.text),
    )
    if found:
        kind, because = found
        away = kind is ReplyKind.OUT_OF_OFFICE
        return Reading(kind=kind, text=own, because=because, back_on=back if away else None)
    return _person(own, weighed, listed=signs.listed)


def _reported(reply: Replied, own: str, signs: Signs, weighed: Weighed) -> Reading | None:
    """What a mail server or a mail provider reports of a mail of ours."""
    returned = reply.returned or Returned(report="")
    report = returned.report

    def reading(kind: ReplyKind, because: str, returned: Returned | None = reply.returned) -> Reading:
        return Reading(kind=kind, text=own, because=because, returned=returned)

    if report == "feedback-report" and returned.action in _NO_COMPLAINT:
        return reading(ReplyKind.AUTO_OTHER, f"a feedback report: {returned.action}")
    if report == "feedback-report" or _COMPLAINT.match(reply.subject):
        return reading(ReplyKind.COMPLAINT, "a feedback report (RFC 5965)")
    if report == "delivery-status" and weighed.challenge >= 2 and signs.nobody:
        return reading(ReplyKind.CHALLENGE, "asks the sender to prove to be a person")
    if not own and (system := protected(reply.text)):
        return reading(ReplyKind.CHALLENGE, f"asks the sender to prove to be a person ({system})")
    if signs.daemon or not signs.away:
        address = reply.headers.get("x-failed-recipients", "").strip()
        failed = failure(signs, reply.subject, reply.text, reply.returned, address)
        if failed:
            return reading(failed.kind, failed.because, failed.returned)
    return reading(ReplyKind.AUTO_OTHER, f"a report: {report}") if report else None


@cache
def _wrong() -> Phrases:
    return Phrases(people.WRONG)


def _person(own: str, weighed: Weighed, *, listed: bool) -> Reading:
    """What a person wants. Somebody who writes to a list does not speak to us."""
    if words := optout.asked(own):
        return Reading(kind=ReplyKind.OPT_OUT, text=own, because=f"asks to stop: {words!r}")
    if not listed and len(own.split()) <= _WORDY:
        if weighed.left and not weighed.talks:
            return Reading(kind=ReplyKind.LEFT_COMPANY, text=own, because=f"says {weighed.left!r}")
        if not weighed.talks and (wrong := _wrong().first(Text(own))):
            return Reading(kind=ReplyKind.WRONG_PERSON, text=own, because=f"says {wrong.words!r}")
    return Reading(kind=ReplyKind.HUMAN, text=own, because="nothing else was found")


def _back(reply: Replied, own: str, weighed: Weighed, written: date) -> date | None:
    order = _order(reply, weighed.language)
    for text in (own, reply.subject):
        readings = [back_on(text, written, one) for one in (Order.DAY_FIRST, Order.MONTH_FIRST)]
        told = [one for one in readings if one]
        if told:
            # Nobody knows how they write: absences are short, so the nearer day it is.
            first = readings[order is Order.MONTH_FIRST]
            return min(told) if order is Order.UNKNOWN else first or told[0]
    return None


def _order(reply: Replied, language: str) -> Order:
    """How the author writes dates in digits: by language, then by where they are."""
    if language not in ("", "en") or reply.sender.endswith(_DAY_FIRST):
        return Order.DAY_FIRST
    moment = _moment(reply)
    offset = moment.utcoffset() if moment else None
    if not offset:
        return Order.UNKNOWN
    return Order.DAY_FIRST if offset.total_seconds() > 0 else Order.MONTH_FIRST


def _written(reply: Replied) -> date | None:
    moment = _moment(reply) or reply.at
    return moment.date() if moment else None


def _moment(reply: Replied) -> datetime | None:
    """The mail's own Date; of a mail without one, when a server took it in."""
    told = (reply.headers.get("date", ""), reply.headers.get("received", "").rpartition(";")[2])
    for one in told:
        try:
            return parsedate_to_datetime(one.strip()[:200])
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
    return None
