"""Arrows point down: who may import whom (docs/architecture.md), parsed from the source."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

from tests.house import plan
from tests.house.plan import ALSO, BESIDE, LIBRARIES, ROOT, VISITORS, Import, floor_of, imports

OURS = [one for one in imports() if one.target_room not in ("", "__version__")]


def test_every_room_is_on_the_plan() -> None:
    rooms = {plan.name_of(path).partition(".")[0] for path in plan.files()} - {"__init__", BESIDE}
    assert {room for room in rooms if floor_of(room) is None} == set(), (
        "say in plan.py on which floor it lies"
    )


def test_no_arrow_points_up_or_across() -> None:
    wrong = [str(one) for one in OURS if not _may(one)]
    assert wrong == []


def _may(one: Import) -> bool:
    room, target = one.room, one.target_room
    if room == target:
        return True
    if BESIDE in (room, target):
        return target == BESIDE and room in VISITORS
    here, there = floor_of(room), floor_of(target)
    assert here is not None
    assert there is not None, f"{one}: not on the plan"
    return there < here or (room, target) in ALSO


def test_every_exception_on_one_floor_is_used() -> None:
    """An arrow that is no longer drawn is taken off the plan."""
    drawn = {(one.room, one.target_room) for one in OURS}
    assert {pair for pair in ALSO if pair not in drawn and pair != ("demo", "clock")} == set()


def test_nobody_forks() -> None:
    """A child that is forked shares sockets and SQLite handles with its parent: both would break."""
    forks = {"multiprocessing", "concurrent.futures.process"}
    assert {str(one) for one in imports() if one.target in forks or one.target.startswith("os.fork")} == set()
    assert [
        path.name for path in plan.files() if re.search(r"\bos\.fork|ProcessPool", path.read_text())
    ] == []


def test_files_do_not_import_each_other_in_a_circle() -> None:
    """At load: an import inside a function waits until it is needed."""
    known = {plan.name_of(path) for path in plan.files()}
    arrows: dict[str, set[str]] = {name: set() for name in known}
    for one in imports():
        if one.at_load and one.top == "outreach":
            target = one.target.removeprefix("outreach.")
            while target and target not in known:
                target = target.rpartition(".")[0]
            if target and target != one.file:
                arrows[one.file].add(target)
    assert _circle(arrows) == []


def _circle(arrows: dict[str, set[str]]) -> list[str]:
    """The files that lie on a circle: what is left after all that lead nowhere, and all that nobody asks for, are gone."""
    left = dict(arrows)
    while True:
        asked = set().union(*left.values())
        gone = {name for name, targets in left.items() if not targets & left.keys() or name not in asked}
        if not gone:
            return sorted(left)
        left = {name: targets for name, targets in left.items() if name not in gone}


def test_the_ground_imports_the_standard_library_and_itself() -> None:
    ground = [one for one in imports() if one.room in ("domain", "settings")]
    assert [
        str(one) for one in ground if not (plan.is_standard(one.top) or one.target_room == "domain")
    ] == []


def test_the_ground_has_no_clock_no_chance_and_no_environment() -> None:
    """Time, randomness and ids come in as arguments; files, sockets and variables stay outside."""
    forbidden = {
        "os",
        "pathlib",
        "random",
        "secrets",
        "socket",
        "subprocess",
        "time",
        "uuid",
        "urllib",
        "io",
        "logging",
    }
    asked = [one for one in imports() if one.room == "domain" and one.top in forbidden]
    assert [str(one) for one in asked] == []
    clocks = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "os.environ", "os.getenv"}
    for path in (plan.PACKAGE / "domain").rglob("*.py"):
        named = {
            ast.unparse(node)
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Attribute)
        }
        assert not clocks & named, path.name


def test_each_library_is_imported_only_where_it_belongs() -> None:
    wrong = [
        str(one)
        for one in imports()
        if one.top in LIBRARIES and one.room != BESIDE and not _allowed(one, LIBRARIES[one.top])
    ]
    assert wrong == []


def test_every_library_in_use_is_on_the_plan() -> None:
    used = {one.top for one in imports() if one.room != BESIDE and not plan.is_standard(one.top)} - {
        "outreach"
    }
    assert used - LIBRARIES.keys() == set(), "say in plan.py which rooms may import it"
    assert LIBRARIES.keys() - used - {"psycopg"} == set(), (
        "nobody imports it any more (psycopg: SQLAlchemy does)"
    )


def _allowed(one: Import, rooms: set[str]) -> bool:
    return any(one.file == room or one.file.startswith(f"{room}.") for room in rooms)


def test_a_vendors_library_is_loaded_when_it_is_needed_and_not_before() -> None:
    """`outreach enroll` must answer at once: Twilio alone takes 140 ms to import."""
    script = (
        "import sys, outreach.cli.main, outreach.bootstrap, outreach.engine.enroll\n"
        "print(sorted({'twilio', 'sendgrid', 'fastapi', 'uvicorn', 'apscheduler', 'alembic', 'dramatiq', 'holidays'}"
        " & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_importing_a_file_opens_nothing() -> None:
    """No socket, no file written, no thread begun: only `bootstrap` and the roof do that."""
    names = [f"outreach.{plan.name_of(path)}" for path in plan.files() if not path.stem.startswith("__")]
    script = (
        "import sys, threading, importlib\n"
        "opened = []\n"
        "def watch(event, args):\n"
        "    if event in ('socket.connect', 'socket.bind', 'sqlite3.connect', 'subprocess.Popen') and "
        "args[1:] != (('::1', 0),):\n"  # urllib3 asks once whether there is IPv6
        "        opened.append((event, args))\n"
        "    if event == 'open' and isinstance(args[1], str) and set(args[1]) & set('wax+') and '.pyc' not in str(args[0]):\n"
        "        opened.append((event, args))\n"
        "sys.addaudithook(watch)\n"
        f"for name in {names!r}:\n"
        "    importlib.import_module(name)\n"
        "print(opened, [t.name for t in threading.enumerate()])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[] ['MainThread']", done.stderr[-2000:]
