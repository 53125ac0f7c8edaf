"""The kinds of values in cadences.yaml: how each is read, and what an editor is told about it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any, Final, TypeAlias

from pydantic import PlainValidator, WithJsonSchema

from outreach.cadences import times, windows, words
from outreach.cadences.words import Wrong
from outreach.domain import condition
from outreach.domain.cadence import StopOn, Wait
from outreach.domain.calendar import SendWindow
from outreach.domain.channel import Channel
from outreach.domain.problem import did_you_mean

AUDIO: Final = (".mp3", ".wav")
_TEMPLATE_FIX: Final = "write the path below templates/, such as inbound/01-answer.md"
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


def line(value: Any) -> str:
    """One line of text, at most 200 characters: it may end up in a mail header."""
    if isinstance(value, str) and "\n" in value.strip():
        raise Wrong("this text has several lines", "write it in one line")
    text = words.plain(value, "a text", "put it in quotes")
    if not text:
        raise Wrong("this text is empty", "write something, or remove the entry")
    if len(text) > 200:
        raise Wrong(f"this text has {len(text)} characters; at most 200 are allowed", "make it shorter")
    return text


def prose(value: Any) -> str:
    """Text of several lines, at most 2,000 characters."""
    if not isinstance(value, str):
        return words.plain(value, "a text", "put it in quotes")
    if len(value) > 2000:
        raise Wrong(f"this text has {len(value)} characters; at most 2000 are allowed", "make it shorter")
    return value.strip()


def template(value: Any) -> str:
    """The path of a template below templates/."""
    text = (
        value.strip()
        if isinstance(value, str)
        else words.plain(value, "the path of a template", _TEMPLATE_FIX)
    )
    if "://" in text:
        raise Wrong(f"{text!r} is a web address", "only a voicemail may name one; " + _TEMPLATE_FIX)
    if not text or _CONTROL.search(text) or len(text) > 200:
        raise Wrong("this is not the path of a template", _TEMPLATE_FIX)
    if "\\" in text:
        raise Wrong(f"{text!r} has a backslash", f"write {text.replace(chr(92), '/')}")
    if text.startswith("/") or ".." in text.split("/"):
        raise Wrong(f"{text!r} leaves the folder of templates", _TEMPLATE_FIX)
    if text.startswith(("templates/", "./")):
        raise Wrong(
            f"{text!r}: paths begin below templates/",
            f"write {text.removeprefix('./').removeprefix('templates/')}",
        )
    if not re.search(r"[^/.]\.\w+$", text):
        raise Wrong(
            f"{text!r} is not the whole path of a template", "write it with its ending, such as .md or .txt"
        )
    if text.endswith(AUDIO):
        raise Wrong(f"{text!r} is a recording", "only a voicemail may play one; " + _TEMPLATE_FIX)
    return text


def recording(value: Any) -> str:
    """What a voicemail says: a template that is spoken, or a recording by path or https address."""
    if isinstance(value, str) and "://" in value:
        return words.link(value)
    if isinstance(value, str) and value.strip().endswith(AUDIO):
        path = value.strip()
        return template(path + ".txt").removesuffix(".txt")
    return template(value)


def when(value: Any) -> str:
    """A condition over lead and outcome."""
    fix = 'write it like: lead.phone, or: lead.country == "US"'
    text = words.plain(value, "a condition", fix)
    if not text:
        raise Wrong("this condition is empty", fix)
    try:
        condition.parsed(text)
    except condition.BadCondition as error:
        raise Wrong(str(error)) from None
    return text


def stop_on(value: Any) -> frozenset[StopOn]:
    """What ends a cadence besides an opt-out."""
    known = [s.value for s in StopOn]
    fix = f"write a list of: {', '.join(known)}"
    if not isinstance(value, list):
        text = words.plain(value, "a list", fix)
        raise Wrong("a list is expected here", f"write: [{text}]" if text in known else fix)
    for n, entry in enumerate(value):
        text = words.plain(entry, "something to stop on", fix)
        if text.replace("-", "_") in ("opt_out", "unsubscribe", "complaint", "stop"):
            raise Wrong(
                f"an opt-out always stops, so {text!r} is not written here", f"remove {text!r}", at=(n,)
            )
        if text == "bounce":
            raise Wrong("a bounce stops its channel by itself", "remove 'bounce'", at=(n,))
        if text not in known:
            raise Wrong(f"a cadence cannot stop on {text!r}", did_you_mean(text, known) or fix, at=(n,))
    if not value:
        raise Wrong("a cadence that nothing stops would go on after an answer", "write: [reply, meeting]")
    return frozenset(StopOn(words.plain(entry, "")) for entry in value)


_CHANNELS: Final = tuple(c.value for c in Channel)
_SPAN: Final = {"type": "string", "examples": ["09:00-17:00"]}
_HOURS: Final = {"anyOf": [_SPAN, {"type": "array", "items": _SPAN}]}
_DAYS: Final = {
    "anyOf": [{"type": "string", "examples": ["mon-fri"]}, {"type": "array", "items": {"type": "string"}}]
}
_WINDOW: Final[dict[str, Any]] = {
    "anyOf": [
        {"const": "always"},
        {
            "type": "object",
            "properties": {"days": _DAYS, "hours": _HOURS, "on_holidays": {"type": "boolean"}},
            "additionalProperties": _HOURS,
        },
    ],
    "examples": ["always"],
}
_UNTIL: Final = {
    "type": "object",
    "properties": {key: {"type": "string"} for key in ("until", "shift", "at")},
    "required": ["until"],
    "additionalProperties": False,
}


def _text(example: str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "examples": [example], **more})


Line: TypeAlias = Annotated[str, PlainValidator(line), WithJsonSchema({"type": "string"})]
Prose: TypeAlias = Annotated[str, PlainValidator(prose), WithJsonSchema({"type": "string"})]
Key: TypeAlias = Annotated[
    str, PlainValidator(words.key), _text("main", pattern="^[a-z0-9][a-z0-9_-]{0,63}$")
]
Zone: TypeAlias = Annotated[str, PlainValidator(words.zone), _text("America/New_York")]
Country: TypeAlias = Annotated[str, PlainValidator(words.country), _text("US", pattern="^[A-Z]{2}$")]
Holidays: TypeAlias = Annotated[str, PlainValidator(words.holiday_calendar), _text("US-CA")]
Phone: TypeAlias = Annotated[str, PlainValidator(words.phone), _text("+15005550006", pattern=r"^\+")]
TollFree: TypeAlias = Annotated[str, PlainValidator(words.toll_free), _text("+18005550199", pattern=r"^\+")]
EmailAddress: TypeAlias = Annotated[str, PlainValidator(words.email), _text("rosa@acme.example")]
Domain: TypeAlias = Annotated[str, PlainValidator(words.domain), _text("reply.acme.example")]
Link: TypeAlias = Annotated[
    str, PlainValidator(words.link), _text("https://meet.acme.example/rosa", pattern="^https://")
]
Service: TypeAlias = Annotated[
    str, PlainValidator(words.service), _text("MG0123456789abcdef0123456789abcdef")
]
Length: TypeAlias = Annotated[timedelta, PlainValidator(times.length), _text("6 hours")]
Template: TypeAlias = Annotated[str, PlainValidator(template), _text("inbound/01-answer.md")]
Recording: TypeAlias = Annotated[str, PlainValidator(recording), _text("inbound/05-voicemail.txt")]
When: TypeAlias = Annotated[str, PlainValidator(when), _text('lead.country == "US"')]
Window: TypeAlias = Annotated[SendWindow, PlainValidator(windows.window), WithJsonSchema(_WINDOW)]
After: TypeAlias = Annotated[
    Wait,
    PlainValidator(times.wait),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "examples": ["2 business days", "1 day at 16:30", "at once"]}, _UNTIL]}
    ),
]
Stops: TypeAlias = Annotated[
    frozenset[StopOn],
    PlainValidator(stop_on),
    WithJsonSchema({"type": "array", "items": {"enum": [s.value for s in StopOn]}, "minItems": 1}),
]
