"""The sandbox as a process of its own: its log on disk, its HTTP door, TLS, its end."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from outreach.sandbox import Accepted, Sandbox, Settings, read_log
from tests.sandbox.conftest import ADA, OURS, Receiver

ACCOUNT = Settings().account_sid
AUTH = (ACCOUNT, Settings().auth_token)
MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"


def text(url: str, body: str = "Hi", **kwargs: object) -> requests.Response:
    form = {"To": ADA, "From": OURS, "Body": body}
    return requests.post(url + MESSAGES, form, auth=AUTH, timeout=5, **kwargs)


@pytest.fixture
def referee(tmp_path: Path, receiver: Receiver) -> Iterator[tuple[str, Path]]:
    log = tmp_path / "sandbox.jsonl"
    command = [sys.executable, "-m", "outreach.sandbox", "--port", "0", "--log", str(log), "--fsync"]
    with subprocess.Popen(
        [*command, "--webhooks", receiver.url], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().rpartition(" ")[2].strip(), log
        process.terminate()
        assert process.wait(5) == 0


def test_the_log_is_written_before_the_answer_and_readable_three_ways(
    referee: tuple[str, Path], receiver: Receiver
) -> None:
    url, log = referee
    sid = text(url, "Hello").json()["sid"]

    [line] = [line for line in read_log(log) if isinstance(line, Accepted)]
    assert (line.reference, line.body, line.accepted) == (sid, "Hello", True)
    raw = json.loads(log.read_text().splitlines()[0])
    assert raw["from"] == OURS
    assert abs(raw["at"] - time.time()) < 60
    told = requests.get(url + "/sandbox/log?since=0", timeout=5).json()
    assert told["lines"][0]["reference"] == sid
    assert requests.get(f"{url}/sandbox/log?since={told['next']}", timeout=5).json()["lines"] == []

    # Everything else a referee needs goes through the same door.
    order = {"fault": "error after accepting", "kind": "sms", "times": 1, "status": 500}
    assert requests.post(url + "/sandbox/faults", json=order, timeout=5).status_code == 201
    assert text(url).status_code == 500
    assert text(url).status_code == 201
    assert requests.delete(url + "/sandbox/faults", timeout=5).status_code == 204
    assert requests.post(url + "/sandbox/faults", json={"fault": "tea"}, timeout=5).status_code == 400
    order = {"from": ADA, "to": OURS, "body": "STOP"}
    assert requests.post(url + "/sandbox/text", json=order, timeout=5).json()["status"] == 204
    assert text(url).json()["code"] == 21610
    cast = {"address": "*", "acts": [{"act": "replies", "nth": 1, "text": "Yes"}]}
    assert requests.post(url + "/sandbox/personas", json=cast, timeout=5).status_code == 204
    assert "events" in requests.get(url + "/sandbox/keys", timeout=5).json()


def test_half_a_request_is_never_accepted(sandbox: Sandbox) -> None:
    import socket

    with socket.create_connection(("127.0.0.1", sandbox.port)) as client:
        client.sendall(f"POST {MESSAGES} HTTP/1.1\r\nContent-Length: 100\r\n\r\nTo=%2B1".encode())
    text(sandbox.url)

    assert len(sandbox.accepted()) == 1


def test_bodies_in_chunks_are_understood(sandbox: Sandbox) -> None:
    chunks = (part.encode() for part in ("To=%2B12125550101&From=", "%2B15005550006", "&Body=Hi"))
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = requests.post(sandbox.url + MESSAGES, chunks, auth=AUTH, headers=headers, timeout=5)

    assert (answer.status_code, sandbox.accepted()[0].body) == (201, "Hi")


def test_many_requests_may_share_a_connection(sandbox: Sandbox) -> None:
    with requests.Session() as session:
        for number in range(20):
            form = {"To": ADA, "From": OURS, "Body": f"Text {number}"}
            assert session.post(sandbox.url + MESSAGES, form, auth=AUTH, timeout=5).status_code == 201
    assert [line.body for line in sandbox.accepted()] == [f"Text {number}" for number in range(20)]


def test_it_speaks_tls_when_given_a_certificate(tmp_path: Path) -> None:
    cert, key = a_certificate(tmp_path)
    with Sandbox(cert=cert, key=key) as sandbox:
        assert sandbox.url.startswith("https://")
        assert text(sandbox.url, verify=str(cert)).status_code == 201


def a_certificate(folder: Path) -> tuple[Path, Path]:
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sandbox")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, private.public_key(), x509.random_serial_number())
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    signed = (
        builder.not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(private, hashes.SHA256())
    )
    cert, key = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    key.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return cert, key
