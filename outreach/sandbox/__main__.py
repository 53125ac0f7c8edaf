"""Runs the sandbox as a process of its own, the referee that nobody kills: `python -m outreach.sandbox`."""

import argparse
import os
import signal
import sys
from pathlib import Path

from outreach.sandbox.sandbox import Sandbox
from outreach.sandbox.settings import Settings


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m outreach.sandbox",
        description="A loopback imitation of Twilio and SendGrid. Listens on 127.0.0.1 only.",
    )
    parser.add_argument("--port", type=int, default=4010, help="0 takes a free one (default: 4010)")
    parser.add_argument(
        "--log", type=Path, help="append every accepted request to this file, a JSON line each"
    )
    parser.add_argument("--fsync", action="store_true", help="fsync the log after every line")
    parser.add_argument(
        "--lean", action="store_true", help="keep raw parameters and mail texts in the file only"
    )
    where = parser.add_argument_group("where webhooks go")
    where.add_argument(
        "--webhooks", default="", metavar="URL", help="the product's base URL, on the usual paths"
    )
    where.add_argument("--sms-url", default="", help="inbound texts, if not on the usual path")
    where.add_argument("--events-url", default="", help="SendGrid's Event Webhook, likewise")
    where.add_argument("--mail-url", default="", help="Inbound Parse, likewise")
    where.add_argument(
        "--public-url", default="", help="callbacks to this public URL are signed for it and ..."
    )
    where.add_argument(
        "--private-url", default="", help="... delivered to this one, as a reverse proxy would"
    )
    where.add_argument("--no-callbacks", action="store_true", help="accept and stay silent")
    keys = parser.add_argument_group("keys that requests must show")
    keys.add_argument("--account-sid", default=os.environ.get("TWILIO_ACCOUNT_SID", ""))
    keys.add_argument("--auth-token", default=os.environ.get("TWILIO_AUTH_TOKEN", ""))
    keys.add_argument("--api-key", default=os.environ.get("SENDGRID_API_KEY", ""))
    times = parser.add_argument_group("how long things take, in seconds")
    for name in ("status-delay", "event-batch", "ring", "detection", "speech", "retry-delay"):
        times.add_argument(f"--{name}", type=float)
    tls = parser.add_argument_group("TLS")
    tls.add_argument("--cert", type=Path)
    tls.add_argument("--key", type=Path)
    return parser


def settings_of(given: argparse.Namespace) -> Settings:
    """The defaults, with what was given on the command line in place of them."""
    settings = Settings(callbacks=not given.no_callbacks, remember_raw=not given.lean)
    if given.webhooks:
        settings.point_at(given.webhooks)
    names = ("sms_url", "events_url", "mail_url", "public_url", "private_url", "account_sid", "auth_token",
             "api_key", "status_delay", "event_batch", "ring", "detection", "speech", "retry_delay")  # fmt: skip
    for name in names:
        value = getattr(given, name)
        if value not in ("", None):
            setattr(settings, name, value)
    return settings


def main() -> None:
    given = arguments().parse_args()
    # Taken before anything is started, so that a signal sent at once is not lost.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    sandbox = Sandbox(
        settings_of(given), port=given.port, log=given.log, fsync=given.fsync, cert=given.cert, key=given.key
    )
    with sandbox:
        say(f"sandbox: listening on {sandbox.url}")
        say(f"sandbox: event webhook public key {sandbox.event_public_key}")
        say(f"sandbox: inbound parse public key {sandbox.mail_public_key}")
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
