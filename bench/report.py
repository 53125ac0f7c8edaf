"""The figures as a page: docs/performance.md is this, with the words around it kept."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from bench.stage import ROOT

PAGE: Final = ROOT / "docs" / "performance.md"
BEGIN: Final = "<!-- figures: written by `make bench`, do not edit -->"
END: Final = "<!-- end of figures -->"
_PART: Final = re.compile(r"<!-- part: (\w+) -->\n(.*?)\n<!-- end of \1 -->", re.DOTALL)


def write(sections: Mapping[str, str], order: Sequence[str], command: str) -> None:
    """Put the tables of some parts into the page, with the command, the date and the machine; the others stay."""
    text = PAGE.read_text()
    before, rest = text.split(BEGIN)
    old, after = rest.split(END)
    kept = {name: body.strip() for name, body in _PART.findall(old)}
    kept |= {name: f"{section}\n\n{_said(command)}" for name, section in sections.items()}
    blocks = [f"<!-- part: {n} -->\n\n{kept[n]}\n\n<!-- end of {n} -->" for n in order if n in kept]
    PAGE.write_text("\n\n".join([before + BEGIN, *blocks, END]) + after)


def _said(command: str) -> str:
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    machine += f", load average {os.getloadavg()[2]:.1f}"  # an idle machine would show 1 or 2
    return f"`{command}` on {datetime.now(UTC):%Y-%m-%d}: {machine}."
