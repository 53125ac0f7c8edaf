"""How long it takes to take in a table of leads and enroll them: `outreach import`, from the shell's fork to its end."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench import playbook
from bench.figure import Figure, table, targets
from bench.stage import stage

SECONDS, MEGABYTES = 20, 200  # for a hundred thousand


@dataclass(frozen=True, slots=True)
class Taken:
    """One import."""

    mode: str
    seconds: float
    cpu: float
    memory: float  # MB


def run(count: int, modes: Sequence[bool]) -> str:
    """For the modes that are asked for (embedded or not)."""
    found = [measure(count, embedded=embedded) for embedded in modes]
    rows = [
        (one.mode, f"{count:,}", f"{one.seconds:.1f}", f"{one.cpu:.1f}", f"{one.memory:.0f}") for one in found
    ]
    figures: list[Figure] = []
    for one in found:
        figures.append(
            Figure(f"{one.mode}: {count:,} leads, s", one.seconds, SECONDS * count / 100_000, digits=1)
        )
        figures.append(Figure(f"{one.mode}: memory, MB", one.memory, MEGABYTES, digits=0))
    head = ("`outreach import --cadence`", "leads", "s", "CPU s of the command", "memory, MB")
    return f"{table(head, rows)}\n\n{targets(figures, 'import')}"


def measure(count: int, *, embedded: bool) -> Taken:
    """Write a CSV file and import it."""
    with stage(embedded=embedded) as scene:
        file = scene.folder / "leads.csv"
        _write(file, count)
        command = [sys.executable, "-m", "outreach", "import", str(file), "--cadence", "texts"]
        began = perf_counter()
        process = subprocess.Popen(
            command, env=scene.env, cwd=scene.folder, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        seconds = perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if f"{count:,} enrolled" not in said:
        raise RuntimeError(said)
    mode = "embedded" if embedded else "PostgreSQL + Redis"
    return Taken(mode, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6)


def _write(file: Path, count: int) -> None:
    """What an operator would export: a name, two addresses, a company for every ten, an id, and a field of their own."""
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["id", "name", "email", "phone", "company", "plan"])
        rows.writerows(
            [
                f"crm-{n}",
                f"Ada{n} Moreau",
                f"ada{n}@client{n % 1000}.example",
                playbook.phone(n),
                f"Company {n // 10}",
                "trial",
            ]
            for n in range(count)
        )
