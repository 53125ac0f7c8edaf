"""`show`, `why`, `due`, `status`, `tasks`, `preview`: what one reads; and `done` and `send-test`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Desk

ADA = (
    "enroll",
    "ada@example.com",
    "trial",
    "--name",
    "Ada",
    "--phone",
    "+12125550142",
    "--timezone",
    "America/Chicago",
)


def test_show_tells_what_happened_in_the_lead_s_own_time(desk: Desk):
    desk.done(*ADA)
    desk.deliver()
    shown = desk.done("show", "Ada").out
    assert "what happened (America/Chicago)" in shown
    assert "2026-12-01 09:0" in shown
    assert "trial/hello (email): sent (accepted)" in shown


def test_what_a_lead_wrote_cannot_move_the_terminal_s_cursor(desk: Desk):
    desk.done("enroll", "eve@example.com", "trial", "--name", "Eve", "--field", "note=\u202etxt[red]")
    shown = desk.done("show", "Eve").out
    assert "\u202e" not in shown
    assert "[red]" in shown


def test_why_names_every_rule_and_the_first_time_it_will_pass(desk: Desk):
    desk.done("enroll", "ken@example.com", "trial", "--name", "Ken", "--timezone", "Asia/Tokyo")
    shown = desk.done("why", "Ken").out
    assert "it waits: at once: planned for Wed 2026-12-02 09:00 Asia/Tokyo [due]" in shown
    assert "first time it moves: Wed 2026-12-02 09:00 Asia/Tokyo" in shown
    [told] = desk.done("why", "Ken", "--json").json
    rules = {reason["rule"]: reason["says"] for reason in told["reasons"]}
    assert rules["window"] == "wait"
    assert rules["R12 R14 sender"] == "pass"
    assert told["first"] == "2026-12-02T00:00:00+00:00"


def test_why_says_that_only_a_person_can_end_a_pause_of_everything(desk: Desk):
    desk.done(*ADA)
    desk.done("pause", "--all", "--because", "wrong price")
    shown = desk.done("why", "Ada").out
    assert "it waits: all is stopped: wrong price [switch]" in shown
    assert "nobody can know: it waits for a person" in shown


def test_why_looks_past_a_pause_with_a_date(desk: Desk):
    desk.done(*ADA)
    desk.done("pause", "Ada", "--until", "2026-12-24T10:00")
    assert "first time it moves: Thu 2026-12-24 10:00 America/Chicago" in desk.done("why", "Ada").out


def test_why_says_who_ended_it_and_when(desk: Desk):
    desk.done(*ADA)
    desk.done("stop", "Ada", "--because", "bought")
    [told] = desk.done("why", "Ada", "--json").json
    assert (told["ended"]["cause"], told["ended"]["because"]) == ("stop", "bought")
    assert told["ended"]["by"].endswith("(cli)")


def test_due_lists_what_comes_next_by_time(desk: Desk):
    desk.done("enroll", "ken@example.com", "trial", "--name", "Ken", "--timezone", "Asia/Tokyo")
    desk.done(*ADA)
    rows = desk.done("due", "--within", "24h", "--json").json
    assert [(row["lead"], row["step_id"]) for row in rows] == [("Ada", "hello"), ("Ken", "hello")]
    assert "Ken" not in desk.done("due", "--within", "1m").out
    assert desk("due", "--within", "soon").code == 2


def test_status_misses_clock_and_workers_and_counts_what_is_due(desk: Desk):
    desk.done(*ADA)
    seen = desk.done("status", "--json").json
    assert (seen["overdue"], seen["queued"], seen["inside"][0]["active"]) == (1, {"email": 1}, 1)
    assert any("no worker is running" in worry for worry in seen["worries"])
    desk.deliver()
    assert desk.done("status", "--json").json["overdue"] == 0


def test_a_task_shows_its_script_and_done_moves_the_walk_on(desk: Desk):
    desk.done("enroll", "ada@example.com", "calls", "--name", "Ada", "--phone", "+12125550142")
    desk.deliver()
    [task] = desk.done("tasks", "--rep", "rosa", "--json").json
    assert "Ask Ada how it went." in desk.done("tasks", task["id"]).out
    answer = desk.done("done", task["id"], "-d", "no answer", "--note", "rang out")
    assert f"task {task['id']} is done (no_answer); calls goes on to mail" in answer.out
    assert desk.done("tasks").out == "no tasks\n"
    again = desk("done", task["id"], "-d", "no_answer")
    assert again.code == 1
    assert "is done already" in again.err


def test_a_conversation_ends_the_cadence(desk: Desk):
    desk.done("enroll", "ada@example.com", "calls", "--name", "Ada", "--phone", "+12125550142")
    desk.deliver()
    [task] = desk.done("tasks", "--json").json
    assert "calls is replied" in desk.done("done", task["id"], "-d", "connected").out


def test_a_slip_in_a_disposition_or_a_rep_is_answered_with_the_closest_one(desk: Desk):
    assert "did you mean 'no_answer'?" in desk("done", 1, "-d", "no_anwser").err
    answer = desk("tasks", "--rep", "rossa")
    assert (answer.code, "did you mean 'rosa'?" in answer.err) == (2, True)


def test_preview_shows_every_message_at_its_time_as_the_thread_it_would_be(desk: Desk):
    steps = desk.done("preview", "trial", "--json").json
    assert [(s["step"]["id"], s["goes"]) for s in steps] == [
        ("hello", True), ("text", True), ("call", True), ("drop", True), ("again", True),
    ]  # fmt: skip
    first, last = steps[0]["composed"]["message"], steps[-1]["composed"]["message"]
    assert (first["subject"], last["subject"]) == ("Hello Ada", "Re: Hello Ada")
    assert last["headers"]["In-Reply-To"] == first["headers"]["Message-ID"]
    times = [s["at"] for s in steps]
    assert times == sorted(times)


def test_preview_for_a_lead_says_which_steps_will_be_skipped(desk: Desk):
    desk.done("enroll", "ben@example.com", "trial", "--name", "Ben")
    shown = desk.done("preview", "trial", "ben@example.com", "--html", "pages").out
    assert "2. text (sms)" in shown
    assert "skipped: the lead has no phone address [address]" in shown
    assert sorted(path.name for path in (desk.folder / "pages").iterdir()) == [
        "01-hello.html",
        "05-again.html",
    ]


def test_preview_is_of_the_files_as_they_are_and_live_is_of_what_runs(desk: Desk):
    (desk.folder / "templates" / "trial" / "text.txt").write_text("A new text. Reply STOP to opt out.")
    assert "A new text." in desk.done("preview", "trial").out
    assert "A new text." not in desk.done("preview", "trial", "--live").out


def test_a_test_goes_to_a_colleague_marked_and_changes_no_lead(desk: Desk):
    assert (
        "would go to rosa@acme.example by outbox"
        in desk.done("send-test", "trial", "hello", "--to", "rosa@acme.example", "--dry-run").out
    )
    assert desk.outbox() == []
    desk.done("send-test", "trial", "hello", "--to", "rosa@acme.example")
    desk.done("send-test", "trial", "text", "--to", "+12125550199")
    text, mail = sorted((desk.folder / "outbox").iterdir(), key=lambda path: path.suffix, reverse=True)
    assert "[TEST] Hi Ada" in text.read_text()
    assert "Subject: [TEST] Hello Ada" in mail.read_text()
    assert desk("show", "Ada").code == 2


def test_a_test_never_goes_to_a_lead_or_past_a_suppression(desk: Desk):
    desk.done(*ADA)
    assert "belongs to lead #1" in desk("send-test", "trial", "hello", "--to", "ada@example.com").err
    desk.done("suppress", "rosa@acme.example")
    assert "is suppressed" in desk("send-test", "trial", "hello", "--to", "rosa@acme.example").err
    assert desk.outbox() == []


@pytest.mark.parametrize(
    ("step", "code", "said"), [("helo", 2, "did you mean 'hello'?"), ("call", 1, "work for a person")]
)
def test_a_test_of_what_cannot_be_sent_says_why(desk: Desk, step: str, code: int, said: str):
    answer = desk(
        "send-test", "trial", step, "--to", "+12125550199" if step == "call" else "rosa@acme.example"
    )
    assert answer.code == code
    assert said in answer.err
