"""The unsubscribe link of a mail. Scanners follow links, so GET only asks; POST does it (rule R14, RFC 8058)."""

from __future__ import annotations

import re
from typing import Final, Literal
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse
from starlette.requests import ClientDisconnect

from outreach.casework.house import House
from outreach.domain.errors import Unknown
from outreach.engine.unsubscribe import Asking, Unsubscribed, asking, unsubscribe
from outreach.web.armour import told
from outreach.web.cards import page
from outreach.web.intake import Full, Intake, TooLarge, TooSlow
from outreach.web.tally import Tally

_FORM: Final = 16_000  # bytes; ours has one short field
_TOKEN: Final = re.compile(r"[0-9a-f]{32}")
_ONE_CLICK: Final = (b"List-Unsubscribe", b"One-Click")  # mail programs post it as a form of either encoding
_AGAIN: Final = {"Retry-After": "60"}

Way = Literal["one-click", "page"]


def routes(house: House, tally: Tally, intake: Intake) -> APIRouter:
    """GET, HEAD and POST /u/<token>."""
    router = APIRouter()

    @router.api_route("/u/{token}", methods=["GET", "HEAD"])
    async def ask(token: str) -> Response:
        try:
            found = await run_in_threadpool(asking, house, _token(token))
        except Unknown:
            return page("unknown", 403)
        except Exception as error:  # noqa: BLE001 - whatever it is, the person must read a sentence
            told(error, "unsubscribe page failed")
            return page("later", 503)
        return page("done", asking=found, crossed=False) if found.no_mail else page("ask", asking=found)

    @router.post("/u/{token}")
    async def do(token: str, request: Request) -> Response:
        try:
            async with intake.body(request, _FORM) as body:
                way: Way = "one-click" if all(part in body for part in _ONE_CLICK) else "page"
        except (TooLarge, TooSlow, Full, ClientDisconnect):
            return PlainTextResponse("this is not our form\n", 413)
        everything = way == "page" and parse_qs(body.decode("utf-8", "replace")).get("stop") == ["everything"]
        try:
            done, now = await run_in_threadpool(_do, house, _token(token), everything, way)
        except Unknown:
            tally.unsubscribe(way, "unknown")
            return _answer(way, 403, "this link does not work\n", page("unknown", 403))
        except Exception as error:  # noqa: BLE001 - whatever it is, the person must read a sentence
            told(error, "unsubscribe failed", way=way)
            tally.unsubscribe(way, "failed")
            return _answer(way, 503, "please try again\n", page("later", 503))
        tally.unsubscribe(way, "new" if done.new else "repeated")
        return _answer(way, 200, "unsubscribed\n", page("done", asking=now, crossed=bool(done.crossed)))

    return router


def _do(house: House, token: str, everything: bool, way: Way) -> tuple[Unsubscribed, Asking]:
    how = "unsubscribe button of the mail program" if way == "one-click" else "unsubscribe page"
    return unsubscribe(house, token, everything=everything, how=how), asking(house, token)


def _token(text: str) -> str:
    """Mail passes through programs that change the case of addresses. Raises Unknown for what is no token at all."""
    token = text.lower()
    if not _TOKEN.fullmatch(token):
        raise Unknown("unsubscribe link", "of this form")
    return token


def _answer(way: Way, status: int, words: str, card: Response) -> Response:
    """Machines get a line, people a page."""
    if way == "page":
        return card
    return PlainTextResponse(words, status, _AGAIN if status == 503 else None)
