"""Every example in docs/cadences.md is read: what an ops person copies works."""

import re
from pathlib import Path
from textwrap import indent

import pytest

from outreach.cadences import Playbook, read

PAGE = (Path(__file__).parents[2] / "docs" / "cadences.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)

# What an example that shows only a part is put into.
FRAME = {
    "senders": """senders:
  main: {name: Acme, email: team@acme.example, postal_address: 1 Main St, sms: "+15005550006", optout_number: "+18005550199"}
""",
    "reps": "reps:\n  rosa: {name: Rosa Diaz, email: rosa@acme.example, sender: main}\n",
    "cadences": "cadences:\n  trial:\n    steps:\n      - {id: hello, email: trial/hello.md}\n",
}


def whole(example: str) -> str:
    """The file that an example is a part of."""
    if example.startswith("- id"):
        example = "cadences:\n  trial:\n    steps:\n" + indent(example, " " * 6)
    missing = [text for heading, text in FRAME.items() if f"\n{heading}:" not in f"\n{example}"]
    version = "" if example.startswith("version") else "version: 1\n"
    return version + example + "".join(missing)


def test_the_page_has_examples():
    assert len(EXAMPLES) >= 12


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_read(example):
    assert isinstance(read(whole(example)), Playbook)


def test_the_windows_are_resolved_as_the_page_says():
    [example] = [e for e in EXAMPLES if "texts of this cadence: mon-thu 10:00-18:00" in e]
    trial = read(whole(example)).cadences["trial"]
    shown = {step.id: str(trial.window_for(step)) for step in trial.steps}
    assert shown == {"text": "mon-thu 10:00-18:00", "call": "wed-thu 16:00-17:00"}
