"""What a reply can turn out to be, and what is read from one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from outreach.domain.event import Returned


class ReplyKind(StrEnum):
    """What a reply turned out to be. docs/replies.md has an example of each."""

    HUMAN = "human"
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"  # texts only
    HELP = "help"  # texts only
    OUT_OF_OFFICE = "out_of_office"
    AUTO_OTHER = "auto_other"  # tickets, receipts, newsletters: no person wrote it, and nothing is wrong
    BOUNCE_HARD = "bounce_hard"  # the address does not exist, or never takes anything
    BOUNCE_SOFT = "bounce_soft"  # not now, or not this mail: full, late, refused as spam
    CHALLENGE = "challenge"  # "prove that you are human"
    LEFT_COMPANY = "left_company"  # the person works elsewhere; a machine or a colleague says so
    WRONG_PERSON = "wrong_person"  # "I am not the one you look for"
    COMPLAINT = "complaint"  # the lead pressed "spam", reported by their mail provider (RFC 5965)

    @property
    def by_machine(self) -> bool:
        """Whether no person wrote it: it never counts as a reply."""
        return self in _BY_MACHINE


_BY_MACHINE = frozenset(
    {
        ReplyKind.OUT_OF_OFFICE,
        ReplyKind.AUTO_OTHER,
        ReplyKind.BOUNCE_HARD,
        ReplyKind.BOUNCE_SOFT,
        ReplyKind.CHALLENGE,
        ReplyKind.COMPLAINT,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A reply, understood."""

    kind: ReplyKind
    text: str  # the author's own words, without what they quote
    because: str  # the signal that decided, in words
    back_on: date | None = (
        None  # out of office: the first day the author is there again, by their own calendar
    )
    returned: Returned | None = None  # of a bounce, complaint or receipt: what it says of our mail
