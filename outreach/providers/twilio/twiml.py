"""What a call says when somebody, or something, picks it up. https://www.twilio.com/docs/voice/twiml"""

from __future__ import annotations

from typing import Final

from outreach.domain.event import AnsweredBy, PickedUp
from outreach.domain.message import Voicemail
from outreach.domain.people import OnHuman
from outreach.providers.base import WebhookAnswer

# No recording may be played to a person (rule R6), so a person hears that nobody is there, and no offer.
_GOODBYE: Final = "Hello. This call was meant for your voicemail. Sorry to have disturbed you. Goodbye."
_RING_REP: Final = 20  # seconds a rep's phone rings while the lead waits


def answer(event: PickedUp, message: Voicemail | None) -> WebhookAnswer:
    """Leave the message on a machine, be polite to everybody else; None: hang up without a word."""
    from twilio.twiml.voice_response import VoiceResponse

    said = VoiceResponse()
    if message is None:
        said.hangup()
    elif event.by is AnsweredBy.MACHINE:
        if message.audio_url:
            said.play(message.audio_url)
        elif message.speech:
            said.say(message.speech)
    else:
        if event.by is not AnsweredBy.FAX and message.on_human is OnHuman.RING_REP and message.rep_phone:
            said.dial(message.rep_phone, caller_id=message.sender, timeout=_RING_REP, answer_on_bridge=True)
        said.say(_GOODBYE)
    return WebhookAnswer(str(said))
