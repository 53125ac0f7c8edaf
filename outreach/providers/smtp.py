"""Mail through any mail server: SMTP, RFC 5321, with the standard library.

A reply code is a word of the server about the mail: 2xx taken, 4xx not now, 5xx no. The codes and the enhanced ones
(RFC 3463) are in the tables; what a silence means depends on whether the mail itself had been written.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import threading
from functools import cache
from ipaddress import ip_address
from typing import Final
from urllib.parse import unquote, urlsplit

from outreach.domain.channel import Channel
from outreach.domain.errors import Fault, NoKey, ProviderError, Refused, Unavailable
from outreach.domain.event import Event, PickedUp
from outreach.domain.message import Email, Message, Receipt, Voicemail
from outreach.domain.touch import Attempt
from outreach.providers.base import Evidence, Found, WebhookAnswer, WebhookRequest
from outreach.providers.bound import Call
from outreach.providers.mail import as_mime, ascii_address
from outreach.settings import Settings

# Replies to the recipient that speak of the address; a policy (x.7.x) speaks of the mail or of us.
ADDRESS: Final = frozenset({550, 551, 553})
# Replies that speak of our login, at whatever command.
ACCOUNT: Final = frozenset({530, 534, 535, 538})


class Smtp:
    """A mail server. One connection per thread, kept between mails."""

    name = "smtp"
    channels = frozenset({Channel.EMAIL})
    webhooks: frozenset[str] = frozenset()

    def __init__(self, settings: Settings) -> None:
        self._url, self._seconds = settings.smtp_url, settings.call_timeout
        self._kept = threading.local()

    @staticmethod
    def configured(settings: Settings) -> bool:
        """Whether the settings have what it takes."""
        return bool(settings.smtp_url)

    def send(self, message: Message, *, token: str, deadline: float) -> Receipt:
        """Hand one mail over; the reference is its Message-ID."""
        if not isinstance(message, Email):
            raise Refused(f"a mail server carries no {message.channel.value}")
        mime = as_mime(message, token)
        call = Call(deadline=deadline, seconds=self._seconds)
        with call:
            try:
                self._hand_over(call, message, mime.as_bytes())
            except ProviderError:
                self._forget()
                raise
            except (OSError, smtplib.SMTPException, ValueError) as error:
                self._forget()
                raise call.failed("the mail server", error) from None
        return Receipt(reference=str(mime["Message-ID"]).strip() if mime["Message-ID"] else None)

    def _hand_over(self, call: Call, mail: Email, content: bytes) -> None:
        server = self._server(call)
        call.check()
        _expect(250, server.mail(ascii_address(mail.sender, Fault.SENDER)), Fault.SENDER)
        _expect(250, server.rcpt(ascii_address(mail.to, Fault.ADDRESS)), Fault.ADDRESS)
        _expect(354, server.docmd("DATA"), Fault.MESSAGE)
        call.begin()  # too late here: we hang up without the final dot, and the server forgets the mail
        server.send(re.sub(rb"(?m)^\.", b"..", content).rstrip(b"\r\n") + b"\r\n.\r\n")
        _expect(250, server.getreply(), Fault.MESSAGE)

    def _server(self, call: Call) -> smtplib.SMTP:
        """This thread's connection, when it still lives, else a new one. Nothing of the mail is written."""
        server: smtplib.SMTP | None = getattr(self._kept, "server", None)
        if server is not None and self._alive(server, call):
            return server
        self._forget()
        return self._connected(call)

    @staticmethod
    def _alive(server: smtplib.SMTP, call: Call) -> bool:
        if server.sock is None:
            return False
        call.watch(server.sock)
        server.sock.settimeout(call.left)
        try:
            return server.rset()[0] == 250  # servers close idle connections
        except (OSError, smtplib.SMTPException):
            return False

    def _connected(self, call: Call) -> smtplib.SMTP:
        if not self._url:
            raise Unavailable(
                "set SMTP_URL, for instance smtp://user:password@mail.example:587", fault=Fault.ACCOUNT
            )
        parts = urlsplit(self._url)
        host, tls = parts.hostname or "", parts.scheme == "smtps"
        self._kept.server = server = (_WatchedTls if tls else _Watched)(call)
        code, _ = server.connect(host, parts.port or (465 if tls else 587))
        if code != 220:
            raise Unavailable(f"the mail server greets with {code}", code=str(code))
        server.ehlo_or_helo_if_needed()
        if not tls and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
            tls = True
        if parts.username:
            _log_in(
                server, unquote(parts.username), unquote(parts.password or ""), secure=tls or _is_here(host)
            )
        if server.sock is not None:
            server.sock.settimeout(call.left)
        return server

    def _forget(self) -> None:
        server: smtplib.SMTP | None = getattr(self._kept, "server", None)
        if server is not None:
            server.close()
            self._kept.server = None

    def verify(self, request: WebhookRequest) -> None:
        """A mail server calls nobody back."""
        raise NoKey(f"smtp takes no webhooks, and so not {request.kind!r}")

    def parse(self, request: WebhookRequest) -> list[Event]:
        """Nothing arrives this way; replies and bounces come to the mailbox (inbox/)."""
        del request
        return []

    def answer(self, event: PickedUp, message: Voicemail | None) -> WebhookAnswer:
        """A mail server makes no calls."""
        del event, message
        return WebhookAnswer("", content_type="text/plain")

    def find(self, attempt: Attempt) -> Evidence:
        """A mail server keeps no records for us."""
        del attempt
        return Evidence(
            Found.CANNOT_TELL, detail="a mail server cannot be asked; look into its log for the token"
        )

    def warm(self) -> None:
        """Find out our own name for the greeting."""
        _our_name()

    def close(self) -> None:
        """Close this thread's connection; those of other threads end with them."""
        self._forget()


class _Watched(smtplib.SMTP):
    """A connection that is watched from its first byte."""

    def __init__(self, call: Call) -> None:
        self._call = call
        super().__init__(local_hostname=_our_name(), timeout=call.to_connect)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        sock = socket.create_connection((host, port), timeout)
        self._call.watch(sock)
        self._host = host  # STARTTLS checks the certificate against it
        return self._wrapped(sock, host)

    def _wrapped(self, sock: socket.socket, host: str) -> socket.socket:
        del host
        return sock

    def debug(self, *words: object) -> None:
        """Say nothing: what is said there holds passwords and mails."""


class _WatchedTls(_Watched):
    def _wrapped(self, sock: socket.socket, host: str) -> socket.socket:
        return ssl.create_default_context().wrap_socket(sock, server_hostname=host)


def _log_in(server: smtplib.SMTP, user: str, password: str, *, secure: bool) -> None:
    if not secure:
        raise Unavailable(
            "the mail server offers no TLS: the password would be readable on the way (use smtps://)",
            fault=Fault.ACCOUNT,
        )
    try:
        server.login(user, password)
    except smtplib.SMTPAuthenticationError as error:
        text = f"the mail server refuses the login ({error.smtp_code}); check SMTP_URL"
        raise Unavailable(text, code=str(error.smtp_code), fault=Fault.ACCOUNT) from None
    except smtplib.SMTPNotSupportedError:
        raise Unavailable(
            "the mail server offers no login; leave user and password out", fault=Fault.ACCOUNT
        ) from None


def _expect(wanted: int, reply: tuple[int, bytes], about: Fault) -> None:
    """Raise what a reply other than the wanted one means. `about`: what the command was about."""
    code, words = reply
    if code == wanted or (wanted == 250 and code == 251):  # 251: will forward
        return
    text = f"the mail server answered {code} {_said(words)}".strip()
    if code in ACCOUNT:
        raise Unavailable(text, code=str(code), fault=Fault.ACCOUNT)
    if code >= 500 and about is Fault.SENDER:
        raise Unavailable(text, code=str(code), fault=Fault.SENDER)
    if code >= 500:
        policy = re.match(rb"5\.7\.", words)
        at_fault = (
            Fault.ADDRESS if about is Fault.ADDRESS and code in ADDRESS and not policy else Fault.MESSAGE
        )
        raise Refused(text, code=str(code), fault=at_fault)
    if code < 400:
        raise smtplib.SMTPServerDisconnected(
            text
        )  # -1 or nonsense: whether it is certain depends on what was written
    raise Unavailable(text, code=str(code))


def _said(words: bytes) -> str:
    from outreach.providers.transport import masked

    return masked(words.decode("utf-8", "replace"))[:200]


@cache
def _our_name() -> str:
    """How we greet. Asked once: the lookup may take seconds."""
    name = socket.getfqdn()
    return name if "." in name and name.isascii() else "[127.0.0.1]"


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
