"""What one sees: a table of the leads with a running log on a terminal, plain lines anywhere else, JSON on demand."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from outreach.demo.cast import CAST, OFFICE, Person
from outreach.demo.clock import DemoClock
from outreach.demo.play import Scene
from outreach.demo.proof import DAYS, Summary
from outreach.demo.telling import Line, coming, day, when
from outreach.domain import enrollment

_WIDE: Final = 160  # columns of a summary that goes into a file
_MOODS: Final = {
    enrollment.State.REPLIED: "bold green",
    enrollment.State.CONVERTED: "bold green",
    enrollment.State.OPTED_OUT: "bold magenta",
    enrollment.State.BOUNCED: "red",
    enrollment.State.PAUSED: "yellow",
    enrollment.State.FINISHED: "cyan",
    enrollment.State.STOPPED: "red",
}
_LEAST_LOG: Final = 6


class Screen:
    """Shows the play. Without `live` it prints lines; `silent` prints nothing until the end."""

    def __init__(self, clock: DemoClock, *, live: bool, silent: bool) -> None:
        width = None if sys.stdout.isatty() else _WIDE
        self.console = Console(highlight=False, soft_wrap=not live, width=width)
        self._clock, self._live, self._silent = clock, live, silent
        self._stands: dict[str, tuple[str, str]] = {}  # lead -> (where they stand, colour)
        self._last: dict[str, str] = {}
        self._log: list[Line] = []

    @contextmanager
    def open(self) -> Iterator[None]:
        """While the play goes on."""
        if not self._live:
            yield
            return
        with Live(get_renderable=self._view, console=self.console, refresh_per_second=10, transient=True):
            yield

    def show(self, scene: Scene, news: list[Line], leads: dict[int, Person]) -> None:
        """After each instant."""
        for lead_id, person in leads.items():
            self._stands[person.name] = _stands(scene, lead_id)
        for line in news:
            self._last[line.who] = line.what
        self._log += news
        if not (self._live or self._silent):
            for line in news:
                self.console.print(Text(str(line), style=line.mood))

    def say(self, text: str) -> None:
        """A line of our own."""
        if not self._silent:
            self.console.print(text)

    def _view(self) -> RenderableType:
        now = self._clock().astimezone(OFFICE)
        head = Text(f" {when(now)}  {now:%d %B %Y}, New York", style="bold")
        table = Table(expand=True, box=None, pad_edge=True, header_style="dim")
        for name, ratio in (("lead", 2), ("cadence", 2), ("stands", 4), ("last", 6)):
            table.add_column(name, ratio=ratio, no_wrap=True, overflow="ellipsis")
        for person in CAST:
            state, mood = self._stands.get(person.name, ("", ""))
            last = self._last.get(person.name, "")
            table.add_row(
                person.name, person.cadence, Text(state, style=mood), Text(last), style="" if state else "dim"
            )
        room = max(_LEAST_LOG, self.console.height - len(CAST) - 5)
        log = [
            Text(str(line), style=line.mood, no_wrap=True, overflow="ellipsis") for line in self._log[-room:]
        ]
        return Group(head, table, Text(), *log)

    def close(self, found: Summary, *, seconds: float, kept: str, as_json: bool) -> None:
        """The summary, and what to do next."""
        if as_json:
            whole = {**found.plain(), "seconds": round(seconds, 1), "log": [str(line) for line in self._log]}
            self.console.file.write(json.dumps(whole, indent=2) + "\n")
            return
        self.console.print()
        self.console.print(_table(found))
        self.console.print()
        for fact in found.facts:
            mark = "[green]ok[/]    " if fact.holds else "[bold red]BROKEN[/]"
            self.console.print(f"{mark} {escape(fact.text)}")
        self.console.print(f"\n{DAYS} days in {seconds:.0f} seconds; nothing left this machine{kept}")
        self.console.print("next: `outreach init` writes this playbook for you, `outreach up` runs it")


def _table(found: Summary) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("lead", "cadence", "touches", "what they did", "stands"):
        table.add_column(name, no_wrap=name in ("lead", "cadence"))
    for row in found.rows:
        counts = ", ".join(f"{count} {word}{'s' * (count > 1)}" for word, count in row.touches.items())
        table.add_row(row.name, row.cadence, counts, row.did, row.ended)
    return table


def _stands(scene: Scene, lead_id: int) -> tuple[str, str]:
    walk = [walk for walk in scene.walks if walk.lead_id == lead_id][-1]
    if walk.state is enrollment.State.PAUSED:
        return f"paused until {day(walk.resume_at)}", _MOODS[walk.state]
    if not walk.open:
        return walk.state.value.replace("_", " "), _MOODS[walk.state]
    return coming(scene, walk), ""
