"""The floor plan, and who imports what, read from the source without running it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PACKAGE: Final = ROOT / "outreach"

# Bottom up. A room may import what lies on a lower floor; rooms of one floor only where ALSO says so.
FLOORS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("ground", ("domain",)),
    ("settings", ("settings", "crash")),
    (
        "shelves",
        (
            "store",
            "providers",
            "cadences",
            "templates",
            "inbox",
            "bell",
            "addresses",
            "almanac",
            "rules",
            "timekeeping",
            "watch",
        ),
    ),
    ("casework", ("casework",)),
    ("verbs", ("engine", "insight")),
    ("the one who builds", ("bootstrap",)),
    ("doors", ("web", "worker")),
    ("roof", ("clock", "up", "demo")),
    ("front door", ("cli", "__main__")),
)
# The roof is stacked: `up` is a clock with web and workers around it, `demo` plays on `up`. A vendor that posts whole
# mails has them read by the inbox.
ALSO: Final = {
    ("up", "clock"),
    ("demo", "up"),
    ("demo", "clock"),
    ("__main__", "cli"),
    ("providers", "inbox"),
}
# The sandbox stands beside the house: it imports nothing of it, and only the demonstration looks in.
BESIDE: Final = "sandbox"
VISITORS: Final = {"demo", "cli"}

# Who may import which library. A room's name allows all of its files.
LIBRARIES: Final[dict[str, set[str]]] = {
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "psycopg": {"store"},
    "jinja2": {"templates", "web", "insight"},
    "markupsafe": {"templates", "web", "insight"},
    "dramatiq": {"bell", "worker"},
    "redis": {"bell", "bootstrap", "insight.doctor"},
    "apscheduler": {"clock", "up"},
    "twilio": {"providers.twilio"},
    "sendgrid": {"providers.sendgrid"},
    "python_http_client": {"providers.sendgrid"},
    "certifi": {"providers"},
    "cryptography": {"providers"},
    "python_multipart": {"providers"},
    "fastapi": {"web"},
    "starlette": {"web"},
    "anyio": {"web"},
    "uvicorn": {"web", "up"},
    "prometheus_client": {"web"},
    "typer": {"cli"},
    "rich": {"cli", "demo"},
    "pydantic": {"cadences"},
    "pydantic_core": {"cadences"},
    "yaml": {"cadences", "templates", "rules"},
    "markdown_it": {"templates"},
    "css_inline": {"templates"},
    "inscriptis": {"inbox"},
    "lxml": {"inbox"},
    "imap_tools": {"inbox"},
    "holidays": {"almanac", "cadences"},
    "phonenumbers": {"addresses", "cadences"},
    "email_validator": {"addresses", "cadences"},
    "msgspec": {"store", "casework", "engine", "insight", "cli"},
    "structlog": {"bootstrap", "engine", "web", "worker", "clock", "up", "demo", "cli"},
}


@dataclass(frozen=True, order=True)
class Import:
    """One import statement: which file, which line, what it asks for, and whether it runs when the file is loaded."""

    file: str  # dotted, without `outreach.`: engine.deliver
    line: int
    target: str  # dotted: outreach.store.touches.dispatch, sqlalchemy.exc
    at_load: bool

    @property
    def room(self) -> str:
        return self.file.partition(".")[0]

    @property
    def top(self) -> str:
        return self.target.partition(".")[0]

    @property
    def target_room(self) -> str:
        """The room of this house that is asked for; empty for anything else."""
        if self.top != "outreach":
            return ""
        return f"{self.target}.".split(".")[1]

    def __str__(self) -> str:
        return f"outreach/{self.file.replace('.', '/')}.py:{self.line} imports {self.target}"


def files() -> Iterator[Path]:
    """Every source file but the migrations, which are kept as they were written."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def name_of(path: Path) -> str:
    """engine.deliver for outreach/engine/deliver.py; providers.twilio for a package."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


@cache
def imports() -> tuple[Import, ...]:
    """Every import of the house, also those inside functions."""
    found: list[Import] = []
    for path in files():
        tree = ast.parse(path.read_text())
        later = {id(node) for part in ast.walk(tree) if _not_at_load(part) for node in ast.walk(part)}
        for node in ast.walk(tree):
            found += [
                Import(name_of(path), node.lineno, target, id(node) not in later) for target in _targets(node)
            ]
    return tuple(found)


def _not_at_load(part: ast.AST) -> bool:
    """Functions run when they are called; what stands under TYPE_CHECKING never does."""
    if isinstance(part, ast.If):
        return isinstance(part.test, ast.Name) and part.test.id == "TYPE_CHECKING"
    return isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)


def _targets(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        assert node.level == 0, f"line {node.lineno}: relative imports hide which floor is asked for"
        module = node.module or ""
        return (
            [f"{module}.{alias.name}" for alias in node.names] if module.startswith("outreach") else [module]
        )
    return []


def is_standard(module: str) -> bool:
    """Whether it comes with Python."""
    return module == "__future__" or module in sys.stdlib_module_names


def floor_of(room: str) -> int | None:
    """The number of a room's floor, the ground being 0; None when it is not on the plan."""
    return next((n for n, (_, rooms) in enumerate(FLOORS) if room in rooms), None)
