"""What a call says, by who picked it up."""

from __future__ import annotations

from typing import Any

import pytest

from outreach.domain.event import (
    AnsweredBy,
    PickedUp,
)
from outreach.domain.people import OnHuman
from outreach.providers.twilio import Twilio

from .builders import (
    a_voicemail,
    some_settings,
)


def says(by: AnsweredBy, **changes: Any) -> str:
    twilio = Twilio(some_settings())
    return twilio.answer(PickedUp(key="1", by=by), a_voicemail(**changes)).body


def test_a_machine_hears_the_message() -> None:
    assert "<Say>Hello Ada, this is Rosa of Acme.</Say>" in says(AnsweredBy.MACHINE)


def test_a_machine_hears_the_recording_when_there_is_one() -> None:
    said = says(AnsweredBy.MACHINE, audio_url="https://acme.example/drop.mp3?a=1&b=2")
    assert "<Play>https://acme.example/drop.mp3?a=1&amp;b=2</Play>" in said
    assert "<Say>" not in said


@pytest.mark.parametrize("by", [AnsweredBy.HUMAN, AnsweredBy.UNKNOWN, AnsweredBy.FAX])
def test_nobody_else_ever_hears_the_message(by: AnsweredBy) -> None:
    for on_human in OnHuman:
        said = says(
            by, on_human=on_human, rep_phone="+12025550199", audio_url="https://acme.example/drop.mp3"
        )
        assert "Rosa of Acme" not in said
        assert "<Play>" not in said
        assert "Goodbye" in said


def test_a_person_is_put_through_to_the_rep_when_we_want_that() -> None:
    said = says(AnsweredBy.HUMAN, on_human=OnHuman.RING_REP, rep_phone="+12025550199")
    assert "<Dial" in said
    assert "+12025550199" in said
    assert "<Dial" not in says(AnsweredBy.HUMAN, rep_phone="+12025550199")


def test_a_lead_who_has_just_answered_is_hung_up_on() -> None:
    said = Twilio(some_settings()).answer(PickedUp(key="1", by=AnsweredBy.MACHINE), None)
    assert said.body.endswith("<Response><Hangup /></Response>")
    assert said.content_type == "text/xml"


def test_the_words_of_a_template_cannot_become_commands() -> None:
    assert "<Hangup" not in says(AnsweredBy.MACHINE, speech="Hi </Say><Hangup/>")
