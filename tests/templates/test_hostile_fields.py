"""Whatever stands in a lead's fields is text in our messages: never a link, a tag, a heading, a header or code."""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis.strategies import text
from template_shelf import ADA, knowing, mail, page, sms, words

from outreach.templates import RenderError, Templates

HOSTILE = [
    "[x](javascript:alert(1))",
    "[x](https://evil.example)",
    "<https://evil.example>",
    "https://evil.example",
    "![x](https://evil.example/p.gif)",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&lt;script&gt;",
    '"><svg/onload=alert(1)>',
    "{{ 7*7 }}",
    "{% include 'x' %}",
    "{{ lead.name }}",
    "# heading",
    "- item",
    "1. item",
    "> quoted",
    "---",
    "***bold***",
    "`code`",
    "~~struck~~",
    "| a | b |",
    "[ref]: https://evil.example",
    "back\\slash\\",
    "a_b_c*d*e",
    "=1+1",
]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("field", HOSTILE)
def test_a_field_stays_the_words_it_is(field: str) -> None:
    names = knowing(company=field)
    assert words("{{ lead.company }}", names) == field
    read = _Tags()
    read.feed(page("{{ lead.company }}", names))
    assert (read.tags, read.words.strip()) == (["p"], field)


@pytest.mark.parametrize("field", HOSTILE)
@pytest.mark.parametrize(
    "body", ["# {{ lead.company }}", "- {{ lead.company }}", "**{{ lead.company }}**", "`{{ lead.company }}`"]
)
def test_nor_does_it_break_the_markup_around_it(body: str, field: str) -> None:
    read = _Tags()
    read.feed(page(body, knowing(company=field)))
    plain = _Tags()
    plain.feed(page(body, knowing(company="Acme")))
    assert read.tags == plain.tags
    assert field in read.words


@pytest.mark.parametrize("field", HOSTILE)
def test_nor_does_it_change_a_text_or_a_subject(field: str) -> None:
    assert sms("For {{ lead.company }}.", knowing(company=field)) == f"For {field}."
    shelf = Templates({"a.md": "---\nsubject: For {{ lead.company }}\n---\nbody"})
    assert shelf.email("a.md", knowing(company=field)).subject == f"For {field}"


ADDRESSES = [
    ("[x]({{ lead.site }})", "javascript:alert(1)", None),
    ("[x]({{ lead.site }})", " JaVaScRiPt:alert(1)", None),
    ("[x]({{ lead.site }})", "java\tscript:alert(1)", None),
    ("[x]({{ lead.site }})", "java\u200bscript:alert(1)", None),
    ("[x]({{ lead.site }})", "data:text/html,<script>", None),
    ("[x]({{ lead.site }})", "vbscript:x", None),
    ("[x]({{ lead.site }})", "file:///etc/passwd", None),
    ("[x]({{ lead.site }})", "//evil.example", None),
    ("[x]({{ lead.site }})", "/relative", None),
    ("[x]({{ lead.site }})", "https://", None),
    ("[x]({{ lead.site }})", 'https://a.example/" onclick="x', "https://a.example/%22%20onclick=%22x"),
    ("[x]({{ lead.site }})", "https://a.example/)<b>", "https://a.example/)%3Cb%3E"),
    ("[x]({{ lead.site }})", "http://a.example/x?y=1&z=2", "http://a.example/x?y=1&amp;z=2"),
    ("[x]({{ lead.site }})", "mailto:a@b.example", "mailto:a@b.example"),
    ("[x]({{ lead.site }})", "tel:+1500", "tel:+1500"),
    (
        "[x](https://a.example/?c={{ lead.site }})",
        "A & B/../=#",
        "https://a.example/?c=A%20%26%20B%2F..%2F%3D%23",
    ),
    ("[x](https://{{ lead.site }}.a.example)", "evil.example/", "https://evil.example%2F.a.example"),
    ("[x](https://{{ lead.site }})", "u@evil.example:80/x", "https://u%40evil.example%3A80%2Fx"),
    ("[x](java{{ lead.site }})", "script:alert(1)", None),
    ("<https://a.example/{{ lead.site }}>", "b c", "https://a.example/b%20c"),
]


@pytest.mark.parametrize(("body", "field", "address"), ADDRESSES)
def test_links_lead_only_to_web_mail_and_telephone(body: str, field: str, address: str | None) -> None:
    html = page(body, knowing(site=field))
    if address is None:
        assert "href" not in html
        assert words(body, knowing(site=field)) in ("x", body)
    else:
        assert f'<a href="{address}"' in html


def test_images_lead_only_to_the_web() -> None:
    assert "src" not in page("![x]({{ lead.site }})", knowing(site="javascript:alert(1)"))


UNSEEN = [
    ("a\x00b", "ab"),
    ("a\x07b\x1b[31m", "ab[31m"),
    ("a\r\nBcc: x@evil.example", "a Bcc: x@evil.example"),
    ("a\n\n# b", "a # b"),
    ("a\u2028b\u2029c\x85d\x0be", "a b c d e"),
    ("abc\u202efdp.exe", "abcfdp.exe"),
    ("a\u2066b\u2069", "ab"),
    ("a\u200bb\ufeffc\u00add\u2060e", "abcde"),
    ("a\u200db", "ab"),
    ("👩\u200d💻", "👩\u200d💻"),
    ("می\u200cخواهم", "می\u200cخواهم"),
    ("a\U000f0000b\ue000c", "abc"),
    ("a\U000e0041b", "ab"),
    ("a\ud800b", "ab"),
    ("  spaced\t\tout  ", "spaced out"),
    ("e\u0301", "e\u0301"),
    ("עברית", "עברית"),
    ("a\u00a0b", "a b"),
]


@pytest.mark.parametrize(("field", "text"), UNSEEN)
def test_control_and_invisible_characters_never_reach_a_lead(field: str, text: str) -> None:
    names = knowing(company=field)
    assert words("{{ lead.company }}", names) == text
    assert sms("{{ lead.company }}", names) == text
    shelf = Templates({"a.md": "---\nsubject: {{ lead.company }}\npreheader: {{ lead.company }}\n---\nbody"})
    rendered = shelf.email("a.md", names)
    assert (rendered.subject, rendered.preheader) == (text, text)


def test_no_control_character_survives_in_a_subject() -> None:
    """FAULTS, header injection: 64 control code points."""
    shelf = Templates({"a.md": "---\nsubject: a{{ lead.company }}b\n---\nbody"})
    for code in (*range(0x20), *range(0x7F, 0xA0)):
        assert shelf.email("a.md", knowing(company=f"x{chr(code)}y")).subject.isprintable()


def test_marks_in_a_field_cannot_stand_for_another_value() -> None:
    names = knowing(company="\U000f0001\U000f0000", secret="hidden")
    assert words("{{ lead.company | default('none') }}{% if lead.secret %}{% endif %}", names) == "none"


def test_a_field_of_a_megabyte_is_cut() -> None:
    assert len(words("{{ lead.company }}", knowing(company="x" * 1_000_000))) == 2_000


def test_the_footer_takes_hostile_names_as_words() -> None:
    sender = {"name": "A <b> & [x](y)", "postal_address": "1 Main\r\nSt"}
    rendered = mail("body", {**ADA, "sender": sender})
    assert "A <b> & [x](y), 1 Main St" in rendered.text
    assert "A &lt;b&gt; &amp; [x](y) · 1 Main St" in rendered.html


def test_lists_and_groups_are_not_printed_by_accident() -> None:
    for body, names in [
        ("{{ lead.tags }}", knowing(tags=["a", "b"])),
        ("{{ lead }}", ADA),
        ("{{ lead.account }}", knowing(account={"name": "x"})),
    ]:
        with pytest.raises(RenderError, match=r"is a list|is a group"):
            mail(body, names)


def test_nested_fields_are_cleaned_too() -> None:
    names = knowing(account={"name": "a\u202eb"}, tags=["\x00x", "", "y"])
    assert words("{{ lead.account.name }} {{ lead.tags | join(', ', last=' and ') }}", names) == "ab x and y"


@given(field=text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_in_a_field_stays_one_paragraph_of_words(field: str) -> None:
    names = knowing(company=field)
    body = "x {{ lead.company | default('nothing') }} y"
    read = _Tags()
    read.feed(page(body, names))
    assert read.tags == ["p"]
    assert read.words.strip() == words(body, names)
    assert "\n" not in words(body, names)
    assert all(
        char.isprintable() or unicodedata.category(char) in ("Zs", "Cf", "Cn") for char in words(body, names)
    )
