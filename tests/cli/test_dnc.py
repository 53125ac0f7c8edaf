"""`outreach dnc`: do-not-call lists come in, and are looked into."""

from __future__ import annotations

from tests.cli.conftest import Desk


def test_the_command_imports_shows_and_lists(desk: Desk) -> None:
    file = desk.folder / "registry.txt"
    file.write_text("212,5550101\n212,5550102\nnonsense\n")

    imported = desk.done("dnc", "import", str(file), "--as-of", "2026-11-20")

    assert "3 lines: 2 new, 0 taken off, 1 not understood; 2 on the list now" in imported.out
    assert (
        "+12125550101 is on the list national (as of 2026-11-20)"
        in desk.done("dnc", "show", "212 555 0101").out
    )
    assert "national" in desk.done("dnc", "lists").out


def test_our_own_list_is_kept_by_hand(desk: Desk) -> None:
    assert "+12125550101 is on the list internal" in desk.done("dnc", "add", "+12125550101").out
    assert "is off the list internal" in desk.done("dnc", "remove", "+12125550101").out
    assert "nothing to do" in desk.done("dnc", "remove", "+12125550101").out
    assert "is on no list" in desk.done("dnc", "show", "+12125550101").out


def test_what_cannot_be_meant_is_said(desk: Desk) -> None:
    assert desk.call("dnc", "paint").code == 2
    assert desk.call("dnc", "import").code == 2
    assert desk.call("dnc", "import", "registry.txt", "--as-of", "soon").code == 2
    assert "cannot be read" in desk.call("dnc", "import", "none.txt").err
