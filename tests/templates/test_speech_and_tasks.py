"""What voicemails say and reps read."""

from __future__ import annotations

import pytest
from template_shelf import ADA, knowing

from outreach.templates import RenderError, Speech, Task, Templates

SHELF = Templates(
    {
        "drop.txt": "Hello {{ lead.first_name }}.",
        "drop.mp3": "data:audio/mpeg;base64,SUQz",
        "call.md": "---\ntitle: Call {{ lead.name }}\n---\n# Opener\n\n{{ lead.company }}",
        "bare.md": "Look at the profile",
    }
)


def test_a_voicemail_is_spoken_played_from_the_web_or_from_the_folder() -> None:
    assert SHELF.speech("drop.txt", ADA) == Speech(text="Hello Ada.")
    assert SHELF.speech("https://acme.example/a.mp3", ADA) == Speech(audio_url="https://acme.example/a.mp3")
    assert SHELF.speech("drop.mp3", ADA) == Speech(audio="drop.mp3")
    with pytest.raises(RenderError, match="there is no such template"):
        SHELF.speech("none.mp3", ADA)


def test_a_task_is_plain_text_with_a_title_if_it_has_one() -> None:
    assert SHELF.task("call.md", ADA) == Task(title="Call Ada Moreau", script="# Opener\n\nQuickCool HVAC")
    assert SHELF.task("bare.md", ADA) == Task(title="", script="Look at the profile")


def test_a_text_of_nothing_is_refused() -> None:
    with pytest.raises(RenderError, match="nothing is left to say"):
        Templates({"t.txt": "{% if lead.x %}x{% endif %}"}).text("t.txt", ADA)


def test_a_text_beyond_1600_units_is_refused_for_that_lead_only() -> None:
    shelf = Templates({"t.txt": "{{ lead.note }}"})
    assert len(shelf.text("t.txt", knowing(note="a" * 1_600))) == 1_600
    with pytest.raises(RenderError, match="1,602 characters when filled in; at most 1,600"):
        shelf.text("t.txt", knowing(note="👋" * 801))
