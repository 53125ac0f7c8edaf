"""A figure with its target: what we promise, what was measured, and whether it held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """Something measured, and what it must be: at least, or at most."""

    what: str
    value: float
    target: float
    least: bool = False  # whether more is better
    unit: str = ""
    digits: int = 2

    @property
    def held(self) -> bool:
        """Whether it is as good as promised."""
        return self.value >= self.target if self.least else self.value <= self.target

    @property
    def cells(self) -> tuple[str, ...]:
        """As a row of a table."""
        unit = f" {self.unit}" if self.unit else ""
        target = f"{self.target:,g}{unit} or {'more' if self.least else 'less'}"
        return (
            self.what,
            f"{self.value:,.{self.digits}f}{unit}",
            target,
            "held" if self.held else "**missed**",
        )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table whose columns stand under each other."""
    lines = [head, ["---"] * len(head), *rows]
    wide = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, wide, strict=True)) + " |"
        for line in lines
    )


def targets(figures: Iterable[Figure], title: str = "figure") -> str:
    """Figures side by side with their targets."""
    return table((title, "measured", "target", ""), [one.cells for one in figures])
