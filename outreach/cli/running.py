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


def demo(
    plain_lines: Annotated[
        bool, typer.Option("--plain", help="Lines instead of a live screen, as fast as the work allows.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Only the summary, as JSON.")] = False,
    keep: Annotated[
        bool, typer.Option(help="Keep the database and the providers' log, and say where.")
    ] = False,
    seconds: Annotated[
        float | None, typer.Option(help="How long the live screen takes.", min=1.0, show_default=False)
    ] = None,
) -> None:
    """Play five weeks of follow-up in half a minute, on this machine alone: the real engine, imitated providers.

    Ends with 0 when every promise held, with 1 when one was broken.

    Example:

        outreach demo
    """
    from outreach.demo import run

    raise typer.Exit(run(plain=plain_lines, as_json=as_json, keep=keep, seconds=seconds))
