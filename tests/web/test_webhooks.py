"""The vendors post signed webhooks to a real server, and what they say takes effect before they are thanked."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import httpx2
import pytest
from office import OURS, Office, everything
from sqlalchemy import text

from outreach.sandbox import Phone, Sandbox
from outreach.store import permissions
from outreach.store.database import Store


def test_a_reply_by_mail_stops_the_cadence_before_it_is_answered(office: Office) -> None:
    ada = office.enroll("Ada")

    answer = office.sandbox.mail(
        "ada@client.example", "team@reply.acme.example", "Re: Hello", "Call me Thursday"
    )

    assert answer.status == 204
    assert office.enrollment(ada).state == "replied"
    office.pass_time(days=2)
    assert len(office.sandbox.accepted("mail")) == 1


def test_stop_by_text_ends_everything_and_closes_the_telephone(office: Office) -> None:
    ada = office.enroll("Ada", "texts")

    assert office.sandbox.text("+12125550101", OURS, "STOP").status == 204

    assert office.enrollment(ada).state == "opted_out"
    with office.house.store.read() as db:
        closed = {s.channel for s in permissions.suppressed(db, [("phone", "+12125550101")])}
    assert {channel.value for channel in closed if channel} == {"sms", "voicemail", "call"}


def test_an_answer_to_a_text_has_no_body(office: Office) -> None:
    """Twilio would send a text that we answer with on to the lead, and complain about JSON."""
    office.enroll("Ada", "texts")
    assert office.sandbox.text("+12125550101", OURS, "Thanks!").body == b""


@pytest.mark.parametrize(("cadence", "step"), [("trial", "hello"), ("texts", "text")])
def test_a_delivery_moves_its_touch(office: Office, cadence: str, step: str) -> None:
    ada = office.enroll("Ada", cadence)
    office.wait(step, ada, "delivered")


def test_a_machine_that_picks_up_hears_the_message(office: Office) -> None:
    office.sandbox.persona("+12125550101", Phone(answers="machine_end_beep"))
    ada = office.enroll("Ada", "calls")
    office.wait("drop", ada, "delivered")
    assert [name for name, _ in office.sandbox.heard()[0].verbs] == ["Say"]


def test_a_machine_hears_a_recording_that_twilio_fetches_from_us(
    office: Office, client: httpx2.Client
) -> None:
    office.sandbox.persona("+12125550101", Phone(answers="machine_end_beep"))
    ada = office.enroll("Ada", "calls")
    office.wait("drop", ada, "delivered")
    office.pass_time(days=1)
    office.wait("tape", ada, "delivered")
    [(verb, address)] = office.sandbox.heard()[1].verbs
    assert verb == "Play"
    assert client.get(address).headers["content-type"] == "audio/mpeg"


def test_a_call_that_is_picked_up_after_a_reply_is_hung_up(office: Office) -> None:
    office.sandbox.misbehave("hold callbacks", kind="twiml")
    office.sandbox.persona("+12125550101", Phone(answers="machine_end_beep"))
    office.enroll("Ada", "calls")
    call = office.sandbox.accepted("call")[0]
    office.sandbox.text("+12125550101", OURS, "Call me Thursday instead")
    office.sandbox.behave()

    asked = {"AccountSid": office.sandbox.settings.account_sid, "CallSid": call.reference}
    answer = office.sandbox.post_callback(
        call.callbacks["Url"], {**asked, "AnsweredBy": "machine_end_beep"}, "twiml"
    )

    assert answer.status == 200
    assert answer.body.endswith(b"<Response><Hangup /></Response>")


def test_a_webhook_that_comes_three_times_has_one_effect(office: Office) -> None:
    ada = office.enroll("Ada", "texts")
    office.sandbox.misbehave("repeat callbacks", amount=3, kind="inbound")

    assert office.sandbox.text("+12125550101", OURS, "STOP").status == 204

    assert [p.status for p in office.sandbox.posted("inbound")] == [204, 204, 204]
    with office.house.store.read() as db:
        told = db.scalar(text("SELECT count(*) FROM events WHERE kind = 'Replied'"))
        moves = db.scalar(text("SELECT count(*) FROM history WHERE became = 'opted_out'"))
        closed = db.scalar(text("SELECT count(*) FROM suppressions WHERE scope = 'person'"))
    assert (told, moves, closed) == (1, 1, 3)
    assert office.enrollment(ada).state == "opted_out"


@pytest.mark.parametrize("fault", ["forged", "unsigned"])
def test_a_webhook_that_the_vendor_did_not_sign_leaves_no_row(office: Office, fault: str) -> None:
    office.enroll("Ada", "texts")
    before = office.state()
    office.sandbox.misbehave(fault)

    refused = [
        office.sandbox.text("+12125550101", OURS, "STOP"),
        office.sandbox.mail("ada@client.example", "team@reply.acme.example", "Re: Hello", "stop"),
        office.sandbox.post_events(
            [{"event": "spamreport", "email": "ada@client.example", "sg_event_id": "1"}]
        ),
    ]

    assert {answer.status for answer in refused} == {403}
    assert office.state() == before


def test_the_answer_names_what_outlasted_the_wait(tmp_path: Path, store: Store, sandbox: Sandbox) -> None:
    """The text was on the wire before the reply came, and Twilio is slow to take it."""
    with Office(tmp_path, store, sandbox, stop_wait=0.15) as office:
        office.enroll("Ada", "texts")
        office.now = office.now.replace(day=25)
        sandbox.misbehave("latency", kind="sms", seconds=0.8)
        late = threading.Thread(target=office.deliver)
        late.start()
        ada = office.lead("Ada")
        office.wait("more", ada, "sending")

        answer = sandbox.text("+12125550101", OURS, "Call me Thursday")

        crossing = next(touch for touch in office.touches(ada) if touch.step_id == "more")
        assert answer.status == 200
        assert json.loads(answer.body) == {"new": 1, "crossed": [crossing.id]}
        late.join(10)
        assert office.enrollment(ada).state == "replied"


def test_the_answer_waits_for_what_is_on_the_wire(office: Office) -> None:
    office.enroll("Ada", "texts")
    office.now = office.now.replace(day=25)
    office.sandbox.misbehave("latency", kind="sms", seconds=0.3)
    late = threading.Thread(target=office.deliver)
    late.start()
    ada = office.lead("Ada")
    office.wait("more", ada, "sending")

    answer = office.sandbox.text("+12125550101", OURS, "Call me Thursday")

    late.join(10)
    assert answer.status == 204
    taken, told = office.sandbox.accepted("sms")[-1].at, office.sandbox.posted("inbound")[-1].at
    assert taken < told


def test_nothing_is_stored_under_an_address_we_do_not_have(office: Office, client: httpx2.Client) -> None:
    before = everything(office.house.store)
    for path in (
        "/webhooks/twilio/events",
        "/webhooks/nobody/status",
        "/webhooks/outbox/status",
        "/webhooks/twilio",
    ):
        assert client.post(path, content=b"From=x").status_code == 404
    assert client.get("/webhooks/twilio/inbound").status_code == 405
    assert client.post("/webhooks/twilio/inbound/", content=b"From=x").status_code == 404
    assert everything(office.house.store) == before
