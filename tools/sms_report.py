"""Tells apart the texts in a CSV file and says what it found: one row a text."""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

from outreach.domain.channel import Channel
from outreach.domain.event import Replied
from outreach.domain.reply import Reading, read

_COLUMNS = ("text", "body", "message", "sms", "content", "reply", "words", "phrase")


def main() -> int:
    """Read the arguments, tell the texts apart, print and write."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("file", type=Path)
    said.add_argument("--csv", type=Path, help="write the input with a column `kind`")
    asked = said.parse_args()
    if not asked.file.exists():
        print(f"{asked.file}: there is no such file", file=sys.stderr)
        return 2
    csv.field_size_limit(10_000_000)
    with asked.file.open(newline="", encoding="utf-8-sig", errors="replace") as file:
        lines = [line for line in csv.reader(file) if line]
    if not lines:
        print(f"{asked.file}: it is empty", file=sys.stderr)
        return 2
    head, rows = lines[0], lines[1:]
    column = next((n for want in _COLUMNS for n, name in enumerate(head) if name.strip().lower() == want), 0)
    found = [understood(row[column] if column < len(row) else "") for row in rows]
    print(table([row[column] if column < len(row) else "" for row in rows], found))
    if asked.csv:
        kept = [n for n, name in enumerate(head) if name.strip().lower() != "kind"]
        with asked.csv.open("w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow([*(head[n] for n in kept), "kind"])
            for row, one in zip(rows, found, strict=True):
                out.writerow([*(row[n] if n < len(row) else "" for n in kept), one.kind.value])
    return 0


def understood(words: str) -> Reading:
    """One text, read as the engine reads it."""
    return read(Replied(key="report", channel=Channel.SMS, sender="", text=words))


def table(texts: list[str], found: list[Reading]) -> str:
    """What was found, for people."""
    lines = [
        f"{one.kind.value:<8} {' '.join(text.split())[:70]:<70}  {one.because}"
        for text, one in zip(texts, found, strict=True)
    ]
    counts = Counter(one.kind.value for one in found)
    return "\n".join(
        [
            *lines,
            "",
            *(f"{count:>7} {kind}" for kind, count in counts.most_common()),
            f"{len(found):>7} texts",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
