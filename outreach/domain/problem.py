"""What is wrong in a file that people write: where, what, and the likely fix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from outreach.domain.errors import Mistake


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake (or, with `warning`, one doubt). Line and column count from 1; 0 when there is no place."""

    file: str
    line: int
    column: int
    text: str
    fix: str = ""
    warning: bool = False

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        kind = "warning: " if self.warning else ""
        return f"{place}: {kind}{self.text}" + (f" ({self.fix})" if self.fix else "")


class Problems(Mistake):
    """All that is wrong, in one go; nothing was loaded."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """The words "did you mean ..." with the closest known name; empty when nothing is close."""
    found = closest(wrong, known)
    return f"did you mean {found!r}?" if found else ""


def closest(wrong: str, known: Iterable[str]) -> str | None:
    """The known name most like `wrong`; None when nothing is close."""
    by_fold = {name.casefold(): name for name in known}
    found = get_close_matches(wrong.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None
