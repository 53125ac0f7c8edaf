"""`outreach doctor` on what the law wants besides each touch: fresh lists (R11), registered numbers (R18), its own edition."""

from __future__ import annotations

from tests.cli.conftest import PLAYBOOK, Desk


def doubts(desk: Desk) -> str:
    return desk("doctor").out


def test_texts_and_calls_without_a_do_not_call_list_are_doubtful(desk: Desk) -> None:
    assert "no public do-not-call list was imported" in doubts(desk)
    file = desk.folder / "registry.txt"
    file.write_text("2125550101\n")
    desk.done("dnc", "import", str(file), "--as-of", "2026-11-20")
    assert "do-not-call" not in doubts(desk)

    desk.done("dnc", "import", str(file), "--list", "TX", "--as-of", "2026-10-20")
    assert "the do-not-call list TX is of 2026-10-20, older than 31 days (R11)" in doubts(desk)


def test_r18_a_number_for_texts_that_is_not_registered_is_doubtful(desk: Desk) -> None:
    assert "sender main texts from a number without a 10DLC registration" in doubts(desk)
    desk.write_playbook(
        PLAYBOOK.replace('sms: "+15005550006"', 'sms: "+15005550006"\n    registration: C1A2B3')
    )
    desk.done("apply")
    assert "10DLC" not in doubts(desk)


def test_r18_toll_free_numbers_and_mail_alone_need_none(desk: Desk) -> None:
    desk.write_playbook(PLAYBOOK.replace('sms: "+15005550006"', 'sms: "+18335550106"'))
    desk.done("apply")
    assert "10DLC" not in doubts(desk)


def test_the_edition_of_the_law_is_told_and_how_much_of_it_nobody_checked(desk: Desk) -> None:
    said = doubts(desk)
    assert "the rules are those of 2026-11-27 " in said
    assert "were not checked against the law itself" in said
