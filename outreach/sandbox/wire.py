"""Speaks HTTP/1.1 on a socket, byte by byte, so that it can also speak it badly when told to.

Why not uvicorn: the faults of this room (cut the connection after accepting, drip one byte at a time, never
answer) need the socket itself, and the benchmarks of the product share their two cores with this server.
Measured with `python -m tests.sandbox.bench`: 9,000 texts/s at 122 us of CPU each, 5,900 mails/s at 180 us, both
validated and written to the log; 2,800 texts/s with an fsync for each. uvicorn alone, without any of that, gave
5,800/s on such a machine. A text whose two status callbacks are posted costs 650 us in all, most of it aiohttp's.
Clients here are the vendors' SDKs on loopback, so only what they speak is understood: no HTTP/2, no trailers.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote

MAX_HEAD = 64 * 1024
MAX_BODY = 40 * 1024 * 1024  # above SendGrid's 30 MB, so that its 413 can be answered with a reason
REASONS = {
    200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 400: "Bad Request", 401: "Unauthorized",
    403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 413: "Payload Too Large",
    429: "Too Many Requests", 500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable",
}  # fmt: skip


@dataclass(slots=True)
class Request:
    method: str
    path: str
    query: str
    headers: dict[str, str]  # names in lower case
    body: bytes = b""
    verdict: str = "accepted"  # what the ledger says of it; faults that strike after accepting change it

    def form(self) -> dict[str, list[str]]:
        return parse_qs(self.body.decode("utf-8", "replace"), keep_blank_values=True)

    def parameters(self) -> dict[str, list[str]]:
        return parse_qs(self.query, keep_blank_values=True)


@dataclass(slots=True)
class Response:
    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    # How the answer travels. All of these happen after the request was dealt with.
    cut: bool = False  # close the socket instead of answering
    silent: bool = False  # leave the socket open and never answer
    drip: float = 0.0  # seconds between two bytes

    def encoded(self, *, close: bool) -> bytes:
        lines = [f"HTTP/1.1 {self.status} {REASONS.get(self.status, 'Status')}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.body:  # a content type without content is what OpenAPI validators stumble over
            lines.append(f"Content-Type: {self.content_type}")
        if self.status != 204:
            lines.append(f"Content-Length: {len(self.body)}")
        lines.append("Connection: close\r\n\r\n" if close else "Connection: keep-alive\r\n\r\n")
        return "\r\n".join(lines).encode("latin-1", "replace") + self.body


Handler = Callable[[Request], "Response | Awaitable[Response]"]


class BadRequest(Exception):
    """What came is not HTTP as any of the SDKs speaks it."""


class Connection(asyncio.Protocol):
    """One client's socket: requests are answered in order, the next is read when the last was answered."""

    def __init__(self, handler: Handler, connections: set["Connection"]) -> None:
        self.handler = handler
        self.connections = connections
        self.buffer = bytearray()
        self.transport: asyncio.Transport | None = None
        self.answering: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.connections.add(self)

    def connection_lost(self, _exc: Exception | None) -> None:
        self.transport = None
        self.connections.discard(self)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        self.advance()

    def advance(self) -> None:
        try:
            while self.answering is None and self.transport is not None:
                taken = take_request(self.buffer, self.transport.write)
                if taken is None:
                    return
                self.answer(*taken)
        except BadRequest as wrong:
            self.write(Response(400, str(wrong).encode(), "text/plain"), close=True)

    def answer(self, request: Request, close: bool) -> None:
        outcome = self.handler(request)
        if isinstance(outcome, Response) and not outcome.drip:
            self.write(outcome, close)  # the usual case costs no task
        else:
            self.answering = asyncio.ensure_future(self.answer_later(outcome, close))

    async def answer_later(self, outcome: "Response | Awaitable[Response]", close: bool) -> None:
        response = outcome if isinstance(outcome, Response) else await outcome
        if response.drip:
            await self.write_slowly(response)
        else:
            self.write(response, close)
        self.answering = None
        self.advance()

    def write(self, response: Response, close: bool) -> None:
        if self.transport is None or response.silent:
            return
        if response.cut:
            self.transport.abort()  # the client sees a reset, as from a load balancer that lost its backend
            return
        self.transport.write(response.encoded(close=close))
        if close:
            self.transport.close()

    def end(self) -> None:
        if self.answering is not None:
            self.answering.cancel()
        if self.transport is not None:
            self.transport.abort()

    async def write_slowly(self, response: Response) -> None:
        for byte in response.encoded(close=True):
            if self.transport is None:
                return
            self.transport.write(bytes((byte,)))
            await asyncio.sleep(response.drip)
        if self.transport is not None:
            self.transport.close()


def take_request(buffer: bytearray, write: Callable[[bytes], None]) -> tuple[Request, bool] | None:
    """Cut the first whole request off the buffer; None while some of it is still on its way."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        if len(buffer) > MAX_HEAD:
            raise BadRequest("the header is too long")
        return None
    request = parse_head(bytes(buffer[:end]))
    headers = request.headers
    if headers.get("transfer-encoding", "").lower() == "chunked":
        found = unchunk(buffer, end + 4)
    else:
        found = measured(buffer, end + 4, headers.get("content-length", "0"))
    if found is None:
        if headers.get("expect", "").lower() == "100-continue" and len(buffer) == end + 4:
            write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return None
    request.body, used = found
    del buffer[:used]
    return request, headers.get("connection", "").lower() == "close"


def parse_head(head: bytes) -> Request:
    first, *lines = head.decode("latin-1").split("\r\n")
    try:
        method, target, _ = first.split(" ")
    except ValueError:
        raise BadRequest(f"not a request line: {first[:80]!r}") from None
    path, _, query = target.partition("?")
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return Request(method, unquote(path), query, headers)


def measured(buffer: bytearray, start: int, length: str) -> tuple[bytes, int] | None:
    if not length.isdigit() or int(length) > MAX_BODY:
        raise BadRequest(f"content length {length[:20]!r}")
    end = start + int(length)
    return (bytes(buffer[start:end]), end) if len(buffer) >= end else None


def unchunk(buffer: bytearray, position: int) -> tuple[bytes, int] | None:
    """Node's clients (the OpenAPI proxy is one) send their bodies in chunks."""
    body = bytearray()
    while (line_end := buffer.find(b"\r\n", position)) >= 0:
        try:
            size = int(buffer[position:line_end].split(b";")[0], 16)
        except ValueError:
            raise BadRequest("not a chunk size") from None
        end = line_end + 2 + size + 2
        if len(body) + size > MAX_BODY:
            raise BadRequest("the body is too long")
        if len(buffer) < end:
            return None
        if size == 0:
            return bytes(body), end
        body += buffer[line_end + 2 : end - 2]
        position = end
    return None
