"""A mail has two parts that say the same, a subject that threads, and a footer it never leaves without."""

from __future__ import annotations

import pytest
from template_shelf import ADA, BEN, knowing, mail, page, words

from outreach.templates import RenderError, Templates

TEXT = [
    ("plain words", "plain words"),
    ("one\ntwo", "one\ntwo"),
    ("one\n\n\n\ntwo", "one\n\ntwo"),
    ("**bold**, *slanted*, ~~struck~~ and `code`", "bold, slanted, struck and code"),
    ("# Heading\nbelow", "Heading\n\nbelow"),
    ("[words](https://a.example/x)", "words (https://a.example/x)"),
    ("[**bold** words](https://a.example)", "bold words (https://a.example)"),
    ("[https://a.example](https://a.example)", "https://a.example"),
    ("<https://a.example>", "https://a.example"),
    ("[Rosa](mailto:rosa@acme.example)", "Rosa (rosa@acme.example)"),
    ("[call](tel:+15005550006)", "call (+15005550006)"),
    ("- one\n- two", "- one\n- two"),
    ("- one\n\n- two", "- one\n\n- two"),
    ("3. three\n4. four", "3. three\n4. four"),
    ("- one\n  - in one\n  - again\n- two", "- one\n  - in one\n  - again\n- two"),
    ("1. one\n   more\n2. two", "1. one\n   more\n2. two"),
    ("before\n\n- one\n\nafter", "before\n\n- one\n\nafter"),
    ("> said\n> twice", "> said\n> twice"),
    ("> - in a list", "> - in a list"),
    ("above\n\n---\n\nbelow", "above\n\n- - -\n\nbelow"),
    ("```\na = 1\n```", "    a = 1"),
    ("![a van](https://a.example/van.png)", "a van"),
    ("3 < 4 & 5 > 2", "3 < 4 & 5 > 2"),
    ("1\\. not a list", "1. not a list"),
    ("Ada &amp; Co", "Ada & Co"),
]


@pytest.mark.parametrize(("body", "text"), TEXT)
def test_markdown_reads_well_as_text(body: str, text: str) -> None:
    assert words(body) == text


HTML = [
    ("one\ntwo", '<p style="margin:0 0 16px">one<br>\ntwo</p>'),
    ("**b**", '<p style="margin:0 0 16px"><strong>b</strong></p>'),
    ("<b>b</b>", '<p style="margin:0 0 16px">&lt;b&gt;b&lt;/b&gt;</p>'),
    ("3 < 4", '<p style="margin:0 0 16px">3 &lt; 4</p>'),
    (
        "4. four",
        '<ol start="4" style="margin:0 0 16px;padding:0 0 0 24px"><li style="margin:0 0 6px">four</li>\n</ol>',
    ),
]


@pytest.mark.parametrize(("body", "html"), HTML)
def test_markdown_becomes_styled_html(body: str, html: str) -> None:
    assert page(body) == html


def test_a_field_may_be_bold_or_a_link_by_the_templates_will() -> None:
    body = "**{{ lead.company }}** [{{ lead.name }}]({{ rep.meeting_link }})"
    assert words(body) == "QuickCool HVAC Ada Moreau (https://meet.acme.example/rosa)"
    assert '<strong>QuickCool HVAC</strong> <a href="https://meet.acme.example/rosa"' in page(body)


def test_a_line_with_only_a_tag_leaves_no_line_behind() -> None:
    assert (
        words("a\n{% if lead.name %}\nb\n{% endif %}\n{# a note #}\n{% set x = 'y' %}\n{{ x }}") == "a\nb\ny"
    )


def test_a_tag_at_the_end_of_a_sentence_does_not_glue_paragraphs() -> None:
    assert words("a.{% if lead.name %} b.{% endif %}\n\nc") == "a. b.\n\nc"


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    sources = {"a.md": "\ufeff---\r\nsubject: Hello\r\n---\r\none\r\n\r\ntwo\r\n"}
    mail = Templates(sources).email("a.md", ADA)
    assert (mail.subject, mail.text.partition("\n\n-- ")[0]) == ("Hello", "one\n\ntwo")


def test_includes_extends_and_blocks_build_on_each_other() -> None:
    base = "Dear {{ lead.first_name }},\n\n{% block body %}nothing{% endblock %}\n\n{% include 'sign.md' %}"
    sources = {
        "base.md": base,
        "sign.md": "---\ntitle: only for people\n---\n{{ rep.name }}",
        "a.md": "---\nsubject: S\n---\n{% extends 'base.md' %}\n{% block body %}something{% endblock %}",
    }
    text = Templates(sources).email("a.md", ADA).text
    assert text.startswith("Dear Ada,\n\nsomething\n\nRosa Diaz\n\n-- \n")


def test_a_loop_writes_a_list() -> None:
    body = "{% for item in lead.wants %}\n- {{ loop.index }}/{{ loop.length }} {{ item }}\n{% endfor %}"
    assert words(body, knowing(wants=["calm", "plan"])) == "- 1/2 calm\n- 2/2 plan"


# Subjects and threads


SUBJECTS = [
    ("subject: A word\n", None, "A word", True),
    ("subject: A word\n", "Earlier", "A word", True),
    ("", "Earlier", "Re: Earlier", False),
    ("", "Re: Earlier", "Re: Earlier", False),
    ("", "RE: Earlier", "RE: Earlier", False),
    ("subject: {{ lead.company }}: tip #3\n", None, "QuickCool HVAC: tip #3", True),
    ('subject: "quoted: {{ lead.first_name }}"\n', None, "quoted: Ada", True),
    ("subject: 'it''s'\n", None, "it's", True),
    ("subject: no\n", None, "no", True),
    ("subject: 8:00\n", None, "8:00", True),
    ("subject: |\n  two\n  lines\n", None, "two lines", True),
    ("subject: {{ lead.company | default('you') }}\n", None, "QuickCool HVAC", True),
]


@pytest.mark.parametrize(("head", "thread", "subject", "own"), SUBJECTS)
def test_a_subject_begins_a_thread_and_none_answers_in_it(
    head: str, thread: str | None, subject: str, own: bool
) -> None:
    rendered = Templates({"a.md": f"---\n{head}---\nbody"}).email("a.md", ADA, thread_subject=thread)
    assert (rendered.subject, rendered.own_subject) == (subject, own)


def test_an_answer_without_a_thread_is_refused() -> None:
    with pytest.raises(RenderError, match="no subject and no thread"):
        Templates({"a.md": "body"}).email("a.md", ADA)


def test_the_subject_can_be_asked_for_without_rendering() -> None:
    shelf = Templates({"a.md": "---\nsubject: Hi {{ lead.name }}\n---\nx", "b.md": "x"})
    assert shelf.subject_of("a.md") == "Hi {{ lead.name }}"
    assert shelf.subject_of("b.md") is None


def test_a_subject_is_at_most_255_characters() -> None:
    sources = {"a.md": "---\nsubject: {{ lead.company }}\n---\nbody"}
    subject = Templates(sources).email("a.md", knowing(company="word " * 100)).subject
    assert len(subject) <= 255
    assert subject.endswith("...")


def test_an_empty_subject_is_refused_on_its_line() -> None:
    sources = {"a.md": "---\npreheader: x\nsubject: \"{{ lead.company | default('') }}\"\n---\nbody"}
    with pytest.raises(RenderError, match=r"a\.md:3: the subject is empty"):
        Templates(sources).email("a.md", BEN)


def test_the_preheader_is_hidden_in_the_html_and_not_in_the_text() -> None:
    sources = {"a.md": "---\nsubject: S\npreheader: For {{ lead.company }}\n---\nbody"}
    rendered = Templates(sources).email("a.md", knowing(company="A & B"))
    assert rendered.preheader == "For A & B"
    assert 'class="preheader" style="display: none' in rendered.html
    assert "For A &amp; B</div>" in rendered.html
    assert "For A" not in rendered.text


# The footer


def test_every_mail_ends_with_who_and_where_and_how_to_stop() -> None:
    rendered = mail("body")
    url = "https://acme.example/u/0123456789abcdef"
    assert rendered.text.endswith(f"\n\n-- \nAcme, 1 Main St, Springfield, IL 62701\nUnsubscribe: {url}\n")
    assert "Acme · 1 Main St, Springfield, IL 62701" in rendered.html
    assert f'<a href="{url}"' in rendered.html


def test_without_an_address_to_unsubscribe_nothing_is_offered() -> None:
    names = {key: value for key, value in ADA.items() if key != "unsubscribe_url"}
    rendered = mail("body", names)
    assert "nsubscribe" not in rendered.text + rendered.html
    assert "1 Main St" in rendered.text


@pytest.mark.parametrize("lost", ["name", "postal_address"])
def test_a_mail_without_a_senders_name_or_address_does_not_leave(lost: str) -> None:
    sender = {key: value for key, value in ADA["sender"].items() if key != lost}  # type: ignore[attr-defined]
    with pytest.raises(RenderError, match=f"sender.{lost} is missing"):
        mail("body", {**ADA, "sender": sender})


# The layout


def test_a_team_may_bring_its_own_layout() -> None:
    layout = (
        "<html><head><style>p.top{color:#f00}</style></head><body><p class='top'>{{ subject }}</p>"
        "{{ body }}<hr>{{ footer }}<a href='{{ rep.meeting_link }}' title='{{ lead.company }}'>meet</a></body></html>"
    )
    sources = {"a.md": "---\nsubject: S & T\n---\n**body**", "_layout.html": layout}
    html = Templates(sources).email("a.md", knowing(company='"><script>')).html
    assert '<p class="top" style="color: #f00;">S &amp; T</p>' in html
    assert "<strong>body</strong>" in html
    assert "1 Main St" in html
    assert '<a href="https://meet.acme.example/rosa" title="&quot;&gt;&lt;script&gt;">meet</a>' in html


BAD_LAYOUTS = [
    ("{{ body }}", "once each"),
    ("{{ footer }}", "once each"),
    ("{{ body }}{{ body }}{{ footer }}", "once each"),
    ("{{ body }}<!-- {{ footer }} -->", "a comment"),
    ("{{ body }}<p title='{{ footer }}'>x</p>", "once each"),
    ("{{ body }}{{ footer }}<p style='{{ lead.company }}'>x</p>", "the attribute style"),
    ("{{ body }}{{ footer }}<p onclick='{{ lead.company }}'>x</p>", "the attribute onclick"),
    ("{{ body }}{{ footer }}<script>{{ lead.company }}</script>", "<script>"),
    ("{{ body | upper }}{{ footer }}", "cannot be printed"),
    ("{{ 7 * 7 }}{{ body }}{{ footer }}", "do not compute"),
]


@pytest.mark.parametrize(("layout", "words"), BAD_LAYOUTS)
def test_a_layout_cannot_lose_the_footer_or_print_where_code_stands(layout: str, words: str) -> None:
    sources = {"a.md": "---\nsubject: S\n---\nbody", "_layout.html": f"<html><body>{layout}</body></html>"}
    with pytest.raises(RenderError, match=words) as caught:
        Templates(sources).email("a.md", ADA)
    assert caught.value.template == "_layout.html"


def test_a_layouts_link_leads_only_where_mails_may() -> None:
    layout = "<html><body>{{ body }}{{ footer }}<a href='{{ lead.site }}'>site</a></body></html>"
    sources = {"a.md": "---\nsubject: S\n---\nbody", "_layout.html": layout}
    html = Templates(sources).email("a.md", knowing(site="javascript:alert(1)")).html
    assert "<a>site</a>" in html


# Errors


def test_a_missing_field_is_named_with_template_line_and_fix() -> None:
    sources = {"trial/hello.md": "---\nsubject: S\n---\n\n\n\nHi {{ lead.first_name }},"}
    with pytest.raises(RenderError) as caught:
        Templates(sources).email("trial/hello.md", knowing(first_name=None))
    assert str(caught.value) == (
        "templates/trial/hello.md:7: lead.first_name is missing; "
        "fill the field or write {{ lead.first_name | default('there') }}"
    )
    assert (caught.value.template, caught.value.line) == ("trial/hello.md", 7)


def test_a_missing_field_of_an_include_is_named_where_it_stands() -> None:
    sources = {"a.md": "---\nsubject: S\n---\n{% include 'b.md' %}", "b.md": "one\n{{ rep.fax }}"}
    with pytest.raises(RenderError, match=r"^templates/b\.md:2: rep\.fax is missing; add `fax` to the rep"):
        Templates(sources).email("a.md", ADA)


def test_a_missing_field_in_the_head_is_named_on_its_line() -> None:
    sources = {"a.md": "---\npreheader: x\nsubject: For {{ lead.company }}\n---\nbody"}
    with pytest.raises(RenderError, match=r"a\.md:3: lead\.company is missing"):
        Templates(sources).email("a.md", BEN)


@pytest.mark.parametrize("empty", ["", " ", "\u200b", "\u202e \x07", None])
def test_a_field_that_says_nothing_counts_as_missing(empty: str | None) -> None:
    """FAULTS row 114: "Hi ," is never sent."""
    assert words("Hi {{ lead.first_name | default('there') }},", knowing(first_name=empty)) == "Hi there,"
    with pytest.raises(RenderError, match=r"lead\.first_name is missing"):
        mail("Hi {{ lead.first_name }},", knowing(first_name=empty))


CONDITIONS = [
    ("{% if lead.plan %}y{% else %}n{% endif %}", "n"),
    ("{% if not lead.plan %}y{% else %}n{% endif %}", "y"),
    ("{% if lead.plan == 'pro' %}y{% else %}n{% endif %}", "n"),
    ("{% if lead.plan != 'pro' %}y{% else %}n{% endif %}", "y"),
    ("{% if lead.plan > 3 %}y{% else %}n{% endif %}", "n"),
    ("{% if lead.plan in ['a', 'b'] %}y{% else %}n{% endif %}", "n"),
    ("{% if lead.plan is defined %}y{% else %}n{% endif %}", "n"),
    ("{% if lead.company and lead.name %}y{% endif %}", "y"),
    ("{{ 'y' if lead.company else 'n' }}", "y"),
    ("{{ lead['company'] }}", "QuickCool HVAC"),
]


@pytest.mark.parametrize(("body", "text"), CONDITIONS)
def test_in_conditions_a_missing_field_is_false_as_in_when(body: str, text: str) -> None:
    assert words(body) == text


def test_a_mail_of_nothing_is_refused() -> None:
    with pytest.raises(RenderError, match="the mail is empty"):
        mail("{% if lead.plan %}x{% endif %}")


def test_an_unknown_template_is_refused_with_the_nearest() -> None:
    with pytest.raises(RenderError, match=r"did you mean 'trial/hello\.md'\?"):
        Templates({"trial/hello.md": "x"}).email("trial/helo.md", ADA)
