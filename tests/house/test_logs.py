"""An outage is told, and told again every minute; it does not fill the disk."""

from __future__ import annotations

import logging

import pytest
import structlog

from outreach.bootstrap import Seldom


class Watch:
    """A clock that one moves."""

    at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def watch() -> Watch:
    return Watch()


def told(seldom: Seldom, words: str, error: Exception | None) -> dict[str, object] | None:
    """What is left of a line; None when it was left out."""
    try:
        return dict(seldom(None, "error", {"event": words, "exc_info": error}))
    except structlog.DropEvent:
        return None


def test_the_same_trouble_is_told_once_a_minute_with_how_often_it_came(watch: Watch) -> None:
    seldom, away = Seldom(watch), ConnectionError("no database")
    lines = []
    for second in range(0, 180, 2):
        watch.at = float(second)
        lines.append(told(seldom, "tick failed", away))
    assert [line.get("left_out", 0) for line in lines if line] == [0, 29, 29]


def test_other_words_and_other_exceptions_are_other_trouble(watch: Watch) -> None:
    seldom = Seldom(watch)
    assert told(seldom, "tick failed", ConnectionError()) is not None
    assert told(seldom, "tick failed", KeyError()) is not None
    assert told(seldom, "heartbeat failed", ConnectionError()) is not None
    assert told(seldom, "tick failed", ConnectionError()) is None


def test_what_happens_is_always_told(watch: Watch) -> None:
    seldom = Seldom(watch)
    assert [told(seldom, "touch not accepted", None) is not None for _ in range(3)] == [True] * 3


def test_a_library_that_complains_of_each_of_its_queues_is_heard_once(watch: Watch) -> None:
    seldom = Seldom(watch)

    def record(queue: str, words: str = "no connection: %s") -> logging.LogRecord:
        return logging.LogRecord(f"worker.Consumer({queue})", 50, "", 0, words, ("refused",), None)

    queues = ("deliver_email", "deliver_sms", "deliver_email")
    assert [seldom.filter(record(queue)) for queue in queues] == [True, False, False]
    assert seldom.filter(record("deliver_sms", "something else"))
    watch.at = 61.0
    late = record("deliver_sms")
    assert seldom.filter(late)
    assert late.getMessage() == "no connection: refused (and 2 times more)"
