"""Recordings come out, and nothing else of a version does."""

from __future__ import annotations

import httpx2
import pytest
from office import TAPE, Office

from outreach.store import playbook


@pytest.fixture
def version(office: Office) -> int:
    """The version of the cadence that plays a recording."""
    with office.house.store.read() as db:
        return playbook.live(db)["calls"]


def test_a_recording_is_served_as_what_it_is(client: httpx2.Client, version: int) -> None:
    answer = client.get(f"/audio/{version}/tape.mp3")
    assert (answer.status_code, answer.content) == (200, TAPE)
    assert answer.headers["content-type"] == "audio/mpeg"
    assert "immutable" in answer.headers["cache-control"]


def test_asking_for_the_head_of_a_recording_sends_none_of_it(client: httpx2.Client, version: int) -> None:
    answer = client.head(f"/audio/{version}/tape.mp3")
    assert (answer.status_code, answer.content, answer.headers["content-length"]) == (
        200,
        b"",
        str(len(TAPE)),
    )


@pytest.mark.parametrize(
    "path",
    [
        "{version}/voice.txt",  # the words of a template
        "{version}/other.mp3",
        "{version}/../tape.mp3",
        "{version}/%2e%2e/tape.mp3",
        "{version}/",
        "999/tape.mp3",
        "-1/tape.mp3",
        "1e9/tape.mp3",
        "99999999999999999999/tape.mp3",
        "\u0661/tape.mp3",
        "x/tape.mp3",
    ],
)
def test_nothing_else_is_served(client: httpx2.Client, version: int, path: str) -> None:
    answer = client.get("/audio/" + path.format(version=version))
    assert (answer.status_code, b"Acme" in answer.content) == (404, False)
