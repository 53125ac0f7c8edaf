"""Tells apart a folder of raw mails and says what it found: one row a mail.

Takes .eml files, mails without an ending, mbox files and maildirs, in any folder below the one named.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from outreach import inbox
from outreach.domain.reply import Reading, read

_HEAD = re.compile(
    rb"(?im)^(?:from|to|subject|date|message-id|received|return-path|mime-version|content-type|delivered-to):"
)
_FROM = re.compile(rb"^From \S+.*\d{4}\b|^From .{0,200}\d\d:\d\d", re.IGNORECASE)
_NEXT = re.compile(rb"(?m)(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From [^\n]*\d\d:\d\d[^\n]*\n")


def main() -> int:
    """Read the arguments, tell the mails apart, print and write."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("folder", type=Path)
    said.add_argument("--csv", type=Path, help="also write file,kind,return_date,author_text")
    asked = said.parse_args()
    if not asked.folder.exists():
        print(f"{asked.folder}: there is no such folder", file=sys.stderr)
        return 2
    rows = [(name, understood(raw)) for name, raw in mails(asked.folder)]
    print(table(rows))
    if asked.csv:
        with asked.csv.open("w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow(["file", "kind", "return_date", "author_text"])
            out.writerows([name, one.kind.value, one.back_on or "", one.text] for name, one in rows)
    return 0


def understood(raw: bytes) -> Reading:
    """One mail, read as the engine reads it."""
    return read(inbox.read(raw))


def mails(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every mail below a folder, with its path from there; of an mbox each, named path#n."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
        if not path.is_file() or path.name.startswith("."):
            continue
        raw = path.read_bytes()
        name = str(path.relative_to(folder)) if folder.is_dir() else path.name
        if _is_box(path, raw):
            yield from ((f"{name}#{n}", one) for n, one in enumerate(_box(raw), 1))
        elif path.suffix.lower() in (".eml", ".msg", ".mail", ".email") or _HEAD.search(raw[:8_000]):
            yield name, raw


def _is_box(path: Path, raw: bytes) -> bool:
    """Whether a file is an mbox: by its name, or because more than one mail begins in it."""
    if not _FROM.match(raw[:400].lstrip()):
        return False
    return path.suffix.lower() in (".mbox", ".mbx") or len(_NEXT.findall(raw)) > 1


def _box(raw: bytes) -> Iterator[bytes]:
    """The mails of an mbox; a ">" that was put before a "From " at the start of a line is taken off."""
    starts = [found.start() for found in _NEXT.finditer(raw)] or [0]
    for start, end in zip(starts, [*starts[1:], len(raw)], strict=True):
        _, _, mail = raw[start:end].partition(b"\n")
        yield re.sub(rb"(?m)^>(>*From )", rb"\1", mail)


def table(rows: list[tuple[str, Reading]]) -> str:
    """What was found, for people: a line a mail, and how many there are of each kind."""
    width = min(60, max((len(name) for name, _ in rows), default=4))
    lines = [
        f"{one.kind.value:<13} {one.back_on or '':<10} {name[-width:]:<{width}}  {one.because}"
        for name, one in rows
    ]
    counts = Counter(one.kind.value for _, one in rows)
    return "\n".join(
        [*lines, "", *(f"{count:>7} {kind}" for kind, count in counts.most_common()), f"{len(rows):>7} mails"]
    )


if __name__ == "__main__":
    sys.exit(main())
