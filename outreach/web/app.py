"""The web application: which door leads where, and how it is served.

python -m outreach.web
"""

from __future__ import annotations

import signal
import threading

import structlog
import uvicorn
from fastapi import FastAPI

from outreach import bootstrap
from outreach.casework.house import House
from outreach.engine.heartbeat import beat
from outreach.settings import Settings
from outreach.web import audio, health, metrics, unsubscribe, webhooks
from outreach.web.armour import Armour
from outreach.web.intake import Intake
from outreach.web.tally import Tally

log = structlog.get_logger()
_KEEP_ALIVE = 30  # seconds an idle connection stays open: providers come again soon


def create(house: House) -> FastAPI:
    """All routes over one house."""
    # No pages of documentation: they load scripts from elsewhere. No redirects for slashes: they trust the Host header.
    app = FastAPI(title="outreach", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    tally, intake = Tally(), Intake()
    app.include_router(webhooks.routes(house, tally, intake))
    app.include_router(unsubscribe.routes(house, tally, intake))
    app.include_router(audio.routes(house))
    app.include_router(health.routes(house))
    app.include_router(metrics.routes(house, tally))
    app.add_middleware(Armour, https=house.settings.public_url.startswith("https://"))
    return app


def server(house: House, *, host: str | None = None, port: int | None = None) -> uvicorn.Server:
    """The application, ready to be served."""
    settings = house.settings
    config = uvicorn.Config(
        create(house),
        host=host or settings.host,
        port=settings.port if port is None else port,
        log_config=None,
        access_log=False,  # an unsubscribe link is a key and belongs in no log
        server_header=False,
        proxy_headers=False,  # nothing here depends on who asks; signatures are over the public address
        timeout_keep_alive=_KEEP_ALIVE,
        # Whoever is being answered may still wait for what is on the wire.
        timeout_graceful_shutdown=int(settings.stop_wait) + 5,
    )
    return uvicorn.Server(config)


def serve(house: House, *, host: str | None = None, port: int | None = None) -> None:
    """Serve until SIGTERM or SIGINT, then return, so that the caller can end in good order too."""
    # The server handles both while it runs and raises them again at its end: that must end nobody else.
    before = {sign: signal.signal(sign, lambda *_: None) for sign in (signal.SIGTERM, signal.SIGINT)}
    try:
        server(house, host=host, port=port).run()
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    bootstrap.logs()
    # Its bell is rung through Redis when that answers: a webhook must be taken in also while it does not.
    house = bootstrap.house(Settings.from_env())
    house.providers.warm()  # the first webhook must not wait for an SDK
    done = threading.Event()
    pulse = threading.Thread(target=beat, args=(house, "web", done), name="beat web", daemon=True)
    pulse.start()
    log.info("web started", host=house.settings.host, port=house.settings.port)
    try:
        serve(house)
    finally:
        done.set()
        pulse.join()
        house.providers.close()
        house.store.close()
    log.info("web stopped")
