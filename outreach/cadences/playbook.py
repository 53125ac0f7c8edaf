"""cadences.yaml as values: the team and its cadences. All mistakes of the file are told in one run."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from outreach.cadences import hours, limits, source
from outreach.cadences.checks import check_limits, check_steps, check_team
from outreach.cadences.draft import CadenceDraft, Draft, draft
from outreach.cadences.handover import check_handovers
from outreach.cadences.limits import LimitsShape
from outreach.cadences.shapes import DefaultsShape, RepShape, SenderShape, StepShape
from outreach.domain.cadence import Cadence, Outcome, Step, StopScope
from outreach.domain.people import OnHuman, Rep, Sender, Team
from outreach.domain.problem import Problem, Problems

LARGEST: Final = 1_000_000  # bytes; a playbook of 200 cadences has a fifth of that


@dataclass(frozen=True)
class Playbook:
    """What one cadences.yaml says."""

    team: Team
    cadences: dict[str, Cadence]
    places: dict[
        tuple[str, str], tuple[int, int]
    ]  # (cadence, step id) -> line, column of the template's name


def read_file(path: Path, *, templates: Collection[str] | None = None) -> Playbook:
    """The playbook in a file of at most 1 MB in UTF-8.

    Raises Problems, also for a file that is missing, unreadable, empty or being written at this moment.
    """
    return read(_text(path), file=path.name, templates=templates)


def read(text: str, *, file: str = "cadences.yaml", templates: Collection[str] | None = None) -> Playbook:
    """The playbook in a text. `templates` are the paths that exist below templates/; None: not checked.

    Raises Problems with all that is wrong; then nothing is loaded.
    """
    if len(text) > LARGEST:
        raise _problem(file, "the file is larger than 1 MB", "split the cadences, or remove what is not used")
    document = source.parse(text.removeprefix("\ufeff"), file)
    found = draft(document)
    check_steps(found, templates)
    check_team(found)
    check_limits(found)
    check_handovers(found)
    hours.check_quiet_hours(found)
    hours.check_never_open(found)
    if document.problems:
        raise Problems(document.problems)
    return _built(found)


def _text(path: Path) -> str:
    try:
        before = path.stat()
        data = path.read_bytes() if before.st_size <= LARGEST else b""
        after = path.stat()
    except FileNotFoundError:
        raise _problem(path.name, f"there is no file {path}", "outreach init makes one") from None
    except OSError as error:
        raise _problem(
            path.name, f"{path} cannot be read: {error.strerror}", "check its permissions"
        ) from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(
        data
    ) > before.st_size:
        raise _problem(
            path.name, "the file is being written at this moment", "try again when it has been saved"
        )
    if before.st_size > LARGEST:
        raise _problem(
            path.name, "the file is larger than 1 MB", "split the cadences, or remove what is not used"
        )
    if not data.strip():
        raise _problem(
            path.name, "the file is empty", "was it saved completely? outreach init shows an example"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = f"a character that is not UTF-8 (byte 0x{data[error.start]:02x})"
        raise Problems([Problem(path.name, line, 0, text, "save the file with the encoding UTF-8")]) from None


def _problem(file: str, text: str, fix: str) -> Problems:
    return Problems([Problem(file, 0, 0, text, fix)])


def _built(found: Draft) -> Playbook:
    defaults = found.defaults or DefaultsShape()
    return Playbook(
        team=_team(found, defaults),
        cadences={name: _cadence(name, cadence, defaults) for name, cadence in found.cadences.items()},
        places=_places(found),
    )


def _team(found: Draft, defaults: DefaultsShape) -> Team:
    return Team(
        reps={key: _rep(key, rep) for key, rep in found.reps.items() if rep},
        senders={key: _sender(key, sender) for key, sender in found.senders.items() if sender},
        timezone=defaults.timezone,
        country=defaults.country,
        holidays=tuple(defaults.holidays),
        allow_countries=tuple(defaults.allow_countries),
        on_human=OnHuman(defaults.on_human),
        limits=limits.built(found.limits or LimitsShape()),
    )


def _rep(key: str, rep: RepShape) -> Rep:
    return Rep(key=key, **{**rep.model_dump(), "title": rep.title or ""})


def _sender(key: str, sender: SenderShape) -> Sender:
    return Sender(key=key, **{**sender.model_dump(), "postal_address": sender.postal_address or ""})


def _cadence(name: str, cadence: CadenceDraft, defaults: DefaultsShape) -> Cadence:
    head = cadence.head
    assert head is not None, "a cadence with mistakes is never built"
    windows = hours.resolved(head, defaults)
    return Cadence(
        name=name,
        steps=tuple(_step(step) for step in cadence.steps if step),
        title=head.title or "",
        description=head.description or "",
        window=windows.window,
        channel_windows=windows.channels,
        stop_on=head.stop_on,
        stop_scope=StopScope(head.stop_scope),
        then={Outcome(outcome): target for outcome, target in head.then.items()},
    )


def _step(step: StepShape) -> Step:
    [(channel, template)] = step.channels.items()
    return Step(
        id=step.id,
        channel=channel,
        template=template,
        after=step.after,
        window=step.window,
        when=step.when,
        late=step.late,
        skip_after=step.skip_after,
        resend_uncertain=step.resend_uncertain,
        title=step.title or "",
    )


def _places(found: Draft) -> dict[tuple[str, str], tuple[int, int]]:
    places: dict[tuple[str, str], tuple[int, int]] = {}
    for name, cadence in found.cadences.items():
        for n, step in enumerate(cadence.steps):
            for channel in step.channels if step else ():
                place = found.document.place(("cadences", name, "steps", n, channel.value))
                places[name, step.id if step else ""] = (place.line, place.column)
    return places
