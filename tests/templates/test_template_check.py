"""What check says before any lead sees a template."""

from __future__ import annotations

import pytest
from template_shelf import ADA, BEN, errors, problems

from outreach.domain.channel import Channel
from outreach.templates import check

FOUND = [
    ("{{ lead.frist_name }}", "t.md:1: there is no lead.frist_name (did you mean lead.first_name?)"),
    ("{{ rep.fax }}", "t.md:1: there is no rep.fax (a rep has "),
    ("{{ sender.nmae }}", "t.md:1: there is no sender.nmae (a sender has "),
    ("{{ laed.name }}", "t.md:1: there is no laed (did you mean 'lead'?)"),
    ("{{ zzz }}", "t.md:1: there is no zzz (a template may use lead, rep, sender, today, unsubscribe_url)"),
    ("{{ lead.name | uper }}", "t.md:1: there is no filter 'uper' (did you mean 'upper'?)"),
    ("{{ lead.name | xyzzy }}", "t.md:1: there is no filter 'xyzzy' (there are "),
    ("\n{{ lead.name", "t.md:2: "),
    ("{% if lead.name %}", "t.md:1: unexpected end of template"),
    ("{% frob %}", "t.md:1: encountered unknown tag 'frob'"),
    ("{{ lead.name * 3 }}", "t.md:1: templates do not compute (`*`) (put the result in a field of the lead)"),
    ("{{ lead.name() }}", "t.md:1: templates cannot call anything (use a filter"),
    ("a\nb\n\n[x](javascript:alert)", "t.md:4: a mail cannot link to 'javascript:alert' (links begin with"),
    ("[x](/prices)", "t.md:1: a mail cannot link to '/prices'"),
    ("[x](ftp://a.example)", "t.md:1: a mail cannot link to 'ftp://a.example'"),
    ("---\nsubjct: x\n---\n", "t.md:2: unknown key `subjct` in the head (did you mean 'subject'?)"),
    ("---\nsubject: x\nsubject: y\n---\n", "t.md:3: `subject` is given twice (first on line 2)"),
    ("---\nsubject: x\nbody\n", "t.md:1: the head is not closed (end it with a line of ---)"),
    ("---\njust words\n---\nx", "t.md:"),
    ("---\nsubject:\n  - a\n---\nx", "t.md:3: the head holds words only"),
    ('---\nsubject: "open\n---\nx', "t.md:"),
    ("---\ntitle: x\n---\nx", "t.md:2: a template for email has no `title` (it may say preheader, subject)"),
    ("---\nsubject: {{ lead.frist_name }}\n---\nx", "t.md:2: there is no lead.frist_name"),
]


@pytest.mark.parametrize(("body", "words"), FOUND)
def test_mistakes_are_told_with_line_and_fix(body: str, words: str) -> None:
    found = [str(problem) for problem in errors(body)]
    assert found
    assert found[0].startswith(words)


def test_a_good_template_has_no_problems() -> None:
    body = "---\nsubject: Hi {{ lead.first_name }}\n---\n{% for x in ['a'] %}{{ x }}{% endfor %}{% set y = 1 %}{{ y }}"
    assert problems(body) == []


DOUBTS = [
    ("{{ lead.plan_name }}", "no sample lead has lead.plan_name"),
    ("Just checking in on this.", "'Just checking in' gives the lead nothing"),
    ("Only following up!", "'Only following up' gives the lead nothing"),
    ("I wanted to touch base", "'touch base' gives the lead nothing"),
    ("a <b>word</b>", "'<b>' is shown as it stands"),
]


@pytest.mark.parametrize(("body", "words"), DOUBTS)
def test_doubts_are_warnings(body: str, words: str) -> None:
    found = problems(body)
    assert any(problem.warning and words in problem.text for problem in found)


def test_a_field_of_the_teams_own_is_fine_when_the_template_copes() -> None:
    assert problems("{{ lead.plan | default('x') }}{% if lead.size %}{{ lead.size }}{% endif %}") == []


def test_a_field_that_a_sample_lead_lacks_is_a_warning() -> None:
    found = check("t.md", Channel.EMAIL, {"t.md": "\n{{ lead.company }}"}, [ADA, BEN])
    assert [str(problem) for problem in found] == [
        "t.md:2: warning: lead.company is missing (fill the field or write {{ lead.company | default('your team') }})"
    ]


def test_each_problem_is_told_once() -> None:
    assert len(check("t.md", Channel.EMAIL, {"t.md": "{{ lead.company }}"}, [BEN, BEN])) == 1


def test_names_set_by_the_including_template_are_known() -> None:
    assert problems("{% set x = lead.name %}{% include 'b.md' %}", b="{{ x }}") == []


def test_an_includes_mistakes_are_told_where_they_stand() -> None:
    found = errors("{% include 'b.md' %}", b="\n\n{{ lead.frist_name }}")
    assert [(problem.file, problem.line) for problem in found] == [("b.md", 3)]


def test_an_unknown_template_is_told_with_the_nearest() -> None:
    found = check("trial/helo.md", Channel.EMAIL, {"trial/hello.md": "x"}, [ADA])
    assert [str(problem) for problem in found] == [
        "trial/helo.md: there is no such template (did you mean 'trial/hello.md'?)"
    ]


def test_costly_characters_of_a_text_are_named_by_line() -> None:
    found = check("t.txt", Channel.SMS, {"t.txt": "Hi,\nit’s me"}, [ADA])
    assert [(p.line, p.warning) for p in found] == [(2, True)]
    assert "U+2019" in found[0].text


def test_a_text_of_three_segments_is_a_doubt_and_one_beyond_twilios_bound_an_error() -> None:
    found = check("t.txt", Channel.SMS, {"t.txt": "a" * 307}, [ADA])
    assert [str(p) for p in found] == [
        "t.txt: warning: 3 segments (307 characters of GSM-7) (2 are polite; each is paid for)"
    ]
    found = check("t.txt", Channel.SMS, {"t.txt": "a" * 1_601}, [ADA])
    assert [str(p) for p in found] == ["t.txt:1: 1,601 characters when filled in (at most 1,600)"]


def test_a_name_that_makes_a_text_costly_is_no_fault_of_the_template() -> None:
    names = {**ADA, "lead": {"first_name": "Zoë"}}
    assert check("t.txt", Channel.SMS, {"t.txt": "Hi {{ lead.first_name }}, " + "a" * 140}, [names]) == []


@pytest.mark.parametrize("channel", [Channel.CALL, Channel.LETTER, Channel.SOCIAL])
def test_a_task_may_have_a_title_and_no_subject(channel: Channel) -> None:
    assert check("t.md", channel, {"t.md": "---\ntitle: Call {{ lead.name }}\n---\nx"}, [ADA]) == []
    assert check("t.md", channel, {"t.md": "---\nsubject: x\n---\nx"}, [ADA])[0].line == 2


def test_recordings_belong_to_voicemail() -> None:
    sources = {"hi.mp3": "data:audio/mpeg;base64,SUQz"}
    assert check("hi.mp3", Channel.VOICEMAIL, sources, [ADA]) == []
    assert check("https://acme.example/hi.mp3", Channel.VOICEMAIL, {}, [ADA]) == []
    assert "https only" in check("http://acme.example/hi.mp3", Channel.VOICEMAIL, {}, [ADA])[0].text
    assert "cannot go by email" in check("hi.mp3", Channel.EMAIL, sources, [ADA])[0].text
    assert "cannot go by sms" in check("https://acme.example/hi.mp3", Channel.SMS, {}, [ADA])[0].text


def test_a_layout_is_checked_with_the_mails_that_use_it() -> None:
    sources = {"t.md": "x", "_layout.html": "<p>{{ body }}</p>{{ foter }}"}
    found = check("t.md", Channel.EMAIL, sources, [ADA])
    assert [str(p) for p in found] == ["_layout.html:1: there is no foter (did you mean 'footer'?)"]
