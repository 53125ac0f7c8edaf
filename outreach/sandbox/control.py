"""The sandbox's own API, for referees in another process: the log, the faults, the cast, the leads' texts.

GET  /sandbox/log?since=N     {"lines": [...], "next": N}; ask again with since=next
GET  /sandbox/keys            the public keys that webhooks are verified with
POST /sandbox/faults          one order as JSON, e.g. {"fault": "drop after accepting", "kind": "sms", "times": 3}
GET  /sandbox/faults          the orders in force
DELETE /sandbox/faults        behave again
POST /sandbox/release         post the callbacks that were held
POST /sandbox/personas        {"address": "...", "acts": [{"act": "replies", "nth": 1, "text": "..."}]}
POST /sandbox/text            {"from": "+1...", "to": "+1...", "body": "STOP"}
POST /sandbox/mail            {"from": "...", "to": "...", "subject": "...", "text": "..."}
"""

from collections.abc import Awaitable
from typing import Any

import msgspec

from outreach.sandbox.backstage import Backstage
from outreach.sandbox.faults import Misbehaviour
from outreach.sandbox.inbound import Inbound
from outreach.sandbox.personas import AnyAct
from outreach.sandbox.wire import Request, Response


class Casting(msgspec.Struct):
    address: str
    acts: list[AnyAct] = []


class TextOrder(msgspec.Struct, rename={"from_": "from"}):
    from_: str
    to: str
    body: str


class MailOrder(msgspec.Struct, rename={"from_": "from"}):
    from_: str
    to: str
    subject: str
    text: str
    html: str = ""
    headers: dict[str, str] = {}
    in_reply_to: str = ""


class Control:
    def __init__(self, backstage: Backstage, inbound: Inbound) -> None:
        self.backstage = backstage
        self.inbound = inbound

    def handle(self, request: Request) -> Response | Awaitable[Response]:
        try:
            return self._handle(request)
        except (msgspec.MsgspecError, ValueError) as wrong:
            return answer({"error": str(wrong)}, 400)

    def _handle(self, request: Request) -> Response | Awaitable[Response]:
        match request.method, request.path.removeprefix("/sandbox/"):
            case "GET", "log":
                return self._log(request)
            case "GET", "keys":
                return answer(
                    {"events": self.backstage.event_key.public, "mail": self.backstage.mail_key.public}
                )
            case "POST", "faults":
                order = msgspec.json.decode(request.body, type=Misbehaviour)
                return answer({"number": self.backstage.faults.order(order)}, 201)
            case "GET", "faults":
                return answer({"orders": self.backstage.faults.in_force()})
            case "DELETE", "faults":
                number = request.parameters().get("number")
                self.backstage.faults.cancel(int(number[0]) if number else None)
                return Response(204)
            case "POST", "personas":
                casting = msgspec.json.decode(request.body, type=Casting)
                self.backstage.cast.set(casting.address, casting.acts)
                return Response(204)
            case "POST", "release" | "text" | "mail":
                return self._later(request)
        return answer({"error": f"no {request.method} {request.path}"}, 404)

    def _log(self, request: Request) -> Response:
        since = int(request.parameters().get("since", ["0"])[0])
        lines = self.backstage.ledger.since(since)
        return answer({"lines": lines, "next": since + len(lines)})

    async def _later(self, request: Request) -> Response:
        match request.path:
            case "/sandbox/text":
                text = msgspec.json.decode(request.body, type=TextOrder)
                posted = await self.inbound.text(text.from_, text.to, text.body)
            case "/sandbox/mail":
                mail = msgspec.json.decode(request.body, type=MailOrder)
                posted = await self.inbound.mail(
                    mail.from_,
                    mail.to,
                    mail.subject,
                    mail.text,
                    html=mail.html,
                    headers=mail.headers,
                    in_reply_to=mail.in_reply_to,
                )
            case _:
                return answer({"released": await self.backstage.courier.release()})
        return answer({"status": posted.status, "attempts": posted.attempts})


def answer(content: Any, status: int = 200) -> Response:
    return Response(status, msgspec.json.encode(content))
