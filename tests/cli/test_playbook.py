"""`init`, `check`, `apply`: what ops people do before anybody is written to."""

from __future__ import annotations

from tests.cli.conftest import PLAYBOOK, Desk


def test_init_writes_a_playbook_that_passes_check_and_can_be_applied(bare: Desk):
    (bare.folder / "outreach.db").unlink()
    first = bare.done("init")
    assert "wrote cadences.yaml and templates/" in first.out
    assert "next: " in first.out
    assert (bare.folder / "outreach.db").exists()
    assert bare.done("check").out.splitlines()[-1].startswith("ok: 6 cadences")
    assert "new: inbound, outbound" in bare.done("apply").out


def test_init_never_overwrites(bare: Desk):
    (bare.folder / "cadences.yaml").write_text("mine")
    answer = bare("init")
    assert answer.code == 1
    assert "cadences.yaml already there: nothing was written" in answer.err
    assert (bare.folder / "cadences.yaml").read_text() == "mine"
    assert not (bare.folder / "templates").exists()


def test_check_says_every_mistake_with_its_place_and_fix(bare: Desk):
    bare.write_playbook(
        PLAYBOOK.replace("email: trial/hello.md", "emial: trial/hello.md", 1).replace("2 days", "2 dys")
    )
    answer = bare("check")
    assert answer.code == 1
    assert "cadences.yaml:17:21: step 'hello' has no 'emial' (did you mean 'email'?)" in answer.out
    assert "cadences.yaml:18:27: " in answer.out
    assert answer.out.splitlines()[-1] == "2 problems, 0 warnings"


def test_check_counts_the_segments_of_every_text(bare: Desk):
    bare.write_playbook()
    assert "trial/text: 1 segment (52 characters, GSM-7)" in bare.done("check").out


def test_check_tells_a_program_the_same(bare: Desk):
    bare.write_playbook()
    assert bare.done("check", "--json").json["ok"] is True
    (bare.folder / "templates" / "trial" / "text.txt").write_text("Hi {{ laed.name }}")
    answer = bare("check", "--json")
    assert answer.code == 1
    [problem] = [one for one in answer.json["problems"] if not one["warning"]]
    assert (problem["file"], problem["line"], problem["fix"]) == (
        "templates/trial/text.txt",
        1,
        "did you mean 'lead'?",
    )


def test_apply_says_what_is_new_changed_and_retired_with_those_inside(desk: Desk):
    desk.done("enroll", "ada@example.com", "calls", "--name", "Ada", "--phone", "+12125550142")
    without_calls = PLAYBOOK.partition("  calls:")[0].replace("after: 2 days", "after: 3 days")
    desk.write_playbook(without_calls)
    dry = desk.done("apply", "--dry-run")
    assert "changed: trial" in dry.out
    assert "retired: calls (1 lead inside go on to its end)" in dry.out
    assert "nothing was changed" in dry.out
    assert "retired: calls" in desk.done("apply", "--why", "nobody calls").out
    assert "nothing to do" in desk.done("apply").out
    assert desk("enroll", "ben@example.com", "calls", "--name", "Ben").code == 2


def test_a_broken_file_is_not_applied_and_the_last_good_one_runs_on(desk: Desk):
    desk.write_playbook(PLAYBOOK + "nonsense: [")
    answer = desk("apply")
    assert answer.code == 1
    assert answer.err.startswith("cadences.yaml:")
    desk.done("enroll", "ada@example.com", "trial", "--name", "Ada")


def test_migrate_twice_changes_nothing(bare: Desk):
    (bare.folder / "outreach.db").unlink()
    assert "went from empty to" in bare.done("migrate").out
    assert "is up to date" in bare.done("migrate").out
