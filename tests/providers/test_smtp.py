"""A real mail server on loopback, and some that misbehave."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from outreach.domain.errors import Fault, NoKey, Refused, Unavailable
from outreach.providers.base import Found, WebhookRequest
from outreach.providers.smtp import Smtp

from .builders import an_attempt, an_email, some_settings, soon
from .peers import closed_port


class Desk:
    """Takes mail, or answers a command as it is told."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.connections: set[Any] = set()
        self.says: dict[str, str] = {}

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "MAIL" in self.says:
            return self.says["MAIL"]
        self.connections.add(session.peer)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "RCPT" in self.says:
            return self.says["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if "DATA" in self.says:
            return self.says["DATA"]
        self.taken.append(envelope)
        return "250 OK"

    def mail(self) -> EmailMessage:
        content = self.taken[-1].content
        assert isinstance(content, bytes)
        return message_from_bytes(content, policy=policy.default)  # type: ignore[return-value]


@pytest.fixture
def desk() -> Iterator[tuple[Desk, str]]:
    taking = Desk()
    controller = Controller(taking, hostname="127.0.0.1", port=closed_port())
    controller.start()
    yield taking, f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


def smtp(url: str | None, **changes: Any) -> Smtp:
    return Smtp(some_settings(smtp_url=url, **changes))


def test_a_mail_arrives_as_it_was_written(desk: tuple[Desk, str]) -> None:
    taking, url = desk
    headers = {
        "Message-ID": "<t2@acme.example>",
        "In-Reply-To": "<t1@acme.example>",
        "References": " ".join(f"<touch-{n}-of-a-long-thread@mail.acme.example>" for n in range(9)),
        "List-Unsubscribe": f"<https://outreach.acme.example/u/{'a' * 200}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    text = "Hello Ada\n.\n..two dots\n" + "x" * 2_000 + "\nGrüße"
    provider = smtp(url)
    mail = an_email(headers=headers, text=text, to_name="Ada Lovelace, Countess", sender_name="Rosa Díaz")
    receipt = provider.send(mail, token="token-1", deadline=soon())
    provider.close()
    assert receipt.reference == "<t2@acme.example>"
    got = taking.mail()
    for name, value in headers.items():
        assert " ".join(str(got[name]).split()) == value
    assert b"=?utf-8" not in bytes(taking.taken[0].content or b"").partition(b"List-Unsubscribe:")[2][:300]
    assert got["From"].addresses[0].display_name == "Rosa Díaz"
    assert got["To"].addresses[0].display_name == "Ada Lovelace, Countess"
    assert got["Reply-To"] == "reply+abcdefgh12345678@reply.acme.example"
    assert got["X-Outreach-Token"] == "token-1"
    parts = [part.get_content_type() for part in got.iter_parts()]
    assert parts == ["text/plain", "text/html"]
    body = got.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n").rstrip("\n") == text
    assert (taking.taken[0].mail_from, taking.taken[0].rcpt_tos) == (
        "team@acme.example",
        ["ada@lead.example"],
    )


def test_a_mail_to_a_domain_beyond_ascii_goes_out_under_its_dns_name(desk: tuple[Desk, str]) -> None:
    taking, url = desk
    provider = smtp(url)
    provider.send(an_email(to="ada@bücher.example"), token="token-1", deadline=soon())
    provider.close()
    assert taking.taken[0].rcpt_tos == ["ada@xn--bcher-kva.example"]


@pytest.mark.parametrize(
    "address", ["ädä@lead.example", "nobody", "", "@lead.example", "ada@", "a b@lead.example"]
)
def test_what_is_no_address_is_refused_before_anything_is_written(
    desk: tuple[Desk, str], address: str
) -> None:
    taking, url = desk
    with pytest.raises(Refused) as raised:
        smtp(url).send(an_email(to=address), token="token-1", deadline=soon())
    assert raised.value.fault is Fault.ADDRESS
    assert not taking.connections


def test_a_thread_keeps_its_connection(desk: tuple[Desk, str]) -> None:
    taking, url = desk
    provider = smtp(url)
    for _ in range(3):
        provider.send(an_email(), token="token-1", deadline=soon())
    provider.close()
    assert (len(taking.taken), len(taking.connections)) == (3, 1)


def test_a_connection_that_the_server_closed_is_opened_again(desk: tuple[Desk, str]) -> None:
    taking, url = desk
    provider = smtp(url)
    provider.send(an_email(), token="token-1", deadline=soon())
    provider._kept.server.sock.shutdown(socket.SHUT_RDWR)
    provider.send(an_email(), token="token-2", deadline=soon())
    provider.close()
    assert (len(taking.taken), len(taking.connections)) == (2, 2)


@pytest.mark.parametrize(
    ("command", "says", "kind", "fault"),
    [
        ("RCPT", "550 5.1.1 No such user", Refused, Fault.ADDRESS),
        ("RCPT", "551 User not local", Refused, Fault.ADDRESS),
        ("RCPT", "553 Mailbox name not allowed", Refused, Fault.ADDRESS),
        ("RCPT", "550 5.7.1 Blocked by policy", Refused, Fault.MESSAGE),
        ("RCPT", "552 5.2.2 Mailbox full", Refused, Fault.MESSAGE),
        ("RCPT", "450 4.2.1 Try later", Unavailable, Fault.MESSAGE),
        ("RCPT", "421 Too many", Unavailable, Fault.MESSAGE),
        ("RCPT", "530 5.7.0 Authentication required", Unavailable, Fault.ACCOUNT),
        ("MAIL", "550 Sender not allowed", Unavailable, Fault.SENDER),
        ("MAIL", "451 Try later", Unavailable, Fault.MESSAGE),
        ("MAIL", "530 5.7.0 Authentication required", Unavailable, Fault.ACCOUNT),
        ("DATA", "554 5.7.1 Spam", Refused, Fault.MESSAGE),
        ("DATA", "550 5.1.1 After all, no", Refused, Fault.MESSAGE),
        ("DATA", "451 4.3.0 Try later", Unavailable, Fault.MESSAGE),
    ],
)
def test_each_reply_is_about_what_the_command_was_about(
    desk: tuple[Desk, str], command: str, says: str, kind: type[Exception], fault: Fault
) -> None:
    taking, url = desk
    taking.says[command] = says
    provider = smtp(url)
    with pytest.raises(kind) as raised:
        provider.send(an_email(), token="token-1", deadline=soon())
    assert type(raised.value) is kind
    assert raised.value.fault is fault  # type: ignore[attr-defined]
    assert raised.value.code == says[:3]  # type: ignore[attr-defined]
    taking.says.clear()
    provider.send(an_email(), token="token-2", deadline=soon())
    provider.close()
    assert len(taking.taken) == 1


@pytest.fixture
def guarded() -> Iterator[tuple[Desk, int]]:
    """A mail server that wants the password p@ss."""

    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == b"p@ss", handled=False)

    taking = Desk()
    about: dict[str, Any] = {"authenticator": check, "auth_require_tls": False, "auth_required": True}
    controller = Controller(taking, hostname="127.0.0.1", port=closed_port(), **about)
    controller.start()
    yield taking, controller.port
    controller.stop()


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_on_this_machine_a_password_may_go_without_tls(guarded: tuple[Desk, int]) -> None:
    taking, port = guarded
    provider = smtp(f"smtp://team:p%40ss@127.0.0.1:{port}")
    provider.send(an_email(), token="token-1", deadline=soon())
    provider.close()
    assert len(taking.taken) == 1


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_refused_login_is_the_accounts_fault(guarded: tuple[Desk, int]) -> None:
    taking, port = guarded
    with pytest.raises(Unavailable) as raised:
        smtp(f"smtp://team:wrong@127.0.0.1:{port}").send(an_email(), token="token-1", deadline=soon())
    assert raised.value.fault is Fault.ACCOUNT
    assert "wrong" not in str(raised.value)
    assert not taking.taken


def test_a_password_does_not_travel_in_the_clear() -> None:
    from outreach.providers.smtp import _log_in

    class NoTls:
        def login(self, user: str, password: str) -> None:
            raise AssertionError("the password was sent")

    with pytest.raises(Unavailable, match="TLS") as raised:
        _log_in(NoTls(), "team", "secret", secure=False)  # type: ignore[arg-type]
    assert raised.value.fault is Fault.ACCOUNT


def test_without_an_address_the_channel_is_at_fault() -> None:
    with pytest.raises(Unavailable) as raised:
        smtp(None).send(an_email(), token="token-1", deadline=soon())
    assert raised.value.fault is Fault.ACCOUNT


def test_a_mail_server_tells_nothing_and_cannot_be_asked() -> None:
    provider = smtp("smtp://127.0.0.1")
    with pytest.raises(NoKey):
        provider.verify(
            WebhookRequest(kind="events", url="https://outreach.acme.example/", headers={}, body=b"")
        )
    assert provider.find(an_attempt()).found is Found.CANNOT_TELL
