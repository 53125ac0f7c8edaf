"""Carries out the faults that strike a request: before it is accepted, or on the way of its answer."""

import asyncio
from collections.abc import Callable
from typing import Final

from outreach.sandbox.backstage import Backstage, Outcome
from outreach.sandbox.faults import AFTER, BEFORE, Fault, Misbehaviour
from outreach.sandbox.ledger import Refused
from outreach.sandbox.sendgrid import errors as sendgrid_errors
from outreach.sandbox.twilio import errors as twilio_errors
from outreach.sandbox.wire import Request, Response

PAGE: Final = b"<html><head><title>502</title></head><body><h1>502 Bad Gateway</h1></body></html>"
CALLBACKS_TAKE: Final = 10.0  # seconds an answer waits for the callbacks that are to come first
VERDICTS: Final = {
    Fault.ERROR_AFTER: "accepted, then answered with an error",
    Fault.DROP_AFTER: "accepted, then dropped",
    Fault.SILENT_AFTER: "accepted, never answered",
    Fault.DRIP: "accepted, answered byte by byte",
    Fault.HTML: "accepted, answered with HTML",
    Fault.TRUNCATED: "accepted, answered with half of the JSON",
    Fault.NO_MESSAGE_ID: "accepted, answered without X-Message-Id",
    Fault.CALLBACK_FIRST: "accepted, called back before answering",
}
Serve = Callable[[Request, str, str], Outcome]


class Mischief:
    def __init__(self, backstage: Backstage, serve: Serve) -> None:
        self.backstage = backstage
        self.serve = serve

    async def answer(self, request: Request, provider: str, kind: str) -> Response:
        for order in self.backstage.faults.strike(BEFORE, provider, kind):
            if order.fault is Fault.LATENCY:
                await asyncio.sleep(self.backstage.faults.wait_of(order))
                continue
            response = refusal(order, provider)
            status = 0 if response.cut or response.silent else response.status
            self.backstage.ledger.write(
                Refused(provider=provider, kind=kind, status=status, verdict=order.fault.value)
            )
            return response
        return await self._accept(request, provider, kind)

    async def _accept(self, request: Request, provider: str, kind: str) -> Response:
        after = self.backstage.faults.strike(AFTER, provider, kind)
        if after:
            request.verdict = VERDICTS[after[0].fault]
        outcome = self.serve(request, provider, kind)
        response = outcome.response
        if outcome.story is not None:
            story = self.backstage.play(outcome.story)
            if any(order.fault is Fault.CALLBACK_FIRST for order in after):
                await asyncio.wait({story}, timeout=CALLBACKS_TAKE)
        for order in after:
            spoil(response, order)
        return response


def refusal(order: Misbehaviour, provider: str) -> Response:
    """The answer of a vendor that accepts nothing right now."""
    match order.fault:
        case Fault.DROP_BEFORE:
            return Response(503, cut=True)
        case Fault.SILENT_BEFORE:
            return Response(503, silent=True)
        case Fault.UNAUTHORIZED:
            twilio, sendgrid = twilio_errors.Refusal(20003), sendgrid_errors.unauthorized()
            return twilio.response() if provider == "twilio" else sendgrid.response()
        case Fault.RATE_LIMIT:
            return rate_limited(order, provider)
        case _:
            return Response(order.status, PAGE, "text/html")


def rate_limited(order: Misbehaviour, provider: str) -> Response:
    if provider == "twilio":
        response = twilio_errors.Refusal(20429).response()
    else:
        response = sendgrid_errors.Refusal(429, "too many requests").response()
        response.headers |= {"X-RateLimit-Limit": "600", "X-RateLimit-Remaining": "0"}
    if order.retry_after is not None:
        response.headers["Retry-After"] = order.retry_after
    return response


def spoil(response: Response, order: Misbehaviour) -> None:
    """The request has been accepted; its answer suffers."""
    match order.fault:
        case Fault.ERROR_AFTER:
            response.status, response.body, response.content_type = order.status, PAGE, "text/html"
            response.headers.pop("X-Message-Id", None)
        case Fault.DROP_AFTER:
            response.cut = True
        case Fault.SILENT_AFTER:
            response.silent = True
        case Fault.DRIP:
            response.drip = order.seconds or 0.05
        case Fault.HTML:
            response.body, response.content_type = PAGE, "text/html"
            response.headers.pop("X-Message-Id", None)
        case Fault.TRUNCATED:
            response.body = response.body[: len(response.body) // 2] or b'{"mess'
            response.headers.pop("X-Message-Id", None)
        case Fault.NO_MESSAGE_ID:
            response.headers.pop("X-Message-Id", None)
