"""What callbacks wait for while messages go out: the vendors' events by the hundred a second, until our answer."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count, cycle, islice
from statistics import median, quantiles
from typing import Final
from urllib.parse import urlencode

import urllib3

from bench import crowd
from bench.figure import Figure, table, targets
from bench.playbook import NOON
from bench.process import wait_until
from bench.stage import Stage, stage
from bench.throughput import strike
from outreach.sandbox import Accepted
from outreach.sandbox import Settings as Keys
from outreach.sandbox.signing import TWILIO_SIGNATURE, EventKey, twilio_signature

MAILS: Final = 2000  # sent beforehand: what SendGrid tells of
# Each TICK SendGrid posts a BATCH of events, and Twilio tells of so many TEXTS one by one: 500 events a second.
TICK, BATCH, TEXTS = 0.1, 40, 10
WANTED: Final = (BATCH + TEXTS) / TICK
P99: Final = 100  # milliseconds
HEADERS: Final = {"Content-Type": "application/json"}

Post = Callable[[], int]  # makes one call of a vendor; returns the status of our answer


@dataclass(frozen=True, slots=True)
class Answers:
    """Milliseconds from when a post was due to our answer."""

    mode: str
    posts: int
    events: float  # a second, taken in
    sent: float  # touches a second meanwhile
    median: float
    p99: float
    worst: float


def run(seconds: float, modes: Sequence[bool]) -> str:
    """For the modes that are asked for (embedded or not)."""
    found = [measure(seconds, embedded=embedded) for embedded in modes]
    rows = [
        (
            one.mode,
            f"{one.posts:,}",
            f"{one.events:.0f}",
            f"{one.sent:.0f}",
            *(f"{ms:.0f}" for ms in (one.median, one.p99, one.worst)),
        )
        for one in found
    ]
    figures: list[Figure] = []
    for one in found:
        figures.append(
            Figure(f"{one.mode}: events/s taken in", one.events, WANTED * 0.99, least=True, digits=0)
        )
        figures.append(Figure(f"{one.mode}: p99 of the answer, ms", one.p99, P99, digits=0))
    head = ("answers to webhooks, ms", "posts", "events/s", "touches/s meanwhile", "median", "p99", "worst")
    return f"{table(head, rows)}\n\n{targets(figures, 'webhooks')}"


def measure(seconds: float, *, embedded: bool) -> Answers:
    """Mails go out; then texts do, as fast as can be, while the vendors tell what became of both."""
    key = EventKey()
    with stage(embedded=embedded) as scene:
        scene.env["SENDGRID_EVENT_KEY"] = key.public
        house = scene.house()
        crowd.gather(house, MAILS, "email", due=NOON)
        strike(scene, web=True)
        wait_until(lambda: scene.count() >= MAILS, "not everybody was written to", patience=300)
        mails = scene.accepted()[:MAILS]
        crowd.gather(house, int(seconds * 600) + 1000, "sms", due=NOON, first=MAILS + 1)
        wait_until(lambda: scene.count() >= MAILS + 200, "no texts go out", patience=60)
        texts, before = scene.accepted()[MAILS:], scene.count()
        began = time.perf_counter()
        took, taken = _kept_up(_posts(scene, key, mails, texts), seconds)
        lasted = time.perf_counter() - began
        sent = (scene.count() - before) / lasted
    waits = sorted(took)
    p99 = quantiles(waits, n=100, method="inclusive")[98]
    mode = "embedded" if embedded else "PostgreSQL + Redis"
    return Answers(mode, len(waits), taken / lasted, sent, median(waits), p99, waits[-1])


def _kept_up(posts: Iterator[tuple[float, int, Post]], seconds: float) -> tuple[list[float], int]:
    """Post each at its time, however slow the answers are; returns the milliseconds of each, and the events taken in."""
    took: list[float] = []
    taken: list[int] = []
    begin = time.perf_counter()

    def post(due: float, events: int, call: Post) -> None:
        status = call()
        took.append((time.perf_counter() - due) * 1000)
        taken.append(events if status < 300 else 0)

    with ThreadPoolExecutor(64) as pool:
        for after, events, call in posts:
            if after > seconds:
                break
            time.sleep(max(begin + after - time.perf_counter(), 0.0))
            pool.submit(post, begin + after, events, call)
    return took, sum(taken)


def _posts(
    scene: Stage, key: EventKey, mails: Sequence[Accepted], texts: Sequence[Accepted]
) -> Iterator[tuple[float, int, Post]]:
    """(seconds from the beginning, events in it, the post): the vendors' timetable, without end."""
    http = urllib3.PoolManager(maxsize=64, retries=False)
    base = f"http://127.0.0.1:{scene.port}"
    told = _told(mails)
    for tick in count():
        for number in range(TEXTS):
            text = texts[(tick * TEXTS + number) % len(texts)]
            yield (tick + number / TEXTS) * TICK, 1, _status(http, base, text, tick)
        yield (
            (tick + 0.99) * TICK,
            BATCH,
            _events(http, base, key, json.dumps(list(islice(told, BATCH))).encode()),
        )


def _told(mails: Sequence[Accepted]) -> Iterator[dict[str, object]]:
    """Event after event of the mails: each one processed, delivered and opened, then opened again."""
    for number, mail in enumerate(cycle(mails)):
        kind = ("processed", "delivered", "open")[min(number // len(mails), 2)]
        yield {
            "event": kind,
            "email": mail.to,
            "timestamp": int(time.time()),
            "sg_event_id": f"event-{number}",
            "sg_message_id": f"{mail.reference}.recvd-1",
            **mail.custom_args,
        }


def _status(http: urllib3.PoolManager, base: str, text: Accepted, tick: int) -> Post:
    keys = Keys()
    url = text.callbacks["StatusCallback"]
    status = ("queued", "sent", "delivered")[tick % 3]
    form = {
        "AccountSid": keys.account_sid,
        "MessageSid": text.reference,
        "MessageStatus": status,
        "To": text.to,
    }
    signed = {TWILIO_SIGNATURE: twilio_signature(keys.auth_token, url, form.items())}
    signed["Content-Type"] = "application/x-www-form-urlencoded"
    here = base + url.removeprefix("https://follow.acme.example")
    return lambda: http.request("POST", here, body=urlencode(form), headers=signed).status


def _events(http: urllib3.PoolManager, base: str, key: EventKey, body: bytes) -> Post:
    signed = HEADERS | key.headers(body)
    return lambda: http.request("POST", f"{base}/webhooks/sendgrid/events", body=body, headers=signed).status
