"""Mails that a machine wrote and that are no bounces: out of office, challenges, receipts, tickets, newsletters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from outreach.domain.reply.kinds import ReplyKind
from outreach.domain.reply.phrases import Hit, Phrases, Text
from outreach.domain.reply.signs import Signs
from outreach.domain.reply.words import away, machines, people

_LONGEST: Final = 5_000  # letters of somebody's own words that are weighed
_MACHINE: Final = 5  # points from which words alone, without any field, are a machine's
_TICKET_NUMBER: Final = re.compile(
    r"(?i)[\[(#](?:[\w -]{0,20}[#: -])?\d{3,}[\])]?|\b(?:ticket|case|request|incident|vorgang|ref)[ :#-]{1,3}[\w-]{0,6}\d{3,}"
)
_I: Final = re.compile(r"(?i)\bi(?:'ll|'ve|\u2019ll|'m| will| have| am)\b")
_URGENT: Final = re.compile(
    r"(?i)urgen|dringend|immediate assist|immediate attention|emergenc|spoed|hastesak|pilnych|kiireel|acil|срочн|термінов|緊急|お急ぎ|急事|紧急|급한|brådskande|naléhav|sürgős|επείγον"
)
_LIST_ADMIN: Final = re.compile(
    r"(?i)(?:-bounces|-request|-owner|-confirm\w*|-admin|^mailman|^listserv|^majordomo)(?:$|\+)"
)
_SYSTEMS: Final = re.compile(
    r"(?i)boxtrapper|boxbe|spam ?arrest|\btmda\b|mailblocks|sendio|bluebottle|earthlink|mailinblack|antispamuol|uol\.com\.br|spamlion|digiportal|choicemail|matador|qurb|vanquish|knowspam|0spam|spamcease|spamhero|mxlogic"
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What somebody's own words weigh, and in which language they are."""

    language: str
    away: str
    notice: int
    talks: int
    says_so: str
    tickets: int
    left: str
    challenge: int


@cache
def _tables() -> dict[str, Phrases]:
    return {
        "away": Phrases(away.AWAY),
        "notice": Phrases(away.NOTICE),
        "talks": Phrases(away.TALKS),
        "says_so": Phrases(machines.SAYS_SO),
        "tickets": Phrases(machines.TICKET),
        "left": Phrases(people.LEFT),
        "challenge": Phrases(machines.CHALLENGE),
        "receipt": Phrases(machines.RECEIPT),
        "receipt_subject": Phrases(machines.RECEIPT_SUBJECTS),
        "lists": Phrases(machines.LISTS),
    }


def weigh(own: str) -> Weighed:
    """Weigh somebody's own words."""
    text = Text(own[:_LONGEST])
    hits = {
        name: list(table.all(text))
        for name, table in _tables().items()
        if name in ("away", "notice", "talks", "says_so", "tickets", "left", "challenge")
    }
    spoken = [hit.language for name in ("away", "notice", "says_so", "tickets") for hit in hits[name]]
    return Weighed(
        language=max(set(spoken), key=spoken.count) if spoken else "",
        away=hits["away"][0].words if hits["away"] else "",
        notice=_distinct(hits["notice"]),
        talks=_distinct(hits["talks"]),
        says_so=hits["says_so"][0].words if hits["says_so"] else "",
        tickets=_distinct(hits["tickets"]),
        left=hits["left"][0].words if hits["left"] else "",
        challenge=_distinct(hits["challenge"]),
    )


def _distinct(hits: list[Hit]) -> int:
    """How many places of the text, overlapping ones counted once."""
    count, last = 0, -1
    for hit in sorted(hits, key=lambda one: one.start):
        if hit.start >= last:
            count, last = count + 1, hit.end
    return count


def machine(
    signs: Signs, subject: str, own: str, weighed: Weighed, *, text: str, dated: bool, quotes: bool
) -> tuple[ReplyKind, str] | None:
    """Which machine wrote this and how one knows; None when a person did. `text` is the mail with what it quotes."""
    holds = _subject_holds(signs, own, weighed, dated=dated, quotes=quotes)
    why = signs.why or (f"subject {signs.away!r}" if holds else "")
    if (why or not signs.listed) and (told := _challenge(signs, subject, own, weighed, why)):
        return told
    if told := _receipt(signs, subject, text):
        return told
    if why:
        return _answer(signs, weighed, why, dated=dated)
    points = _points(signs, own, weighed, quotes=quotes, dated=dated)
    return _speaks_alike(signs, own, weighed, points, dated=dated) or _to_many(
        signs, subject, own, weighed, points
    )


def _speaks_alike(
    signs: Signs, own: str, weighed: Weighed, points: int, *, dated: bool
) -> tuple[ReplyKind, str] | None:
    """No field says so, but it speaks as notices do."""
    if weighed.left and (signs.null or signs.nobody or weighed.says_so):
        return ReplyKind.LEFT_COMPANY, f"says {weighed.left!r}"
    enough = _MACHINE + (0 if _URGENT.search(own) else 1)
    points += min(weighed.notice, 4) + (2 if dated else 1)
    told = weighed.notice or (signs.null and dated)
    if weighed.away and told and not weighed.talks and points >= enough:
        return ReplyKind.OUT_OF_OFFICE, f"says {weighed.away!r} as notices do"
    return None


def _to_many(
    signs: Signs, subject: str, own: str, weighed: Weighed, points: int
) -> tuple[ReplyKind, str] | None:
    """Newsletters, the administration of lists, and the desks of companies."""
    if signs.letter:
        return ReplyKind.AUTO_OTHER, "List-Unsubscribe, and no answer to anything"
    confirms = _confirms(subject, own, signs)
    if confirms and _LIST_ADMIN.search(signs.sender):
        return ReplyKind.AUTO_OTHER, "the administration of a mailing list"
    if signs.listed and not signs.null:
        return None
    ticket = weighed.tickets + bool(_TICKET_NUMBER.search(subject)) - bool(_I.search(own))
    points += (
        (5 if weighed.says_so else 0) + (0, 1, 2, 4, 5)[max(0, min(ticket, 4))] - 3 * min(weighed.talks, 2)
    )
    if points >= _MACHINE:
        said = f"says {weighed.says_so!r}" if weighed.says_so else "speaks as ticket systems do"
        return ReplyKind.AUTO_OTHER, said
    return (ReplyKind.AUTO_OTHER, "asks to confirm a subscription") if confirms else None


_UNMISTAKABLE: Final = re.compile(
    r"auto ?|automat|out ?of (?:the )?office|outofoffice|^ooo$|abwesenheit|ausser haus|nicht im|reponse|respuesta|resposta|risposta|fuera de|fora d|fuori|absence du|(?:message|avis) d ?absence|hors du|"
    r"afwezigheids|vacation (?:reply|message|notice|response)|away (?:notice|message)|avtosvar|poissaoloilmoitus|fravaersmelding|мимо|автоответ|вне офиса|нет на месте|автоматич|\u81ea|\u4e0d\u5728|\u1112|otomatik|ofis disi|mimo kancelar|poza biurem|αυτοματη"
)


def _subject_holds(signs: Signs, own: str, weighed: Weighed, *, dated: bool, quotes: bool) -> bool:
    """Whether an out-of-office subject means what it says: people answer such a mail and keep its subject."""
    sure = bool(_UNMISTAKABLE.search(signs.away))
    if not signs.away or (not own.strip() and not sure):
        return False
    if not own.strip():
        return True
    if weighed.talks and not (weighed.away and weighed.notice):
        return False
    if not sure:  # "Vacation", "Urlaub": people write about theirs
        return bool(weighed.away and (weighed.notice or dated)) and not signs.answers
    machinely = weighed.away or weighed.notice or weighed.says_so or weighed.tickets or weighed.left
    return bool(machinely) or not (quotes or signs.answers)


def _answer(signs: Signs, weighed: Weighed, why: str, *, dated: bool) -> tuple[ReplyKind, str]:
    """An automatic answer, by its head: somebody is away, has left, or a system speaks."""
    if weighed.left and not (weighed.away and dated):
        return ReplyKind.LEFT_COMPANY, f"{why}; says {weighed.left!r}"
    if weighed.away and not (weighed.tickets >= 3 and not signs.away and not dated):
        return ReplyKind.OUT_OF_OFFICE, f"{why}; says {weighed.away!r}"
    if dated and (signs.away or not weighed.tickets):
        return ReplyKind.OUT_OF_OFFICE, f"{why}; names a day"
    if "vacation" in why.lower():  # so Sieve says (RFC 5230)
        return ReplyKind.OUT_OF_OFFICE, why
    plain = not weighed.tickets and not weighed.says_so
    if signs.away and (plain or _names_absence(signs.away)):
        return ReplyKind.OUT_OF_OFFICE, why if why.startswith("subject") else f"{why}; subject {signs.away!r}"
    return ReplyKind.AUTO_OTHER, why


def _names_absence(subject: str) -> bool:
    """Whether a subject says "away" and not only "automatic"."""
    return bool(_tables()["away"].first(Text(subject)))


def protected(text: str) -> str:
    """The name of a known system that asks for proof, when that is what a mail is about; "" else."""
    system = _SYSTEMS.search(text[:3_000])
    asks = system and _distinct(list(_tables()["challenge"].all(Text(text[:3_000])))) >= 2
    return system[0] if system and asks else ""


def _challenge(
    signs: Signs, subject: str, own: str, weighed: Weighed, why: str
) -> tuple[ReplyKind, str] | None:
    system = _SYSTEMS.search(f"{signs.sender} {own[:3_000]}")
    needed = 2 if why or signs.null or signs.nobody or signs.many else 3
    titled = _tables()["challenge"].first(Text(subject[:200]))
    if weighed.challenge >= max(1, needed - bool(system) - bool(titled)) and not weighed.away:
        return (
            ReplyKind.CHALLENGE,
            f"asks the sender to prove to be a person ({system[0]})"
            if system
            else "asks the sender to prove to be a person",
        )
    return None


def _receipt(signs: Signs, subject: str, said: str) -> tuple[ReplyKind, str] | None:
    told = _tables()["receipt"].first(Text(said[:1_500]))
    if told is None:
        return None
    titled = _tables()["receipt_subject"].first(Text(subject[:100]))
    if (titled and titled.start == 0) or signs.why or signs.null:
        return ReplyKind.AUTO_OTHER, f"a receipt: {told.words!r}"
    return None


def _points(signs: Signs, own: str, weighed: Weighed, *, quotes: bool, dated: bool) -> int:
    """What speaks for a machine when no field says so, and what speaks for a person."""
    points = 4 * signs.null + 5 * signs.nobody + signs.many + 2 * bool(signs.away)
    points += 3 * bool(weighed.says_so and weighed.away) + (1 if dated else 0)
    points -= (
        2 * bool("?" in own or "\uff1f" in own) + (2 if len(own.split()) > 220 else 0) + 3 * signs.listed
    )
    return points - (1 if quotes and signs.answers else 0)


def _confirms(subject: str, own: str, signs: Signs) -> bool:
    if signs.answers and not re.match(
        r"(?i)\s*(?:re: )?(?:\[[^\]]{1,40}\] ?)?confirm [0-9a-f]{16,}", subject
    ):
        return False
    titled = _tables()["lists"].first(Text(subject[:200])) or re.match(
        r"(?i)\s*(?:re: )?confirm [0-9a-f]{16,}", subject
    )
    return bool(titled) and bool(_tables()["lists"].first(Text(own[:3_000])) or signs.many)
