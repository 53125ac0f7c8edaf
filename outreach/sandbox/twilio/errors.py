"""Twilio's refusals: a table of codes, and the JSON they travel in."""

from typing import Final

import msgspec

from outreach.sandbox.wire import Response

# code -> (HTTP status, message). `{}` becomes the value complained about.
REFUSALS: Final[dict[int, tuple[int, str]]] = {
    20001: (400, "Unknown parameters: {}"),
    20003: (401, "Authenticate"),
    20004: (405, "Method not allowed"),
    20009: (400, "Cannot delete or change this resource: it is {}"),
    20404: (404, "The requested resource {} was not found"),
    20429: (429, "Too many requests"),
    # Calls
    21201: (400, "No 'To' number specified"),
    21205: (400, "Url is not a valid URL: {}"),
    21212: (400, "Invalid From Number (caller ID): {}"),
    21213: (400, "'From' parameter is required"),
    21214: (400, "'To' phone number cannot be reached: {}"),
    21215: (400, "Account not authorized to call {}. Perhaps you need to enable some international permissions"),
    21216: (400, "Account not allowed to call {}"),
    21217: (400, "Phone number does not appear to be valid: {}"),
    # Messages
    21211: (400, "Invalid 'To' Phone Number: {}"),
    21408: (400, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: {}"),
    21602: (400, "Message body is required."),
    21603: (400, "A 'From' phone number is required."),
    21604: (400, "A 'To' phone number is required."),
    21606: (400, "The 'From' phone number provided ({}) is not a valid, message-capable Twilio phone number"),
    21609: (400, "The 'StatusCallback' URL {} is not a valid URL."),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21611: (400, "This 'From' number has exceeded the maximum number of queued messages: {}"),
    21612: (400, "Message cannot be sent with the current combination of 'To' ({}) and/or 'From' parameters"),
    21614: (400, "'To' number is not a valid mobile number: {}"),
    21617: (400, "The concatenated message body exceeds the 1600 character limit"),
    35114: (400, "SendAt is too far in the future or too close: {}"),
    35118: (400, "MessagingServiceSid is required to schedule a message"),
}  # fmt: skip

# Twilio's own test numbers: https://www.twilio.com/docs/iam/test-credentials
MAGIC_TO_SMS: Final = {
    "+15005550001": 21211, "+15005550002": 21612, "+15005550003": 21408,
    "+15005550004": 21610, "+15005550009": 21614,
}  # fmt: skip
MAGIC_FROM_SMS: Final = {"+15005550001": 21212, "+15005550007": 21606, "+15005550008": 21611}
MAGIC_TO_CALL: Final = {
    "+15005550001": 21217, "+15005550002": 21214, "+15005550003": 21215, "+15005550004": 21216,
}  # fmt: skip
MAGIC_FROM_CALL: Final = {"+15005550001": 21212}


class Refusal(Exception):
    """Twilio says no, with a code of the table."""

    def __init__(self, code: int, about: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.status, text = REFUSALS[code]
        self.text = text.format(about)

    def response(self) -> Response:
        body = {
            "code": self.code,
            "message": self.text,
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }
        return Response(self.status, msgspec.json.encode(body))
