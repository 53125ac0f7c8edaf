"""A broken cadence is refused with its place, the mistake and a fix."""

import pytest
from cadence_files import TEAM, changed, told

from outreach.domain.cadence import StopOn

KEY = "(use lower-case letters, digits, - and _, at most 64, beginning with a letter or digit, "

# What is written below `trial:` in line 9, and what is said of it.
HEADS = [
    ("then: {finished: trial}", "9:22: cadence 'trial' hands over to itself (name another cadence; to try again later, hand over to a nurture cadence)"),
    ("then: {finished: nurture}", "9:22: there is no cadence 'nurture' (add it under  cadences:)"),
    ("then: {finished: trail}", "9:22: there is no cadence 'trail' (did you mean 'trial'?)"),
    ("then: {finish: trail}", "9:12: then: 'finish' is not known (did you mean 'finished'?)"),
    ("then: nurture", "9:5: 'then' is not a group of named entries (write it as {name: value})"),
    ("stop_on: [opt_out]", "9:15: stop_on: an opt-out always stops, so 'opt_out' is not written here (remove 'opt_out')"),
    ("stop_on: [reply, bounce]", "9:22: stop_on: a bounce stops its channel by itself (remove 'bounce')"),
    ("stop_on: reply", "9:14: stop_on: a list is expected here (write: [reply])"),
    ("stop_on: []", "9:14: stop_on: a cadence that nothing stops would go on after an answer (write: [reply, meeting])"),
    ("stop_on: [replies]", "9:15: stop_on: a cadence cannot stop on 'replies' (did you mean 'reply'?)"),
    ("stop_on: [no]", f"9:15: stop_on: a cadence cannot stop on 'no' (write a list of: {', '.join(StopOn)})"),
    ("stop_scope: acount", "9:17: stop_scope: 'acount' is not known (did you mean 'account'?)"),
    ("description: 5", "9:18: description: 5 is not a text (put it in quotes)"),
    ("channels: {email: {}}", "9:16: channel 'email' has no 'window' (add  window:)"),
    ("title:", "9:5: 'title' is empty (write something after it, or remove it)"),
    ("exit: [reply]", "9:5: cadence 'trial' has no 'exit' (it has: title, description, window, channels, stop_on, stop_scope, then, steps)"),
    ("window: 9-5", '9:13: window: \'9-5\' is not a send window (write it like {days: mon-fri, hours: "09:00-17:00"}, {mon-thu: "09:00-17:00", fri: "09:00-13:00"} or always)'),
]  # fmt: skip

STEPS = """    steps:
      - id: hello
        email: trial/hello.md
"""

# What stands in place of the steps (from line 9), and what is said of it.
LISTS = [
    ("    steps: []\n", ["9:12: cadence 'trial' has no steps (add at least one)"]),
    ("    steps:\n", ["9:5: cadence 'trial' has no steps (begin each step with '- id: ' and a name)"]),
    ("    title: Nothing\n", ["8:3: cadence 'trial' has no steps (begin each step with '- id: ' and a name)"]),
    (
        "    steps:\n      hello: a.md\n",
        ["9:5: the steps of cadence 'trial' are not a list (begin each step with '- id: ' and a name)"],
    ),
    (
        "    stpes: []\n",
        [
            "8:3: cadence 'trial' has no steps (begin each step with '- id: ' and a name)",
            "9:5: cadence 'trial' has no 'stpes' (did you mean 'steps'?)",
        ],
    ),
    ("", ["8:3: cadence 'trial' has no steps (add  steps:  with at least one step)"]),
    (
        "    steps:\n      - email: a.md\n",
        ["10:9: step 1 of cadence 'trial' has no 'id' (add  id:)"],
    ),
    (
        "    steps:\n      - id: Hello World\n        email: a.md\n",
        [f"10:13: id: 'Hello World' cannot be a name {KEY}such as 'hello-world')"],
    ),
    (
        "    steps:\n      - id: 1\n        email: a.md\n",
        [f"10:13: id: 1 is not a name {KEY}or put it in quotes)"],
    ),
    (
        f"    steps:\n      - id: {'a' * 65}\n        email: a.md\n",
        [f"10:13: id: '{'a' * 65}' cannot be a name {KEY}such as '{'a' * 64}')"],
    ),
    (
        "    steps:\n      - hello\n",
        [
            ("10:9: step 1 of cadence 'trial' is not a group of named entries (it has: id, email, sms, voicemail, call,"
            " letter, social, after, window, when, late, skip_after, resend_uncertain, title)")
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), HEADS)
def test_a_broken_head_of_a_cadence_is_named(line, expected):
    assert told(changed("  trial:\n", f"  trial:\n    {line}\n")) == [expected]


@pytest.mark.parametrize(("steps", "expected"), LISTS)
def test_broken_steps_are_named(steps, expected):
    assert told(changed(STEPS, steps)) == expected


def test_a_cadence_whose_name_cannot_be_one_is_named():
    assert told(changed("trial:\n", "Trial Cadence:\n")) == [
        f"8:3: 'Trial Cadence' cannot be a name {KEY}such as 'trial-cadence')"
    ]


def test_two_steps_of_one_id_are_named_with_both_lines():
    text = TEAM + "      - id: hello\n        email: a.md\n"
    assert told(text) == [
        "12:13: step id 'hello' is used twice, first in line 10 (give each step of a cadence its own id)"
    ]


def test_two_cadences_of_one_name_are_named_with_both_lines():
    text = TEAM + "  trial:\n    steps: [{id: a, email: a.md}]\n"
    assert told(text) == [
        "12:3: 'trial' is written twice, first in line 8 (keep one of the two, or rename one)"
    ]


def test_a_step_whose_windows_share_no_hour_is_named():
    weekend = changed("  trial:\n", "  trial:\n    window: {days: [sat, sun]}\n")
    assert told(weekend + "      - id: text\n        sms: a.txt\n") == [
        ("14:9: this step could never be taken: the cadence's window and the sms window share no hour "
        "(give the cadence its own:  channels: {sms: {window: ...}})")
    ]  # fmt: skip


OTHER = "    then: {%s}\n  b:\n    steps: [{id: a, email: a.md, after: %s}]\n    then: {%s}\n"


@pytest.mark.parametrize(
    "circle",
    [
        OTHER % ("finished: b", "2 hours", "finished: trial"),
        OTHER % ("finished: b", "{until: renewal_date}", "finished: trial"),
        OTHER % ("bounced: b", "2 days", "bounced: trial"),
    ],
)
def test_cadences_that_send_leads_round_in_circles_within_a_day_are_named(circle):
    assert told(TEAM + circle) == [
        ("12:5: cadences trial -> b -> trial hand over in a circle within a day "
        "(let one of them wait, or end the circle)")
    ]  # fmt: skip


def test_a_long_chain_of_cadences_is_no_circle_until_it_closes():
    link = "  c{}:\n    then: {{finished: c{}}}\n    steps: [{{id: a, email: a.md}}]\n"
    chain = "".join(link.format(n, n + 1) for n in range(1500))
    assert told(TEAM + chain + "  c1500: {steps: [{id: a, email: a.md}]}\n") == []
    [problem] = told(TEAM + chain + link.format(1500, 1499))
    assert "cadences c1499 -> c1500 -> c1499 hand over in a circle within a day" in problem


def test_a_circle_that_takes_its_time_is_allowed():
    assert told(TEAM + OTHER % ("finished: b", "30 days", "finished: trial")) == []
    assert told(TEAM + OTHER % ("finished: b", "1 hour", "replied: trial")) == []


def test_all_mistakes_of_a_file_are_told_in_one_run():
    text = changed("defaults: {}", "defaults: {timezone: EST}")
    text = changed("sender: main", "sender: mian", text)
    text = changed(
        "trial/hello.md\n",
        "trial/helo.md\n      - id: hello\n        tilte: x\n        after: 2 dayz\n",
        text,
    )
    assert told(text, templates={"trial/hello.md"}) == [
        "2:22: timezone: there is no time zone 'EST' (short names do not follow daylight saving: write America/New_York)",
        "6:61: there is no sender 'mian' (did you mean 'main'?)",
        "11:16: there is no template 'trial/helo.md' (did you mean 'trial/hello.md'?)",
        "13:9: step 'hello' has no 'tilte' (did you mean 'title'?)",
        "14:16: after: '2 dayz' is not a wait: there is no unit 'dayz' (did you mean 'days'?)",
    ]
