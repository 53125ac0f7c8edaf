"""The front desk: which request goes to which part of which vendor, and which fault strikes it."""

import base64
import sys
import traceback
from collections.abc import Awaitable

from outreach.sandbox.acting import Acting
from outreach.sandbox.backstage import Backstage, Outcome
from outreach.sandbox.control import Control
from outreach.sandbox.inbound import Inbound
from outreach.sandbox.ledger import Refused
from outreach.sandbox.mischief import Mischief
from outreach.sandbox.sendgrid import errors as sendgrid_errors
from outreach.sandbox.sendgrid.events import Events
from outreach.sandbox.sendgrid.logs import Logs
from outreach.sandbox.sendgrid.mail import PostOffice
from outreach.sandbox.sendgrid.suppressions import Suppressions
from outreach.sandbox.twilio import errors as twilio_errors
from outreach.sandbox.twilio.calls import Calls
from outreach.sandbox.twilio.messages import Messages
from outreach.sandbox.wire import Request, Response


class Desk:
    def __init__(self, backstage: Backstage) -> None:
        self.backstage = backstage
        self.settings = backstage.settings
        self.inbound = Inbound(backstage)
        self.messages = Messages(backstage, self.inbound)
        self.inbound.listed = self.messages.received
        self.suppressions = Suppressions(self.settings.now)
        self.events = Events(backstage)
        self.office = PostOffice(backstage, self.events, self.suppressions)
        self.logs = Logs(backstage, self.office)
        self.calls = Calls(backstage)
        acting = Acting(backstage, self.inbound, self.office)
        self.messages.arrived = acting.texted
        self.office.arrived = acting.mailed
        self.control = Control(backstage, self.inbound)
        self.mischief = Mischief(backstage, self._outcome)
        pair = f"{self.settings.account_sid}:{self.settings.auth_token}".encode()
        self._basic = "Basic " + base64.b64encode(pair).decode()
        self._bearer = "Bearer " + self.settings.api_key

    def handle(self, request: Request) -> Response | Awaitable[Response]:
        if request.path.startswith("/sandbox/"):
            return self.control.handle(request)
        provider, kind = classify(request)
        if self.backstage.faults.ordered:
            return self.mischief.answer(request, provider, kind)
        outcome = self._outcome(request, provider, kind)
        if outcome.story is not None:
            self.backstage.play(outcome.story)
        return outcome.response

    # As the vendors do it

    def _outcome(self, request: Request, provider: str, kind: str) -> Outcome:
        try:
            return self._twilio(request) if provider == "twilio" else self._sendgrid(request)
        except (twilio_errors.Refusal, sendgrid_errors.Refusal) as refusal:
            response = refusal.response()
            self._write_refusal(request, provider, kind, response.status, str(refusal))
            return Outcome(response)
        except Exception:  # noqa: BLE001 -- whatever was sent, the next request must find the sandbox alive
            traceback.print_exc(file=sys.stderr)
            self._write_refusal(request, provider, kind, 500, "a mistake in the sandbox")
            return Outcome(Response(500, b"a mistake in the sandbox; see its standard error", "text/plain"))

    def _twilio(self, request: Request) -> Outcome:
        if request.headers.get("authorization") != self._basic:
            raise twilio_errors.Refusal(20003)
        parts = request.path.split("/")  # "", 2010-04-01, Accounts, sid, Messages[, sid]
        if (
            len(parts) not in (5, 6)
            or parts[3] != self.settings.account_sid
            or not parts[-1].endswith(".json")
        ):
            raise twilio_errors.Refusal(20404, request.path)
        resource, sid = parts[4].removesuffix(".json"), parts[-1].removesuffix(".json")
        shelf: Messages | Calls = self.messages if resource == "Messages" else self.calls
        if resource not in ("Messages", "Calls"):
            raise twilio_errors.Refusal(20404, request.path)
        match request.method, len(parts):
            case "POST", 5:
                return shelf.create(request)
            case "GET", 5:
                return shelf.list(request)
            case "POST", 6:
                return shelf.update(request, sid)
            case "GET", 6:
                return shelf.fetch(request, sid)
        raise twilio_errors.Refusal(20004)

    def _sendgrid(self, request: Request) -> Outcome:
        if request.headers.get("authorization") != self._bearer:
            raise sendgrid_errors.unauthorized()
        match request.path.strip("/").split("/"):
            case ["v3", "mail", "send"] if request.method == "POST":
                return self.office.send(request)
            case ["v3", "logs"] if request.method == "POST":
                return Outcome(self.logs.search(request))
            case ["v3", "logs", message_id] if request.method == "GET":
                return Outcome(self.logs.fetch(message_id))
            case ["v3", "suppression", *rest]:
                return Outcome(self.suppressions.handle(request, rest))
            case ["v3", "asm", "suppressions", "global", *rest]:
                return Outcome(self.suppressions.handle_global(request, rest))
            case ["v3", "recipients", "erasejob"] if request.method == "POST":
                return Outcome(self.suppressions.erase(request))
        raise sendgrid_errors.Refusal(404, "not found")

    def _write_refusal(self, request: Request, provider: str, kind: str, status: int, verdict: str) -> None:
        form = request.form() if provider == "twilio" else {}
        self.backstage.ledger.write(
            Refused(
                provider=provider,
                kind=kind,
                status=status,
                verdict=verdict,
                to=form.get("To", [""])[0],
                code=int(verdict) if verdict.isdigit() else 0,
            )
        )


def classify(request: Request) -> tuple[str, str]:
    """Whose request this is and what it is about, in the words that faults are ordered with."""
    path, post = request.path, request.method == "POST"
    if path.startswith("/2010-04-01/"):
        if post and path.endswith("/Messages.json"):
            return "twilio", "sms"
        if post and path.endswith("/Calls.json"):
            return "twilio", "call"
        return "twilio", "other" if post else "list"
    if path == "/v3/mail/send":
        return "sendgrid", "mail"
    return "sendgrid", "list" if path.startswith("/v3/logs") else "other"
