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
    def __init__(self, settings: Settings, faults: Faults, ledger: Ledger) -> None:
        self.settings = settings
        self.faults = faults
        self.ledger = ledger
        self.held: list[Post] = []
        self._shuffling: list[tuple[Post, asyncio.Future[Answer]]] = []
        self._dice = random.Random(0)  # noqa: S311 -- repeatable, not secret
        self._session: aiohttp.ClientSession | None = None

    async def post(self, post: Post) -> Answer:
        """Post it as the faults in force want it; the answer is that of the last attempt."""
        orders = {order.fault: order for order in self.faults.strike(CALLBACK, post.provider, post.kind)}
        if Fault.HOLD_CALLBACKS in orders:
            self.held.append(post)
            return Answer(0)
        if late := orders.get(Fault.LATE_CALLBACKS):
            await asyncio.sleep(self.faults.wait_of(late))
        if shuffle := orders.get(Fault.SHUFFLE_CALLBACKS):
            return await self._post_shuffled(post, shuffle, orders)
        return await self._post_repeatedly(post, orders)

    async def release(self) -> int:
        """Post what was held, each as it was and once, in the order in which it was held."""
        posts, self.held = self.held, []
        for post in posts:
            await self._post_repeatedly(post, {})
        return len(posts)

    async def _post_shuffled(
        self, post: Post, shuffle: Misbehaviour, orders: dict[Fault, Misbehaviour]
    ) -> Answer:
        done: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._shuffling.append((post, done))
        if len(self._shuffling) == 1:
            await asyncio.sleep(shuffle.seconds)
            deck, self._shuffling = self._shuffling, []
            self._dice.shuffle(deck)
            for card, settled in deck:
                settled.set_result(await self._post_repeatedly(card, orders))
        return await done

    async def _post_repeatedly(self, post: Post, orders: dict[Fault, Misbehaviour]) -> Answer:
        repeat = orders.get(Fault.REPEAT_CALLBACKS)
        answer = Answer(0)
        for _ in range(repeat.amount if repeat else 1):
            answer = await self._post_stubbornly(post, orders)
        return answer

    async def _post_stubbornly(self, post: Post, orders: dict[Fault, Misbehaviour]) -> Answer:
        retries, everything = self._patience(post)
        wait = self.settings.retry_delay
        for attempt in range(1, retries + 2):
            status, body = await self._post_once(post, orders, attempt)
            final = status and (status < 500 or not everything)
            if final or attempt > retries:
                break
            await asyncio.sleep(wait)
            wait *= 2
        return Answer(status, body, attempt)

    def _patience(self, post: Post) -> tuple[int, bool]:
        """How many retries, and whether 5xx is a reason for one. Twilio's are set by the URL's fragment."""
        if post.provider != "twilio":
            return self.settings.sendgrid_retries, True
        overrides = parse_qs(urlsplit(post.url).fragment)
        retries = int(overrides.get("rc", [str(self.settings.twilio_retries)])[0])
        policies = ",".join(overrides.get("rp", ["ct"])).split(",")
        return min(retries, 5), bool({"all", "5xx"} & set(policies))

    async def _post_once(
        self, post: Post, orders: dict[Fault, Misbehaviour], attempt: int
    ) -> tuple[int, bytes]:
        url = self._private(post.url)
        if not is_loopback(url):
            self._record(post, 0, attempt, 0.0)
            return 404, b""  # final: nothing of ours answers there
        headers = post.headers()
        if Fault.UNSIGNED in orders:
            headers = signing.unsigned(headers)
        if Fault.FORGED in orders:
            headers = signing.forged(headers)
        started = perf_counter()
        status, body = await self._request(post.method, url, post.body, headers)
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
