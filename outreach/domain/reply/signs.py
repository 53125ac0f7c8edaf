"""What the head of a mail says of who wrote it: RFC 3834 first, then the older habits, then sender and subject."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from outreach.domain.reply.phrases import Phrases, Text, fold
from outreach.domain.reply.words import away, bounces

# Fields that only automatic answers carry; an empty value or "no" says nothing.
_MARKS: Final = re.compile(
    r"(?:x-)?(?:[\w-]{1,30}-)?auto-?(?:reply|replied|respond|responder|response|responded|answer|generated)(?:-(?:from|to|id))?$|"
    r"x-(?:[\w-]{1,30}-)?(?:vacation|out-?of-?office|away|ooo)(?:-message)?$|x-fc-machinegenerated$|x-cron-env$|x-automatic-reply$"
)
_ANSWERS: Final = frozenset({"auto_reply", "auto-reply", "autoreply", "auto_response"})
_MANY: Final = frozenset({"bulk", "junk", "list"})
_DAEMON: Final = re.compile(
    r"(?i)^(?:mailer[-_.]?daemon|mail[-_.]?daemon|mdaemon|maildaemon|daemon|mmdf|post[-_.]?mast[ea]r|sysadmin|e?mail[-_.]?server|smtp[-_.]?server|mail[-_.]?gateway|mail[-_. ]?deliver\w*|ndr|bounces?|mailadm(?:in)?|mail[-_.]?admin|imss|"
    r"mail[-_.]system|system[-_. ]administrator|symantec\w*|mailsweeper|antivirus\w*|antispam|spam[-_.]?filter|undeliverable|returned|e?\w*_?smtp_mail_service|microsoftexchange\w*|mta|"
    r"mailfilter|mail-gw|exchange|admin-bounce|inetgw\w*|mailmaster|hostmaster)\b"
)
_SURE: Final = re.compile(
    r"(?i)^(?:mailer[-_.]?daemon|mail[-_.]?daemon|mdaemon|maildaemon|mmdf|mail[-_. ]?delivery\w*|microsoftexchange\w*)"
)
_DAEMON_NAME: Final = re.compile(
    r"(?i)mail delivery (?:sub)?system|mailer[- ]daemon|postmaster|mail administrator|system administrator|mail delivery service|microsoft outlook|microsoft exchange|internet mail delivery|courier mail server|mail server at|mail delivery agent|delivery subsystem|mail system"
)
_NOBODY: Final = re.compile(
    r"(?i)(?:^|[._+-])(?:no[-_.]?(?:reply|response|respond)|do[-_.]?not[-_.]?(?:reply|respond)|dont[-_.]?reply|nicht[-_.]?antworten|keine[-_.]?antwort|ne[-_.]?pas[-_.]?repondre|"
    r"nao[-_.]?respond\w*|no[-_.]?respond\w*|no[-_.]?contest\w*|non[-_.]?rispondere|niet[-_.]?beantwoorden|auto[-_.]?(?:reply|respond\w*|antwort|mailer|confirm)|ikke[-_.]?svar|ej[-_.]?svar|noreply\w*)(?:$|[._+-])|^no-?reply"
)
_REPLIES: Final = re.compile(
    r"(?i)^\s*(?:(?:re|aw|antw|antwort|sv|vs|odp|ynt|res|r|rif|ref|回复|回覆|答复|返信|답장|отв|ha|wg|fw|fwd|tr|rv|enc|doorst|vl|i|pd|turpmāk|bls|تعميم|רה|atb|yan|vá|továbbítás|转发|轉寄)(?:\[\d+\]|\(\d+\))?\s*[:：]\s*)+"
)
_TAGS: Final = re.compile(r"^\s*(?:[\[(*<{#]+[^\[\](){}<>*#]{0,40}[\])>*}]+\s*)+(?=\S)")
_BRACKETED: Final = re.compile(r"^\s*[\[(<*]+\s*([^\[\]()<>*]{2,60})\s*[\])>*]+")


@dataclass(frozen=True, slots=True)
class Signs:
    """What the head of a mail tells. `why` says by which field it is automatic; "" when no field says so."""

    why: str
    sender: str  # local part of the From address, or what stands there
    daemon: bool  # it comes from a mail server's own name
    sure: bool  # from a name that no person has
    nobody: bool  # no-reply@
    null: bool  # Return-Path: <>
    many: bool  # Precedence: bulk
    letter: bool  # a newsletter: to many, and no answer to anything
    listed: bool  # through a mailing list
    answers: bool  # an answer: by its fields or by "Re:" in the subject
    away: str  # with what an out-of-office subject begins
    failed: str  # with what a bounce's subject begins


def signs_of(headers: Mapping[str, str], subject: str, sender: str) -> Signs:
    """Read the head of a mail."""
    local = (sender or headers.get("from", "")).strip(" <\"'").partition("@")[0]
    name = headers.get("from", "")
    listed = any(
        field in headers
        for field in ("list-id", "list-post", "mailing-list", "x-mailman-version", "list-archive")
    )
    replied = bool(_REPLIES.match(subject)) or "in-reply-to" in headers
    prefix_free = not _REPLIES.match(subject)
    return Signs(
        why=_automatic(headers),
        sender=local,
        daemon=bool(_DAEMON.match(local) or _DAEMON_NAME.search(name.partition("<")[0])),
        sure=bool(_SURE.match(local)) or "mail delivery" in name.lower(),
        nobody=bool(_NOBODY.search(local)),
        null=headers.get("return-path", "x").strip() in ("<>", "< >", "<MAILER-DAEMON>", "<<>>"),
        many=headers.get("precedence", "").strip().lower() in ("bulk", "junk"),
        letter=_is_letter(headers, listed=listed, replied=replied),
        listed=listed,
        answers=replied,
        away=_begins(_away_subjects(), subject) if prefix_free else "",
        failed=_begins(_failed_subjects(), subject) if prefix_free else "",
    )


def _automatic(headers: Mapping[str, str]) -> str:
    submitted = headers.get("auto-submitted", "").split(";")[0].split("(")[0].strip().lower()
    if submitted and submitted != "no":
        return f"Auto-Submitted: {headers['auto-submitted'].strip()[:40]}"
    for name, value in headers.items():
        if _MARKS.match(name) and value.strip().lower() not in ("", "no", "false", "0"):
            return name.title()
    if headers.get("x-apple-action", "").strip().lower() == "vacation":
        return "X-Apple-Action: vacation"
    for field in ("precedence", "x-precedence", "preference"):
        if headers.get(field, "").strip().lower() in _ANSWERS:
            return f"{field.title()}: auto_reply"
    if headers.get("x-auto-response-suppress") and "x-ms-exchange-generated-message-source" in headers:
        return "X-MS-Exchange-Generated-Message-Source"
    if re.search(
        r"(?i)vacation|autorespond|auto-?reply|mailbot",
        headers.get("x-mailer", "") + headers.get("user-agent", "") + headers.get("delivered-to", "")[:60],
    ):
        return "X-Mailer"
    if headers.get("content-type", "").lower().startswith("multipart/report"):
        return "Content-Type: multipart/report"
    return ""


def _is_letter(headers: Mapping[str, str], *, listed: bool, replied: bool) -> bool:
    many = "list-unsubscribe" in headers and (
        headers.get("precedence", "").strip().lower() in _MANY
        or any(
            field in headers
            for field in (
                "list-unsubscribe-post",
                "feedback-id",
                "x-campaign",
                "x-campaignid",
                "x-mc-user",
                "x-csa-complaints",
                "x-mailgun-sid",
                "x-sg-eid",
                "x-feedback-id",
                "x-report-abuse",
            )
        )
    )
    return (
        many
        and not replied
        and "list-post" not in headers
        and ("list-id" not in headers or not listed or "list-unsubscribe-post" in headers)
    )


@cache
def _away_subjects() -> Phrases:
    return Phrases(away.SUBJECTS)


@cache
def _failed_subjects() -> Phrases:
    return Phrases(bounces.SUBJECTS)


def _begins(table: Phrases, subject: str) -> str:
    """The phrase a subject begins with, with or without a tag in brackets before it; a phrase may also stand in brackets."""
    bracketed = _BRACKETED.match(subject)
    forms = [subject, _TAGS.sub("", subject)]
    if bracketed:
        forms.insert(0, bracketed[1])
    tail = re.search(r"[(\[]([^()\[\]]{4,40})[)\]]\s*$", subject)
    if tail:
        forms.append(tail[1])
    for form in forms:
        text = Text(form[:300])
        hit = next((hit for hit in table.all(text) if hit.start == 0 or _dense_start(hit.words, text)), None)
        if hit and (hit.words != "auto" or re.match(r"(?i)\s*auto\s*:", form)):
            return hit.words
    return ""


def _dense_start(words: str, text: Text) -> bool:
    """Phrases of languages without spaces: near the beginning is enough."""
    return bool(text.dense) and 0 <= text.dense.find(fold(words)) <= 8 and not words.isascii()
