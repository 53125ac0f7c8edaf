"""A database that was copied back has forgotten what was sent and who answered: everything stops, and a person is asked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from outreach.clock import still_there
from outreach.domain.errors import Misconfigured
from outreach.engine import pause
from outreach.engine.reconcile import Settled, reconcile
from outreach.engine.resolve import resolve_restored
from outreach.engine.restored import HELD, Watch, restored
from outreach.store import generation, permissions
from outreach.store.database import Store
from tests.world import World


@pytest.fixture
def file(tmp_path: Path, sqlite_template: Path) -> Path:
    """An SQLite database of this test's own."""
    target = tmp_path / "outreach.db"
    shutil.copyfile(sqlite_template, target)
    return target


def opened(file: Path, folder: Path) -> World:
    return World(folder, Store.open(f"sqlite:///{file}"), None)


def copied(source: Path, target: Path) -> None:
    """What `cp` does to a database that nobody has open: its content in another file."""
    for path in (target, *target.parent.glob(f"{target.name}-*")):
        path.unlink(missing_ok=True)
    shutil.copyfile(source, target)


def stopped(world: World) -> list[str]:
    with world.store.read() as db:
        return [switch.name for switch in permissions.stopped(db)]


def test_an_hour_old_backup_is_seen_and_nothing_goes_twice(file: Path, tmp_path: Path) -> None:
    with opened(file, tmp_path) as world:
        watch = Watch(world.house)
        world.deaf = True
        ada = world.enroll("Ada")  # due, and not sent yet
        assert watch.look() is None
        world.store.close()
        shutil.copyfile(file, tmp_path / "backup.db")
        world.deaf = False
        world.settle()
        watch.look()
        assert len(world.messages(ada)) == 1
        later = world.at
        world.store.close()

    copied(tmp_path / "backup.db", file)
    with opened(file, tmp_path) as again:
        again.at = later
        found = Watch(again.house).look()
        again.pass_time(days=10)

        assert found is not None
        assert found.held == 1
        assert stopped(again) == ["all"]
        assert again.provider.sent == []
        assert (again.touch(ada, "hello").state, again.touch(ada, "hello").reason) == ("uncertain", HELD)
        assert reconcile(again.house) == Settled()  # it has no attempt: no provider can be asked

        [settled] = resolve_restored(again.house, sent=True, by="ops")
        assert settled.state == "sent"
        pause.turn(again.house, "all", stop=False, by="ops")
        again.pass_time(days=6)
        assert [touch.step_id for touch in again.touches(ada)] == ["hello", "text", "again"]
        assert len(again.messages(ada)) == 2
        again.store.close()


def test_it_is_seen_once_and_also_while_running(file: Path, tmp_path: Path) -> None:
    with opened(file, tmp_path) as world:
        watch = Watch(world.house)
        generation.note(file, 99)

        assert watch.look() is not None
        assert watch.look() is None
        assert Watch(world.house).look() is None
        assert generation.noted(file) >= 100
        world.store.close()


def test_starting_and_ending_is_no_alarm(file: Path, tmp_path: Path) -> None:
    with opened(file, tmp_path) as world:
        world.enroll("Ada")
        for _ in range(3):
            assert Watch(world.house).look() is None
            world.pass_time(days=1)
        assert stopped(world) == []
        world.store.close()


def test_an_idle_database_is_not_written_to(file: Path, tmp_path: Path) -> None:
    with opened(file, tmp_path) as world:
        watch = Watch(world.house)
        watch.look()
        before = generation.place(file).stat().st_mtime_ns
        for _ in range(5):
            watch.look()

        assert generation.place(file).stat().st_mtime_ns == before
        world.store.close()


def test_a_note_that_cannot_be_read_is_named(file: Path, tmp_path: Path) -> None:
    with opened(file, tmp_path) as world:
        generation.place(file).write_text("seven")
        with pytest.raises(Misconfigured, match=r"outreach\.db\.generation cannot be read"):
            Watch(world.house).look()
        world.store.close()


def test_an_operator_says_it_where_nothing_can_know(world: World) -> None:
    """PostgreSQL has no file beside it: `outreach restored` does the same."""
    world.deaf = True
    ada = world.enroll("Ada")
    assert Watch(world.house).look() is None or world.store.sqlite

    done = restored(world.house, by="ops")
    world.deaf = False
    world.pass_time(days=3)

    assert (done.held, done.stopped) == (1, True)
    assert world.messages(ada) == []
    assert world.touch(ada, "hello").state == "uncertain"


def test_a_file_that_is_replaced_while_running_ends_the_process_and_nothing_writes(
    file: Path, tmp_path: Path
) -> None:
    ended: list[str] = []
    with opened(file, tmp_path) as world:
        ada = world.enroll("Ada")
        still_there(world.house, lambda: ended.append("at once"))
        assert ended == []
        other = tmp_path / "other.db"
        shutil.copyfile(file, other)
        other.replace(file)

        still_there(world.house, lambda: ended.append("replaced"))

        assert ended == ["replaced"]
        with pytest.raises(Misconfigured, match="was replaced by another file"), world.store.begin():
            raise AssertionError("it must not begin")
        assert len(world.messages(ada)) == 1
        world.store.close()


def test_a_file_that_is_gone_ends_it_too(file: Path, tmp_path: Path) -> None:
    ended: list[str] = []
    with opened(file, tmp_path) as world:
        file.rename(tmp_path / "elsewhere.db")
        still_there(world.house, lambda: ended.append("gone"))
        world.store.close()

    assert ended == ["gone"]
