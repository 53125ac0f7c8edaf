"""Carries webhooks to the product: signed, retried as the vendor retries, and mistreated on command.

It goes to loopback addresses only. A demo's leads have unsubscribe links with example hosts in them, and
nothing that happens here may leave the machine.
"""

import asyncio
import ipaddress
import random
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from urllib.parse import parse_qs, urlsplit

import aiohttp
from yarl import URL

from outreach.sandbox import signing
from outreach.sandbox.faults import CALLBACK, Fault, Faults, Misbehaviour
from outreach.sandbox.ledger import Ledger, Posted
from outreach.sandbox.settings import Settings
from outreach.sandbox.stories import Stories

Orders = dict[Fault, Misbehaviour]  # what strikes one post
# Nobody waits for the answers of these, so a late one is overtaken by those that come after it.
NOTICES = ("status", "call", "amd", "events")
NEVER = 1000  # above every status: only a missing answer is a reason to try again
CONNECTIONS = 32  # at once, as a vendor's fleet would; more only moves the queue into the product


@dataclass(frozen=True, slots=True)
class Post:
    """One webhook on its way. `headers` is called again for each attempt, since SendGrid signs the time."""

    url: str
    body: bytes
    headers: Callable[[], dict[str, str]]
    provider: str
    kind: str
    about: str
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int  # 0: none came
    body: bytes = b""
    attempts: int = 0

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


class Courier:
    def __init__(self, settings: Settings, faults: Faults, ledger: Ledger, stories: Stories) -> None:
        self.settings = settings
        self.faults = faults
        self.ledger = ledger
        self.stories = stories
        self.held: list[Post] = []
        self._deck: list[tuple[Post, Orders]] = []
        self._dice = random.Random(0)  # noqa: S311 -- repeatable, not secret
        self._session: aiohttp.ClientSession | None = None

    async def post(self, post: Post) -> Answer:
        """Post it as the faults in force want it; the answer is that of the last attempt."""
        orders = {order.fault: order for order in self.faults.strike(CALLBACK, post.provider, post.kind)}
        if Fault.HOLD_CALLBACKS in orders:
            self.held.append(post)
            return Answer(0)
        if Fault.SHUFFLE_CALLBACKS in orders and post.kind in NOTICES:
            self._deck.append((post, orders))
            if len(self._deck) == 1:
                self.stories.play(self._deal(self.faults.wait_of(orders[Fault.SHUFFLE_CALLBACKS])))
            return Answer(0)
        if Fault.LATE_CALLBACKS in orders:
            wait = self.faults.wait_of(orders[Fault.LATE_CALLBACKS])
            if post.kind in NOTICES:
                self.stories.play(self._post_late(post, orders, wait))
                return Answer(0)
            await asyncio.sleep(wait)
        return await self._post_repeatedly(post, orders)

    async def _deal(self, wait: float) -> None:
        """Gather for a while, shuffle, and post one after the other."""
        await asyncio.sleep(wait)
        deck, self._deck = self._deck, []
        self._dice.shuffle(deck)
        for post, orders in deck:
            await self._post_repeatedly(post, orders)

    async def _post_late(self, post: Post, orders: Orders, wait: float) -> None:
        await asyncio.sleep(wait)
        await self._post_repeatedly(post, orders)

    async def release(self) -> int:
        """Post what was held, each as it was and once, in the order in which it was held."""
        posts, self.held = self.held, []
        for post in posts:
            await self._post_repeatedly(post, {})
        return len(posts)

    async def _post_repeatedly(self, post: Post, orders: Orders) -> Answer:
        repeat = orders.get(Fault.REPEAT_CALLBACKS)
        answer = Answer(0)
        for _ in range(repeat.amount if repeat else 1):
            answer = await self._post_stubbornly(post, orders)
        return answer

    async def _post_stubbornly(self, post: Post, orders: Orders) -> Answer:
        if not is_loopback(self._private(post.url)):
            self._record(post, 0, 0, 0.0)
            return Answer(0)
        retries, worst = self._patience(post)
        wait = self.settings.retry_delay
        for attempt in range(1, retries + 2):
            status, body = await self._post_once(post, orders, attempt)
            if 0 < status < worst or attempt > retries:
                break
            await asyncio.sleep(wait)
            wait *= 2
        return Answer(status, body, attempt)

    def _patience(self, post: Post) -> tuple[int, int]:
        """How many retries, and from which status on. Twilio's are set by the URL's fragment."""
        if post.provider == "lead":
            return 0, NEVER  # a mail program clicks once
        if post.provider == "sendgrid":
            # Events are repeated until there is a 2xx; Inbound Parse takes a 4xx for an answer.
            return self.settings.sendgrid_retries, 300 if post.kind == "events" else 500
        overrides = parse_qs(urlsplit(post.url).fragment)
        retries = int(overrides.get("rc", [str(self.settings.twilio_retries)])[0])
        policies = set(",".join(overrides.get("rp", ["ct"])).split(","))
        worst = 400 if policies & {"all", "4xx"} else 500 if "5xx" in policies else NEVER
        return min(retries, 5), worst

    async def _post_once(self, post: Post, orders: Orders, attempt: int) -> tuple[int, bytes]:
        headers = post.headers()
        if Fault.UNSIGNED in orders:
            headers = signing.unsigned(headers)
        if Fault.FORGED in orders:
            headers = signing.forged(headers)
        started = perf_counter()
        status, body = await self._request(post.method, self._private(post.url), post.body, headers)
        self._record(post, status, attempt, perf_counter() - started)
        return status, body

    async def _request(
        self, method: str, url: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        try:
            # encoded=True: the bytes of the URL are what was signed, so nobody may tidy them up.
            target = URL(url.partition("#")[0], encoded=True)
            async with self._open().request(
                method, target, data=body, headers=headers, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            return 0, b""

    def _record(self, post: Post, status: int, attempt: int, seconds: float) -> None:
        self.ledger.write(
            Posted(
                provider=post.provider,
                kind=post.kind,
                about=post.about,
                url=post.url,
                status=status,
                attempts=attempt,
                seconds=round(seconds, 6),
            )
        )

    def _private(self, url: str) -> str:
        public, private = self.settings.public_url, self.settings.private_url
        return private + url[len(public) :] if public and private and url.startswith(public) else url

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, ssl=False),  # receivers' own certificates
                timeout=aiohttp.ClientTimeout(total=self.settings.webhook_timeout),
                skip_auto_headers=("Content-Type",),
            )
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
