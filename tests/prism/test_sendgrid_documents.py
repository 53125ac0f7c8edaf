"""What we ask of SendGrid, and how the sandbox answers, is what SendGrid's own OpenAPI documents say."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
import sendgrid
from python_http_client.exceptions import HTTPError

from outreach.providers.sendgrid import SendGrid
from outreach.sandbox import HardBounces, MarksSpam, Sandbox
from outreach.settings import Settings
from tests.sandbox.conftest import a_mail

pytestmark = pytest.mark.prism
HEADERS = {
    "List-Unsubscribe": "<https://acme.example/u/token>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "Message-ID": "<m2@reply.acme.example>",
    "In-Reply-To": "<m1@reply.acme.example>",
    "References": "<m1@reply.acme.example>",
    "Auto-Submitted": "auto-generated",
}


def client(base: str, upstream: Sandbox) -> sendgrid.SendGridAPIClient:
    api = sendgrid.SendGridAPIClient(upstream.settings.api_key, host=base)
    api.client.timeout = 20
    return api


def clean(response: Any) -> Any:
    """The body, after Prism had no remark."""
    assert "sl-violations" not in {name.lower() for name in response.headers}, response.headers
    assert 200 <= response.status_code < 300
    return json.loads(response.body) if response.body else None


def send(checked: dict[str, str], upstream: Sandbox, to: str = "ada@lead.example") -> Any:
    mail = a_mail(
        to, args={"outreach_token": "t-1"}, headers=HEADERS, reply_to="r+token@reply.acme.example"
    ).get()
    mail["categories"] = ["trial"]
    mail["tracking_settings"] = {"click_tracking": {"enable": False}, "open_tracking": {"enable": False}}
    response = client(checked["mail"], upstream).client.mail.send.post(request_body=mail)
    clean(response)
    return response


def test_mail_send(checked: dict[str, str], upstream: Sandbox) -> None:
    response = send(checked, upstream)

    assert response.status_code == 202
    assert response.headers["X-Message-Id"] == upstream.accepted("mail")[-1].reference


def test_a_mail_that_is_refused(checked: dict[str, str], upstream: Sandbox) -> None:
    """A refusal of the sandbox's own, of something that the document cannot express."""
    mail = a_mail(headers={"DKIM-Signature": "x"}).get()
    with pytest.raises(HTTPError) as refused:
        client(checked["mail"], upstream).client.mail.send.post(request_body=mail)

    assert refused.value.status_code == 400, refused.value.body
    assert "DKIM-Signature" in refused.value.body.decode()
    assert "sl-violations" not in {name.lower() for name in refused.value.headers}


def test_logs(checked: dict[str, str], upstream: Sandbox) -> None:
    upstream.persona("ben@lead.example", HardBounces())
    send(checked, upstream, "ben@lead.example")
    send(checked, upstream, "cleo@lead.example")
    upstream.settle()
    logs = client(checked["logs"], upstream).client.logs

    for lead, events in (("ben", ["processed", "bounce"]), ("cleo", ["processed", "delivered"])):
        query = f'to_email = "{lead}@lead.example" AND sg_message_id_created_at >= TIMESTAMP "2020-01-01T00:00:00Z"'
        [found] = clean(logs.post(request_body={"query": query, "limit": 100}))["messages"]
        shown = clean(logs._(found["sg_message_id"]).get())
        assert shown["custom_args"] == {"outreach_token": "t-1"}
        assert [event["event"] for event in shown["events"]] == events


def test_suppression_lists(checked: dict[str, str], upstream: Sandbox) -> None:
    upstream.persona("dora@lead.example", HardBounces())
    upstream.persona("emil@lead.example", MarksSpam())
    for lead in ("dora", "emil"):
        send(checked, upstream, f"{lead}@lead.example")
    upstream.settle()
    lists = client(checked["suppressions"], upstream).client

    for name in ("bounces", "blocks", "invalid_emails", "spam_reports", "unsubscribes"):
        assert isinstance(clean(getattr(lists.suppression, name).get()), list)
    assert [e["email"] for e in clean(lists.suppression.bounces._("dora@lead.example").get())] == [
        "dora@lead.example"
    ]
    assert [e["email"] for e in clean(lists.suppression.spam_reports.get())] == ["emil@lead.example"]
    clean(lists.suppression.bounces._("dora@lead.example").delete())
    added = lists.asm.suppressions._("global").post(request_body={"recipient_emails": ["fay@lead.example"]})
    assert clean(added) == {"recipient_emails": ["fay@lead.example"]}
    assert clean(lists.asm.suppressions._("global")._("fay@lead.example").get())["recipient_email"]


def test_how_we_read_the_lists_and_put_addresses_on_them(checked: dict[str, str], upstream: Sandbox) -> None:
    """The requests of the provider itself, with both ends of the time and a page that is not the first."""
    provider = SendGrid(
        Settings(
            sendgrid_api_key=upstream.settings.api_key, sendgrid_url=checked["suppressions"], call_timeout=20
        )
    )
    upstream.list_address("invalid_emails", "gus@lead.example", 1_449_953_655, reason="unknown domain")
    since, until = datetime(2015, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)

    for name in provider.lists:
        assert provider.listed(name, since=since, until=until, offset=500) == []
    [found] = provider.listed("invalid_emails", since=since, until=until, offset=0)
    provider.put_on_list(["hal@lead.example"])

    assert (found.address, found.since.year, found.because) == ("gus@lead.example", 2015, "unknown domain")
    assert "hal@lead.example" in upstream.listed("unsubscribes")
    provider.close()


def test_prism_would_have_noticed(checked: dict[str, str], upstream: Sandbox) -> None:
    mail = a_mail().get() | {"send_at": "tomorrow"}
    headers = {"Authorization": f"Bearer {upstream.settings.api_key}"}
    before = len(upstream.accepted())
    answer = requests.post(checked["mail"] + "/v3/mail/send", json=mail, headers=headers, timeout=20)

    assert answer.status_code in (400, 422)
    assert len(upstream.accepted()) == before
