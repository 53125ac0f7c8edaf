"""Mails through the real SendGrid SDK: accepted, their events signed, refused, suppressed, answered."""

import json
from email import message_from_bytes
from email.policy import HTTP

import pytest
import sendgrid
from python_http_client.exceptions import BadRequestsError, UnauthorizedError
from sendgrid.helpers.eventwebhook import EventWebhook

from outreach.sandbox import (
    Clicks,
    HardBounces,
    MarksSpam,
    Opens,
    OutOfOffice,
    Replies,
    Sandbox,
    ScansLinks,
    SoftBounces,
    Unsubscribes,
)
from tests.sandbox.conftest import Hit, Receiver, a_mail

Mailer = sendgrid.SendGridAPIClient


def verified(hit: Hit, key: str) -> bool:
    return EventWebhook(key).verify_signature(
        hit.body.decode(),
        hit.headers["x-twilio-email-event-webhook-signature"],
        hit.headers["x-twilio-email-event-webhook-timestamp"],
    )


def events(receiver: Receiver) -> list[dict[str, object]]:
    return [event for hit in receiver.at("/events") for event in json.loads(hit.body)]


def fields(hit: Hit) -> dict[str, str]:
    """The parts of a form as the standard library reads them."""
    head = f"Content-Type: {hit.headers['content-type']}\r\n\r\n".encode()
    parts = message_from_bytes(head + hit.body, policy=HTTP).iter_parts()
    return {
        str(p.get_param("name", header="content-disposition")): p.get_payload(decode=True).decode()
        for p in parts
    }


def test_an_accepted_mail_has_an_id_and_is_in_the_ledger(sandbox: Sandbox, mailer: Mailer) -> None:
    response = mailer.send(a_mail(args={"outreach_token": "t-1"}))

    assert (response.status_code, response.body) == (202, b"")
    assert "Content-Type" not in response.headers
    [line] = sandbox.accepted("mail")
    assert line.reference == response.headers["X-Message-Id"]
    assert (line.to, line.from_, line.subject) == ("ada@lead.example", "rosa@acme.example", "Hello")
    assert line.custom_args == {"outreach_token": "t-1"}


def test_the_fate_of_a_mail_is_told_by_signed_events(
    sandbox: Sandbox, mailer: Mailer, receiver: Receiver
) -> None:
    response = mailer.send(a_mail(args={"outreach_token": "t-1"}))
    sandbox.settle()

    told = events(receiver)
    assert [event["event"] for event in told] == ["processed", "delivered"]
    assert {event["outreach_token"] for event in told} == {"t-1"}
    assert all(str(e["sg_message_id"]).startswith(response.headers["X-Message-Id"] + ".") for e in told)
    assert len({event["sg_event_id"] for event in told}) == 2
    assert all(verified(hit, sandbox.event_public_key) for hit in receiver.hits)


@pytest.mark.parametrize(
    ("spoil", "field"),
    [
        (lambda m: m.pop("personalizations"), "personalizations"),
        (lambda m: m.pop("from"), "from"),
        (lambda m: m.pop("content"), "content"),
        (lambda m: m.pop("subject"), "subject"),
        (lambda m: m["personalizations"][0].pop("to"), "personalizations.0.to"),
        (lambda m: m["personalizations"][0]["to"][0].update(email="ada"), "personalizations.0.to.0.email"),
        (lambda m: m["personalizations"][0].update(headers={"DKIM-Signature": "x"}), "headers"),
        (lambda m: m["personalizations"][0].update(custom_args={"a": "x" * 10_001}), "custom_args"),
    ],
)
def test_sendgrid_refuses_and_names_the_field(
    sandbox: Sandbox, mailer: Mailer, spoil: object, field: str
) -> None:
    mail = a_mail().get()
    spoil(mail)
    with pytest.raises(BadRequestsError) as refused:
        mailer.client.mail.send.post(request_body=mail)

    [error] = json.loads(refused.value.body)["errors"]
    assert field in error["field"]
    assert not sandbox.accepted()


def test_a_wrong_key_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(UnauthorizedError):
        Mailer("SG.wrong", host=sandbox.url).send(a_mail())


def test_a_hard_bounce_is_told_and_the_next_mail_is_dropped(
    sandbox: Sandbox, mailer: Mailer, receiver: Receiver
) -> None:
    sandbox.persona("ada@lead.example", HardBounces())
    mailer.send(a_mail())
    sandbox.settle()
    mailer.send(a_mail())
    sandbox.settle()

    assert [e["event"] for e in events(receiver)] == ["processed", "bounce", "processed", "dropped"]
    assert events(receiver)[1]["type"] == "bounce"
    [bounce] = json.loads(mailer.client.suppression.bounces.get().body)
    assert (bounce["email"], bounce["status"]) == ("ada@lead.example", "5.1.1")
    assert mailer.client.suppression.bounces._("ada@lead.example").delete().status_code == 204
    assert json.loads(mailer.client.suppression.bounces._("ada@lead.example").get().body) == []


def test_a_soft_bounce_is_deferred_and_then_delivered_or_blocked(
    sandbox: Sandbox, mailer: Mailer, receiver: Receiver
) -> None:
    sandbox.persona("ada@lead.example", SoftBounces(times=2))
    mailer.send(a_mail())
    sandbox.settle()
    assert [e["event"] for e in events(receiver)] == ["processed", "deferred", "deferred", "delivered"]

    sandbox.persona("ben@lead.example", SoftBounces(gives_up=True))
    mailer.send(a_mail("ben@lead.example"))
    sandbox.settle()
    assert events(receiver)[-1]["type"] == "blocked"


def test_the_logs_find_a_mail_by_recipient_and_show_its_custom_args(
    sandbox: Sandbox, mailer: Mailer, receiver: Receiver
) -> None:
    mailer.send(a_mail(subject="First", args={"outreach_token": "t-1"}))
    mailer.send(a_mail("ben@lead.example"))
    sandbox.settle()

    query = 'to_email = "ada@lead.example" AND sg_message_id_created_at >= TIMESTAMP "2020-01-01T00:00:00Z"'
    found = json.loads(mailer.client.logs.post(request_body={"query": query, "limit": 10}).body)["messages"]
    assert [m["subject"] for m in found] == ["First"]
    detail = json.loads(mailer.client.logs._(found[0]["sg_message_id"]).get().body)
    assert detail["custom_args"] == {"outreach_token": "t-1"}
    assert [e["event"] for e in detail["events"]] == ["processed", "delivered"]
    with pytest.raises(BadRequestsError):
        mailer.client.logs.post(request_body={"query": "custom_args = 'x'"})


def test_a_reply_comes_through_signed_inbound_parse(
    sandbox: Sandbox, mailer: Mailer, receiver: Receiver
) -> None:
    sandbox.persona("ada@lead.example", Replies("Call me Thursday", nth=2))
    mail = a_mail(headers={"Message-ID": "<m1@acme.example>"}, reply_to="r+token@reply.acme.example")
    mailer.send(mail)
    sandbox.settle()
    assert not receiver.at("/webhooks/sendgrid/inbound")
    mailer.send(mail)
    sandbox.settle()

    [hit] = receiver.at("/webhooks/sendgrid/inbound")
    assert verified(hit, sandbox.mail_public_key)
    form = fields(hit)
    assert form["from"] == "ada@lead.example"
    assert json.loads(form["envelope"])["to"] == ["r+token@reply.acme.example"]
    assert form["subject"] == "Re: Hello"
    assert form["text"].startswith("Call me Thursday")
    assert "> Hello Ada" in form["text"]
    assert "In-Reply-To: <m1@acme.example>" in form["headers"]


def test_out_of_office_is_marked_as_automatic_and_names_a_day(
    sandbox: Sandbox, mailer: Mailer, receiver: Receiver
) -> None:
    sandbox.settings.now = lambda: 1_795_348_800.0  # Sunday, 22 November 2026
    sandbox.persona("ada@lead.example", OutOfOffice(days=5))
    mailer.send(a_mail())
    sandbox.settle()

    form = fields(receiver.at("/webhooks/sendgrid/inbound")[0])
    assert "Auto-Submitted: auto-replied" in form["headers"]
    assert "Friday, 27 November 2026" in form["text"]


def test_a_mail_can_be_sent_by_hand_with_any_header(sandbox: Sandbox, receiver: Receiver) -> None:
    answer = sandbox.mail(
        "Zoë <zoe@lead.example>", "r@reply.acme.example", "Grüße", "Nein danke", html="<p>Nein danke</p>",
        headers={"X-Loop": "1"}, in_reply_to="<m1@acme.example>",
    )  # fmt: skip

    assert answer.ok
    form = fields(receiver.hits[0])
    assert json.loads(form["envelope"])["from"] == "zoe@lead.example"
    assert (form["subject"], form["html"]) == ("Grüße", "<p>Nein danke</p>")
    assert "X-Loop: 1" in form["headers"]


def test_unsubscribing_is_one_click_on_the_link_in_the_header(
    sandbox: Sandbox, mailer: Mailer, receiver: Receiver
) -> None:
    sandbox.persona("ada@lead.example", Unsubscribes())
    mailer.send(
        a_mail(
            headers={
                "List-Unsubscribe": f"<mailto:u@acme.example>, <{receiver.url}/u/token>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
        )
    )
    sandbox.settle()

    [hit] = receiver.at("/u/token")
    assert (hit.method, hit.form) == ("POST", {"List-Unsubscribe": "One-Click"})


def test_links_of_example_hosts_are_never_followed(
    sandbox: Sandbox, mailer: Mailer, receiver: Receiver
) -> None:
    sandbox.persona("ada@lead.example", ScansLinks())
    mailer.send(a_mail(html=f'<a href="https://acme.example/a">a</a><a href="{receiver.url}/b">b</a>'))
    sandbox.settle()

    assert [hit.method for hit in receiver.at("/b")] == ["HEAD", "GET"]
    assert {(p.status, p.url) for p in sandbox.posted("scan") if "acme" in p.url} == {
        (0, "https://acme.example/a")
    }


def test_opens_clicks_and_spam_marks_are_events(sandbox: Sandbox, mailer: Mailer, receiver: Receiver) -> None:
    sandbox.persona("ada@lead.example", Opens(), Clicks(), MarksSpam())
    mailer.send(a_mail())
    sandbox.settle()

    assert {e["event"] for e in events(receiver)} >= {"open", "click", "spamreport"}
    assert json.loads(mailer.client.suppression.spam_reports.get().body)[0]["email"] == "ada@lead.example"
