"""Running it: `up` on this machine, and `demo` to see it in a minute."""

from __future__ import annotations

from typing import Annotated

import typer

from outreach.cli import plain


def up(
    port: Annotated[
        int | None, typer.Option(help="The port of the web pages and webhooks.", min=1, max=65535)
    ] = None,
) -> None:
    """Run everything in one process: web, clock and workers. Ctrl-C ends it in good order.

    Example:

        outreach up --port 8080
    """
    from outreach.settings import Settings
    from outreach.up import run

    settings = Settings.from_env()
    if settings.nothing_leaves:
        plain.line(f"nothing leaves this machine: messages are written to {settings.outbox}/")
    run(settings, port=port)


def demo() -> None:
    """Play a whole cadence in a minute, on this machine alone: the real engine against imitated providers.

    Example:

        outreach demo
    """
    from outreach.demo import run

    run()
