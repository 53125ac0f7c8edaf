"""Writes the pages of docs/ that are made from the code: states.md, settings.md. A test fails when they are stale.

python tools/pages.py
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from outreach.domain import enrollment, touch  # noqa: E402 - found through the line above
from outreach.settings import Settings  # noqa: E402

MADE = "<!-- Made by tools/pages.py (`make docs`). Change the code, not this page. -->\n"


def states() -> str:
    """docs/states.md: both machines as diagrams and tables."""
    parts = [
        MADE,
        "# The two state machines\n",
        (
            "Each is one literal table in the code, `(state, cause) -> state`; a move that is not in it raises. The store "
            "writes a row only over the revision that was read, and every move appends a line to `history` in the same "
            "transaction.\n"
        ),
        *_machine("Enrollment", "One lead's walk through one cadence", enrollment, enrollment.State.ACTIVE),
        *_machine("Touch", "One step, taken once, for one lead", touch, touch.State.QUEUED),
    ]
    return "\n".join(parts)


def settings() -> str:
    """docs/settings.md: every environment variable."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for spec in fields(Settings):
        default = "" if spec.default is None else f"`{spec.default}`"
        secret = " (secret)" if spec.metadata["secret"] else ""
        rows.append(f"| `{spec.metadata['env']}` | {default} | {spec.metadata['doc']}{secret} |")
    return "\n".join(
        [
            MADE,
            "# Settings\n",
            (
                "All settings are environment variables. None is needed to begin: without keys, messages are written as files "
                "and nothing leaves the machine. Durations are seconds. What is wrong is named at the start, all of it at "
                "once; `outreach settings` shows what a command runs with, secrets cut short.\n"
            ),
            *rows,
            "",
            (
                "`OUTREACH_SEND_DEADLINE` < `OUTREACH_STOP_WAIT` < `OUTREACH_CALL_TIMEOUT` < `OUTREACH_LEASE` must hold; "
                "[architecture.md](architecture.md) says why."
            ),
            "",
        ]
    )


PAGES = {"states.md": states, "settings.md": settings}


def _machine(name: str, what: str, module: ModuleType, start: StrEnum) -> list[str]:
    table: Mapping[tuple[StrEnum, StrEnum], StrEnum] = module.TRANSITIONS
    final = [state for state in module.State if not any(state is was for was, _ in table)]
    arrows = [f"    {was.value} --> {to.value}: {cause.value}" for (was, cause), to in table.items()]
    meanings = _meanings(module)
    return [
        f"## {name}\n",
        f"{what}. It begins as `{start.value}`; final: {', '.join(f'`{state.value}`' for state in final)}.\n",
        "```mermaid",
        "stateDiagram-v2",
        f"    [*] --> {start.value}",
        *arrows,
        *[f"    {state.value} --> [*]" for state in final],
        "```\n",
        "| state | meaning |",
        "|---|---|",
        *[f"| `{state.value}` | {meanings[state.name]} |" for state in module.State],
        "",
        "| from | on | to |",
        "|---|---|---|",
        *[f"| `{was.value}` | {cause.value} | `{to.value}` |" for (was, cause), to in table.items()],
        "",
    ]


def _meanings(module: ModuleType) -> dict[str, str]:
    """The comment beside each member of `State`: it says what the state means, and lives with it."""
    text = Path(str(module.__file__)).read_text()
    lines = text.splitlines()
    found: dict[str, str] = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef) and node.name == "State":
            for member in node.body:
                if isinstance(member, ast.Assign) and isinstance(member.targets[0], ast.Name):
                    found[member.targets[0].id] = lines[member.lineno - 1].partition("#")[2].strip()
    return found


if __name__ == "__main__":
    for page, made in PAGES.items():
        (ROOT / "docs" / page).write_text(made())
        print(f"docs/{page}")
