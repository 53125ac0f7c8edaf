"""How far a database has come, noted in a file beside it: a database that is behind its note is a restored backup."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from outreach.domain.errors import Misconfigured

_ENDING: Final = ".generation"


def place(database: Path) -> Path:
    """Where the note of an SQLite file lies. Leave it where it is when a backup is copied back."""
    return database.with_name(database.name + _ENDING)


def noted(database: Path) -> int:
    """How far the note says the database has come; 0 without a note. Raises Misconfigured when it cannot be read."""
    try:
        return int(place(database).read_text(encoding="ascii"))
    except FileNotFoundError:
        return 0
    except (OSError, ValueError):
        raise Misconfigured(
            f"{place(database)} cannot be read: it tells a restored backup from the database that was in use. "
            "If no backup was restored, delete it"
        ) from None


def note(database: Path, value: int) -> None:
    """Write the note, whole or not at all; it survives a power cut."""
    target = place(database)
    half = target.with_name(f"{target.name}.{os.getpid()}.half")
    with half.open("w", encoding="ascii") as file:
        file.write(f"{value}\n")
        file.flush()
        os.fsync(file.fileno())
    half.replace(target)
