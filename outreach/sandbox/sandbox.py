"""The sandbox itself: starts the imitation on a free loopback port and holds the strings of what happens in it."""

import asyncio
import ssl
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import Any, Self, TypeVar

from outreach.sandbox.backstage import Backstage
from outreach.sandbox.courier import Answer, Courier
from outreach.sandbox.desk import Desk
from outreach.sandbox.faults import Fault, Faults, Misbehaviour
from outreach.sandbox.ledger import Accepted, Heard, Ledger, Posted, Refused
from outreach.sandbox.personas import AnyAct
from outreach.sandbox.settings import Settings
from outreach.sandbox.stories import Stories
from outreach.sandbox.twilio.callbacks import signed_post
from outreach.sandbox.wire import Connection

T = TypeVar("T")
LOOPBACK = "127.0.0.1"  # never another address: this thing takes any mail for anybody
PATIENCE = 60.0  # seconds a caller's thread waits for something that happens in the sandbox's


class Sandbox:
    """Twilio and SendGrid on loopback. Usable as a context manager, or with `start()` and `stop()`.

    Its server, callbacks and personas live on one event loop in one thread of their own; every method may be
    called from any thread.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        port: int = 0,
        log: Path | str | None = None,
        fsync: bool = False,
        webhooks: str = "",
        cert: Path | str | None = None,
        key: Path | str | None = None,
    ) -> None:
        self.settings = settings or Settings()
        if webhooks:
            self.settings.point_at(webhooks)
        self._port = port
        self._tls = _tls(cert, key) if cert else None
        self._ledger = Ledger(
            Path(log) if log else None,
            now=self.settings.now,
            fsync=fsync,
            remember_raw=self.settings.remember_raw,
        )
        faults = Faults()
        stories = Stories()
        courier = Courier(self.settings, faults, self._ledger, stories)
        self._backstage = Backstage(self.settings, self._ledger, faults, stories, courier)
        self._desk = Desk(self._backstage)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._connections: set[Connection] = set()

    # Opening and closing

    def start(self) -> Self:
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), name="sandbox", daemon=True)
        self._thread.start()
        ready.wait(PATIENCE)
        if self._loop is None:
            raise RuntimeError(f"the sandbox could not listen on {LOOPBACK}:{self._port}")
        return self

    def stop(self) -> None:
        if self._loop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(PATIENCE)
            self._loop = None
        self._ledger.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self, ready: threading.Event) -> None:
        try:
            asyncio.run(self._serve(ready))
        finally:
            ready.set()

    async def _serve(self, ready: threading.Event) -> None:
        loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        server = await loop.create_server(
            lambda: Connection(self._desk.handle, self._connections),
            LOOPBACK,
            self._port,
            ssl=self._tls,
            backlog=1024,
        )
        self._port = server.sockets[0].getsockname()[1]
        self._loop = loop
        ready.set()
        await self._stopping.wait()
        server.close()
        for connection in list(self._connections):
            connection.end()
        await self._backstage.stories.end()
        await self._backstage.courier.close()

    # Where it is, and its keys

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://{LOOPBACK}:{self._port}"

    @property
    def port(self) -> int:
        return self._port

    @property
    def event_public_key(self) -> str:
        """What verifies the Event Webhook, as SendGrid's settings page shows it."""
        return self._backstage.event_key.public

    @property
    def mail_public_key(self) -> str:
        """What verifies Inbound Parse: the key of its security policy, another pair than that of the events."""
        return self._backstage.mail_key.public

    # What it has seen

    def accepted(self, kind: str = "") -> list[Accepted]:
        """Everything accepted so far, in order; of one kind (sms, call, mail) if asked."""
        return [line for line in self._ledger.of(Accepted) if kind in ("", line.kind)]

    def refused(self, kind: str = "") -> list[Refused]:
        return [line for line in self._ledger.of(Refused) if kind in ("", line.kind)]

    def heard(self) -> list[Heard]:
        return self._ledger.of(Heard)

    def posted(self, kind: str = "") -> list[Posted]:
        """The webhooks posted so far: status, call, twiml, amd, inbound, events, mail, one-click, scan."""
        return [line for line in self._ledger.of(Posted) if kind in ("", line.kind)]

    def wait_until(self, condition: Callable[[], bool], timeout: float = 10.0) -> None:
        """Wait until the condition holds; it is asked again after each new line of the ledger."""
        if not self._ledger.wait(condition, timeout):
            raise TimeoutError(f"not within {timeout} s; {len(self._ledger.lines)} lines in the ledger")

    def settle(self, timeout: float = 10.0) -> None:
        """Wait until every callback and every reply that is under way has been dealt with."""
        end = monotonic() + timeout
        while len(self._backstage.stories):
            if monotonic() > end:
                raise TimeoutError(f"{len(self._backstage.stories)} stories still go on after {timeout} s")
            sleep(0.002)

    @property
    def under_way(self) -> int:
        """How many callbacks, calls and leads' answers are under way at this moment, waiting leads included."""
        return len(self._backstage.stories)

    @property
    def lines(self) -> int:
        """How many lines the ledger has: it grows with everything that happens."""
        return len(self._ledger.lines)

    def listed(self, name: str) -> list[str]:
        """The addresses on one of SendGrid's lists: bounces, blocks, invalid_emails, spam_reports, unsubscribes."""
        return sorted(self._desk.suppressions.lists[name])

    def list_address(self, name: str, email: str, created: float | None = None, **more: str) -> None:
        """Put an address on one of SendGrid's lists, as its own page would."""
        at = self.settings.now() if created is None else created
        self._desk.suppressions.add(name, email, at, **more)

    @property
    def erased(self) -> list[str]:
        """The addresses whose erasure SendGrid was asked for."""
        return list(self._desk.suppressions.erased)

    # How it behaves

    def misbehave(self, fault: Fault | str, **how: Any) -> int:
        """Order a fault, e.g. `misbehave("drop after accepting", kind="sms", times=3)`; see Misbehaviour."""
        return self._backstage.faults.order(Misbehaviour(fault=Fault(fault), **how))

    def behave(self, number: int | None = None) -> None:
        """Take back one order, or all of them. Callbacks that are held stay held."""
        self._backstage.faults.cancel(number)

    def release_callbacks(self) -> int:
        return self._do(self._backstage.courier.release())

    def persona(self, address: str, *acts: AnyAct) -> None:
        """Say what a lead does when reached, by mail address or number; `*` for everybody without a persona."""
        self._backstage.cast.set(address, acts)

    # What leads do

    def text(self, from_: str, to: str, body: str) -> Answer:
        """A lead texts one of our numbers; returns what the product's webhook answered."""
        return self._do(self._desk.inbound.text(from_, to, body))

    def mail(
        self,
        from_: str,
        to: str,
        subject: str,
        text: str,
        html: str | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        in_reply_to: str = "",
    ) -> Answer:
        """A lead mails us; returns what the product's webhook answered."""
        return self._do(
            self._desk.inbound.mail(
                from_, to, subject, text, html=html or "", headers=headers, in_reply_to=in_reply_to
            )
        )

    # What a vendor's webhook may carry besides what the sandbox thinks of itself

    def post_events(self, events: Sequence[Mapping[str, Any]]) -> Answer:
        """Post this batch to the Event Webhook as it is, signed: unknown types, missing fields, none at all."""
        return self._do(self._desk.events.post(events))

    def post_callback(self, url: str, params: Mapping[str, str], kind: str = "status") -> Answer:
        """Post this form to the URL, signed by Twilio: statuses out of order, of unknown messages, repeated."""
        post = signed_post(self.settings, url, dict(params), kind=kind, about=params.get("MessageSid", ""))
        return self._do(self._backstage.courier.post(post))

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        if self._loop is None:
            work.close()
            raise RuntimeError("the sandbox is not running")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)


def _tls(cert: Path | str, key: Path | str | None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context
