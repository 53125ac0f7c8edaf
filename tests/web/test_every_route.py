"""Somebody without any key asks for everything there is, in every way: nothing changes, nothing is told."""

from __future__ import annotations

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from office import Office

from outreach.web.app import create

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
BODIES = (
    b"",
    b"List-Unsubscribe=One-Click",
    b'[{"event": "unsubscribe", "email": "ada@client.example"}]',
    b"\xff" * 64,
)
# Who may ask for what without a key. A new route is put here on purpose, or not at all.
OPEN = {
    "/u/{token}": "the token in the address is the key",
    "/audio/{version_id}/{path:path}": "recordings, for the vendor to play: no person's data",
    "/healthz": "whether it is well: no names, no hosts",
    "/metrics": "figures: no person's data",
}
SIGNED = {"/webhooks/{name}/{kind}": "the vendor's signature"}
ARGUMENTS = [
    {"token": "0" * 32, "name": "twilio", "kind": "inbound", "version_id": "1", "path": "hello.md"},
    {
        "token": "' OR 1=1 --",
        "name": "sendgrid",
        "kind": "events",
        "version_id": "-1",
        "path": "../cadences.yaml",
    },
    {
        "token": "%00",
        "name": "outbox",
        "kind": "x",
        "version_id": "9" * 30,
        "path": "%2e%2e/%2e%2e/etc/passwd",
    },
    {"token": "x" * 5_000, "name": "smtp", "kind": "inbound", "version_id": "1", "path": "/etc/passwd"},
]


def routes(office: Office) -> set[str]:
    """The paths of every route, also of those that FastAPI keeps in routers of their own."""
    waiting, found = list(create(office.house).routes), set()
    while waiting:
        route = waiting.pop()
        waiting += getattr(getattr(route, "original_router", None), "routes", [])
        if isinstance(route, APIRoute):
            found.add(route.path)
    return found


def test_every_route_is_known_here(office: Office) -> None:
    """Whoever adds one says who may use it."""
    assert routes(office) == {*OPEN, *SIGNED}


@pytest.mark.parametrize("method", METHODS)
def test_a_stranger_changes_and_learns_nothing(office: Office, method: str) -> None:
    office.enroll("Ada")
    before = office.state()
    app = create(office.house)
    with TestClient(app, base_url="http://internal.example", raise_server_exceptions=True) as stranger:
        for path in sorted(routes(office)):
            for arguments in ARGUMENTS:
                for body in BODIES if method in ("POST", "PUT", "PATCH") else BODIES[:1]:
                    asked = path.replace(":path", "").format(**arguments)
                    answer = stranger.request(method, asked, content=body)
                    assert answer.status_code in (200, 403, 404, 405, 503), (method, asked)
                    assert answer.status_code != 200 or path in ("/healthz", "/metrics"), (method, asked)
                    assert "client.example" not in answer.text
                    assert "Traceback" not in answer.text
    assert office.state() == before


def test_a_stranger_who_guesses_learns_no_more_than_one_who_does_not(office: Office) -> None:
    """The answers to a token that never was and to one that is nearly right are the same."""
    ada = office.enroll("Ada")
    link = office.link(ada)
    with TestClient(create(office.house)) as stranger:
        wrong = [
            stranger.get(path) for path in ("/u/" + "0" * 32, link[:-1] + ("0" if link[-1] != "0" else "1"))
        ]
    assert len({(answer.status_code, answer.text) for answer in wrong}) == 1
