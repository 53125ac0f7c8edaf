"""Neither vendor's signature has an end: what was posted once may be posted again by whoever recorded it. To no effect."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2
import pytest
from office import OURS, Office

TWIML = "/twiml"  # the one kind that is answered with words however often it asks


@dataclass
class Tap:
    """Stands between the vendors and the house, hands everything on, and keeps a copy."""

    house: str
    kept: list[tuple[str, bytes, dict[str, str]]] = field(default_factory=list)
    url: str = ""

    def take(self, path: str, body: bytes, headers: dict[str, str]) -> httpx2.Response:
        self.kept.append((path, body, headers))
        return self.post(path, body, headers)

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> httpx2.Response:
        return httpx2.post(self.house + path, content=body, headers=headers, timeout=20)


def _tapping(tap: Tap) -> type[BaseHTTPRequestHandler]:
    class Tapping(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            # What belongs to this connection stays; the rest is the vendor's, signature included.
            own = {"host", "content-length", "connection", "accept-encoding"}
            headers = {name: value for name, value in self.headers.items() if name.lower() not in own}
            answer = tap.take(self.path, body, headers)
            self.send_response(answer.status_code)
            self.send_header("Content-Length", str(len(answer.content)))
            self.send_header("Content-Type", answer.headers.get("content-type", "text/plain"))
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, *_: object) -> None:
            pass

    return Tapping


@pytest.fixture
def tap(office: Office) -> Iterator[Tap]:
    made = Tap(office.url)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _tapping(made))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_address[1]}"
    office.sandbox.settings.public_url, office.sandbox.settings.private_url = office.url, made.url
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_thousand_recorded_webhooks_have_no_effect_when_they_come_again(office: Office, tap: Tap) -> None:
    """Deliveries, a reply, a STOP, calls: from a log that somebody got hold of, in another order, again and again."""
    for name in ("Ada", "Ben", "Cleo"):
        for cadence in ("trial", "texts", "calls"):
            office.enroll(name, cadence)
    office.sandbox.settle()
    office.sandbox.mail("ben@client.example", "team@reply.acme.example", "Re: Hello", "Call me")
    office.sandbox.text("+12125550103", OURS, "STOP")
    office.sandbox.settle()
    recorded = list(tap.kept)
    kinds = {path.split("?")[0].rpartition("/")[2] for path, _, _ in recorded}
    assert kinds >= {"events", "status", "call", "twiml", "inbound"}
    before = office.state()

    answers = [tap.post(*recorded[(n * 7) % len(recorded)]) for n in range(1_000)]

    assert {answer.status_code for answer in answers} <= {200, 204}
    assert office.state() == before
    assert [office.enrollment(office.lead(name)).open for name in ("Ben", "Cleo")] == [False, False]


def test_an_altered_copy_is_refused(office: Office, tap: Tap) -> None:
    office.enroll("Ada", "texts")
    office.sandbox.text("+12125550199", OURS, "hello")
    office.sandbox.settle()
    path, body, headers = next(one for one in tap.kept if one[0].endswith("inbound"))
    before = office.state()
    assert tap.post(path, body.replace(b"hello", b"STOP1"), headers).status_code == 403
    assert tap.post(path.replace("inbound", "status"), body, headers).status_code == 403
    assert office.state() == before
