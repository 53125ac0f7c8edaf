"""A sandbox, a receiver for its webhooks, and the vendors' real SDKs pointed at it."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import pytest
import sendgrid
from sendgrid.helpers.mail import Content, Header, Mail, Personalization, To
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response as TwilioResponse
from twilio.rest import Client

from outreach.sandbox import Sandbox, Settings

OURS = "+15005550006"
ADA = "+12125550101"


@dataclass
class Hit:
    """One request that reached the receiver."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass
class Receiver:
    """Stands where the product's doors will stand: remembers what comes, answers as the test says."""

    url: str = ""
    hits: list[Hit] = field(default_factory=list)
    answer: Callable[[Hit], tuple[int, bytes]] = lambda hit: (204, b"")
    changed: threading.Condition = field(default_factory=threading.Condition)

    def wait(self, count: int, path: str = "", timeout: float = 5.0) -> list[Hit]:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.at(path)) >= count, timeout), self.hits
            return self.at(path)

    def at(self, path: str) -> list[Hit]:
        return [hit for hit in self.hits if path in hit.url]

    def take(self, hit: Hit) -> tuple[int, bytes]:
        with self.changed:
            self.hits.append(hit)
            self.changed.notify_all()
        return self.answer(hit)


def handler_of(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet, else each answer waits 40 ms for an acknowledgement

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, content = receiver.take(Hit(self.command, receiver.url + self.path, headers, body))
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content if self.command != "HEAD" else b"")

        do_GET = do_HEAD = do_POST

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(receiver))
    server.daemon_threads = True
    server.block_on_close = False
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=lambda: server.serve_forever(0.01), daemon=True).start()
    yield receiver
    server.shutdown()
    server.server_close()


@pytest.fixture
def sandbox(receiver: Receiver) -> Iterator[Sandbox]:
    quick = Settings(
        status_delay=0.001, event_batch=0.005, ring=0.001, detection=0.001, retry_delay=0.005,
        webhook_timeout=2.0,
    )  # fmt: skip
    with Sandbox(quick, webhooks=receiver.url) as sandbox:
        yield sandbox


class LoopbackTwilio(TwilioHttpClient):
    """The SDK's own transport, sent to another address."""

    def __init__(self, base: str) -> None:
        super().__init__(timeout=2)
        self.base = urlsplit(base)

    def request(self, method: str, url: str, *args: object, **kwargs: object) -> TwilioResponse:
        parts = urlsplit(url)
        target = urlunsplit((self.base.scheme, self.base.netloc, parts.path, parts.query, parts.fragment))
        return super().request(method, target, *args, **kwargs)


@pytest.fixture
def twilio(sandbox: Sandbox) -> Iterator[Client]:
    transport = LoopbackTwilio(sandbox.url)
    yield Client(sandbox.settings.account_sid, sandbox.settings.auth_token, http_client=transport)
    transport.session.close()


@pytest.fixture
def mailer(sandbox: Sandbox) -> sendgrid.SendGridAPIClient:
    client = sendgrid.SendGridAPIClient(sandbox.settings.api_key, host=sandbox.url)
    client.client.timeout = 2
    return client


def a_mail(
    to: str = "ada@lead.example",
    *,
    subject: str = "Hello",
    headers: dict[str, str] | None = None,
    args: dict[str, str] | None = None,
    html: str = "<p>Hello</p>",
    reply_to: str = "",
) -> Mail:
    mail = Mail(from_email="rosa@acme.example", subject=subject)
    personal = Personalization()
    personal.add_to(To(to))
    mail.add_personalization(personal)
    for name, value in (headers or {}).items():
        personal.add_header(Header(name, value))
    for name, value in (args or {}).items():
        personal.add_custom_arg(sendgrid.helpers.mail.CustomArg(name, value))
    mail.add_content(Content("text/plain", "Hello Ada"))
    mail.add_content(Content("text/html", html))
    if reply_to:
        mail.reply_to = reply_to
    return mail
