"""Measures how many sends a second the sandbox accepts: `python -m tests.sandbox.bench [seconds] [flags]`.

The clients are bare sockets in processes of their own, so that what is measured is the sandbox and not an SDK.
Further flags go to the sandbox, e.g. `--no-callbacks --fsync`.
"""

import base64
import json
import multiprocessing
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from urllib.parse import urlencode

import psutil

from outreach.sandbox import Settings

CLIENTS, SOCKETS = 2, 8
KEYS = Settings()


def an_sms() -> bytes:
    body = urlencode(
        {"To": "+12125550101", "From": "+15005550006", "Body": "Hello Ada, are you there?"}
    ).encode()
    auth = base64.b64encode(f"{KEYS.account_sid}:{KEYS.auth_token}".encode()).decode()
    return request(f"/2010-04-01/Accounts/{KEYS.account_sid}/Messages.json", f"Basic {auth}", body)


def a_mail() -> bytes:
    mail = {
        "personalizations": [
            {"to": [{"email": "ada@lead.example"}], "custom_args": {"outreach_token": "t" * 32}}
        ],
        "from": {"email": "rosa@acme.example"},
        "subject": "Hello",
        "content": [{"type": "text/plain", "value": "x" * 1000}, {"type": "text/html", "value": "x" * 2000}],
    }
    return request("/v3/mail/send", f"Bearer {KEYS.api_key}", json.dumps(mail).encode())


def request(path: str, auth: str, body: bytes) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {auth}\r\nAccept-Encoding: identity\r\n"
        f"User-Agent: bench\r\nAccept: application/json\r\nContent-Type: x\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def hammer(port: int, wire: bytes, seconds: float, results: "multiprocessing.Queue[int]") -> None:
    """Send on all sockets, then read one answer from each: several requests are always waiting."""
    sockets = [socket.create_connection(("127.0.0.1", port)) for _ in range(SOCKETS)]
    done, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        for one in sockets:
            one.sendall(wire)
        for one in sockets:
            if not one.recv(65536).startswith(b"HTTP/1.1 20"):
                raise SystemExit("not accepted")
            done += 1
    results.put(done)


def measure(name: str, make: Callable[[], bytes], seconds: float, flags: list[str]) -> None:
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as log:
        command = [
            sys.executable,
            "-m",
            "outreach.sandbox",
            "--port",
            "0",
            "--log",
            log.name,
            "--lean",
            *flags,
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            port = int(re.findall(r":(\d+)", process.stdout.readline())[-1])
            results: multiprocessing.Queue[int] = multiprocessing.Queue()
            clients = [
                multiprocessing.Process(target=hammer, args=(port, make(), seconds, results))
                for _ in range(CLIENTS)
            ]
            for client in clients:
                client.start()
            total = sum(results.get() for _ in clients)
            usage = psutil.Process(process.pid)
            cpu = usage.cpu_times()
            micro = 1e6 * (cpu.user + cpu.system) / total
            sys.stdout.write(
                f"{name}: {total / seconds:,.0f}/s, {micro:.0f} us CPU each, "
                f"{usage.memory_info().rss / 1e6:.0f} MB after {total:,}\n"
            )
            process.terminate()


if __name__ == "__main__":
    duration = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    measure("sms ", an_sms, duration, sys.argv[2:])
    measure("mail", a_mail, duration, sys.argv[2:])
