"""What mail/send refuses with 400, in SendGrid's words, one complaint at a time."""

import re
from typing import Any, Final

import msgspec

from outreach.sandbox.sendgrid.errors import Refusal

ADDRESS: Final = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")
# Headers that are SendGrid's own business.
RESERVED: Final = frozenset(
    {"x-sg-id", "x-sg-eid", "received", "dkim-signature", "content-type", "content-transfer-encoding",
     "to", "from", "subject", "reply-to", "cc", "bcc"}
)  # fmt: skip
MOST_ARGS = 10_000  # bytes of custom_args
MOST_PEOPLE = 1000


def check(asked: Any) -> None:
    if not isinstance(asked, dict):
        raise Refusal(400, "Bad Request")
    check_personalizations(asked)
    check_address(asked.get("from"), "from")
    if (reply_to := asked.get("reply_to")) is not None:
        check_address(reply_to, "reply_to")
    subjects = [asked.get("subject")] + [p.get("subject") for p in asked["personalizations"]]
    if not any(subjects) and not asked.get("template_id"):
        raise Refusal(400, "The subject is required. You can get around this requirement "
                           "if you use a template with a subject defined.", "subject")  # fmt: skip
    check_content(asked)
    check_headers(asked, "headers")
    if len(asked.get("categories") or ()) > 10:
        raise Refusal(400, "The categories parameter must have 10 or fewer entries.", "categories")
    if not isinstance(asked.get("send_at", 0), int):
        raise Refusal(400, "Invalid type. Expected: integer, given: string.", "send_at")


def check_personalizations(asked: dict[str, Any]) -> None:
    personal = asked.get("personalizations")
    if not personal or not isinstance(personal, list):
        raise Refusal(400, "The personalizations field is required and must have at least "
                           "one personalization.", "personalizations")  # fmt: skip
    if len(personal) > MOST_PEOPLE:
        raise Refusal(400, "There is a limit of 1000 personalizations per request.", "personalizations")
    for i, one in enumerate(personal):
        place = f"personalizations.{i}"
        if not isinstance(one, dict) or not one.get("to"):
            raise Refusal(400, "The to array is required for all personalization objects, and must have at "
                               "least one email object with a valid email address.", f"{place}.to")  # fmt: skip
        for name in ("to", "cc", "bcc"):
            for j, person in enumerate(one.get(name) or ()):
                check_address(person, f"{place}.{name}.{j}.email")
        check_headers(one, f"{place}.headers")
        args = msgspec.json.encode({**(asked.get("custom_args") or {}), **(one.get("custom_args") or {})})
        if len(args) > MOST_ARGS:
            raise Refusal(400, "The custom_args are too large: 10000 bytes at most.", f"{place}.custom_args")


def check_address(person: Any, place: str) -> None:
    email = person.get("email") if isinstance(person, dict) else None
    if not email:
        raise Refusal(400, "The from email does not contain a valid address." if place == "from" else
                      "The email address is required.", place)  # fmt: skip
    if not isinstance(email, str) or len(email) > 320 or not ADDRESS.fullmatch(email):
        raise Refusal(400, "Does not contain a valid address.", place)


def check_content(asked: dict[str, Any]) -> None:
    content = asked.get("content")
    if not content:
        if asked.get("template_id"):
            return
        raise Refusal(400, "Unless a valid template_id is provided, the content parameter is required. "
                           "There must be at least one defined content block.", "content")  # fmt: skip
    for i, part in enumerate(content):
        if not part.get("value"):
            raise Refusal(400, "The content value must be a string at least one character in length.",
                          f"content.{i}.value")  # fmt: skip
    types = [part.get("type") for part in content]
    if "text/plain" in types[1:]:
        raise Refusal(400, "The content types must be in this order: text/plain, text/html.", "content")


def check_headers(where: dict[str, Any], place: str) -> None:
    for name in where.get("headers") or {}:
        if name.lower() in RESERVED:
            raise Refusal(400, f"The header {name} is reserved and may not be set.", f"{place}.{name}")
