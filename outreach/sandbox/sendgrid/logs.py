"""The Email Logs API: finds mails by what it lets one ask for (not by custom args) and shows one in full."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from outreach.sandbox.backstage import Backstage
from outreach.sandbox.sendgrid.errors import Refusal
from outreach.sandbox.sendgrid.mail import Mail, PostOffice
from outreach.sandbox.wire import Request, Response

CONDITION: Final = re.compile(
    r"""\s*(?P<field>\w+)\s*(?P<operator>>=|<=|=|>|<|\bIN\b)\s*
        (?:TIMESTAMP\s+)?(?P<value>"[^"]*"|'[^']*'|\([^)]*\))\s*""",
    re.VERBOSE,
)
QUOTED: Final = re.compile(r"""["']([^"']*)["']""")
# field -> (the operators it allows, what it looks at)
FIELDS: Final[dict[str, tuple[tuple[str, ...], Callable[[Mail], Any]]]] = {
    "sg_message_id": (("=",), lambda mail: mail.id),
    "subject": (("=",), lambda mail: mail.subject),
    "to_email": (("=",), lambda mail: mail.to),
    "reason": (("=",), lambda mail: mail.reason),
    "status": (("IN",), lambda mail: [mail.status]),
    "categories": (("IN",), lambda mail: mail.categories),
    "sg_message_id_created_at": ((">", "<", ">=", "<="), lambda mail: mail.created),
}
COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "=": lambda found, wanted: bool(found == wanted[0]),
    "IN": lambda found, wanted: bool(set(found) & set(wanted)),
    ">": lambda found, wanted: bool(found > moment(wanted[0])),
    "<": lambda found, wanted: bool(found < moment(wanted[0])),
    ">=": lambda found, wanted: bool(found >= moment(wanted[0])),
    "<=": lambda found, wanted: bool(found <= moment(wanted[0])),
}
# Names that custom args cannot take from an event.
RESERVED_KEYS: Final = {"email", "timestamp", "smtp-id", "event", "sg_event_id", "sg_message_id", "category"}
Check = Callable[[Mail], bool]


class Logs:
    def __init__(self, backstage: Backstage, office: PostOffice) -> None:
        self.backstage = backstage
        self.office = office

    def search(self, request: Request) -> Response:
        asked = msgspec.json.decode(request.body or b"{}")
        limit = asked.get("limit", 10)
        if not isinstance(limit, int) or not 1 <= limit <= 1000:
            raise Refusal(400, "limit must be between 1 and 1000", "limit")
        checks, recipient = parse_query(asked.get("query", ""))
        # Reconciliation asks by recipient: it must stay quick after a hundred thousand mails.
        mails = (
            self.office.by_to.get(recipient.lower(), []) if recipient else list(self.office.mails.values())
        )
        found = [mail for mail in reversed(mails) if all(check(mail) for check in checks)]
        listed = self.backstage.faults.listed("sendgrid", found, self.backstage.settings.now())
        return Response(200, msgspec.json.encode({"messages": [summary(mail) for mail in listed[:limit]]}))

    def fetch(self, sg_message_id: str) -> Response:
        mail = self.office.mails.get(sg_message_id)
        if mail is None:
            raise Refusal(404, "message not found")
        full = {
            **summary(mail),
            "api_key_id": "sandbox",
            "client_ip": "127.0.0.1",
            "category": mail.categories,
            "custom_args": mail.custom_args,
            "events": [event_shown(event, mail.custom_args) for event in mail.events[-100:]],
        }
        del full["sg_message_id_created_at"]
        full.pop("reason", None)
        return Response(200, msgspec.json.encode(full))


def parse_query(query: str) -> tuple[list[Check], str]:
    """The conditions, and the recipient if one of them names it."""
    checks, position, recipient = [], 0, ""
    while position < len(query):
        match = CONDITION.match(query, position)
        if match is None:
            raise Refusal(400, f"invalid query near {query[position : position + 30]!r}", "query")
        checks.append(condition(*match.group("field", "operator", "value")))
        if match["field"] == "to_email":
            recipient = match["value"][1:-1]
        position = match.end()
        if position < len(query):
            if query[position : position + 4].upper() != "AND ":
                raise Refusal(400, f"expected AND at position {position}", "query")
            position += 4
    return checks, recipient


def condition(name: str, operator: str, value: str) -> Check:
    operators, look = FIELDS.get(name, ((), lambda _: None))
    if operator not in operators:
        raise Refusal(400, f"unsupported condition: {name} {operator}", "query")
    wanted = QUOTED.findall(value)
    if name.endswith("_at"):
        moment(wanted[0])
    compare = COMPARE[operator]
    return lambda mail: compare(look(mail), wanted)


def moment(text: str) -> float:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()
    except ValueError:
        raise Refusal(400, f"not a timestamp: {text}", "query") from None


def summary(mail: Mail) -> dict[str, Any]:
    shown = {
        "from_email": mail.from_,
        "sg_message_id": mail.id,
        "subject": mail.subject,
        "to_email": mail.to,
        "status": mail.status,
        "sg_message_id_created_at": datetime.fromtimestamp(mail.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    return shown | ({"reason": mail.reason} if mail.reason else {})


def event_shown(event: dict[str, Any], custom_args: dict[str, str]) -> dict[str, Any]:
    """The webhook merges custom args into the event; the logs keep them in a field of their own."""
    merged = custom_args.keys() - RESERVED_KEYS
    shown = {name: value for name, value in event.items() if name not in merged and value is not False}
    return shown | ({"custom_args": custom_args} if custom_args else {})
