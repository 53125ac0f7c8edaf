"""Noticing that the cadence file or a template was changed, and that whoever writes it has finished."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path


class Fingerprint:
    """What the files held at the last look. A change counts once two looks in a row see the same."""

    def __init__(self, cadences: Path, templates: Path) -> None:
        self._cadences, self._templates = cadences, templates
        self._taken: str | None = None  # what was last reported as changed
        self._seen: str | None = None

    def changed_and_settled(self) -> bool:
        """Whether the files differ from those last reported, and did not change between the last look and this one.

        The first look reports at once: a process that starts reads what lies there.
        """
        now = self._look()
        settled = now == self._seen or self._seen is None
        self._seen = now
        if now == self._taken or not settled:
            return False
        self._taken = now
        return True

    def _look(self) -> str:
        hashed = hashlib.sha256()
        for path in self._files():
            try:
                content = path.read_bytes()
            except OSError:
                content = b"(unreadable)"
            hashed.update(str(path).encode() + b"\0" + content + b"\0")
        return hashed.hexdigest()

    def _files(self) -> Iterator[Path]:
        yield self._cadences
        if self._templates.is_dir():
            yield from sorted(path for path in self._templates.rglob("*") if path.is_file())
