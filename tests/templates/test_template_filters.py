"""Every filter does what docs/templates.md says, and says what it cannot do."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from template_shelf import knowing, sms

from outreach.templates import RenderError
from outreach.templates.filters import FILTERS

RESULTS = [
    ("{{ lead.x | default('there') }}", None, "there"),
    ("{{ lead.x | d('there') }}", "Ada", "Ada"),
    ("{{ lead.x | default(lead.name) }}", None, "Ada Moreau"),
    ("{{ lead.x | capitalize }}", "ADA moreau", "Ada moreau"),
    ("{{ lead.x | title }}", "o'brien heating ltd", "O'brien Heating Ltd"),
    ("{{ lead.x | lower }}", "ADA", "ada"),
    ("{{ lead.x | upper }}", "ada", "ADA"),
    ("<{{ lead.x | trim }}>", "  ada ", "<ada>"),
    ("{{ lead.x | truncate(12) }}", "a long sentence, really", "a long..."),
    ("{{ lead.x | truncate(12) }}", "short", "short"),
    ("{{ lead.x | truncate(5) }}", "unbreakable", "un..."),
    ("{{ lead.x | join }}", ["a", "b"], "a, b"),
    ("{{ lead.x | join(' / ') }}", ["a", 2], "a / 2"),
    ("{{ lead.x | join(', ', last=' and ') }}", ["a", "b", "c"], "a, b and c"),
    ("{{ lead.x | join(last=' and ') }}", ["a"], "a"),
    ("{{ lead.x | join }}", "single", "single"),
    ("{{ lead.x | first }}{{ lead.x | last }}", ["a", "b"], "ab"),
    ("{{ lead.x | first }}.", "Ada", "A."),
    ("{{ lead.x | length }}", ["a", "b"], "2"),
    ("{{ lead.x | length }}", None, "0"),
    ("{{ lead.x | number }}", 1234567, "1,234,567"),
    ("{{ lead.x | number(2) }}", "1234.5", "1,234.50"),
    ("{{ lead.x | number }}", Decimal("12.5"), "12"),
    ("{{ lead.x | date }}", "2026-12-01", "1 December 2026"),
    ("{{ lead.x | date('%A, %B %-d') }}", date(2026, 12, 1), "Tuesday, December 1"),
    ("{{ lead.x | date('%a %d.%m.%y, %b %Y %-m') }}", datetime(2026, 2, 3, 4, 5), "Tue 03.02.26, Feb 2026 2"),
    ("{{ today | plus_days(7) | date('%A') }}", None, "Tuesday"),
    ("{{ lead.x | plus_days(-1) }}", "2026-03-01", "2026-02-28"),
    ("{{ lead.x | phone }}", "+15005550006", "500-555-0006"),
    ("{{ lead.x | phone }}", "+442079460000", "+442079460000"),
    ("{{ lead.x | spoken }}", "+15005550006", "5 0 0, 5 5 5, 0 0 0 6"),
    ("{{ lead.x }}", True, "yes"),
    ("{{ lead.x }}", False, "no"),
    ("{{ lead.x }}", 0, "0"),
    ("{{ lead.x }}", date(2026, 12, 1), "2026-12-01"),
]


@pytest.mark.parametrize(("template", "value", "text"), RESULTS)
def test_a_filter_gives(template: str, value: object, text: str) -> None:
    assert sms(template, knowing(x=value)) == text


MISTAKES = [
    ("{{ lead.x | date }}", "tomorrow", "'tomorrow' is not a date; dates are written as 2026-11-30"),
    ("{{ lead.x | date('%H') }}", "2026-12-01", "a date has no part '%H'"),
    ("{{ lead.x | number }}", "many", "'many' is not a number"),
    ("{{ lead.x | number(50) }}", "1", "0 to 6 decimals"),
    ("{{ lead.x | plus_days(99999999) }}", "2026-12-01", "cannot count"),
    ("{{ lead.x | upper }}", None, "lead.x is missing"),
    ("{{ lead.x | join }}", None, "lead.x is missing"),
    ("{{ lead.x | join }}", [["a"], ["b"]], "is a list"),
    ("{{ lead.x | truncate('a') }}", "abc", "do not go together"),
    ("{{ lead.x | upper(1) }}", "abc", "do not go together"),
    ("{% if lead.x > 3 %}{% endif %}", "abc", "do not go together"),
]


@pytest.mark.parametrize(("template", "value", "words"), MISTAKES)
def test_a_filter_says_on_which_line_it_cannot(template: str, value: object, words: str) -> None:
    with pytest.raises(RenderError, match=r"text\.txt:2: ") as caught:
        sms("first\n" + template, knowing(x=value))
    assert words in caught.value.text


def test_every_filter_is_tried_here() -> None:
    tried = " ".join(template for template, _, _ in RESULTS)
    assert [name for name in FILTERS if f"| {name}" not in tried] == []
