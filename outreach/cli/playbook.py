"""What ops people wrote: `check` says what is wrong with it, `apply` makes it what runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import plain
from outreach.cli.door import AsJson, DryRun, actor, opened
from outreach.cli.failing import FAILED

if TYPE_CHECKING:
    from outreach.casework.proof import Proved
    from outreach.engine.apply import Applied


def check(as_json: AsJson = False) -> None:
    """Read cadences.yaml and templates/ and say everything that is wrong with them.

    Every problem is told as file:line:column, with the likely fix; nothing is changed. Example, with
    its answer:

        outreach check

        cadences.yaml:41:9: there is no template 'trial/helo.md' (did you mean 'trial/hello.md'?)
    """
    from outreach.casework.proof import prove
    from outreach.domain.problem import Problems
    from outreach.settings import Settings

    settings = Settings.from_env()
    try:
        proved = prove(settings)
    except Problems as found:
        if as_json:
            plain.data({"ok": False, "problems": found.problems})
        else:
            for problem in found.problems:
                plain.line(str(problem))
            wrong = sum(not problem.warning for problem in found.problems)
            plain.line(
                f"{plain.number(wrong, 'problem')}, {plain.number(len(found.problems) - wrong, 'warning')}"
            )
        raise typer.Exit(FAILED) from None
    if as_json:
        plain.data({"ok": True, "problems": proved.warnings, "texts": _texts(proved)})
        return
    for problem in proved.warnings:
        plain.line(str(problem))
    _summary(proved)


def apply(
    why: Annotated[str, typer.Option("--why", help="Why, in your words; kept with the version.")] = "",
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Make cadences.yaml and templates/ what runs.

    New enrollments enter the new versions; those inside finish the version they entered. A file with mistakes changes
    nothing. Example:

        outreach apply --why "a shorter second mail"
    """
    from outreach.engine.apply import apply as apply_files

    with opened() as house:
        applied = apply_files(house, by=actor(), why=why, dry_run=dry_run)
    if as_json:
        plain.data(applied)
        return
    for problem in applied.warnings:
        plain.warn(str(problem))
    _changes(applied, dry_run=dry_run)


def _changes(applied: Applied, *, dry_run: bool) -> None:
    for word, names in (("new", applied.new), ("changed", applied.changed), ("same", applied.same)):
        if names:
            plain.line(f"{word}: {', '.join(names)}")
    for name, leads in applied.retired.items():
        inside = f"{plain.number(leads, 'lead')} inside go on to its end" if leads else "nobody is inside"
        plain.line(f"retired: {name} ({inside})")
    if applied.team:
        plain.line("changed: the team (reps, senders, defaults), for everybody at once")
    if dry_run:
        plain.line("nothing was changed: this was a dry run")
    elif not applied.anything:
        plain.line("nothing to do: the files are what runs already")


def _summary(proved: Proved) -> None:
    for text in _texts(proved):
        plain.line(
            f"{text['cadence']}/{text['step']}: {plain.number(int(str(text['segments'])), 'segment')} "
            f"({text['characters']} characters, {text['encoding']})"
        )
    steps = sum(len(version.cadence.steps) for version in proved.versions)
    cadences = plain.number(len(proved.versions), "cadence")
    plain.line(
        f"ok: {cadences}, {plain.number(steps, 'step')}, {plain.number(len(proved.warnings), 'warning')}"
    )


def _texts(proved: Proved) -> list[dict[str, object]]:
    """What each text message costs for a sample lead: carriers bill by the segment."""
    from outreach.insight.preview import sample_segments

    return [
        {
            "cadence": version.name,
            "step": step.id,
            "segments": counted.count,
            "characters": counted.characters,
            "encoding": counted.encoding,
        }
        for version in proved.versions
        for step, counted in sample_segments(version)
    ]
