"""SendGrid's own lists of addresses it will not mail: searched, read and emptied through the API."""

from collections.abc import Callable
from typing import Any, Final

import msgspec

from outreach.sandbox.sendgrid.errors import Refusal
from outreach.sandbox.wire import Request, Response

# list -> why a mail to an address on it is dropped
REASONS: Final = {
    "bounces": "Bounced Address",
    "invalid_emails": "Invalid",
    "spam_reports": "Spam Reporting Address",
    "unsubscribes": "Unsubscribed Address",
    "blocks": "",  # blocks are for the record only; the next mail is tried again
}
PAGE: Final = 500
MOST_ERASED: Final = 5000
Entry = dict[str, Any]


class Suppressions:
    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self.erased: list[str] = []  # addresses whose erasure was asked for
        self.lists: dict[str, dict[str, Entry]] = {name: {} for name in REASONS}

    def add(self, name: str, email: str, created: float, **more: str) -> None:
        self.lists[name][email.lower()] = {"created": int(created), "email": email, **more}

    def reason_to_drop(self, email: str) -> str:
        found = (why for name, why in REASONS.items() if why and email.lower() in self.lists[name])
        return next(found, "")

    def handle(self, request: Request, parts: list[str]) -> Response:
        """`parts` is the path below /v3/suppression: the list and perhaps an address."""
        if not parts or parts[0] not in self.lists:
            raise Refusal(404, "not found")
        entries = self.lists[parts[0]]
        if request.method == "DELETE":
            return self._delete(entries, request, parts[1:])
        if request.method != "GET":
            raise Refusal(405, "method not allowed")
        if len(parts) == 2:
            found = [entries[email] for email in (parts[1].lower(),) if email in entries]
        else:
            found = self._search(list(entries.values()), request.parameters())
        return Response(200, msgspec.json.encode(found))

    def _search(self, entries: list[Entry], query: dict[str, list[str]]) -> list[Entry]:
        def number(name: str, default: int) -> int:
            return int(query.get(name, [str(default)])[0])

        if not 1 <= number("limit", PAGE) <= PAGE:
            raise Refusal(400, f"limit must be between 1 and {PAGE}", "limit")
        since, until = number("start_time", 0), number("end_time", 2**62)
        part = query.get("email", [""])[0].strip("%").lower()
        found = [e for e in entries if since <= e["created"] <= until and part in e["email"].lower()]
        offset = number("offset", 0)
        return found[offset : offset + number("limit", PAGE)]

    def _delete(self, entries: dict[str, Entry], request: Request, address: list[str]) -> Response:
        if address:
            if entries.pop(address[0].lower(), None) is None:
                raise Refusal(404, "not found")
            return Response(204)
        orders = msgspec.json.decode(request.body or b"{}")
        emails = list(entries) if orders.get("delete_all") else orders.get("emails", [])
        for email in emails:
            entries.pop(email.lower(), None)
        return Response(204)

    def erase(self, request: Request) -> Response:
        """Recipients' Data Erasure: a job that is done some time later."""
        emails = msgspec.json.decode(request.body or b"{}").get("email_addresses")
        if not isinstance(emails, list) or not 1 <= len(emails) <= MOST_ERASED:
            raise Refusal(400, "email_addresses must name 1 to 5000 addresses", "email_addresses")
        self.erased += emails
        return Response(202, msgspec.json.encode({"job_id": f"job-{len(self.erased)}"}))

    # The global list has a second door, where addresses are also put in.

    def handle_global(self, request: Request, parts: list[str]) -> Response:
        entries = self.lists["unsubscribes"]
        if request.method == "POST":
            emails = msgspec.json.decode(request.body)["recipient_emails"]
            for email in emails:
                self.add("unsubscribes", email, self._now())
            return Response(201, msgspec.json.encode({"recipient_emails": emails}))
        email = parts[0].lower() if parts else ""
        if request.method == "DELETE":
            entries.pop(email, None)
            return Response(204)
        return Response(200, msgspec.json.encode({"recipient_email": email} if email in entries else {}))
