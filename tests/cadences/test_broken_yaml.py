"""Files that are no YAML, or YAML that bites, are refused with the trap named; nothing crashes the reader."""

import json

import pytest
from cadence_files import TEAM, changed, told
from hypothesis import example, given, settings
from hypothesis import strategies as st

CLOSE = "(close it, put a comma between its entries, and a text with ': ' in quotes"
ALIGN = "(give entries of one group the same indentation; put the whole text in one pair of quotes)"
INDENT = "a second ': ' in one line, or an entry that is indented too far"

FILES = [
    ("", "1:1: the file says nothing (begin with the line  version: 1)"),
    ("# only a comment\n", "1:1: the file says nothing (begin with the line  version: 1)"),
    ("- a\n- b\n", "1:1: the file must begin with names and values (begin with the line  version: 1)"),
    ("just words\n", "1:1: the file must begin with names and values (begin with the line  version: 1)"),
    ("version: 1\n", "1:1: the file has no cadences (add  cadences:  with at least one cadence)"),
    ("version: 1\ncadences:\n  trial:\n", "3:3: cadence 'trial' has no steps (add  steps:  with at least one step)"),
    ("version: 1\n\tcadences: {}\n", "2:1: a tab at the beginning of the line (indent with spaces)"),
    ("version: 1\ncadences:\n  a:\n \t steps: []\n", "4:2: a tab at the beginning of the line (indent with spaces)"),
    ("version: 1\ncadences:\n\xa0\xa0trial: {}\n", "3:1: a non-breaking space at the beginning of the line (indent with spaces)"),
    ("version: 1\n---\nversion: 1\n", "2:1: the file holds a second document after '---' (keep one and remove the line ---)"),
    ("version: !!int 1\n", "1:10: a tag (!!int) is not allowed here (write it out; a text that begins with ! goes in quotes)"),
    ("version: &v 1\n", "1:10: an anchor (&v) is not allowed here (write it out; a text that begins with & goes in quotes)"),
    ("<<: {version: 1}\n", "1:1: merging with << is not allowed here (write it out)"),
    ("version: 1\n[a]: b\n", "2:1: a list or {...} cannot be the name of an entry (put a text that begins with { or [ in quotes)"),
    ("version: 1\ncadences: [a, b\n", f"2:11: a bracket or brace is opened here and not closed properly {CLOSE})"),
    ("version: 1\ncadences: {a: b: c}\n", f"2:11: a bracket or brace is opened here and not closed properly {CLOSE})"),
    ("version: 1\ncadences: {a: 'b\n", "2:15: a quote is opened here and never closed (close the quote)"),
    ("version: 1\ncad\0ences: {}\n", "2:4: an invisible or broken character (U+0000) (delete it and type the text again)"),
    ("version: 1\u2028cadences: {}\n", "1:11: an invisible or broken character (U+2028) (delete it and type the text again)"),
    ("version: \ud800\n", "1:10: an invisible or broken character (U+D800) (delete it and type the text again)"),
    ('version: 1\ncadences: {a: "\\q"}\n', "2:16: a backslash in double quotes means something special (use single quotes, or write \\\\)"),
    ("version: 1\ncadences:\n  a: @b\n", "3:6: a text may not begin with this character (put the text in quotes)"),
    ("version: 1\ncadences:\n  a:\n  - b\n  c\n", "5:3: a name without ': ' after it (write  name: value)"),
    ("version: 1\nname\ncadences: {}\n", "2:1: a name without ': ' after it (write  name: value)"),
    ("version: 1\ncadences:\n  trial:\n    steps:\n   - id: a\n", f"5:4: an entry here does not line up with its neighbours, or text follows a closed quote {ALIGN}"),
    ("version: 1\n cadences: {}\n", f"2:10: {INDENT} (put a text with ': ' in quotes; give entries of one list the same indentation)"),
    ("version: - b\n", "1:10: a '- ' cannot stand here (begin the list on a line of its own)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FILES)
def test_a_file_that_bites_is_refused_with_the_trap_named(text, expected):
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("version", "said"), [("2", "2"), ("1.0", "1.0"), ('"1"', "1"), ("true", "true"), ("017", "017")]
)
def test_another_version_of_the_format_is_refused(version, said):
    text = changed("version: 1", f"version: {version}")
    assert told(text) == [f"1:10: version {said!r} is not known (write: version: 1)"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("cadences:\n", "2:1: 'cadences' is empty (write each entry as  name:  with its parts indented below)"),
        ("cadences: {}\n", "2:11: there is no cadence here (add at least one)"),
        ("cadences: []\n", "2:1: 'cadences' is not a group of named entries (write each entry as  name:  with its parts indented below)"),
        ("cadences: |\n steps\n", "2:1: 'cadences' is not a group of named entries (write each entry as  name:  with its parts indented below)"),
    ],
)  # fmt: skip
def test_a_file_without_cadences_is_refused(written, expected):
    assert told("version: 1\n" + written) == [expected]


def test_a_heading_that_does_not_exist_is_named():
    assert told(changed("defaults:", "budget:")) == [
        "2:1: the file has no 'budget' (it has: version, defaults, limits, senders, reps, cadences)"
    ]
    assert told(changed("defaults:", "default:")) == [
        "2:1: the file has no 'default' (did you mean 'defaults'?)"
    ]


def test_what_is_written_twice_is_named_with_both_lines_and_the_rest_is_still_checked():
    text = changed("defaults: {}", "version: 1\ndefaults: {contry: US}")
    assert told(text) == [
        "2:1: 'version' is written twice, first in line 1 (keep one of the two, or rename one)",
        "3:12: 'defaults' has no 'contry' (did you mean 'country'?)",
    ]


def test_every_line_indented_with_a_tab_is_told_up_to_twenty():
    assert len(told("version: 1\n" + "\ta: b\n" * 5)) == 5
    assert len(told("version: 1\n" + "\ta: b\n" * 500)) == 20


def test_lines_are_counted_alike_with_every_kind_of_line_ending():
    text = TEAM.replace("sender: main", "sender: mian")
    for ending in ("\n", "\r\n", "\r"):
        assert told(text.replace("\n", ending)) == ["6:61: there is no sender 'mian' (did you mean 'main'?)"]


def test_what_yaml_1_1_would_turn_into_something_else_stays_a_text():
    """The norway problem: keys and values such as no, on and 9:00 mean themselves."""
    text = changed("rosa:", "no:", changed("hello", "on", changed("name: Acme", "name: NO")))
    assert told(text) == []
    assert told(changed("defaults: {}", "defaults: {window: {mon: 9:00-17:00, tue: 9:30-10:30}}")) == []


def test_yes_is_not_true():
    [problem] = told(changed("defaults: {}", "defaults: {window: {days: mon, on_holidays: yes}}"))
    assert problem == "2:45: window: on_holidays is true or false (write: on_holidays: true)"


def test_a_hundred_thousand_brackets_are_refused_and_do_not_crash_the_process():
    deep = "nested more than 50 levels deep (look for a bracket that is opened and never closed)"
    assert told("[" * 60) == [f"1:51: {deep}"]
    [problem] = told("[" * 100_000)  # here the parser may give up before we do
    assert problem.endswith(deep)
    assert told("{a: " * 30_000)[0].endswith(deep)
    assert told("- " * 50_000)[0].endswith(deep)
    assert told("? " * 50_000)[-1].endswith(deep)


def test_a_bomb_of_aliases_is_refused_without_being_unpacked():
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    found = told(bomb)
    assert (
        found[0]
        == "1:4: an anchor (&a) is not allowed here (write it out; a text that begins with & goes in quotes)"
    )
    assert (
        found[2]
        == "2:8: an alias (*a) is not allowed here (write it out; a text that begins with * goes in quotes)"
    )
    assert len(found) == 9 + 16


def test_a_number_of_a_thousand_digits_is_only_a_wrong_number():
    assert told(changed("version: 1", f"version: {'9' * 5000}"))[0].startswith("1:10: version '999")


def test_a_text_of_a_page_is_not_repeated_in_full():
    [problem] = told(changed("sender: main", f"sender: main, timezone: {'a' * 100_000}"))
    assert len(problem) < 900


def test_a_file_cut_off_in_the_middle_is_suspected_of_being_half_saved():
    whole = TEAM.replace("trial/hello.md", '"trial/hello.md"')
    [problem] = told(whole[: whole.index("hello.md")])
    assert problem.endswith("the file ends in the middle of a line: was it saved completely?)")


# What people type, and what breaks readers, in any order.
_PIECES = st.sampled_from(
    ["version: 1\n", "cadences:", "defaults:", "senders:", "reps:", "steps:", "  ", "\n", "- ", ": ", "{", "}", "[", "]", ",", "'",
     '"', "#", "|\n", ">\n", "&a", "*a", "!t ", "---\n", "...\n", "%YAML", "?", "\t", "\r", "\0", "\ud800", "é", "🙂", "1", "-1", "true",
     "null", "~", "id: a", "email: a.md", "after: 2 days", "when: lead.x", "window:", "always", "mon-fri", "09:00-17:00", "until: x",
     "hours: ", "days: ", "then:", "stop_on:", "at once", "\\", "<<", "=", "@", "`", "\ufeff", "\xa0", "\u2028"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map("".join)))
@example("? ? ? a")
@example("{: }")
@example("{when: }")
def test_any_text_is_read_or_refused_and_nothing_else(text):
    told(text)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(TEAM)), st.integers(0, 30), st.one_of(st.text(max_size=20), _PIECES))
def test_a_good_file_with_a_piece_replaced_is_read_or_refused_and_nothing_else(start, length, piece):
    told(TEAM[:start] + piece + TEAM[start + length :])


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20) | _PIECES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | _PIECES, inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(
        [
            "after",
            "window",
            "when",
            "late",
            "skip_after",
            "resend_uncertain",
            "title",
            "call",
            "id",
            "email",
            "voicemail",
        ]
    ),
    _VALUES,
)
def test_any_value_in_a_step_is_read_or_refused_and_nothing_else(name, value):
    written = json.dumps(value)
    told(TEAM + f"      - {{id: b, {name}: {written}}}\n")
    told(changed("  trial:\n", f"  trial:\n    {name}: {written}\n"))
    told(changed("defaults: {}", f"defaults: {{{name}: {written}, channels: {{sms: {written}}}}}"))
    told(changed("sender: main", f"sender: main, timezone: {written}, phone: {written}"))
