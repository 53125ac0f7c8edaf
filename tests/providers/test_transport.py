"""The transport under both SDKs: pooled, bounded, never repeated."""

from __future__ import annotations

import socket
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from outreach.domain.errors import TooLate, Unavailable, Uncertain
from outreach.providers import lines as module
from outreach.providers.base import machine_time
from outreach.providers.transport import Transport, masked, retry_after

from .builders import KEY, soon
from .peers import Peer, answer, drip, silent


def test_a_deadline_that_passes_while_connecting_is_seen_before_the_first_byte(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The check stands between the connection and the write, not before the connection."""
    transport = Transport("Twilio", seconds=5)
    deadline = machine_time() + 0.05
    monkeypatch.setattr(socket.socket, "connect", _after(0.1, socket.socket.connect))
    with Peer(answer(200)) as peer:
        with pytest.raises(TooLate), transport.until(deadline):
            transport.request("POST", peer.url, body=b"hello")
        assert peer.connections == 1
    transport.close()
    assert peer.wire == b""


def _after(seconds: float, connect: Any) -> Any:
    def slow(self: socket.socket, address: Any) -> None:
        connect(self, address)
        threading.Event().wait(seconds)

    return slow


def test_a_kept_connection_looks_at_the_deadline_too() -> None:
    transport = Transport("Twilio", seconds=5)
    with Peer(answer(200)) as peer:
        with transport.until(soon()):
            transport.request("POST", peer.url, body=b"first")
        with pytest.raises(TooLate), transport.until(machine_time() - 1):
            transport.request("POST", peer.url, body=b"second")
        with transport.until(soon()):
            transport.request("POST", peer.url, body=b"third")
        assert [seen.body for seen in peer.seen] == [b"first", b"third"]
        assert peer.connections == 1
        transport.close()


def test_a_date_and_a_rate_limit_reset_are_waits_too() -> None:
    now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    in_a_minute = now + timedelta(minutes=1)
    date = format_datetime(in_a_minute, usegmt=True)
    assert retry_after({"Retry-After": date}, now) == timedelta(minutes=1)
    assert retry_after({"X-RateLimit-Reset": str(int(in_a_minute.timestamp()))}, now) == timedelta(minutes=1)


def test_what_a_vendor_says_is_masked_but_still_read() -> None:
    said = masked("The 'To' number +12025550142 (ada@lead.example) is not valid, see 21211")
    assert said == "The 'To' number [number] ([address]) is not valid, see 21211"


def test_threads_share_the_pool_and_each_gets_its_own_answer() -> None:
    def echo(sock: socket.socket, peer: Peer, request: Any) -> None:
        answer(200, request.body)(sock, peer, request)

    transport = Transport("Twilio", seconds=5)
    with Peer(echo) as peer, ThreadPoolExecutor(4) as threads:
        said = [str(n).encode() for n in range(100)]
        got = list(threads.map(lambda body: transport.request("POST", peer.url, body=body).body, said))
        assert got == said
        assert peer.connections <= 4
        transport.close()


def test_a_connection_that_has_been_quiet_for_long_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The vendor may close it under our request, and then nobody knows whether that went out."""
    transport = Transport("Twilio", seconds=5)
    with Peer(answer(200)) as peer:
        transport.request("POST", peer.url, body=b"first")
        monkeypatch.setattr(module, "_IDLE", 0.0)
        transport.request("POST", peer.url, body=b"second")
        transport.close()
        assert peer.connections == 2


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A certificate for this machine that the system trusts while the test runs."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "outreach test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, KEY.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(KEY, SHA256())
    )
    path = tmp_path / "all.pem"
    private = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(made.public_bytes(Encoding.PEM) + private)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    module.tls.cache_clear()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    yield context
    module.tls.cache_clear()


def test_requests_travel_over_tls_on_one_connection(certificate: ssl.SSLContext) -> None:
    transport = Transport("Twilio", seconds=5)
    with Peer(answer(200, b"hello"), tls=certificate) as peer:
        assert [transport.request("POST", peer.url, body=b"hi").body for _ in range(3)] == [b"hello"] * 3
        assert peer.connections == 1
        transport.close()


def test_a_certificate_that_nobody_vouches_for_is_not_believed(
    certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    module.tls.cache_clear()
    with Peer(answer(200), tls=certificate) as peer, pytest.raises(Unavailable):
        Transport("Twilio", seconds=5).request("POST", peer.url, body=b"hi")
    assert peer.wire == b""


@pytest.mark.parametrize("behave", [silent, drip(b"HTTP/1.1 200 OK\r\nX: ")], ids=["silence", "drips"])
def test_a_server_behind_tls_cannot_hold_a_call_either(certificate: ssl.SSLContext, behave: Any) -> None:
    began = machine_time()
    transport = Transport("Twilio", seconds=0.15)
    with Peer(behave, tls=certificate) as peer, pytest.raises(Uncertain):
        transport.request("POST", peer.url, body=b"hi")
    assert machine_time() - began < 2


def test_a_deadline_holds_behind_tls_too(certificate: ssl.SSLContext) -> None:
    transport = Transport("Twilio", seconds=5)
    with (
        Peer(answer(200), tls=certificate) as peer,
        pytest.raises(TooLate),
        transport.until(machine_time() - 1),
    ):
        transport.request("POST", peer.url, body=b"hi")
    assert peer.wire == b""
