"""The first minute, and every upgrade: `init` and `migrate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from outreach.cli import plain
from outreach.cli.door import DryRun, opened

if TYPE_CHECKING:
    from outreach.settings import Settings


def init(dry_run: DryRun = False) -> None:
    """Write a sample cadences.yaml and templates/, and create the database.

    Files that are there already are never overwritten. Example:

        outreach init && outreach check && outreach apply
    """
    from outreach.domain.errors import Duplicate
    from outreach.settings import Settings

    settings = Settings.from_env()
    there = [path for path in (settings.cadences, settings.templates) if path.exists()]
    if there:
        names = " and ".join(str(path) for path in there)
        raise Duplicate(f"{names} already there: nothing was written. `outreach check` reads what you have")
    written = _copy(settings, dry_run=dry_run)
    verb = "would write" if dry_run else "wrote"
    texts = plain.number(len(written) - 1, "text")
    plain.line(f"{verb} {settings.cadences} and {settings.templates}/ ({texts})")
    if not dry_run:
        _create()
    plain.line(
        "next: put your names and addresses into cadences.yaml, then `outreach check` and `outreach apply`"
    )


def migrate() -> None:
    """Bring the database to the shape this version needs.

    PostgreSQL wants this once after every upgrade, before the new processes start; an SQLite file is brought up to
    date by whatever opens it. Running it twice changes nothing. Example:

        DATABASE_URL=postgresql://... outreach migrate
    """
    from outreach.engine.upgrade import upgrade
    from outreach.settings import Settings

    before, now = upgrade(Settings.from_env())
    if before == now:
        plain.line(f"the database is up to date ({now})")
    else:
        plain.line(f"the database went from {before or 'empty'} to {now}")


def _copy(settings: Settings, *, dry_run: bool) -> list[Path]:
    """The sample, file by file, to where the settings say that the files are."""
    sample = _sample()
    written: list[Path] = []
    for source in [sample / "cadences.yaml", *sorted((sample / "templates").rglob("*"))]:
        if source.is_dir():
            continue
        inner = source.relative_to(sample)
        target = (
            settings.cadences
            if inner.parts[0] != "templates"
            else settings.templates.joinpath(*inner.parts[1:])
        )
        if not dry_run:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:  # never over a file that somebody made meanwhile
                file.write(source.read_bytes())
        written.append(target)
    return written


def _sample() -> Path:
    """The shipped playbook: inside the package when installed, else in the checkout."""
    package = Path(__file__).parents[1]
    for folder in (package / "sample", package.parent):
        if (folder / "cadences.yaml").is_file() and (folder / "templates").is_dir():
            return folder
    raise FileNotFoundError(
        2, "the sample playbook is missing from this installation", str(package / "sample")
    )


def _create() -> None:
    from outreach.domain.errors import Misconfigured

    try:
        with opened():
            plain.line("the database is ready")
    except Misconfigured as error:
        plain.warn(str(error))
