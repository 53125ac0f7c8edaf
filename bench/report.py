"""The figures as a page: docs/performance.md is this, with the words around it kept."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from bench.stage import ROOT

PAGE: Final = ROOT / "docs" / "performance.md"
BEGIN: Final = "<!-- figures: written by `make bench`, do not edit -->"
END: Final = "<!-- end of figures -->"


def write(sections: Iterable[str], command: str) -> None:
    """Put the figures, the command, the date and the machine into the page."""
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    machine += f", load average {os.getloadavg()[2]:.1f}"  # an idle machine would show 1 or 2
    said = f"`{command}` on {datetime.now(UTC):%Y-%m-%d}: {machine}."
    text = PAGE.read_text()
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    PAGE.write_text("\n\n".join([before + BEGIN, said, *sections, END]) + after)
