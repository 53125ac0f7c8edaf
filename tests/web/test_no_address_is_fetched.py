"""Whatever address a lead, a template or a webhook names, this house never opens it: it speaks to its vendors only.

Recordings and links are for the vendor and the lead to open. So there is no list of private networks to keep complete:
forty spellings of this machine go in at every door, and a listener here hears nothing.
"""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx2
import pytest
from office import OURS, PUBLIC, Office

from outreach.cadences import read
from outreach.domain.problem import Problems
from outreach.engine import enroll, people
from outreach.sandbox.signing import twilio_signature
from tests.house.plan import imports

# Each stands for 127.0.0.1, or for a place inside a network, in a way that some checks have let through.
TRICKS = [
    "http://127.0.0.1:{port}/", "https://127.0.0.1:{port}/", "http://localhost:{port}/", "http://LOCALHOST.:{port}/",
    "http://127.1:{port}/", "http://127.0.1:{port}/", "http://2130706433:{port}/", "http://0x7f000001:{port}/",
    "http://0x7f.0.0.1:{port}/", "http://0177.0.0.1:{port}/", "http://017700000001:{port}/", "http://0:{port}/",
    "http://0.0.0.0:{port}/", "http://[::1]:{port}/", "http://[::]:{port}/", "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/", "http://[0:0:0:0:0:ffff:127.0.0.1]:{port}/", "http://[64:ff9b::7f00:1]:{port}/",
    "http://127.0.0.1.nip.io:{port}/", "http://localtest.me:{port}/", "http://user@127.0.0.1:{port}/",
    "http://acme.example@127.0.0.1:{port}/", "http://127.0.0.1:{port}#@acme.example/", "http://acme.example\\@127.0.0.1:{port}/",
    "http:/\\127.0.0.1:{port}/", "//127.0.0.1:{port}/", "http://①②⑦.⓪.⓪.①:{port}/", "http://127。0。0。1:{port}/",
    "http://%31%32%37.0.0.1:{port}/", "http://127.0.0.1%00.acme.example:{port}/", "http://127.0.0.1%2f@acme.example:{port}/",
    "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/latest/", "http://metadata.google.internal/",
    "http://10.0.0.1:{port}/", "http://192.168.0.1:{port}/", "file:///etc/passwd", "gopher://127.0.0.1:{port}/_x",
    "dict://127.0.0.1:{port}/x", "ftp://127.0.0.1:{port}/x", "jar:http://127.0.0.1:{port}/!/", "tftp://127.0.0.1:{port}/x",
]  # fmt: skip


@dataclass
class Watch:
    """Which places this process connected to or looked up while it watched."""

    on: bool = False
    places: list[object] = field(default_factory=list)

    def __call__(self, event: str, args: tuple[object, ...]) -> None:
        if self.on and event in (
            "socket.connect",
            "socket.getaddrinfo",
            "socket.gethostbyname",
            "urllib.Request",
        ):
            self.places.append(args[1] if event == "socket.connect" else args[0])


WATCH = Watch()
sys.addaudithook(WATCH)  # it cannot be taken away again, only told to look elsewhere


@contextmanager
def watched() -> Iterator[list[object]]:
    WATCH.places, WATCH.on = [], True
    try:
        yield WATCH.places
    finally:
        WATCH.on = False


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """Somebody inside the network, on every address of this machine that is loopback; and what it heard."""
    heard: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.05)
    done = threading.Event()

    def listen() -> None:
        while not done.is_set():
            try:
                peer, _ = server.accept()
            except TimeoutError:
                continue
            with peer:
                heard.append(b"somebody came")

    thread = threading.Thread(target=listen)
    thread.start()
    yield server.getsockname()[1], heard
    done.set()
    thread.join()
    server.close()


def test_there_are_forty_tricks() -> None:
    assert len(set(TRICKS)) >= 40


def test_the_watch_sees_who_connects(listener: tuple[int, list[bytes]]) -> None:
    """Else the test below would prove nothing."""
    port, _ = listener
    with watched() as places:
        socket.create_connection(("localhost", port)).close()
    assert "localhost" in places
    assert any(isinstance(place, tuple) and place[1] == port for place in places)


def test_no_door_opens_an_address_that_it_is_told(office: Office, listener: tuple[int, list[bytes]]) -> None:
    port, heard = listener
    tricks = [trick.format(port=port) for trick in TRICKS]
    templates = office.settings.templates
    (templates / "hello.md").write_text(
        "---\nsubject: For {{ lead.site }}\n---\nSee [this]({{ lead.site }}), ![it]({{ lead.site }}) or {{ lead.site }}.\n"
    )
    from outreach.engine import apply

    apply.apply(office.house, by="ops")
    with watched() as places:
        for n, trick in enumerate(tricks):
            said = {
                "name": f"Ada {n}",
                "email": f"ada{n}@client.example",
                "phone": f"+1212555{n + 1000}",
                "site": trick,
            }
            lead = people.save(
                office.house, people.read_lead({**said, "company": trick}, country="US"), by="rosa"
            ).lead
            enroll.enroll(office.house, lead, "trial", by="rosa")
        office.deliver()
        office.deliver()
        for n, trick in enumerate(tricks):
            office.sandbox.mail(
                f"ada{n}@client.example", "team@reply.acme.example", trick, trick, html=f'<img src="{trick}">',
                headers={"List-Unsubscribe": f"<{trick}>", "Disposition-Notification-To": trick},
            )  # fmt: skip
            media = {
                "NumMedia": "1",
                "MediaUrl0": trick,
                "MediaContentType0": "image/jpeg",
                "RecordingUrl": trick,
            }
            assert text(office, f"+1212555{n + 1000}", trick, **media) == 204
    office.sandbox.settle()

    assert len(office.sandbox.accepted("mail")) == len(tricks)
    assert heard == []
    vendors = {("127.0.0.1", office.sandbox.port), ("127.0.0.1", int(office.url.rpartition(":")[2]))}
    assert {place[:2] for place in places if isinstance(place, tuple)} <= vendors
    assert {place for place in places if isinstance(place, str)} <= {"127.0.0.1"}


def text(office: Office, sender: str, body: str, **more: str) -> int:
    """A text as Twilio posts it, with whatever fields."""
    sandbox = office.sandbox.settings
    fields = {
        "AccountSid": sandbox.account_sid,
        "MessageSid": f"SM{sender[1:]}",
        "From": sender,
        "To": OURS,
        "Body": body,
    }
    fields |= more
    url = f"{office.url}/webhooks/twilio/inbound"
    signed = {"X-Twilio-Signature": twilio_signature(sandbox.auth_token, url, fields.items())}
    form = {**signed, "Content-Type": "application/x-www-form-urlencoded"}
    return httpx2.post(url, content=urlencode(fields), headers=form).status_code


def test_a_recording_is_a_file_of_ours_or_an_https_address() -> None:
    """Even that one is opened by the vendor, not by us. All else is refused with the line it stands on."""
    passed = []
    for trick in TRICKS:
        step = trick.format(port=80).replace("\\", "\\\\")
        cadences = f'version: 1\ncadences:\n  calls:\n    steps:\n      - {{id: drop, voicemail: "{step}"}}\n'
        try:
            read(cadences, templates=())
        except Problems as told:
            if any(problem.line == 5 for problem in told.problems):
                continue
        passed.append(trick)
    assert all(trick.startswith("https://") for trick in passed), passed


def test_only_the_vendors_rooms_can_speak_to_the_network() -> None:
    """Whoever imports a way to open addresses elsewhere is asked why."""
    ways = {
        "socket", "ssl", "http.client", "urllib.request", "urllib3", "requests", "httpx", "httpx2", "aiohttp", "smtplib",
        "ftplib", "imaplib", "poplib", "asyncio", "webbrowser", "xmlrpc",
    }  # fmt: skip
    may = {
        "providers": ways,  # the addresses of vendors, from the settings
        "inbox": {"imaplib", "ssl", "socket"},  # the mailbox of the settings
        "engine.heartbeat": {"socket"},  # the name of this machine
        "up": {"socket"}, "cli": {"socket"}, "web": {"socket", "asyncio"},  # a port to listen at
        "demo": {"socket", "asyncio"},
    }  # fmt: skip
    found = [
        str(one)
        for one in imports()
        if one.target in ways
        and one.room != "sandbox"
        and one.target not in may.get(one.file, may.get(one.room, set()))
    ]
    assert found == []


def test_the_public_address_is_never_taken_from_a_request(office: Office) -> None:
    """A Host header that names somebody else changes no link that we write."""
    office.enroll("Ada")
    httpx2.get(f"{office.url}/healthz", headers={"Host": "evil.example"})
    assert "evil.example" not in str(office.sandbox.accepted("mail")[0].raw)
    assert PUBLIC.startswith("https://")
