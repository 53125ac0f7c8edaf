"""Where providers tell us what became of messages and what leads answered.

Nothing here knows a provider: it hands over the raw bytes under the public address, and answers when the effect is
committed and nothing begins any more for whoever replied or opted out.
"""

from __future__ import annotations

from collections.abc import Mapping
from time import perf_counter
from typing import Final

import structlog
from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.requests import ClientDisconnect

from outreach.casework.house import House
from outreach.domain.channel import AddressKind
from outreach.domain.errors import NoKey, NotFromVendor, Unknown
from outreach.engine.receive import Received, receive
from outreach.providers.base import Provider, WebhookRequest
from outreach.web.armour import told
from outreach.web.intake import Full, Intake, TooLarge, TooSlow
from outreach.web.tally import Tally

log = structlog.get_logger()
_MAIL: Final = 30_000_000  # bytes of a lead's mail with its attachments
_NOTE: Final = 1_000_000  # bytes of anything else
_AT_ONCE: Final = 64  # webhooks carried out side by side: each may wait seconds for what is on the wire
_QUEUE: Final = 512  # those that wait for their turn; beyond it the provider is asked to come again
_AGAIN: Final = {"Retry-After": "5"}

Answer = tuple[Response, str]  # and the outcome, one word, for the figures


def routes(house: House, tally: Tally, intake: Intake) -> APIRouter:
    """POST /webhooks/<provider>/<kind>."""
    router = APIRouter()
    desk = CapacityLimiter(_AT_ONCE)

    @router.post("/webhooks/{name}/{kind}")
    async def take(name: str, kind: str, request: Request) -> Response:
        provider = _known(house, name, kind)
        if provider is None:
            tally.webhook("unknown", "unknown", "unknown", 0.0)
            return JSONResponse({"error": "no such webhook"}, 404)
        began = perf_counter()
        response, outcome = await _answered(house, provider, kind, request, desk, intake)
        tally.webhook(provider.name, kind, outcome, perf_counter() - began)
        return response

    return router


def _known(house: House, name: str, kind: str) -> Provider | None:
    try:
        provider = house.providers.by_name(name)
    except Unknown:
        return None
    return provider if kind in provider.webhooks else None


async def _answered(
    house: House, provider: Provider, kind: str, request: Request, desk: CapacityLimiter, intake: Intake
) -> Answer:
    about = {"provider": provider.name, "kind": kind}
    if desk.statistics().tasks_waiting > _QUEUE:
        return JSONResponse({"error": "busy, come again"}, 503, _AGAIN), "busy"
    try:
        async with intake.body(request, _limit(provider, kind)) as body:
            asked = _asked(house, provider, kind, request, body)
            received = await to_thread.run_sync(receive, house, provider.name, asked, limiter=desk)
    except (NotFromVendor, NoKey) as error:
        log.warning("webhook refused", **about, why=str(error))
        forged = isinstance(error, NotFromVendor)
        return (_refusal(403, "not signed"), "refused") if forged else (_refusal(503, "no key"), "no key")
    except TooLarge:
        log.warning("webhook too large", **about)
        return _refusal(413, "too large"), "too large"
    except (TooSlow, ClientDisconnect):
        return _refusal(408, "the body did not arrive"), "cut off"
    except Full:
        return JSONResponse({"error": "busy, come again"}, 503, _AGAIN), "busy"
    except Exception as error:  # noqa: BLE001 - most likely the database; the provider must come again
        told(error, "webhook failed", **about)
        return _refusal(500, "not stored, come again"), "failed"
    return _thanks(received, about)


def _limit(provider: Provider, kind: str) -> int:
    mail = any(channel.needs is AddressKind.EMAIL for channel in provider.channels)
    return _MAIL if mail and kind == "inbound" else _NOTE


def _asked(house: House, provider: Provider, kind: str, request: Request, body: bytes) -> WebhookRequest:
    """Signatures are over the address the provider was given: from the settings, whatever the Host header says."""
    query = request.scope["query_string"].decode("latin-1")
    url = f"{house.settings.public_url.rstrip('/')}/webhooks/{provider.name}/{kind}"
    return WebhookRequest(
        kind=kind,
        url=f"{url}?{query}" if query else url,
        headers={name.lower(): value for name, value in request.headers.items()},
        body=body,
        method=request.method,
        query=dict(request.query_params),
    )


def _thanks(received: Received, about: Mapping[str, str]) -> Answer:
    outcome = "new" if received.new else "repeated"
    if received.answer is not None:
        return Response(received.answer.body, media_type=received.answer.content_type), outcome
    if received.crossed:
        crossed = [touch.id for touch in received.crossed]
        log.warning("touches crossed a stop", **about, touches=crossed)
        return JSONResponse({"new": received.new, "crossed": crossed}), "crossed"
    # Without a body: what is said in answer to a text message may be sent on to whoever wrote it.
    return Response(status_code=204), outcome


def _refusal(status: int, why: str) -> Response:
    return JSONResponse({"error": why}, status)
