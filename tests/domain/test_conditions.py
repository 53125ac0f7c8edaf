"""`when:` understands a small language and nothing else."""

from __future__ import annotations

import pytest

from outreach.domain.condition import BadCondition, holds, names, parsed

VALUES = {
    "lead": {
        "phone": "+12125550101",
        "country": "US",
        "plan": "trial",
        "purchases": 3,
        "vip": True,
        "debt": 0,
    },
    "outcome": {"call_1": "no_answer"},
}

TRUE = [
    "lead.phone",
    'lead.country == "US"',
    "not lead.company",
    'lead.purchases >= 2 and lead.plan in ["trial", "free"]',
    'outcome.call_1 == "no_answer"',
    'lead.plan != "paid"',
    "1 < lead.purchases < 4",
    "lead.vip or lead.nothing",
    "lead.purchases > -1",
    '"rial" in lead.plan',
    'lead.plan not in ("paid", "gone")',
    "lead.nothing == None",
    "  lead.phone  ",
]
FALSE = [
    "lead.company",
    'lead.country == "DE"',
    "lead.debt",
    "outcome.call_2",
    'outcome.call_2 == "no_answer"',
    # what cannot be compared is not an error in the middle of the night, it is not true
    "lead.plan > 3",
    "lead.nothing < 5",
    '"x" in lead.purchases',
    "-lead.plan == 1",
]
REFUSED = [
    # (condition, words of the complaint)
    ("", "cannot read"),
    ("lead.", "cannot read"),
    ("lead.phone and", "cannot read"),
    ("phone", "write lead.phone"),
    ("lead", "unknown name 'lead'"),
    ("lead.name.upper()", "not allowed"),
    ("lead.company.name", "not allowed"),
    ("__import__('os')", "not allowed"),
    ("lead.phone if 1 else 2", "not allowed"),
    ("lambda: 1", "not allowed"),
    ("[x for x in lead.fields]", "not allowed"),
    ("lead['phone']", "not allowed"),
    ("2 ** 9999", "not allowed"),
    ("lead.plan is None", "not allowed"),
    ('f"{lead.plan}"', "not allowed"),
    ("b'x' == lead.plan", "not allowed"),
    ("rep.name", "not allowed"),
    ("lead.plan == 1j", "not allowed"),
    ("(x := 3)", "not allowed"),
    ("lead.phone\nlead.company", "cannot read"),
    ("(" * 300 + ")" * 300, "at most 500"),
    ("(" * 240 + "1" + ")" * 240, "cannot read"),
    ("lead.phone\x00", "cannot read"),
]


@pytest.mark.parametrize("text", TRUE)
def test_it_is_true(text: str) -> None:
    assert holds(text, VALUES)


@pytest.mark.parametrize("text", FALSE)
def test_it_is_false(text: str) -> None:
    assert not holds(text, VALUES)


@pytest.mark.parametrize(("text", "complaint"), REFUSED)
def test_it_is_refused_and_says_why(text: str, complaint: str) -> None:
    with pytest.raises(BadCondition) as caught:
        parsed(text)
    assert complaint in str(caught.value)


def test_the_deepest_condition_that_fits_is_still_answered() -> None:
    assert holds("not " * 100 + "lead.phone", VALUES)


def test_a_condition_tells_which_fields_it_asks_for() -> None:
    text = 'lead.plan == "x" or not outcome.call_1 and lead.vip in [lead.a]'
    assert names(text) == {"lead.plan", "outcome.call_1", "lead.vip", "lead.a"}
