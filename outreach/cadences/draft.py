"""Checks the shape of every entry on its own, so that one mistake does not hide the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from outreach.cadences import words
from outreach.cadences.explain import explain, keys_at
from outreach.cadences.limits import LimitsShape
from outreach.cadences.shapes import (
    CadenceHead,
    CadenceShape,
    DefaultsShape,
    FileShape,
    RepShape,
    SenderShape,
    StepShape,
)
from outreach.cadences.source import Document, Path
from outreach.domain.problem import did_you_mean

S = TypeVar("S", bound=BaseModel)


@dataclass(slots=True)
class CadenceDraft:
    """A cadence as far as it could be read. What was refused is None: its mistakes are noted already."""

    head: CadenceHead | None
    steps: list[StepShape | None]


@dataclass(slots=True)
class Draft:
    """A file as far as it could be read."""

    document: Document
    defaults: DefaultsShape | None = None
    limits: LimitsShape | None = None
    senders: dict[str, SenderShape | None] = field(default_factory=dict)
    reps: dict[str, RepShape | None] = field(default_factory=dict)
    cadences: dict[str, CadenceDraft] = field(default_factory=dict)


def draft(document: Document) -> Draft:
    """Everything in the document whose shape is sound; the rest is noted as problems of the document."""
    found = Draft(document)
    data = document.data
    if data is None:
        document.problem((), "the file says nothing", "begin with the line  version: 1")
        return found
    if not isinstance(data, dict):
        document.problem((), "the file must begin with names and values", "begin with the line  version: 1")
        return found
    _top(document)
    found.defaults = _entry(document, ("defaults",), DefaultsShape) if "defaults" in data else DefaultsShape()
    found.limits = _limits(document) if "limits" in data else LimitsShape()
    found.senders = _named(document, "senders", SenderShape)
    found.reps = _named(document, "reps", RepShape)
    for name, value in _group(document, ("cadences",)).items():
        found.cadences[name] = _cadence(document, ("cadences", name), value)
    return found


def _limits(document: Document) -> LimitsShape | None:
    groups = document.data["limits"]
    for group, entries in groups.items() if isinstance(groups, dict) else ():
        for name, value in entries.items() if isinstance(entries, dict) else ():
            if value is None:
                fix = "write something after it, or remove it"
                document.problem(("limits", group, name), f"{name!r} is empty", fix, key=True)
    return _entry(document, ("limits",), LimitsShape)


def _top(document: Document) -> None:
    for key in document.data:
        if key not in FileShape.model_fields:
            fix = did_you_mean(key, FileShape.model_fields) or f"it has: {', '.join(FileShape.model_fields)}"
            document.problem((key,), f"the file has no {key!r}", fix, key=True)
    version = document.data.get("version")
    if "version" not in document.data:
        document.problem(
            (), "the file does not say which version of the format it is", "add the line  version: 1"
        )
    elif version != 1 or isinstance(version, bool | float):
        document.problem(
            ("version",),
            f"version {document.place(('version',)).written!r} is not known",
            "write: version: 1",
        )
    if "cadences" not in document.data:
        document.problem((), "the file has no cadences", "add  cadences:  with at least one cadence")
    elif document.data["cadences"] == {}:
        document.problem(("cadences",), "there is no cadence here", "add at least one")


def _group(document: Document, path: Path) -> dict[str, Any]:
    """The entries below a heading, by name; anything else is a mistake."""
    value: Any = document.data
    for part in path:
        value = value.get(part, {})
    if not isinstance(value, dict):
        what = "is empty" if value is None else "is not a group of named entries"
        document.problem(
            path,
            f"{path[-1]!r} {what}",
            "write each entry as  name:  with its parts indented below",
            key=True,
        )
        return {}
    for name in value:
        try:
            words.key(name)
        except words.Wrong as error:
            document.problem((*path, name), error.text, error.fix, key=True)
    return value


def _named(document: Document, heading: str, model: type[S]) -> dict[str, S | None]:
    return {name: _entry(document, (heading, name), model) for name in _group(document, (heading,))}


def _cadence(document: Document, path: Path, value: Any) -> CadenceDraft:
    if not isinstance(value, dict):
        document.problem(
            path, f"cadence {path[-1]!r} has no steps", "add  steps:  with at least one step", key=True
        )
        return CadenceDraft(None, [])
    head = _entry(document, path, CadenceHead, {k: v for k, v in value.items() if k != "steps"}, CadenceShape)
    steps = value.get("steps")
    if not isinstance(steps, list):
        fix = "begin each step with '- id: ' and a name"
        text = (
            f"the steps of cadence {path[-1]!r} are not a list"
            if steps
            else f"cadence {path[-1]!r} has no steps"
        )
        document.problem((*path, "steps"), text, fix, key=True)
        return CadenceDraft(head, [])
    if not steps:
        document.problem((*path, "steps"), f"cadence {path[-1]!r} has no steps", "add at least one")
    return CadenceDraft(head, [_entry(document, (*path, "steps", n), StepShape) for n in range(len(steps))])


def _entry(
    document: Document, path: Path, model: type[S], value: Any = ..., whole: type[BaseModel] | None = None
) -> S | None:
    """One entry in its shape; None when it has mistakes, which are noted. `whole`: the shape as people see it."""
    if value is ...:
        value = document.data
        for part in path:
            value = value[part]
    empty = [
        key for key in model.model_fields if isinstance(value, dict) and key in value and value[key] is None
    ]
    for key in empty:
        document.problem(
            (*path, key), f"{key!r} is empty", "write something after it, or remove it", key=True
        )
    try:
        found = model.model_validate({k: v for k, v in value.items() if k not in empty} if empty else value)
    except ValidationError as error:
        for refused in error.errors(include_url=False):
            if not (refused["loc"] and refused["loc"][0] in empty):
                explain(document, path, refused, keys_at(whole or model, refused["loc"]))
        return None
    return None if empty else found
