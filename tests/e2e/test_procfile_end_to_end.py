"""The Procfile as it stands, real servers, signed webhooks, two weeks in forty seconds: and the vendor's log agrees.

What must have been sent is a table written by hand (expected.csv), not the answer of any code of ours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from outreach.sandbox import Accepted, Sandbox, Settings
from tests.e2e import cast
from tests.e2e.company import Company, environment, slowness, until

EXPECTED = Path(__file__).parent / "expected.csv"
MONDAY = datetime(2027, 2, 1, 13, 0, tzinfo=UTC)  # 8:00 in New York; no holiday in the two weeks that follow
DAY = 3.4  # real seconds of a business day; the steps that somebody answers are two days before the next
AT = 6.0  # real seconds until Monday morning: before it is the weekend, when nothing may leave
CHANNELS = {"mail": "email", "sms": "sms"}

# How the walks must have ended; the five who cannot be reached at all were never let in.
ENDED = {
    "finished": 40 + 20 + 20 + 10 + 10 + 5,  # silent, bounces, no-phone, abroad, away, barred-mail
    "replied": 30 + 15,  # writes-back, texts-back
    "opted_out": 20 + 15 + 10,  # says-stop, unsubscribes, marks-spam
}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(Settings(event_batch=0.1)) as vendor:
        cast.play(vendor)
        yield vendor


@pytest.fixture
def company(sandbox: Sandbox, postgres_url: str, redis_url: str, tmp_path: Path) -> Iterator[Company]:
    # On a busy machine the two weeks last longer: what took a day to be taken up would rightly be called late.
    slow = slowness()
    env = environment(sandbox, postgres_url, redis_url, monday=MONDAY, at=AT * slow, day=DAY * slow)
    made = Company(tmp_path, env)
    yield made
    made.kill()


def test_the_vendors_log_holds_exactly_the_touches_of_the_table(
    company: Company, sandbox: Sandbox, postgres_url: str
) -> None:
    company.command("apply")
    for role in ("web", "clock", "worker", "worker"):
        company.start(role)
    company.command("suppress", f"@{cast.BARRED}")
    cast.write(company.folder / "leads.csv")
    told = company.command("import", "leads.csv", "--cadence", "follow")
    until(company.healthy, lambda: "the company is not well")

    until(lambda: _over(company, postgres_url), lambda: _inside(postgres_url), patience=500)
    sandbox.settle()
    ended = company.end()

    assert "195 enrolled" in told
    assert "5 refused" in told
    assert _sent(sandbox) == cast.expected(EXPECTED)
    assert _walks(postgres_url) == ENDED
    assert not [one for one in sandbox.posted() if 400 <= one.status < 500], (
        "a signed webhook was turned away"
    )
    assert not sandbox.refused()
    assert set(ended.values()) == {0}, ended
    assert company.troubles() == []


def _sent(sandbox: Sandbox) -> list[tuple[str, str, str]]:
    who = {address: one.name for one in cast.people() for address in (one.email, one.phone)}
    return sorted((who[line.to], _step(line), CHANNELS[line.kind]) for line in sandbox.accepted())


def _step(line: Accepted) -> str:
    found = re.search(r'the step ["“](\w+)["”]', line.body)
    assert found, line.body
    return found[1]


def _over(company: Company, url: str) -> bool:
    company.must_run()
    walks = _walks(url)
    return bool(walks) and set(walks) <= set(ENDED)


def _walks(url: str) -> dict[str, int]:
    """state -> how many enrollments."""
    with psycopg.connect(url) as db:
        return dict(Counter(state for (state,) in db.execute("SELECT state FROM enrollments")))


def _inside(url: str) -> str:
    """Who is still inside, and what they wait for: the first line of a failure."""
    with psycopg.connect(url) as db:
        rows = db.execute(
            "SELECT e.state, e.step_id, t.state, t.waiting_for, t.reason, t.due_at, count(*) FROM enrollments e "
            "LEFT JOIN touches t ON t.enrollment_id = e.id AND t.step_id = e.step_id "
            "WHERE e.state IN ('active', 'paused') GROUP BY 1, 2, 3, 4, 5, 6"
        )
        return "somebody is still inside:\n" + "\n".join(map(str, rows.fetchall()))
