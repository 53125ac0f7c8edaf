"""Reading what ops people wrote, whole: the cadence file and the templates it names, proved together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from outreach.cadences import Playbook, read_file
from outreach.casework.spoken import recorded
from outreach.domain.cadence import Version
from outreach.domain.problem import Problem, Problems
from outreach.settings import Settings
from outreach.templates import check, closure, read_folder, samples


@dataclass(frozen=True, slots=True)
class Proved:
    """A playbook without mistakes: the team, a version of each cadence, and the doubts that remain."""

    playbook: Playbook
    versions: tuple[Version, ...]
    warnings: tuple[Problem, ...]


def prove(settings: Settings) -> Proved:
    """Read cadences.yaml and templates/ and try every template. Raises Problems with all that is wrong, at once."""
    sources: dict[str, str] = {}
    problems: list[Problem] = []
    try:
        sources = read_folder(settings.templates)
    except Problems as found:
        problems += found.problems
    playbook: Playbook | None = None
    try:
        playbook = read_file(settings.cadences, templates=set(sources) if not problems else None)
    except Problems as found:
        problems += found.problems
    if playbook is not None:
        problems += _tried(playbook, sources, settings)
    if playbook is None or any(not problem.warning for problem in problems):
        raise Problems(problems)
    versions = tuple(_version(playbook, name, sources) for name in playbook.cadences)
    return Proved(playbook, versions, tuple(sorted(problem for problem in problems if problem.warning)))


def _tried(playbook: Playbook, sources: Mapping[str, str], settings: Settings) -> list[Problem]:
    tried: dict[tuple[str, str], list[Problem]] = {}
    for cadence in playbook.cadences.values():
        for step in cadence.steps:
            key = (step.template, step.channel.value)
            if key not in tried:
                found = check(step.template, step.channel, sources, samples())
                tried[key] = [_placed(problem, settings) for problem in found]
    found = [problem for found in tried.values() for problem in found]
    return (
        found
        if any(not problem.warning for problem in found)
        else [*found, *recorded(playbook, sources, settings)]
    )


def _placed(problem: Problem, settings: Settings) -> Problem:
    """Paths are told as one finds them from where one stands: templates/trial/hello.md."""
    file = f"{settings.templates.name}/{problem.file}"
    return Problem(file, problem.line, problem.column, problem.text, problem.fix, problem.warning)


def _version(playbook: Playbook, name: str, sources: Mapping[str, str]) -> Version:
    cadence = playbook.cadences[name]
    needed: dict[str, str] = {}
    for step in cadence.steps:
        if not step.template.startswith("https://"):
            needed |= closure(step.template, sources)
    return Version(cadence=cadence, templates=needed)
