"""A backup is taken, work goes on, the file is lost, and the backup is put back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.chaos.figure import Figure
from tests.chaos.processes import wait_until
from tests.chaos.scale import Scale
from tests.chaos.stage import Stage


def restored(scale: Scale, seed: int) -> Figure:
    """Half of all touches went out after the backup that is put back."""
    leads = scale.redis_touches // 6
    with Stage(scale, seed, None) as stage:
        stage.referee.misbehave("latency", seconds=0.05, up_to=0.1)
        stage.enroll(leads, "storm")
        (up,) = stage.begin()
        stage.until_accepted(leads // 2)
        database, backup = stage.folder / "outreach.db", stage.folder / "backup.db"
        _copy(database, backup)
        stage.until_accepted(leads * 2)
        up.kill()
        stage.house.store.close()
        stage.wait(1.0)  # what was on the wire when it died still arrives
        before = len(stage.referee.took())
        _put_back(backup, database)
        again = stage.again(up)
        again.until_ready()
        wait_until(lambda: again.heard("a backup was restored") is not None, again.tail)
        # It must stay so for as long as several ticks, sweeps and bells take.
        stage.wait(5.0)
        after = len(stage.referee.took())
        held = stage.count("SELECT count(*) FROM touches WHERE state = 'uncertain'")
        twice = stage.verdict().twice
        good = not twice and after == before and held > 0
        stage.kept = not good
        return Figure(
            name=f"a backup restored after {before - leads // 2} more touches had gone",
            where="SQLite",
            seed=seed,
            target="0 duplicates; the operator is told what is held",
            seen=f"{len(twice)} twice, {after - before} sent afterwards, {held} held, told in the log",
            good=good,
        )


def _copy(database: Path, backup: Path) -> None:
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(backup)) as target:
        source.backup(target)


def _put_back(backup: Path, database: Path) -> None:
    for name in ("", "-wal", "-shm"):
        database.with_name(database.name + name).unlink(missing_ok=True)
    database.write_bytes(backup.read_bytes())
