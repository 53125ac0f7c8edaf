"""Telling replies apart: a person, a machine, or somebody who wants us to stop."""

from __future__ import annotations

import re
from collections.abc import Sequence

from outreach.domain.event import Replied
from outreach.domain.reply.kinds import Reading, ReplyKind

__all__ = ["Reading", "ReplyKind", "classify", "read"]


# 47 CFR 64.1200(a)(10): per-se words of revocation in a text (rule R8), and Twilio's own list.
_STOP = frozenset(
    {
        "stop",
        "stopall",
        "stop all",
        "quit",
        "end",
        "revoke",
        "opt out",
        "optout",
        "opt-out",
        "cancel",
        "unsubscribe",
    }
)
_START = frozenset({"start", "unstop"})  # never "yes": it may answer a question
_TOLD = {"STOP": ReplyKind.OPT_OUT, "START": ReplyKind.OPT_IN, "HELP": ReplyKind.HELP}
_HELP = frozenset({"help", "info"})
_ASKS = re.compile(
    r"\b(unsubscribe|remove me|take me off|opt(ing)? me out|opt out|stop (texting|e-?mailing|calling|contacting|"
    r"writing|messaging)|do not (contact|e-?mail|text|call)|don'?t (contact|e-?mail|text|call) me)\b",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"^(automatic reply|auto(matic)?[- ]?reply|out of (the )?office|ooo\b|abwesenheitsnotiz|automatische antwort|"
    r"r[ée]ponse automatique|respuesta autom[áa]tica|resposta autom[áa]tica|risposta automatica|automatisch antwoord)",
    re.IGNORECASE,
)


def classify(reply: Replied) -> ReplyKind:
    """What a reply is. What cannot be told is HUMAN: stopping is the safe error."""
    return read(reply).kind


def read(reply: Replied, ours: Sequence[str] = ()) -> Reading:
    """What a reply is and says. `ours` are texts that we sent: what is quoted of them is not the author's."""
    own = _own_words(_without(reply.text, ours))
    return Reading(kind=_kind(reply, own), text=own.strip(), because="its headers and words")


def _without(text: str, ours: Sequence[str]) -> str:
    for sent in ours:
        text = text.replace(sent, "") if sent.strip() else text
    return text


def _kind(reply: Replied, own: str) -> ReplyKind:
    told = _TOLD.get(
        reply.headers.get("opt-out-type", "").upper()
    )  # the provider knows the team's own keywords
    if told:
        return told
    if reply.headers and (machine := _by_machine(reply)):
        return machine
    words = " ".join(re.sub(r"[^\w\s-]", " ", own.lower()).split())
    if words in _STOP:
        return ReplyKind.OPT_OUT
    if words in _START:
        return ReplyKind.OPT_IN
    if words in _HELP:
        return ReplyKind.HELP
    if _ASKS.search(own):
        return ReplyKind.OPT_OUT
    return ReplyKind.HUMAN


def _by_machine(reply: Replied) -> ReplyKind | None:
    """By RFC 3834 headers first, then the older habits, then the subject."""
    headers = reply.headers
    away = bool(_AWAY.match(reply.subject.strip()))
    automatic = (
        headers.get("auto-submitted", "no").strip().lower() not in ("", "no")
        or "x-autoreply" in headers
        or "x-autorespond" in headers
        or headers.get("precedence", "").strip().lower() == "auto_reply"
    )
    if away:
        return ReplyKind.OUT_OF_OFFICE
    if automatic:
        text = f"{reply.subject} {reply.text}".lower()
        on_leave = re.search(r"out of (the )?office|on (leave|vacation|holiday)|abwesend|absent", text)
        return ReplyKind.OUT_OF_OFFICE if on_leave else ReplyKind.AUTO_OTHER
    return None


def _own_words(text: str) -> str:
    """The text above the first quoted line: an opt-out word in our own quoted footer is not an opt-out."""
    kept: list[str] = []
    for line in text.splitlines():
        if line.lstrip().startswith(">") or re.match(
            r"^\s*(on .{6,120}wrote:|-{2,} ?original message)", line, re.IGNORECASE
        ):
            break
        kept.append(line)
    return "\n".join(kept)
