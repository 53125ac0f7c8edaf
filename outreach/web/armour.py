"""What every answer carries, and what none does: headers that make browsers careful, and never a traceback."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Final

import structlog
from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()

# Pages that need more (a style sheet, a form) say so themselves.
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",  # the address of an unsubscribe page is a key
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
_HTTPS_ONLY: Final = ("Strict-Transport-Security", "max-age=31536000")


class Armour:
    """Wraps the whole application. `https` is whether the public address is one."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        self.headers = _HEADERS | (dict([_HTTPS_ONLY]) if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def careful(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self.app(scope, receive, careful)
        except Exception as error:  # noqa: BLE001 - the last net: whatever it is must not reach the server, which prints it
            told(error, "request broke", method=scope["method"])
            if not begun:
                await JSONResponse({"error": "internal error"}, 500)(scope, receive, careful)


def told(error: Exception, event: str, **fields: object) -> None:
    """Log an error by its kind and place only: its words may hold a lead's message or address."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "outreach" in Path(frame.filename).parts] or frames
    at = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    log.error(event, error=type(error).__name__, cause=type(error.__cause__).__name__, at=at, **fields)
