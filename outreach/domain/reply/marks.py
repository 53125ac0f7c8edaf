"""Signs in a line by which mail programs mark what is not the author's."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from outreach.domain.reply.words import quotes as words

_WROTE: Final = tuple(words.WROTE)
_FIELDS: Final = {
    name: kind
    for kind, names in (
        ("copy", words.COPY),
        ("to", words.TO),
        ("subject", words.SUBJECT),
        ("sent", words.SENT),
        ("from", words.FROM),
    )
    for name in names.split("|")
}
_ORIGINAL: Final = frozenset(words.ORIGINAL.split("|"))
_BEGIN: Final = tuple(words.BEGIN.split("|"))
_ABOVE: Final = tuple(words.ABOVE.split("|"))
_SIGNED: Final = tuple(words.SIGNED.split("|"))
_EDGE: Final = "-=_*~#+<>| \t\u2014\u2013\u2500:："
_ADDRESS: Final = re.compile(r"[<(\[\"' ]?[^\s<>()\[\]]{1,80}@[^\s<>()\[\]]{1,120}")
_YEAR: Final = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}[:.h]\d\d(?!\d)|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
)
_OPENS: Final = re.compile(
    r"(?i)^[ \t>*_]{0,8}(?:on|am|le|el|il|em|op|den|dne|dnia|w dniu|à|a|in|at|il giorno|vào|pada|tarihinde|data|em|le|mon|tue|wed|thu|fri|sat|sun|quoting|zitat von|citando|"
    r"citation de|selon|cytowanie|\d)\b"
)
_QUOTING: Final = re.compile(
    r"(?i)^(?:quoting|zitat von|zitiere|citando a?|citation de|selon|cytowanie|citerar|citaat van|en respuesta a|in reply to|in response to)\b.{1,200}:$"
)
_LABEL: Final = re.compile(r"(?:^|\s)[*_]{0,2}([^\W\d_]{1,20}) ?[:\uff1a][*_]{0,2}(?=\s|$)")
_LOTUS: Final = re.compile(r"-{3,6}\s?\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_LIST_FOOTER: Final = re.compile(
    r"(?i)mailing list|mailman|listinfo|unsubscribe|liste de diffusion|mailingliste|google groups|to post to this"
)


def attribution(lines: list[str], at: int) -> tuple[int, bool] | None:
    """Where "On Tuesday Rosa wrote:" that begins in this line ends (it may be wrapped), and whether it surely is one.

    None if there is none. One that is not sure counts when what follows is marked as quoted.
    """
    joined = ""
    for i in range(at, min(at + 5, len(lines))):
        line = lines[i].strip(" \t*_")
        if not line or line.startswith(">"):
            return None
        joined = f"{joined} {line}".strip()
        if len(joined) > 500:
            return None
        if told := _introduces(joined):
            return i + 1, told > 1
        if i == at and not _may_open(line):
            return None
        if line.endswith((":", "：")):
            return None
    return None


def _may_open(line: str) -> bool:
    return bool(_OPENS.match(line) or _ADDRESS.search(line) or _YEAR.search(line))


@lru_cache(maxsize=512)
def _introduces(joined: str) -> int:
    """2: surely; 1: if a quotation follows; 0: no."""
    lower = joined.lower().rstrip(" \t*_")
    if _QUOTING.match(lower):
        return 2
    address, year = bool(_ADDRESS.search(lower)), bool(_YEAR.search(lower))
    if not lower.endswith((":", "：", ':"')):
        return 2 if address and year and any(lower.endswith(word) for word in _WROTE) else 0
    body = lower.rstrip(':：" ')
    if any(_says(body, word) for word in _WROTE):
        dated = bool(_OPENS.match(lower) and re.search(r"\d", lower))
        return 2 if address or year or dated else int(_short_end(body))
    return 1 if address and year else 0


def _says(body: str, word: str) -> bool:
    """Whether the line says that somebody wrote, as a word of its own."""
    at = body.rfind(word)
    if at < 0:
        return False
    before, after = body[at - 1 : at], body[at + len(word) : at + len(word) + 1]
    return not (word[0].isascii() and (before.isalpha() or after.isalpha()))


def _short_end(body: str) -> bool:
    """ "Rosa Diaz wrote", without a date: two or three words, of which the last says so."""
    parts = body.split()
    return 2 <= len(parts) <= 4 and parts[0][:1].isalpha() and any(parts[-1] == word for word in _WROTE)


def field(line: str) -> str:
    """Which header field a line of a quoted head holds ("from", "sent", "to", "subject", "copy"); "" if none."""
    name, mark, value = line[:40].replace("：", ":").partition(":")
    if not mark:
        return ""
    known = _FIELDS.get(name.strip(" \t*_>|").replace("\u3000", "").replace(" ", " ").lower(), "")
    return known if known and (not value or not value.startswith("//")) else ""


def summary(line: str) -> bool:
    """ "Rosa Diaz ---02/03/2026 09:00:00---Hi Ada,": Lotus Notes puts it above the head of what it quotes."""
    return bool(_LOTUS.search(line[:200]))


def head_in_a_line(line: str) -> bool:
    """ "Date: ... From: ... To: ... Subject: ..." in one line, as some mail programs run it together."""
    if line.count(":") < 3:
        return False
    kinds = {_FIELDS.get(name.lower(), "") for name in _LABEL.findall(line[:600])}
    return "from" in kinds and len(kinds - {""}) >= 3 and bool(kinds & {"sent", "subject"})


def original(line: str) -> bool:
    """ "-----Original Message-----", with or without the dashes where the words are unmistakable."""
    words_ = line.strip()
    if not 4 < len(words_) <= 200:
        return False
    bare = words_.strip(_EDGE).lower()
    if any(bare == begin for begin in _BEGIN):
        return True
    dashed = words_[:2] in ("--", "__", "==", "**", "~~", "—", "- ", "##", "++", "──") or words_.startswith(
        ("-", "—", "*")
    )
    if dashed and len(words_) - len(bare) >= 3 and bare in _ORIGINAL:
        return True
    return bool(
        dashed
        and words_[:2] == "--"
        and (
            bare.startswith(("forwarded by", "original message from", "weitergeleitet von"))
            or re.match(r"(?i)-+ ?(?:on|am|le|el) .{4,150}(?:wrote|schrieb|a écrit|escribió) ?-+$", words_)
        )
    )


def above_line(line: str) -> bool:
    """ "Please type your reply above this line" of a ticket system."""
    lower = line[:200].lower()
    return any(words_ in lower for words_ in _ABOVE)


def mobile(line: str) -> bool:
    """A line that a telephone or a mail program has added: "Sent from my iPhone"."""
    lower = line.strip(" \t*_-–—.").lower()
    if not 8 < len(lower) <= 90 or lower.endswith("?"):
        return False
    if lower.startswith(_SIGNED):
        # "Sent from my desk, which is easier" is a sentence.
        return (
            "http" in lower
            or "<" in lower
            or not re.search(r"[.!?] |(?<!\w)(?:is|are|was|were|but|so|because|i|we|you|to you)(?!\w)", lower)
        )
    return (
        lower.endswith(("gesendet", "から送信", "에서 보냄", "傳送", "gönderildi", "发送"))
        and "iphone" in lower
    )


def footer(lines: list[str], at: int) -> bool:
    """The footer that a mailing list has added: a rule and the list's address."""
    line = lines[at].strip()
    if len(line) < 8 or line.strip("_-=*~"):
        return False
    return any(_LIST_FOOTER.search(below[:200]) for below in lines[at + 1 : at + 4])
