"""A broken step is refused with its place, the mistake and a fix, in words that an ops person can act on."""

import pytest
from cadence_files import STEP, told

# What follows `sms: nudge.txt` in line 12, and what is said of it.
WAITS = [
    ("after: 2 dayz", "13:16: after: '2 dayz' is not a wait: there is no unit 'dayz' (did you mean 'days'?)"),
    (
        "after: 2",
        "13:16: after: 2 is not a wait (write it like: 2 business days, 3 days, 1 day at 16:30, 4 hours, 90 minutes, at once)",
    ),
    (
        "after: two days",
        "13:16: after: 'two days' is not a wait (write it like: 2 business days, 3 days, 1 day at 16:30, 4 hours, 90 minutes, at once)",
    ),
    ("after: 2d", "13:16: after: '2d' is not a wait: there is no unit 'd' (write: 2 days)"),
    (
        "after: 1 month",
        "13:16: after: '1 month' is not a wait: there is no unit 'month' (count in days: 30 days)",
    ),
    (
        "after: 3 working days",
        "13:16: after: '3 working days' is not a wait: there is no unit 'working days' (write: 3 business days)",
    ),
    ("after: 0 days", "13:16: after: '0 days' does not wait (write: at once)"),
    (
        "after: -1 day",
        "13:16: after: '-1 day' is less than nothing (a wait cannot go back in time; to begin before a date write {until: field, shift: -14 days})",
    ),
    (
        "after: 10 years",
        "13:16: after: '10 years' is not a wait: there is no unit 'years' (count in days: 3650 days)",
    ),
    (
        "after: 3000 days",
        "13:16: after: '3000 days' is longer than five years (nobody waits that long: check the unit)",
    ),
    (
        "after: 1.5 hours",
        "13:16: after: '1.5 hours' has a fraction (use whole numbers of a smaller unit: 90 minutes, 36 hours)",
    ),
    (
        "after: 4 hours at 16:30",
        "13:16: after: '4 hours at 16:30' names a time of day, which goes with days only (write it like: 1 day at 16:30)",
    ),
    (
        "after: 1 day at 25:00",
        '13:16: after: \'25:00\' is not a time of day (write it like "09:00" or "16:30", from "00:00" to "24:00")',
    ),
    ("after: 1 day at 4:30pm", "13:16: after: '4:30pm' is not a time of day (write: \"16:30\")"),
    ("after: 1 day at 4:30 pm", "13:16: after: '4:30 pm' is not a time of day (write: \"16:30\")"),
    (
        "after: [2 days]",
        "13:16: after: a list is not a wait (write it like: 2 business days, 3 days, 1 day at 16:30, 4 hours, 90 minutes, at once)",
    ),
    ("after:", "13:9: 'after' is empty (write something after it, or remove it)"),
    (
        "after: yes",
        "13:16: after: 'yes' is not a wait (write it like: 2 business days, 3 days, 1 day at 16:30, 4 hours, 90 minutes, at once)",
    ),
    (
        "after: {until: renewal_date, shift: 2 weks}",
        "13:16: after: '2 weks' is not a shift: there is no unit 'weks' (did you mean 'weeks'?)",
    ),
    (
        "after: {until: 3 days}",
        "13:24: after: '3 days' is not the name of a field (write the name of a field of the lead, such as renewal_date; for a fixed wait write: 3 days)",
    ),
    (
        "after: {until: renewal_date, shfit: 3 days}",
        "13:38: after: a wait until a date has no 'shfit' (did you mean 'shift'?)",
    ),
    (
        "after: {shift: 3 days}",
        "13:16: after: a wait until a date needs 'until' (write: {until: renewal_date})",
    ),
    (
        "after: {until: renewal_date, at: 9}",
        '13:42: after: 9 is not a time of day (write it like "09:00" or "16:30", from "00:00" to "24:00")',
    ),
    (
        "after: {until: renewal_date, shift: 2 business days}",
        "13:45: after: '2 business days': a shift counts days (write it like: -14 days, or: 7 days)",
    ),
]
LENGTHS = [
    (
        "late: 0 hours",
        "13:15: late: '0 hours' leaves no time at all (write it like: 90 minutes, 6 hours, 3 days)",
    ),
    ("late: soon", "13:15: late: 'soon' is not a duration (write it like: 90 minutes, 6 hours, 3 days)"),
    (
        "late: 2 business days",
        "13:15: late: '2 business days' is not a duration (write it like: 90 minutes, 6 hours, 3 days)",
    ),
    (
        "skip_after: 2 days",
        "13:9: skip_after is for a rep's work (call, letter, social); sms is sent by machine (write late: to say how late it may go)",
    ),
    (
        "resend_uncertain: true",
        "13:9: resend_uncertain is for email: what rings or is a rep's work never goes twice (sms) (remove resend_uncertain)",
    ),
    (
        "resend_uncertain: yes",
        "13:27: resend_uncertain: 'yes' is neither true nor false (write true or false)",
    ),
]
NAMES = [
    ("delay: 2 days", "13:9: step 'nudge' has no 'delay' (did you mean 'after'?)"),
    ("afer: 2 days", "13:9: step 'nudge' has no 'afer' (did you mean 'after'?)"),
    ("id: again", "13:9: 'id' is written twice, first in line 11 (keep one of the two, or rename one)"),
    ("title: 2026", "13:16: title: 2026 is not a text (put it in quotes)"),
    ('title: ""', "13:16: title: this text is empty (write something, or remove the entry)"),
]
CONDITIONS = [
    ("when: phone", "13:15: when: unknown name 'phone': write lead.phone for a field of the lead"),
    ("when: lead.phone = 1", "13:15: when: cannot read the condition 'lead.phone = 1': invalid syntax"),
    (
        "when: true",
        '13:15: when: true is not a condition (write it like: lead.phone, or: lead.country == "US")',
    ),
    (
        "when: lead.phone and (",
        "13:15: when: cannot read the condition 'lead.phone and (': '(' was never closed",
    ),
    (
        "when: __import__('os')",
        '13:15: when: "__import__(\'os\')" is not allowed in a condition: use lead.field, outcome.step, and, or, not, ==, !=, <, <=, >, >=, in, [..], "text" and numbers',
    ),
    (
        'when: outcome.helo == "sent"',
        "13:15: outcome.helo: no earlier step is called 'helo' (did you mean 'hello'?)",
    ),
    (
        'when: outcome.nudge == "sent"',
        "13:15: outcome.nudge: no earlier step is called 'nudge' (it must be the id of a step before this one)",
    ),
    ('when: outcome.hello == "snet"', "13:15: no step ends with the outcome 'snet' (did you mean 'sent'?)"),
    (
        'when: "lead.name == "Ada""',
        "13:30: an entry here does not line up with its neighbours, or text follows a closed quote (give entries of one group the same indentation; put the whole text in one pair of quotes)",
    ),
]
WINDOWS = [
    (
        "window: always",
        '13:17: rule R1: the window mon-sun 00:00-24:00 rings telephones in quiet hours (telephones ring between "08:00" and "21:00" only, where the lead is; make the window smaller)',
    ),
    (
        'window: {days: mon-fri, hours: "07:00-17:00"}',
        '13:17: rule R1: the window mon-fri 07:00-17:00 rings telephones in quiet hours (telephones ring between "08:00" and "21:00" only, where the lead is; make the window smaller)',
    ),
    (
        "window: {days: mon-fri, hours: 22:00-06:00}",
        '13:40: window: \'22:00-06:00\' goes over midnight (write two spans: ["00:00-06:00", "22:00-24:00"])',
    ),
    (
        "window: {days: mon-wed, fri}",
        "13:36: window: inside {...} the comma before 'fri' begins a new entry (write days: [mon-wed, fri])",
    ),
    ("window: {days: monn-fri}", "13:24: window: 'monn' is not a day of the week (did you mean 'mon'?)"),
    ("window: {days: monday-fri}", "13:24: window: 'monday' is not a day of the week (write mon)"),
    (
        "window: {days: []}",
        "13:24: window: no day is named, so this window is never open (write days like mon-fri or [tue, thu])",
    ),
    (
        'window: {hours: "9-17"}',
        '13:25: window: \'9\' is not a time of day (write it like "09:00" or "16:30", from "00:00" to "24:00")',
    ),
    (
        "window: {hours: 09:00}",
        '13:25: window: \'09:00\' has no end (write hours like "09:00-17:00" or ["09:00-12:00", "13:00-17:00"])',
    ),
    (
        'window: {hours: ["09:00-12:00", "11:00-13:00"]}',
        "13:25: window: two spans of hours overlap (join them into one)",
    ),
    (
        'window: {hours: "09:00-09:00"}',
        '13:25: window: \'09:00-09:00\' is never open (write hours like "09:00-17:00" or ["09:00-12:00", "13:00-17:00"])',
    ),
    (
        'window: {day: mon-fri, hours: "09:00-17:00"}',
        "13:18: window: a send window has no 'day' (did you mean 'days'?)",
    ),
    (
        'window: {mon-thu: "09:00-17:00", thu: "09:00-13:00"}',
        "13:42: window: thu is named twice (name each day once)",
    ),
    (
        "window: office",
        '13:17: window: \'office\' is not a send window (write it like {days: mon-fri, hours: "09:00-17:00"}, {mon-thu: "09:00-17:00", fri: "09:00-13:00"} or always)',
    ),
    ("window: {on_holidays: yes}", "13:31: window: on_holidays is true or false (write: on_holidays: true)"),
    (
        "window: {mon: 17}",
        '13:23: window: 17 is not hours (write hours like "09:00-17:00" or ["09:00-12:00", "13:00-17:00"])',
    ),
    (
        'window: {hours: "20:00-24:30"}',
        '13:25: window: \'24:30\' is not a time of day (write it like "09:00" or "16:30", from "00:00" to "24:00")',
    ),
    (
        "window: 09:00-17:00",
        '13:17: window: \'09:00-17:00\' is not a send window (write it like {days: mon-fri, hours: "09:00-17:00"}, {mon-thu: "09:00-17:00", fri: "09:00-13:00"} or always)',
    ),
    (
        "window: {days: mon-fri, hours: 9am-5pm}",
        "13:40: window: '9am' is not a time of day (write: \"09:00\")",
    ),
    (
        "window: {days: mon-fri, hours: 22:00-00:00}",
        "13:40: window: '22:00-00:00' goes over midnight (write \"22:00-24:00\")",
    ),
]
# What stands in line 12, where a step says what it sends.
CHANNELS = [
    (
        "sms: trial/nudge",
        "12:14: sms: 'trial/nudge' is not the whole path of a template (write it with its ending, such as .md or .txt)",
    ),
    ("smss: a.txt", "12:9: step 'nudge' has no 'smss' (did you mean 'sms'?)"),
    (
        "whatsapp: a.txt",
        "12:9: step 'nudge' has no 'whatsapp' (it has: id, email, sms, voicemail, call, letter, social, after, window, when, late, skip_after, resend_uncertain, title)",
    ),
    ("sms: a.txt\nemail: b.md", "12:9: step 'nudge' does 2 things at once: email, sms (make a step of each)"),
    (
        "sms: 17",
        "12:14: sms: 17 is not the path of a template (write the path below templates/, such as inbound/01-answer.md)",
    ),
    (
        "sms: true",
        "12:14: sms: true is not the path of a template (write the path below templates/, such as inbound/01-answer.md)",
    ),
    ("sms:", "12:9: 'sms' is empty (write something after it, or remove it)"),
    (
        "sms: [a.txt]",
        "12:14: sms: a list is not the path of a template (write the path below templates/, such as inbound/01-answer.md)",
    ),
    (
        "sms: {{ text }}",
        "12:15: a list or {...} cannot be the name of an entry (put a text that begins with { or [ in quotes)",
    ),
    ("sms: templates/a.txt", "12:14: sms: 'templates/a.txt': paths begin below templates/ (write a.txt)"),
    (
        "sms: ../a.txt",
        "12:14: sms: '../a.txt' leaves the folder of templates (write the path below templates/, such as inbound/01-answer.md)",
    ),
    (r"sms: trial\a.txt", r"12:14: sms: 'trial\\a.txt' has a backslash (write trial/a.txt)"),
    (
        "sms: https://x.example/a.mp3",
        "12:14: sms: 'https://x.example/a.mp3' is a web address (only a voicemail may name one; write the path below templates/, such as inbound/01-answer.md)",
    ),
    (
        "sms: drop.mp3",
        "12:14: sms: 'drop.mp3' is a recording (only a voicemail may play one; write the path below templates/, such as inbound/01-answer.md)",
    ),
    (
        "voicemail: http://x.example/a.mp3",
        "12:20: voicemail: 'http://x.example/a.mp3' is not a safe link (write the whole address, beginning with https://)",
    ),
    (
        "voicemail: ftp://x.example/a.mp3",
        "12:20: voicemail: 'ftp://x.example/a.mp3' is not a safe link (write the whole address, beginning with https://)",
    ),
]


@pytest.mark.parametrize(("line", "expected"), [*WAITS, *LENGTHS, *CONDITIONS, *WINDOWS, *NAMES])
def test_a_broken_part_of_a_step_is_named(line, expected):
    assert told(f"{STEP}        sms: a.txt\n        {line}\n") == [expected]


@pytest.mark.parametrize(("lines", "expected"), CHANNELS)
def test_a_step_that_sends_something_impossible_is_named(lines, expected):
    indented = "".join(f"        {line}\n" for line in lines.split("\n"))
    assert told(STEP + indented) == [expected]


def test_a_step_that_does_nothing_is_named():
    assert told(STEP) == [
        "11:9: step 'nudge' does nothing (add one of: email, sms, voicemail, call, letter, social, with the path of a template)"
    ]


def test_an_unknown_template_is_named_with_the_closest_one():
    text = STEP + "        sms: trial/nugde.txt\n"
    assert told(text, templates={"trial/hello.md", "trial/nudge.txt"}) == [
        "12:14: there is no template 'trial/nugde.txt' (did you mean 'trial/nudge.txt'?)"
    ]


def test_a_recording_need_not_be_among_the_templates():
    for recording in ("drops/may.mp3", "https://audio.acme.example/may"):
        assert told(f"{STEP}        voicemail: {recording}\n", templates={"trial/hello.md"}) == []


def test_a_condition_may_not_name_an_outcome_whose_step_has_a_dash_in_its_id():
    text = (
        STEP
        + "        call: a.md\n      - {id: first-call, call: b.md}\n      - {id: x, email: c.md, when: outcome.first_call}\n"
    )
    assert told(text) == [
        (
            "14:36: outcome.first_call: no earlier step is called 'first_call'"
            " (rename the step 'first-call' to 'first_call': a condition cannot hold a -)"
        )
    ]
