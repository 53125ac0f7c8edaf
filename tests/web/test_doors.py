"""What holds for every answer: bounded bodies, careful headers, and nothing told that somebody wrote to us."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import urlencode

import httpx2
import pytest
from fastapi.testclient import TestClient
from office import PUBLIC, Office

from outreach.casework.house import House
from outreach.sandbox import Sandbox
from outreach.sandbox.sendgrid.parse import parse_form, raw_headers
from outreach.sandbox.signing import twilio_signature
from outreach.store.database import Db, Store
from outreach.web.app import create

PATHS = [
    "/webhooks/twilio/inbound",
    "/u/0",
    "/u/" + "0" * 32,
    "/audio/1/x.mp3",
    "/healthz",
    "/metrics",
    "/",
    "/docs",
]
SECRET = "my-secret-words ada@client.example"


class Away(Store):
    """A database that has gone, with an error that repeats what it was asked to store, as some drivers do."""

    @contextmanager
    def begin(self) -> Iterator[Db]:
        """Fail."""
        raise RuntimeError(f"cannot insert {SECRET!r}")
        yield

    read = begin


@pytest.fixture
def broken(house: House) -> Iterator[TestClient]:
    """The door of a house whose database is away."""
    with TestClient(create(replace(house, store=Away(house.store.engine, "")))) as client:
        yield client


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_careful(door: TestClient, path: str) -> None:
    answer = door.get(path)
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["strict-transport-security"]
    assert "server" not in answer.headers
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/"])
def test_there_is_no_page_that_loads_scripts(door: TestClient, path: str) -> None:
    assert door.get(path).status_code == 404


def test_a_server_does_not_say_what_it_is(office: Office) -> None:
    assert "server" not in httpx2.get(f"{office.url}/healthz?live").headers


def test_a_webhook_that_cannot_be_stored_asks_the_vendor_to_come_again(
    broken: TestClient, sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = {"AccountSid": sandbox.settings.account_sid, "MessageSid": "SM1", "From": "+1", "Body": SECRET}
    url = f"{PUBLIC}/webhooks/twilio/inbound"
    headers = {
        "X-Twilio-Signature": twilio_signature(sandbox.settings.auth_token, url, fields.items()),
        "Content-Type": "application/x-www-form-urlencoded",
    }

    answer = broken.post("/webhooks/twilio/inbound", content=urlencode(fields), headers=headers)

    assert answer.status_code == 500
    printed = "".join(capsys.readouterr())
    assert "webhook failed" in printed
    assert SECRET not in answer.text + printed
    assert "ada@client" not in answer.text + printed


def test_an_unsubscribe_that_cannot_be_stored_asks_to_try_again(
    broken: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    link = "/u/" + "a" * 32
    assert broken.get(link).status_code == 503
    page = broken.post(link, data={"stop": "email"})
    assert (page.status_code, "Please try again" in page.text) == (503, True)
    assert broken.post(link, data={"List-Unsubscribe": "One-Click"}).status_code == 503
    assert SECRET not in "".join(capsys.readouterr())


def test_a_fault_of_ours_is_answered_without_a_traceback(
    broken: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = broken.get("/audio/1/x.mp3")
    assert (answer.status_code, answer.json()) == (500, {"error": "internal error"})
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert SECRET not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/webhooks/twilio/inbound", 1_000_000),
        ("/webhooks/sendgrid/events", 1_000_000),
        ("/webhooks/sendgrid/inbound", 30_000_000),
    ],
)
def test_a_body_has_a_bound_that_fits_its_kind(door: TestClient, path: str, most: int) -> None:
    """Up to it the signature is what is looked at."""
    assert door.post(path, content=b"x" * most).status_code == 403
    assert door.post(path, content=b"x" * (most + 1)).status_code == 413


def test_a_body_without_a_length_is_cut_at_the_same_bound(office: Office) -> None:
    """It grows chunk by chunk, and is refused before it has come to its end."""
    with socket.create_connection(("127.0.0.1", int(office.url.rpartition(":")[2])), timeout=5) as line:
        line.sendall(
            b"POST /webhooks/twilio/inbound HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        for _ in range(17):
            line.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_a_length_that_is_too_large_is_refused_before_anything_is_read(office: Office) -> None:
    with socket.create_connection(("127.0.0.1", int(office.url.rpartition(":")[2])), timeout=5) as line:
        line.sendall(
            b"POST /webhooks/twilio/inbound HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n"
        )
        assert line.recv(100).startswith(b"HTTP/1.1 413")


def test_a_large_mail_stops_the_cadence(office: Office) -> None:
    """Leads answer below long threads, with pictures."""
    ada = office.enroll("Ada")
    sender, to = "ada@client.example", "team@reply.acme.example"
    words = "Please call me on Thursday.\n" + "> what we wrote before\n" * 200_000
    head = raw_headers(sender, to, "Re: Hello", extra={}, in_reply_to="", at=time.time())
    body, form = parse_form(head, from_=sender, to=to, subject="Re: Hello", text=words, html="")
    headers = {"Content-Type": form, **office.sandbox._backstage.mail_key.headers(body)}

    answer = httpx2.post(f"{office.url}/webhooks/sendgrid/inbound", content=body, headers=headers, timeout=20)

    assert answer.status_code == 204
    assert office.enrollment(ada).state == "replied"
