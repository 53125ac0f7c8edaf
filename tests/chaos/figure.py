"""One line of the table: what must be reached, what was seen, and whether that is good."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A row. `where` is the store it was seen on, `seed` the dice of its script."""

    name: str
    where: str
    seed: int
    target: str
    seen: str
    good: bool
    seconds: float = 0.0

    def __str__(self) -> str:
        return f"{'good' if self.good else 'RED '}  {self.name} ({self.where}, seed {self.seed}): {self.seen}"


def percentile(values: list[float], share: float) -> float:
    """The value that this share of all does not exceed; 0 when there are none."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0
