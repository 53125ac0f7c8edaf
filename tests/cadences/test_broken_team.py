"""A broken sender, rep or default is refused with its place, the mistake and a fix."""

import pytest
from cadence_files import TEAM, changed, told

QUOTE = '(write it in quotes with country code, such as "+15005550006")'

# What is put in place of the sender's `sms: "+15005550006"` (line 4), and what is said of it.
SENDERS = [
    ("sms: +15005550006", f"4:87: sms: a telephone number without quotes is read as a plain number {QUOTE}"),
    ("sms: 5005550006", f"4:87: sms: a telephone number without quotes is read as a plain number {QUOTE}"),
    ('sms: "500 555 0006"', f"4:87: sms: '500 555 0006' is not a telephone number with its country code {QUOTE}"),
    ('sms: "+1500"', f"4:87: sms: '+1500' is too short or too long for a telephone number of its country {QUOTE}"),
    ('sms: "+1 500 555 0006 ext. 3"', "4:87: sms: '+1 500 555 0006 ext. 3' has an extension (give a number that can be dialled directly)"),
    ("sms: [a]", f"4:87: sms: a list is not a telephone number {QUOTE}"),
    ('smss: "+15005550006"', "4:82: sender 'main' has no 'smss' (did you mean 'sms'?)"),
    ("messaging_service: AC123", "4:101: messaging_service: 'AC123' is not a messaging service (it looks like MG followed by 32 letters and digits)"),
    ("reply_domain: https://reply.acme.example", "4:96: reply_domain: 'https://reply.acme.example' is not a domain (write only the name, such as reply.acme.example)"),
    ("reply_domain: reply", "4:96: reply_domain: 'reply' is not a domain (The part after the @-sign is not valid. It should have a period.)"),
    ("voice: ", "4:82: 'voice' is empty (write something after it, or remove it)"),
    ("voice:", "4:87: a ':' without a space after it (write a space after the colon, or put the text in quotes)"),
]  # fmt: skip

# What is added to the rep (line 6), and what is said of it.
REPS = [
    ("timezone: EST", "6:77: timezone: there is no time zone 'EST' (short names do not follow daylight saving: write America/New_York)"),
    ("timezone: America/New York", "6:77: timezone: there is no time zone 'America/New York' (did you mean 'America/New_York'?)"),
    ("timezone: New_York", "6:77: timezone: there is no time zone 'New_York' (did you mean 'America/New_York'?)"),
    ("timezone: -5", "6:77: timezone: -5 is not a time zone (write it like America/New_York)"),
    ("meeting_link: acme.example/rosa", "6:81: meeting_link: 'acme.example/rosa' is not a safe link (write the whole address, beginning with https://)"),
    ("phone: 15005550006", f"6:74: phone: a telephone number without quotes is read as a plain number {QUOTE}"),
    ("tz: UTC", "6:67: rep 'rosa' has no 'tz' (did you mean 'timezone'?)"),
]  # fmt: skip

# What the defaults (line 2) are, and what is said of them.
DEFAULTS = [
    ("{country: UK}", "2:21: country: there is no country 'UK' (write GB)"),
    ("{country: usa}", "2:21: country: there is no country 'usa' (write US)"),
    ("{holidays: US}", "2:22: holidays: a list is expected here (write: [US])"),
    ("{holidays: [USA]}", "2:23: there is no holiday calendar 'USA' (write it like US, US-CA or DE-BY)"),
    ("{holidays: [de-by]}", "2:23: there is no holiday calendar 'de-by' (write DE-BY)"),
    ("{holidays: [DE-BAY]}", "2:23: the holiday calendar DE has no part 'BAY' (did you mean 'BY'?)"),
    ("{allow_countries: [US, Canada]}", "2:34: there is no country 'Canada' (write its two letters, such as US or DE)"),
    ("{allow_countries: [no]}", "2:30: there is no country 'no' (write NO)"),
    ("{on_human: ring_rep}", "2:22: on_human: 'ring_rep' is not known (did you mean 'ring rep'?)"),
    ("{channels: {smss: {window: always}}}", "2:23: channels: 'smss' is not known (did you mean 'sms'?)"),
    ("{channels: {sms: always}}", "2:23: channel 'sms' is not a group of named entries (it has: window)"),
    ("{channels: {email: {}}}", "2:23: channel 'email' has no 'window' (add  window:)"),
    ("{time_zone: UTC}", "2:12: 'defaults' has no 'time_zone' (did you mean 'timezone'?)"),
    ("[a]", "2:1: 'defaults' is not a group of named entries (it has: timezone, country, window, channels, holidays, allow_countries, on_human)"),
    (
        "{channels: {sms: {window: always}}}",
        ("2:37: rule R1: the window mon-sun 00:00-24:00 rings telephones in quiet hours"
        ' (telephones ring between "08:00" and "21:00" only, where the lead is; make the window smaller)'),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("written", "expected"), SENDERS)
def test_a_broken_part_of_a_sender_is_named(written, expected):
    assert told(changed('sms: "+15005550006"', written)) == [expected]


@pytest.mark.parametrize(("written", "expected"), REPS)
def test_a_broken_part_of_a_rep_is_named(written, expected):
    assert told(changed("sender: main", f"sender: main, {written}")) == [expected]


@pytest.mark.parametrize(("written", "expected"), DEFAULTS)
def test_broken_defaults_are_named(written, expected):
    assert told(changed("defaults: {}", f"defaults: {written}")) == [expected]


@pytest.mark.parametrize(
    "written", ["team.acme.example", "team at acme", "team@acme", "@acme.example", "a b@acme.example"]
)
def test_an_address_that_is_none_is_refused_at_its_place(written):
    [problem] = told(changed("email: team@mail.acme.example", f"email: {written!r}"))
    assert problem.startswith(f"4:17: email: {written!r} is not an email address (")


def test_a_sender_without_an_address_is_named():
    text = changed("email: team@mail.acme.example, ", "")
    assert told(text) == ["4:3: sender 'main' has no 'email' (add  email:)"]


def test_a_comma_that_cuts_an_address_in_two_is_explained():
    text = changed('"1 Main St"', "1 Main St, Springfield")
    assert told(text) == [
        ("4:80: sender 'main' has no 'Springfield' "
        "(inside {...} a comma begins a new entry: put the text before 'Springfield' in quotes)")
    ]  # fmt: skip


def test_mail_without_a_postal_address_is_refused_by_rule_r12():
    text = changed(', postal_address: "1 Main St"', "")
    assert told(text) == [
        ("4:3: sender 'main' has no postal_address, and every mail must show one (rule R12) "
        '(add  postal_address: "1 Main St, Springfield")')
    ]  # fmt: skip


def test_a_sender_that_no_rep_uses_needs_no_postal_address():
    text = changed("reps:", "  spare: {email: spare@acme.example, name: Spare}\nreps:")
    assert told(text) == []


def test_a_name_cannot_smuggle_a_line_into_a_mail_header():
    text = changed("name: Acme", 'name: "Acme\\nBcc: x"')
    assert told(text) == ["4:47: name: this text has several lines (write it in one line)"]


def test_a_rep_without_a_known_sender_is_named():
    assert told(changed("sender: main", "sender: mian")) == [
        "6:61: there is no sender 'mian' (did you mean 'main'?)"
    ]
    assert told(changed("sender: main", "sendr: main")) == [
        "6:3: rep 'rosa' has no 'sender' (add  sender:)",
        "6:53: rep 'rosa' has no 'sendr' (did you mean 'sender'?)",
    ]


def test_an_empty_rep_is_named():
    text = changed(" {name: Rosa Diaz, email: rosa@acme.example, sender: main}", "")
    assert told(text) == [
        "6:3: rep 'rosa' is empty (it has: name, email, sender, phone, timezone, title, meeting_link)"
    ]


def test_empty_defaults_are_named():
    [problem] = told(changed("defaults: {}", "defaults:"))
    assert problem.startswith("2:1: 'defaults' is empty (it has: timezone, country,")


def test_a_key_that_cannot_be_a_name_gets_one_proposed():
    assert told(changed("rosa:", "Rosa Diaz:")) == [
        ("6:3: 'Rosa Diaz' cannot be a name (use lower-case letters, digits, - and _, at most 64, "
        "beginning with a letter or digit, such as 'rosa-diaz')")
    ]  # fmt: skip


DROP = "trial/hello.md\n      - id: drop\n        voicemail: drop.txt\n"


def test_a_recorded_call_needs_an_optout_number_by_rule_r7():
    text = changed("trial/hello.md\n", DROP, changed(', optout_number: "+18005550199"', ""))
    assert told(text) == [
        ("4:3: sender 'main' has no optout_number, and every recorded call must name one (rule R7) "
        '(add the toll-free number:  optout_number: "+1800...")')
    ]  # fmt: skip


def test_the_optout_number_costs_the_caller_nothing():
    [problem] = told(changed("+18005550199", "+12125550101"))
    assert problem.startswith(
        "4:118: optout_number: '+12125550101' is not toll-free (rule R7) (use a number that begins"
    )


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ("sms", "13:9: sms steps need a sender with a number for texts, and none has one (add sms or messaging_service to a sender)"),
        ("voicemail", "13:9: voicemail steps need a sender with a number, and none has one (add voice or sms to a sender)"),
    ],
)  # fmt: skip
def test_a_telephone_channel_needs_a_sender_with_a_number(channel, expected):
    text = changed('sms: "+15005550006", ', "", TEAM) + f"      - id: ring\n        {channel}: ring.txt\n"
    assert told(text) == [expected]


def test_a_rep_who_is_rung_needs_a_phone():
    text = changed("trial/hello.md\n", DROP, changed("defaults: {}", "defaults: {on_human: ring rep}"))
    assert told(text) == [
        ("6:3: rep 'rosa' has no phone, and voicemails ring the rep when a person picks up "
        "(add phone, or write  on_human: goodbye)")
    ]  # fmt: skip


def test_steps_need_somebody_who_takes_them():
    text = """version: 1
cadences:
  t:
    steps:
      - {id: a, email: a.md}
      - {id: b, call: b.md}
"""
    assert told(text) == [
        "5:17: email steps need a sender, and the file has none (add  senders:)",
        "6:17: call steps are a rep's work, and the file has no reps (add  reps:)",
    ]
