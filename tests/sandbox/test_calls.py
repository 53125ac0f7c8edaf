"""Calls through the real Twilio SDK: rung, picked up by personas, spoken to with TwiML, told by callbacks."""

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from outreach.sandbox import Phone, Sandbox
from tests.sandbox.conftest import ADA, OURS, Hit, Receiver

EVENTS = ["initiated", "ringing", "answered", "completed"]
DROP = b"<Response><Play>https://acme.example/drop.mp3</Play><Hangup/></Response>"


def speaks(receiver: Receiver, twiml: bytes) -> None:
    receiver.answer = lambda hit: (200, twiml if "/twiml" in hit.url else b"")


def call(twilio: Client, receiver: Receiver, **how: object) -> str:
    return twilio.calls.create(
        to=ADA, from_=OURS, url=receiver.url + "/twiml?t=1", status_callback=receiver.url + "/status",
        status_callback_event=EVENTS, **how,
    ).sid  # fmt: skip


def test_a_machine_hears_the_drop_after_its_beep(
    sandbox: Sandbox, twilio: Client, receiver: Receiver
) -> None:
    sandbox.persona(ADA, Phone("machine_end_beep"))
    speaks(receiver, DROP)
    sid = call(twilio, receiver, machine_detection="DetectMessageEnd")
    sandbox.settle()

    [heard] = sandbox.heard()
    assert (heard.reference, heard.answered_by) == (sid, "machine_end_beep")
    assert heard.verbs == [("Play", "https://acme.example/drop.mp3"), ("Hangup", "")]
    statuses = receiver.at("/status")
    assert [h.form["CallStatus"] for h in statuses] == ["initiated", "ringing", "in-progress", "completed"]
    assert statuses[-1].form["AnsweredBy"] == "machine_end_beep"
    assert "CallDuration" in statuses[-1].form


def test_every_callback_of_a_call_is_signed(sandbox: Sandbox, twilio: Client, receiver: Receiver) -> None:
    speaks(receiver, DROP)
    call(twilio, receiver)
    sandbox.settle()

    validator = RequestValidator(sandbox.settings.auth_token)
    assert len(receiver.hits) == 5
    assert all(validator.validate(h.url, h.form, h.headers["x-twilio-signature"]) for h in receiver.hits)


@pytest.mark.parametrize("answers", ["human", "fax", "unknown"])
def test_twiml_is_asked_with_who_answered(
    sandbox: Sandbox, twilio: Client, receiver: Receiver, answers: str
) -> None:
    sandbox.persona(ADA, Phone(answers))
    call(twilio, receiver, machine_detection="Enable")
    sandbox.settle()

    assert receiver.at("/twiml")[0].form["AnsweredBy"] == answers


@pytest.mark.parametrize("nobody", ["busy", "no-answer", "failed"])
def test_nobody_hears_anything_when_nobody_answers(
    sandbox: Sandbox, twilio: Client, receiver: Receiver, nobody: str
) -> None:
    sandbox.persona(ADA, Phone(nobody))
    sid = call(twilio, receiver)
    sandbox.settle()

    assert not sandbox.heard()
    assert not receiver.at("/twiml")
    assert receiver.at("/status")[-1].form["CallStatus"] == nobody
    assert twilio.calls(sid).fetch().status == nobody


def test_asynchronous_detection_may_send_the_call_elsewhere(
    sandbox: Sandbox, twilio: Client, receiver: Receiver
) -> None:
    sandbox.persona(ADA, Phone("machine_end_beep"))

    def answer(hit: Hit) -> tuple[int, bytes]:
        if "/amd" in hit.url:
            twilio.calls(hit.form["CallSid"]).update(twiml=DROP.decode())
        return 200, b"<Response><Pause length='30'/></Response>" if "/twiml" in hit.url else b""

    receiver.answer = answer
    sandbox.settings.speech = 0.05
    sandbox.settings.detection = 0.02
    call(
        twilio, receiver, machine_detection="DetectMessageEnd", async_amd="true",
        async_amd_status_callback=receiver.url + "/amd",
    )  # fmt: skip
    sandbox.settle()

    assert receiver.at("/amd")[0].form["AnsweredBy"] == "machine_end_beep"
    assert [verb for verb, _ in sandbox.heard()[-1].verbs] == ["Play", "Hangup"]


def test_who_presses_a_key_is_sent_to_the_action(
    sandbox: Sandbox, twilio: Client, receiver: Receiver
) -> None:
    action = receiver.url + "/twiml/pressed"
    menu = f'<Response><Gather action="{action}"><Say>Press 1</Say></Gather></Response>'.encode()
    receiver.answer = lambda hit: (200, DROP if "/pressed" in hit.url else menu)
    sandbox.persona(ADA, Phone("human", digits="1"))
    call(twilio, receiver)
    sandbox.settle()

    assert receiver.at("/pressed")[0].form["Digits"] == "1"
    assert ("Say", "Press 1") in sandbox.heard()[0].verbs


@pytest.mark.parametrize(
    "answer", [(500, b""), (200, b"<html/>"), (200, b"not xml"), (200, b"<Response><Tell/></Response>")]
)
def test_a_broken_answer_makes_twilio_apologise(
    sandbox: Sandbox, twilio: Client, receiver: Receiver, answer: tuple[int, bytes]
) -> None:
    receiver.answer = lambda hit: answer
    call(twilio, receiver)
    sandbox.settle()

    assert sandbox.heard()[0].verbs[-1] == (
        "Say",
        "We are sorry, an application error has occurred. Goodbye.",
    )


def test_a_ringing_call_can_be_cancelled(sandbox: Sandbox, twilio: Client, receiver: Receiver) -> None:
    sandbox.settings.ring = 0.2
    sid = call(twilio, receiver)
    receiver.wait(2, "/status")
    twilio.calls(sid).update(status="canceled")
    sandbox.settle()

    assert not sandbox.heard()
    assert receiver.at("/status")[-1].form["CallStatus"] == "canceled"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"to": ""}, 21201), ({"from_": ""}, 21213), ({"to": "+15005550001"}, 21217),
        ({"to": "+15005550002"}, 21214), ({"to": "+15005550003"}, 21215), ({"to": "+15005550004"}, 21216),
        ({"url": "ftp://x"}, 21205), ({"status_callback": "http://my_host/"}, 21205),
    ],
)  # fmt: skip
def test_twilio_refuses_calls_with_its_code(
    sandbox: Sandbox, twilio: Client, changed: dict[str, str], code: int
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        twilio.calls.create(**{"to": ADA, "from_": OURS, "url": "http://127.0.0.1:1/x", **changed})

    assert refused.value.code == code
    assert not sandbox.accepted()


def test_calls_are_listed_by_number_and_day(sandbox: Sandbox, twilio: Client, receiver: Receiver) -> None:
    sid = call(twilio, receiver)
    sandbox.settle()

    [listed] = twilio.calls.list(to=ADA, from_=OURS)
    assert (listed.sid, listed.status, listed.duration) == (sid, "completed", "0")
    assert not twilio.calls.list(to=ADA, status="busy")
