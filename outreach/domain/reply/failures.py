"""Bounces: told by their structure (RFC 3464), by who sends them, and by what mail servers say in many dialects."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from outreach.domain.event import Returned
from outreach.domain.reply.kinds import ReplyKind
from outreach.domain.reply.phrases import Phrases, Text
from outreach.domain.reply.signs import Signs
from outreach.domain.reply.words import bounces

_LONGEST: Final = 8_000  # letters of an explanation that are read
# Where the explanation ends and our own mail begins, pasted below it.
_OURS_BELOW: Final = re.compile(
    r"(?im)^[ \t>|]*(?:-{2,} ?below this line|-{2,} ?(?:this is a copy of|the (?:header|body|original)|original message|message header|returned message|unsent message|included is|body of message|forwarded message|nachricht|copy of)|"
    r"=+ ?original|original message (?:follows|header|attached|text)|the (?:text|header|headers) of the original|message headers? follow|the following is|received: |return-path: |x-originating-ip: |\| ?message log|ursprüngliche nachricht|-{3,} ?(?:message original|mensaje original|mensagem original))"
)
_STATUS: Final = re.compile(r"(?<![\d.])([245])\.(\d{1,2})\.(\d{1,3})(?![\d.])")
_REPLY_CODE: Final = re.compile(r"(?<![\d.:/-])(4[2-5]\d|55[0-9])(?=[ \-:#])(?!-\d)")
_ADDRESS: Final = re.compile(
    r"<?([^\s<>()\[\]:;,\"']{1,64}@[^\s<>()\[\]:;,\"']{1,200}[a-z0-9])>?", re.IGNORECASE
)
_SMTP_FULL: Final = frozenset({"552", "452"})
# RFC 3463: mailbox full, message too large, system full, security and policy, content.
_SOFT_STATUS: Final = re.compile(r"5\.(?:2\.[23]|3\.[145]|5\.|6\.|7\.)")
_HARD_STATUS: Final = re.compile(r"5\.(?:1\.|2\.1|4\.[46])")
_REASON: Final = re.compile(r"\(reason: (.{3,300})\)")  # sendmail adds "User unknown" to whatever it was told
_LATE: Final = re.compile(
    r"(?i)delay|still being retried|warning[: ]|advisory|not yet been delivered|verz(?:ö|oe)gert|retard|retras|atras|ritard|vertraagd|fördröj|forsink|opóźn|задерж|遅延|延[迟遲]"
)
_FINAL: Final = re.compile(
    r"(?i)giving up|given up|permanent|returned to sender|failed permanently|will not be retried|no further attempts|undeliverable|could not be delivered(?! (?:yet|immediately))|has failed|endgültig"
)
_PERSON: Final = frozenset("i im ive id we he she my me us our ich wir je nous yo eu io ik jag jeg".split())
_DONE: Final = frozenset({"delivered", "relayed", "expanded"})


@dataclass(frozen=True, slots=True)
class Failure:
    """A mail of ours that did not arrive, or only later."""

    kind: ReplyKind
    because: str
    returned: Returned


@cache
def _tables() -> dict[str, Phrases]:
    return {name: Phrases(getattr(bounces, name)) for name in ("TEXTS", "HARD", "SOFT")}


def failure(
    signs: Signs, subject: str, text: str, returned: Returned | None, headers_failed: str = ""
) -> Failure | None:
    """The failure a mail reports; None when it reports none."""
    explained = explanation(text)
    if returned and returned.report == "delivery-status":
        if returned.action in _DONE and not _STATUS.search(returned.status.replace("2.", "0.")):
            return None
        late = returned.action == "delayed"
        return _judged(
            returned,
            subject,
            explained,
            late=late,
            why=f"delivery status {returned.action} {returned.status}".strip(),
        )
    why = _by_words(signs, explained, headers_failed, mdn=bool(returned))
    if not why:
        return None
    told = Returned(report="text", to=headers_failed or _meant_for(explained), diagnostic=explained[:1_000])
    return _judged(told, subject, explained, late=False, why=why)


def explanation(text: str) -> str:
    """What a mail server says, without the mail of ours that it may have pasted below."""
    below = _OURS_BELOW.search(text)
    told = text[: below.start()] if below and below.start() > 40 else text
    return told[:_LONGEST]


def _by_words(signs: Signs, explained: str, headers_failed: str, *, mdn: bool) -> str:
    if headers_failed:
        return "X-Failed-Recipients"
    text = Text(explained[:4_000])
    says = _tables()["TEXTS"].first(text)
    if signs.sure or (signs.daemon and (signs.null or signs.why or mdn)):
        refuses = says or signs.failed or _tables()["HARD"].first(text) or _STATUS.search(explained)
        return f"from {signs.sender}" if refuses or signs.sure else ""
    if signs.daemon and (says or signs.failed or (_tables()["HARD"].first(text) and not signs.answers)):
        return f"from {signs.sender}: {says.words if says else signs.failed!r}"
    if (
        signs.failed
        and (_ADDRESS.search(explained) or _STATUS.search(explained) or signs.null or signs.why)
        and (says or _STATUS.search(explained) or _tables()["HARD"].first(text))
        and (not signs.listed or signs.null or (says and says.start < 12))
    ):
        return f"subject {signs.failed!r}"
    if (
        (signs.null or signs.nobody)
        and says
        and (_tables()["HARD"].first(text) or _tables()["SOFT"].first(text))
        and not signs.away
    ):
        return f"an empty return path and {says.words!r}"
    alone = (
        not signs.listed
        and not _PERSON & set(text.tokens)
        and "?" not in explained
        and _ADDRESS.search(explained)
    )
    if (
        says
        and alone
        and (len(text.tokens) < 40 and says.start < 12 if signs.answers else len(text.tokens) < 60)
    ):
        return f"says {says.words!r} of an address"
    return ""


def _judged(returned: Returned, subject: str, explained: str, *, late: bool, why: str) -> Failure:
    said = f"{returned.diagnostic}\n{explained}"
    soft = late or _is_soft(returned, subject, said)
    kind = ReplyKind.BOUNCE_SOFT if soft else ReplyKind.BOUNCE_HARD
    return Failure(kind, why, returned)


def _is_soft(returned: Returned, subject: str, said: str) -> bool:
    """Whether it is only for now, or only about this mail. The report's own status weighs more than the words around it."""
    if (
        _LATE.search(subject[:200])
        and not _FINAL.search(said)
        and returned.action not in ("failed", "failure")
    ):
        return True
    quoted = _REASON.search(said)
    reason = quoted[1] if quoted else said
    if len(returned.diagnostic) > 12 and returned.report != "text":
        reason = returned.diagnostic
    codes = _codes(f"{returned.status} {reason}") or _codes(said)
    if returned.status.startswith("4.") or (
        codes and all(code.startswith("4.") for code in codes) and not returned.status.startswith("5.")
    ):
        return True
    hard, soft = _words(reason)
    if not (hard or soft):
        hard, soft = _words(said)
    if any(_HARD_STATUS.match(code) for code in codes):
        return bool(
            soft and not hard and _SURELY_SOFT.search(reason) and not _HARD_STATUS.match(returned.status)
        )
    if hard and not _SURELY_SOFT.search(reason):
        return False
    if any(_SOFT_STATUS.match(code) for code in codes):
        return True
    replies = _REPLY_CODE.findall(reason)
    if (
        replies
        and all(code in _SMTP_FULL or code.startswith("4") for code in replies)
        and not returned.status.startswith("5.")
    ):
        return True
    return soft


def _codes(said: str) -> list[str]:
    """Enhanced status codes that say more than "failed"."""
    found = (code[0] for code in _STATUS.finditer(said[:_LONGEST]))
    return [code for code in found if not code.endswith(".0.0") and not code.startswith("2.")]


def _words(said: str) -> tuple[bool, bool]:
    text = Text(_ADDRESS.sub("x", said[:_LONGEST]))  # "the mailbox of x is full"
    return _tables()["HARD"].first(text) is not None, _tables()["SOFT"].first(text) is not None


_SURELY_SOFT: Final = re.compile(
    r"(?i)over ?-?quota|out of (?:mail |disk )?(?:storage|space)|quota (?:exceed|limit)|exceed\w* (?:the |its |his |storage |mailbox )*quota|mail ?box (?:is |size )?(?:full|exceed)|(?:in|mail) ?box (?:ist )?(?:voll|full)|spam|unsolicited|black ?list|block ?list|dnsbl|\brbl\b|reputation|"
    r"virus|malware|content (?:reject|filter|not)|too (?:large|big)|size limit|message size|exceeds? (?:the |a )?(?:\w+ ){0,3}(?:size|limit)|greylist|gr[ae]y-listed|try again later|temporar|insufficient (?:system |disk )?(?:storage|space)|"
    r"dmarc|\bspf\b|blocked (?:by|using|for|due)|policy|poor|full|sender (?:address )?rejected|denied by|banned|phish|timed? ?out|deferred|retry time"
)


def _meant_for(explained: str) -> str:
    found = _ADDRESS.search(explained)
    return found[1].lower() if found else ""
