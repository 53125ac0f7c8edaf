"""Whether somebody asks to be left alone: a word, or a request in a sentence, in their own words only."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from outreach.domain.reply.phrases import Hit, Phrases, Text, fold
from outreach.domain.reply.words import optout as words
from outreach.domain.reply.words import stopwords

_SHORT: Final = 7  # words up to which a text is looked at for a word of revocation that stands first
_SHORT_TEXT: Final = 18  # words up to which a text may be a request put together of usual words
_TIMES: Final = frozenset(
    "until till before after bis vor nach jusqua avant hasta antes ate fino prima tot voor".split()
)
_CURT: Final = 14  # words up to which a rude word is all that is meant
_LONGEST: Final = 12_000
_START: Final = frozenset({"start", "unstop"})  # never "yes": it may answer a question
_HELP: Final = frozenset({"help", "info"})
_PARTS: Final = re.compile(r"[,;()\u2013\u2014\u3001\uff0c]| - |(?<=\w)\.(?=\s)")
_SIGNS: Final = frozenset("\U0001f6d1\u26d4\U0001f6ab\U0001f515\U0001f595\U0001f4f5")
_DOUBLED: Final = re.compile(r"(.)\1+")
_STRETCHED: Final = re.compile(r"([a-z])\1{2,}")
# What turns a request around when it stands right before it.
_DENIES: Final = frozenset(
    "dont not never didnt wont cant cannot doesnt isnt nicht kein pas nao non niet inte ikke ej nie no without wouldnt shouldnt unless havent cannot couldnt".split()
)
_FIRST: Final = frozenset("stop stopp unsubscribe quit cancel optout remove".split())
# After a first "stop" that is a request: what comes next is another thought. After these it is not.
_GOES_ON: Final = frozenset(
    "by in at over the to off sign light for working loss short gap watch and our a on my us using doing being with making it's its here there when until before order motion bit until is was has are wherever through around making worrying".split()
)
_BUT: Final = frozenset(
    "before after until at on during today tomorrow this in yet now while unless between when if but email text call till over for monday tuesday wednesday thursday friday saturday sunday back".split()
)
_ELSEWHERE: Final = frozenset(
    "cc copy meeting invite invitation thread call chat calendar agenda waitlist waiting queue loop channel group event guest equation picture session webinar demo trial table module package order basket guard hook task project ticket".split()
)
_NOUNS: Final = frozenset(
    "rules rule rate rates page link links option options list feature process policy form mechanism flow handling management law laws language text button checkbox requirements".split()
)
_LISTS: Final = frozenset(
    "email emails e mails mail texts text messages message list lists communications communication marketing sms calls contact newsletter newsletters this these future all further any your mailing receiving it notifications solicitations everything campaign follow".split()
)


@cache
def _asks() -> Phrases:
    return Phrases(words.ASKS)


@cache
def _curt() -> Phrases:
    return Phrases(words.CURT)


@cache
def _not_asked() -> Phrases:
    return Phrases(words.NOT_ASKED)


@cache
def _alone() -> frozenset[str]:
    return frozenset(fold(one.replace("_", " ")) for one in stopwords.ALONE)


def keyword(own: str) -> str:
    """ "start" or "help" when that is all a text says; "" else."""
    said = [word for word in Text(own).tokens if word not in ".?"]
    if said and set(said) <= _START:
        return "start"
    return "help" if said and set(said) <= _HELP else ""


def asked(own: str) -> str:
    """The words in which the author asks to be left alone; "" when they do not."""
    text = own[:_LONGEST]
    if text.strip() and not re.search(r"\w", text) and set(text) & _SIGNS:
        return text.strip()[:20]
    said = Text(text)
    parted = Text(_PARTS.sub(" . ", text))
    return _by_word(text, said, _sentences(parted)) or _in_sentence(parted)


def _by_word(text: str, said: Text, sentences: list[list[str]]) -> str:
    """A word of revocation and nothing else, however it is spelled, repeated and wrapped in courtesy."""
    tokens = [_spelled(word) for word in said.tokens if word not in ".?"]
    if not tokens or len(tokens) > 40:
        return ""
    if len(tokens) > 2 and all(len(word) == 1 for word in tokens):
        tokens = ["".join(tokens)]  # S.T.O.P.
    whole = " ".join(tokens)
    if said.dense and re.sub(r"\W", "", said.dense) in _alone():
        return whole
    left = [word for word in tokens if word not in stopwords.COURTESY] or tokens
    if _only_requests(" ".join(left)) or whole in _alone():
        return "" if said.tokens[-1] == "?" and left[0] not in ("stop", "unsubscribe") else whole
    # "STOP. I am not interested", "Unsubscribe, wrong number": the word is a sentence of its own, first or last.
    for sentence in (sentences[0], sentences[-1]):
        rest = [word for word in (_spelled(one) for one in sentence) if word not in stopwords.COURTESY]
        if sentence is sentences[0] and sentence[0] in ("ok", "okay", "yes"):
            continue
        if (
            len(sentences) > 1
            and rest
            and _only_requests(" ".join(rest))
            and rest[0] not in ("end", "cancel", "enough", "basta", "alto", "remove")
        ):
            return " ".join(sentence)
    first = left[0]
    if (
        first in _FIRST
        and len(tokens) <= _SHORT
        and text.lstrip(" \t\n\"'*").startswith(("STOP", "UNSUBSCRIBE", "QUIT", "CANCEL", "REMOVE"))
    ):
        return whole if len(left) < 2 or left[1] not in _GOES_ON else ""
    return ""


def _only_requests(left: str) -> bool:
    """Whether it is a word of revocation, or several in a row: "stop", "stop stop", "stop unsubscribe"."""
    if left in _alone():
        return True
    parts = left.split()
    return len(parts) <= 8 and all(part in _alone() for part in parts)


def _sentences(said: Text) -> list[list[str]]:
    sentences: list[list[str]] = [[]]
    for word in said.tokens:
        if word in ".?":
            sentences.append([])
        else:
            sentences[-1].append(word)
    return [one for one in sentences if one] or [[]]


@cache
def _known_slips() -> dict[str, str]:
    return {slip: right for right, slips in _SLIPS.items() for slip in slips.split()}


_SLIPS: Final = {
    "stop": "stpo sotp stp tsop sopt stopt stoo stip dtop xtop atop stpp stopl stopo stob stoop stopping",
    "cancel": "cancle cancell canel cancal cncel cancl",
    "quit": "qiut quitt quti",
    "remove": "remvoe remov rmove remoove",
    "opt out": "optuot otp-out",
}


def _spelled(word: str) -> str:
    """The word without the usual slips of the thumb."""
    flat = _STRETCHED.sub(r"\1", word)
    single = _DOUBLED.sub(r"\1", flat)
    if flat in _known_slips() or single in ("stop", "quit", "end"):
        return _known_slips().get(flat, single)
    if flat == "unsub":
        return "unsubscribe"
    if (
        flat.startswith("un")
        and not flat.endswith(("bed", "bes", "ber", "bers", "bing"))
        and 8 <= len(flat) <= 14
        and _near(flat, "unsubscribe", 2)
    ):
        return "unsubscribe"
    return flat


def _near(one: str, other: str, most: int) -> bool:
    """Whether so few letters differ (Levenshtein; the words are short)."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (a != b))
    return row[-1] <= most


def _in_sentence(parted: Text) -> str:
    spelled = Text("")
    spelled.tokens, spelled.dense = [_spelled(word) for word in parted.tokens], parted.dense
    if made := _put_together(spelled):
        return made
    if len(spelled.tokens) <= _CURT and (hit := _curt().first(spelled)):
        return hit.words
    others = [
        (hit.start, hit.end)
        for hit in _not_asked().all(spelled)
        if not hit.words.startswith("to ") or hit.start == 0 or spelled.tokens[hit.start - 1] in ".?"
    ]
    for hit in _asks().all(spelled):
        if _is_request(hit, spelled.tokens, others):
            return hit.words
    return ""


def _put_together(spelled: Text) -> str:
    """A short sentence in which every word belongs to a request: "no texts", "delete my number"."""
    sentences = _sentences(spelled)
    if len(spelled.tokens) > _SHORT_TEXT or spelled.tokens[-1:] == ["?"]:
        return ""
    for at, sentence in enumerate(sentences):
        others = [word for n, one in enumerate(sentences) if n != at for word in one]
        if _only_of_a_request(sentence) and not set(others) & (_TIMES | stopwords.CONTACTS):
            return " ".join(sentence)
    return ""


def _only_of_a_request(sentence: list[str]) -> bool:
    said = f" {' '.join(sentence)} ".replace(" do not ", " never ").replace(" no more ", " never ")
    left = [
        word
        for word in said.split()
        if word not in stopwords.COURTESY or word in stopwords.ENDS or word == "no"
    ]
    if left[:1] == ["no"] and left[1:2] and left[1] in stopwords.CONTACTS:
        left[0] = "never"
    ends, contacts = set(left) & stopwords.ENDS, set(left) & stopwords.CONTACTS
    if set(left) - stopwords.ENDS - stopwords.CONTACTS - stopwords.AROUND - stopwords.COURTESY:
        return False
    turned = ends & {"never", "dont"} and ends - {"never", "dont"}  # "never stop texting me"
    meeting = ends == {"cancel"} and contacts & {"call", "calls"}
    return 2 <= len(left) <= 8 and bool(ends and contacts) and not turned and not meeting


def _is_request(hit: Hit, tokens: list[str], others: list[tuple[int, int]]) -> bool:
    if not hit.words.isascii() and " " not in hit.words and hit.end > len(tokens):
        return True  # found among letters without spaces: nothing to look at around it
    if any(start <= hit.end and hit.start <= end for start, end in others):
        return False
    before = tokens[max(0, hit.start - 4) : hit.start]
    if "." in before:
        before = before[len(before) - before[::-1].index(".") :]
    near = before if tokens[hit.start] in ("off", "from") else before[-2:]
    if any(word in _DENIES for word in near) and tokens[hit.start] not in _DENIES:
        return False
    after = tokens[hit.end : hit.end + 7]
    if hit.language != "en":
        return after[:1] == [] or after[0] not in _TIMES - {"till"}
    return not _other_sense(hit.words.split(), after)


def _other_sense(said: list[str], after: list[str]) -> bool:
    """English words that mean something else in this company."""
    follows = after[0] if after else ""
    if said[0] in ("do", "dont", "never", "not", "no", "please") and any(
        w in said for w in ("call", "text", "email", "contact", "message", "write", "phone", "ring", "mail")
    ):
        if "want" in said or "wish" in said or "like" in said:
            return False
        alternative = (
            after[:1] == ["."]
            and bool({"email", "text", "call", "write", "message", "mail"} & set(after[1:4]))
            and "me" in after[1:6]
        )
        return follows in _BUT or alternative
    if said[0] in (
        "remove",
        "take",
        "delete",
        "drop",
        "pull",
        "cross",
        "scratch",
        "keep",
        "get",
        "wipe",
        "strike",
        "scrub",
    ):
        return bool(_ELSEWHERE & set(after[:5])) or ("loop" in said) or bool(_ELSEWHERE & set(said))
    if "out" in said and any(word.startswith("opt") for word in said):
        if follows in _NOUNS:
            return True
        return after[:1] == ["of"] and not _LISTS & set(after[1:4])
    if "stop" in said and said[-1] in ("stop", "it", "this", "that", "all", "now"):
        return follows in _GOES_ON or bool(
            {"can", "could", "would", "will"} & set(said) and follows not in ("", ".", "?")
        )
    return False
