"""The sandbox misbehaves exactly as ordered, and the ledger says what was accepted all the same."""

import random
from collections.abc import Callable

import pytest
import requests
import sendgrid
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from outreach.sandbox import Fault, Sandbox
from tests.sandbox.conftest import ADA, OURS, Receiver, a_mail

Mailer = sendgrid.SendGridAPIClient


@pytest.fixture
def text(twilio: Client) -> Callable[..., str]:
    return lambda **how: twilio.messages.create(to=ADA, from_=OURS, body="Hi", **how).sid


@pytest.mark.parametrize(
    ("fault", "error", "accepted"),
    [
        (Fault.ERROR_BEFORE, TwilioRestException, 0),
        (Fault.ERROR_AFTER, TwilioRestException, 1),
        (Fault.DROP_BEFORE, requests.ConnectionError, 0),
        (Fault.DROP_AFTER, requests.ConnectionError, 1),
        (Fault.UNAUTHORIZED, TwilioRestException, 0),
        (Fault.RATE_LIMIT, TwilioRestException, 0),
        (Fault.HTML, ValueError, 1),
        (Fault.TRUNCATED, ValueError, 1),
    ],
)
def test_a_fault_strikes_before_or_after_accepting(
    sandbox: Sandbox, text: Callable[..., str], fault: Fault, error: type[Exception], accepted: int
) -> None:
    sandbox.misbehave(fault, provider="twilio", kind="sms", times=1)
    with pytest.raises(error):
        text()
    assert len(sandbox.accepted()) == accepted
    assert len(sandbox.refused()) == 1 - accepted

    assert text()
    assert [line.verdict for line in sandbox.accepted()][-1] == "accepted"


@pytest.mark.parametrize(("fault", "accepted"), [(Fault.SILENT_BEFORE, 0), (Fault.SILENT_AFTER, 1)])
def test_an_answer_may_never_come(sandbox: Sandbox, twilio: Client, fault: Fault, accepted: int) -> None:
    sandbox.misbehave(fault)
    twilio.http_client.timeout = 0.05
    with pytest.raises(requests.ReadTimeout):
        twilio.messages.create(to=ADA, from_=OURS, body="Hi")
    sandbox.wait_until(lambda: bool(sandbox.accepted() or sandbox.refused()))

    assert len(sandbox.accepted()) == accepted


def test_latency_holds_the_answer_up(sandbox: Sandbox, twilio: Client) -> None:
    sandbox.misbehave("latency", seconds=0.3)
    twilio.http_client.timeout = 0.05
    with pytest.raises(requests.ReadTimeout):
        twilio.messages.create(to=ADA, from_=OURS, body="Hi")


@pytest.mark.parametrize("value", ["3", "Wed, 25 Nov 2026 08:00:00 GMT", "soon", None])
def test_retry_after_is_a_number_a_date_nonsense_or_missing(sandbox: Sandbox, value: str | None) -> None:
    sandbox.misbehave(Fault.RATE_LIMIT, provider="sendgrid", retry_after=value)
    answer = requests.post(sandbox.url + "/v3/mail/send", json={}, timeout=2)

    assert answer.status_code == 429
    assert answer.headers.get("Retry-After") == value


def test_a_dripped_answer_is_whole_in_the_end(sandbox: Sandbox, text: Callable[..., str]) -> None:
    sandbox.misbehave(Fault.DRIP, seconds=0.0001)
    assert text().startswith("SM")


def test_a_202_may_lack_its_message_id(sandbox: Sandbox, mailer: Mailer) -> None:
    sandbox.misbehave(Fault.NO_MESSAGE_ID)
    response = mailer.send(a_mail())

    assert response.status_code == 202
    assert "X-Message-Id" not in response.headers
    assert sandbox.accepted("mail")


def test_chances_are_the_same_with_the_same_seed(sandbox: Sandbox, text: Callable[..., str]) -> None:
    sandbox.misbehave(Fault.ERROR_BEFORE, probability=0.5, seed=7)
    dice = random.Random(7)
    for _ in range(10):
        unlucky = dice.random() < 0.5
        try:
            text()
        except TwilioRestException:
            assert unlucky
        else:
            assert not unlucky


def test_orders_are_for_one_kind_and_can_be_taken_back(
    sandbox: Sandbox, text: Callable[..., str], mailer: Mailer
) -> None:
    number = sandbox.misbehave(Fault.ERROR_BEFORE, kind="sms")
    assert mailer.send(a_mail()).status_code == 202
    with pytest.raises(TwilioRestException):
        text()
    sandbox.behave(number)
    assert text()


def test_callbacks_may_come_before_the_answer(
    sandbox: Sandbox, text: Callable[..., str], receiver: Receiver
) -> None:
    sandbox.misbehave(Fault.CALLBACK_FIRST)
    sid = text(status_callback=receiver.url + "/status")

    assert [hit.form["MessageSid"] for hit in receiver.hits] == [sid, sid]


def test_callbacks_may_be_held_and_released(
    sandbox: Sandbox, text: Callable[..., str], receiver: Receiver
) -> None:
    sandbox.misbehave(Fault.HOLD_CALLBACKS, kind="status")
    text(status_callback=receiver.url + "/status")
    sandbox.settle()
    assert not receiver.hits

    assert sandbox.release_callbacks() == 2
    assert [hit.form["MessageStatus"] for hit in receiver.hits] == ["sent", "delivered"]


def test_callbacks_may_be_repeated_with_the_same_token(
    sandbox: Sandbox, text: Callable[..., str], receiver: Receiver
) -> None:
    sandbox.misbehave(Fault.REPEAT_CALLBACKS, amount=3)
    text(status_callback=receiver.url + "/status")
    sandbox.settle()

    assert len(receiver.hits) == 6
    assert len({hit.headers["i-twilio-idempotency-token"] for hit in receiver.hits}) == 2


def test_callbacks_may_be_shuffled_and_none_is_lost(
    sandbox: Sandbox, text: Callable[..., str], receiver: Receiver
) -> None:
    sandbox.misbehave(Fault.SHUFFLE_CALLBACKS, seconds=0.05)
    sids = [text(status_callback=receiver.url + "/status") for _ in range(8)]
    sandbox.settle()

    told = [(hit.form["MessageSid"], hit.form["MessageStatus"]) for hit in receiver.hits]
    assert sorted(told) == sorted((sid, status) for sid in sids for status in ("sent", "delivered"))
    assert [sid for sid, _ in told][: len(sids)] != sids


def test_delivered_may_overtake_sent(sandbox: Sandbox, text: Callable[..., str], receiver: Receiver) -> None:
    sandbox.misbehave(Fault.LATE_CALLBACKS, kind="status", times=1, seconds=0.05)
    text(status_callback=receiver.url + "/status")
    sandbox.settle()

    assert [hit.form["MessageStatus"] for hit in receiver.hits] == ["delivered", "sent"]


@pytest.mark.parametrize(("fault", "present"), [(Fault.UNSIGNED, False), (Fault.FORGED, True)])
def test_callbacks_may_be_unsigned_or_forged(
    sandbox: Sandbox, text: Callable[..., str], receiver: Receiver, fault: Fault, present: bool
) -> None:
    sandbox.misbehave(fault)
    text(status_callback=receiver.url + "/status")
    [hit, _] = receiver.wait(2)

    assert ("x-twilio-signature" in hit.headers) is present
    validator = RequestValidator(sandbox.settings.auth_token)
    assert not validator.validate(hit.url, hit.form, hit.headers.get("x-twilio-signature", ""))


def test_listings_may_lag_behind(sandbox: Sandbox, twilio: Client, text: Callable[..., str]) -> None:
    sids = [text() for _ in range(3)]
    omit = sandbox.misbehave(Fault.OMIT_NEWEST, amount=1)
    assert [m.sid for m in twilio.messages.list(to=ADA)] == [sids[1], sids[0]]
    sandbox.behave(omit)
    sandbox.misbehave(Fault.LATE_LISTING, seconds=60)
    assert not twilio.messages.list(to=ADA)


def test_a_webhook_that_fails_is_posted_again(sandbox: Sandbox, receiver: Receiver) -> None:
    answers = iter([500, 500, 200])
    receiver.answer = lambda hit: (next(answers), b"")
    answer = sandbox.mail("ada@lead.example", "r@reply.acme.example", "Hi", "Yes")

    assert (answer.status, answer.attempts, len(receiver.hits)) == (200, 3, 3)


def test_events_are_repeated_until_they_are_taken(sandbox: Sandbox, receiver: Receiver) -> None:
    answers = iter([403, 404, 204])
    receiver.answer = lambda hit: (next(answers), b"")

    assert sandbox.post_events([{"event": "delivered"}]).attempts == 3


def test_any_callback_can_be_posted_by_hand(sandbox: Sandbox, receiver: Receiver) -> None:
    assert sandbox.post_callback(receiver.url + "/status", {"MessageSid": "SM1", "MessageStatus": "read"}).ok
    [hit] = receiver.hits
    validator = RequestValidator(sandbox.settings.auth_token)
    assert validator.validate(hit.url, hit.form, hit.headers["x-twilio-signature"])

    assert sandbox.post_events([]).ok
    assert receiver.hits[-1].body == b"[]"


def test_a_mistake_in_the_sandbox_is_told_and_not_fatal(
    sandbox: Sandbox, text: Callable[..., str], capfd: pytest.CaptureFixture[str]
) -> None:
    headers = {"Authorization": f"Bearer {sandbox.settings.api_key}"}
    answer = requests.post(sandbox.url + "/v3/logs", data="[]", headers=headers, timeout=2)

    assert answer.status_code == 500
    assert "Traceback" in capfd.readouterr().err
    assert text()


def test_twilio_repeats_after_errors_only_when_the_url_asks_for_it(
    sandbox: Sandbox, receiver: Receiver
) -> None:
    receiver.answer = lambda hit: (500, b"")
    assert sandbox.text(ADA, OURS, "Yes").attempts == 1
    sandbox.settings.sms_url += "#rc=2&rp=all"
    assert sandbox.text(ADA, OURS, "Yes").attempts == 3

    last = receiver.hits[-1]
    validator = RequestValidator(sandbox.settings.auth_token)
    assert validator.validate(last.url, last.form, last.headers["x-twilio-signature"])


def test_a_public_url_is_signed_and_the_private_one_is_called(
    sandbox: Sandbox, text: Callable[..., str], receiver: Receiver
) -> None:
    sandbox.settings.public_url, sandbox.settings.private_url = "https://acme.example", receiver.url
    text(status_callback="https://acme.example/status?a=1")
    [hit, _] = receiver.wait(2)

    signature = hit.headers["x-twilio-signature"]
    validator = RequestValidator(sandbox.settings.auth_token)
    assert validator.validate("https://acme.example/status?a=1", hit.form, signature)
