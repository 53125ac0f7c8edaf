"""SendGrid's refusals, in the shape its API gives them."""

import msgspec

from outreach.sandbox.wire import Response


class Refusal(Exception):
    """SendGrid says no: what is wrong, and in which field."""

    def __init__(self, status: int, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.field = field

    def response(self) -> Response:
        # The documents type `help` as an object and `field` as a string, both "when applicable".
        error = {"message": self.message, "help": {}} | ({"field": self.field} if self.field else {})
        return Response(self.status, msgspec.json.encode({"errors": [error]}))


def unauthorized() -> Refusal:
    return Refusal(401, "The provided authorization grant is invalid, expired, or revoked")
