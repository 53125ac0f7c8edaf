"""Turns what the models refuse into words that an ops person can act on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from outreach.cadences.source import Document, Path, Place
from outreach.cadences.words import Wrong
from outreach.domain.problem import did_you_mean

# Names that people bring from neighbouring products, and the word for it here.
_ELSEWHERE = {
    "delay": "after", "wait": "after", "condition": "when", "if": "when", "name": "title", "template": "email",
    "text": "sms", "phone": "call", "mail": "email", "from": "email", "address": "postal_address", "tz": "timezone",
    "linkedin": "social", "schedule": "window", "hours": "window", "days": "window", "next": "then",
    "calendar_link": "meeting_link", "number": "sms",
}  # fmt: skip


def explain(document: Document, path: Path, error: ErrorDetails, known: Sequence[str]) -> None:
    """Note one refusal of a model as a problem of the document. `known` are the names the entry may have."""
    loc = tuple(part for part in error["loc"] if part != "[key]")
    at: Path = (*path, *loc)
    wrong = error.get("ctx", {}).get("error")
    if isinstance(wrong, Wrong):
        on_key = "[key]" in error["loc"] or wrong.on_name
        text = wrong.text if not loc or "[key]" in error["loc"] else f"{loc[-1]}: {wrong.text}"
        document.problem((*at, *wrong.at), _named(text, loc), wrong.fix, key=on_key)
        return
    text, fix, key = _said(document, at, error, known)
    document.problem(at, text, fix, key=key)


def _named(text: str, loc: Sequence[str | int]) -> str:
    """Entries of lists are named after their list."""
    return text if not loc or isinstance(loc[-1], str) else text.partition(": ")[2]


def _said(document: Document, at: Path, error: ErrorDetails, known: Sequence[str]) -> tuple[str, str, bool]:
    """Text, fix, and whether the place is the name rather than the value."""
    name = at[-1] if at else ""
    match error["type"]:
        case "missing":
            return f"{_entry(document, at[:-1])} has no {name!r}", f"add  {name}:", True
        case "extra_forbidden":
            text = f"{_entry(document, at[:-1])} has no {name!r}"
            return text, _unknown(str(name), document.place(at), known), True
        case "literal_error":
            return _choice(error, at)
        case "bool_type":
            return (
                f"{name}: {document.place(at).written!r} is neither true nor false",
                "write true or false",
                False,
            )
        case "list_type":
            return (
                f"{name}: a list is expected here",
                f"write: [{document.place(at).written or '...'}]",
                False,
            )
        case "dict_type" | "model_type" | "model_attributes_type":
            text = f"{_entry(document, at)} is {'empty' if error['input'] is None else 'not a group of named entries'}"
            return text, f"it has: {', '.join(known)}" if known else "write it as {name: value}", True
    return f"{name}: this cannot be read", "compare it with docs/cadences.md", False


def _choice(error: ErrorDetails, at: Path) -> tuple[str, str, bool]:
    given, on_key = str(error["input"]), "[key]" in error["loc"]
    choices = [part.strip().strip("'") for part in error["ctx"]["expected"].replace(" or ", ", ").split(",")]
    owner = at[-2] if on_key else at[-1]
    return (
        f"{owner}: {given!r} is not known",
        did_you_mean(given, choices) or f"one of: {', '.join(choices)}",
        on_key,
    )


def _unknown(name: str, place: Place, known: Sequence[str]) -> str:
    fix = did_you_mean(name, known)
    if place.in_braces and not place.written and not fix:
        return f"inside {{...}} a comma begins a new entry: put the text before {name!r} in quotes"
    if not fix and (word := _ELSEWHERE.get(name)) in known:
        fix = f"did you mean {word!r}?"
    return fix or f"it has: {', '.join(known)}"


def _entry(document: Document, path: Path) -> str:
    """An entry as people call it."""
    match path:
        case ("cadences", name, "steps", int(n)):
            step = _value(document, path)
            named = step.get("id") if isinstance(step, dict) else None
            return f"step {named!r}" if isinstance(named, str) else f"step {n + 1} of cadence {name!r}"
        case ("cadences" | "senders" | "reps" as kind, name):
            return f"{kind.removesuffix('s')} {name!r}"
        case (*_, "channels", channel):
            return f"channel {channel!r}"
        case ():
            return "the file"
    return f"{path[-1]!r}"


def _value(document: Document, path: Path) -> Any:
    value = document.data
    for part in path:
        value = value[part]
    return value


def keys_at(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """The names an entry may have at a place below a model, in their order."""
    here: Any = model
    for part in loc:
        fields: Mapping[str, Any] = getattr(here, "model_fields", {})
        if part not in fields:
            continue
        annotation = fields[str(part)].annotation
        here = next((a for a in (annotation, *get_args(annotation)) if _is_model(a)), None)
    fields = getattr(here, "model_fields", {})
    return [field.alias or name for name, field in fields.items()]


def _is_model(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
