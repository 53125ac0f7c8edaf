"""A table of leads at once: `outreach import`."""

from __future__ import annotations

import csv
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach.cli import plain
from outreach.cli.door import AsJson, DryRun, actor, opened
from outreach.cli.failing import Usage

if TYPE_CHECKING:
    from outreach.engine.importing import Imported
    from outreach.engine.table import Line

# A batch makes many objects and no circles of them: looking for circles as often as usual is a sixth of an import.
_COLLECTOR = (20_000, 20, 100)
_SHOWN = 10  # rejected lines told one by one; the file holds them all


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="Its first line names the columns.")],
    cadence: Annotated[str | None, typer.Option(help="Enroll every line's lead in this cadence.")] = None,
    source: Annotated[
        str, typer.Option(help="Where the lines come from: the same id twice is one lead.")
    ] = "import",
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", help='What a column is: --map "E-Mail=email"; may be repeated.'),
    ] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take in leads from a CSV file, and enroll them.

    Known columns: name, first_name, last_name, email, phone, postal, profile, company, timezone, country, region,
    owner, external_id, subscriber_kind, lawful_basis, and for what they agreed to consent (written, express, implied),
    consent_channels, consent_at, consent_text, consent_how, consent_evidence, consent_expires. Any other becomes a field that templates can name. Encoding and delimiter are recognised.

    Every line is accepted, or rejected with its number and reason; rejected ones are written to FILE.rejected.csv, to
    be mended and imported again. Running it twice, or again after it was killed, adds nobody twice. Example:

        outreach import fair.csv --cadence outbound --source fair-2026 --map "Mobil=phone"
    """
    from outreach.engine.importing import import_leads
    from outreach.engine.table import opened as open_file

    gc.set_threshold(*_COLLECTOR)
    with ExitStack() as stack:
        house = stack.enter_context(opened())
        table = stack.enter_context(open_file(file))
        rejects = _Rejects(file.with_name(f"{file.stem}.rejected.csv"), write=not dry_run)
        stack.callback(rejects.close)
        done = import_leads(
            house,
            table,
            by=actor(),
            reject=rejects.add,
            cadence=cadence,
            source=source,
            mapping=_mapping(mapping or []),
            dry_run=dry_run,
            progress=stack.enter_context(_progress(file)),
        )
    if as_json:
        told = [{"line": number, "because": because} for number, because in rejects.first]
        plain.data({"dry_run": dry_run, "counts": done, "first_rejected": told, "file": rejects.written})
    else:
        _say(done, rejects, cadence, dry_run=dry_run)


class _Rejects:
    """The lines that were not taken, in a file that a spreadsheet opens without executing anything."""

    def __init__(self, path: Path, *, write: bool) -> None:
        self.path, self._write = path, write
        self.first: list[tuple[int, str]] = []
        self.count = 0
        self._file: Any = None
        self._rows: Any = None

    @property
    def written(self) -> Path | None:
        """The file, when there is one."""
        return self.path if self._file else None

    def add(self, line: Line, because: str) -> None:
        """Keep one line."""
        from outreach.engine.table import harmless

        self.count += 1
        if len(self.first) < _SHOWN:
            self.first.append((line.number, because))
        if self._write:
            if self._file is None:
                self._begin(line)
            cells = [line.number, because, *line.cells]
            self._rows.writerow([harmless(str(cell)) for cell in cells])

    def _begin(self, line: Line) -> None:
        self._file = self.path.open(
            "w", encoding="utf-8-sig", newline=""
        )  # the mark tells Excel that it is UTF-8
        self._rows = csv.writer(self._file, delimiter=line.delimiter)
        self._rows.writerow(["rejected_line", "rejected_because", *line.columns])

    def close(self) -> None:
        """Finish the file."""
        if self._file is not None:
            self._file.close()


def _mapping(pairs: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs:
        column, equals, name = pair.rpartition("=")
        if not equals or not column.strip() or not name.strip():
            raise Usage(f'--map {pair!r} is not COLUMN=NAME; write --map "E-Mail=email"')
        found[column.strip()] = name.strip()
    return found


@contextmanager
def _progress(file: Path) -> Iterator[Callable[[int], None]]:
    """A bar on stderr while somebody watches."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("importing", total=file.stat().st_size)
        yield lambda size: bar.advance(task, size)


def _say(done: Imported, rejects: _Rejects, cadence: str | None, *, dry_run: bool) -> None:
    renamed = [f"{column} is {name}" for column, name in done.columns.items() if column != name]
    if renamed:
        plain.line(f"columns: {', '.join(renamed)}")
    plain.line(
        f"{plain.number(done.lines, 'line')}: {done.new:,} new, {done.changed:,} changed, {done.same:,} known already, "
        f"{done.rejected:,} rejected"
    )
    if cadence:
        plain.line(
            f"{cadence}: {done.enrolled:,} enrolled, {done.already:,} were inside already, {done.refused:,} refused"
        )
    for number, because in rejects.first:
        plain.warn(f"line {number}: {because}")
    if rejects.count > len(rejects.first):
        plain.warn(f"and {rejects.count - len(rejects.first):,} more")
    if rejects.written:
        plain.line(f"rejected lines are in {rejects.written}: mend them and import that file")
    if dry_run:
        plain.line("nothing was changed: this was a dry run")
