"""`outreach enroll`: what reps type fifty times a day."""

from __future__ import annotations

from outreach.domain.channel import Channel
from outreach.engine.suppress import bounced
from tests.cli.conftest import Desk


def test_a_new_lead_is_taken_in_and_enrolled_and_the_rep_reads_what_comes_first(desk: Desk):
    answer = desk.done(
        "enroll", "Ada@Example.com", "trial", "--name", "Ada Moreau", "--phone", "(212) 555-0142"
    )
    assert "Ada Moreau (#1) enrolled in trial for rosa" in answer.out
    assert "first: hello (email), now" in answer.out
    assert "`outreach up` delivers" in answer.out
    assert "step drop (voicemail) will be skipped: no written consent" in answer.err


def test_what_is_first_is_told_in_the_lead_s_own_time(desk: Desk):
    answer = desk.done("enroll", "ben@example.com", "trial", "--name", "Ben", "--timezone", "Asia/Tokyo")
    assert "first: hello (email), Wed 2026-12-02 09:00 Asia/Tokyo" in answer.out


def test_the_first_touch_goes_out_when_up_delivers(desk: Desk):
    desk.done("enroll", "ada@example.com", "trial", "--name", "Ada")
    desk.deliver()
    [mail] = desk.outbox()
    assert mail.endswith(".eml")
    assert "-email-ada-" in mail


def test_a_slip_in_the_cadence_s_name_is_answered_with_the_closest_one(desk: Desk):
    answer = desk("enroll", "ada@example.com", "trail", "--name", "Ada")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "outreach: there is no cadence 'trail'; did you mean 'trial'?\n"


def test_a_slip_in_the_lead_s_name_is_answered_with_the_closest_one(desk: Desk):
    desk.done("enroll", "ada@example.com", "trial", "--name", "Ada Moreau")
    answer = desk("enroll", "Ada Moro", "calls")
    assert answer.code == 2
    assert "did you mean 'Ada Moreau'?" in answer.err


def test_an_unknown_address_alone_is_not_taken_for_a_new_lead(desk: Desk):
    answer = desk("enroll", "adda@example.com", "trial")
    assert answer.code == 2
    assert "there is no lead 'adda@example.com'" in answer.err


def test_a_lead_is_found_by_address_number_phone_and_name(desk: Desk):
    desk.done("enroll", "ada@example.com", "trial", "--name", "Ada Moreau", "--phone", "+12125550142")
    for text in ("ADA@example.com", "#1", "1", "+1 (212) 555-0142", "ada moreau"):
        again = desk("enroll", text, "trial")
        assert again.code == 1
        assert "Ada Moreau is in 'trial' already (enrollment 1, active" in again.err


def test_the_same_key_enrolls_once(desk: Desk):
    desk.done("enroll", "ada@example.com", "trial", "--name", "Ada", "--key", "form-77")
    again = desk.done("enroll", "ada@example.com", "trial", "--key", "form-77", "--json")
    assert (again.json["new"], again.json["enrollment"]) == (False, 1)


def test_details_of_a_known_lead_are_added(desk: Desk):
    desk.done("enroll", "ada@example.com", "trial", "--name", "Ada")
    desk.done("enroll", "ada@example.com", "calls", "--phone", "+12125550142", "--field", "plan=pro")
    shown = desk.done("show", "ada@example.com", "--json").json
    assert [a["value"] for a in shown["lead"]["addresses"]] == ["ada@example.com", "+12125550142"]
    assert shown["lead"]["fields"] == {"plan": "pro"}


def test_written_consent_makes_the_voicemail_step_possible(desk: Desk):
    words = "I agree to recorded calls from Acme."
    answer = desk.done(
        "enroll",
        "ada@example.com",
        "trial",
        "--name",
        "Ada",
        "--phone",
        "+12125550142",
        "--consent-voice",
        words,
    )
    assert "voicemail" not in answer.err
    [consent] = desk.done("show", "1", "--json").json["consents"]
    assert (consent["text"], consent["kind"], consent["channel"]) == (words, "written", "voicemail")


def test_a_dry_run_decides_the_same_and_leaves_no_trace(desk: Desk):
    words = ("enroll", "ada@example.com", "trial", "--name", "Ada")
    dry = desk.done(*words, "--dry-run")
    assert "would be enrolled in trial" in dry.out
    assert desk("show", "ada@example.com").code == 2
    real = desk.done(*words)
    assert [line for line in dry.out.splitlines() if line.startswith("first")] == [
        line for line in real.out.splitlines() if line.startswith("first")
    ]


def test_whoever_is_suppressed_is_refused_and_not_even_taken_in(desk: Desk):
    desk.done("suppress", "ada@example.com")
    answer = desk("enroll", "ada@example.com", "trial", "--name", "Ada")
    assert answer.code == 1
    assert "no step of 'trial' can reach this lead" in answer.err
    assert desk("show", "ada@example.com").code == 2


def test_a_refused_enrollment_does_not_leave_a_lead_behind(desk: Desk):
    assert desk("enroll", "ada@example.com", "trial", "--name", "Ada", "--rep", "rsa").code == 2
    assert desk("show", "ada@example.com").code == 2


def test_a_bad_address_is_refused_with_its_reason(desk: Desk):
    for option, value in (
        ("--phone", "12"),
        ("--email", "nobody"),
        ("--timezone", "Mars/North"),
        ("--country", "USA"),
    ):
        answer = desk("enroll", "ada@example.com", "trial", "--name", "Ada", option, value)
        assert answer.code == 1
        assert value in answer.err


def test_a_field_without_a_name_is_a_wrong_use(desk: Desk):
    answer = desk("enroll", "ada@example.com", "trial", "--field", "plan")
    assert answer.code == 2
    assert "--field plan=pro" in answer.err


def test_before_the_first_apply_one_is_told_what_to_do(bare: Desk):
    answer = bare("enroll", "ada@example.com", "trial", "--name", "Ada")
    assert answer.code == 2
    assert "run `outreach apply`" in answer.err


def test_a_bounced_mail_address_does_not_keep_out_a_lead_who_has_a_phone(desk: Desk):
    desk.done("enroll", "ada@example.com", "trial", "--name", "Ada", "--phone", "+12125550142")
    desk.done("stop", "ada@example.com")
    with desk.house() as house, house.store.begin() as db:
        bounced(db, Channel.EMAIL, "ada@example.com", now=house.now(), by="test", because="no such mailbox")
    answer = desk.done("enroll", "#1", "trial")
    assert "step hello (email) will be skipped: the email address bounced" in answer.err
