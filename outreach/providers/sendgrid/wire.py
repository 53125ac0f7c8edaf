"""The SendGrid SDK over our own transport: its client and addresses, our pool, limits and errors."""

from __future__ import annotations

import json
from typing import Any

from python_http_client import Client
from sendgrid import SendGridAPIClient

from outreach.domain.errors import ProviderError
from outreach.providers.sendgrid.tables import FIELDS
from outreach.providers.transport import Answer, Transport, by_status, masked


def client(transport: Transport, *, url: str, key: str) -> SendGridAPIClient:
    """A client of the SDK for the API at `url`."""
    api = SendGridAPIClient(key, host=url.rstrip("/"))
    api.client = Wire(transport, host=api.host, request_headers=api._default_headers, version=3)  # noqa: SLF001
    return api


class _Read:
    """An answer in the shape that the SDK reads."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def getcode(self) -> int:
        return self._answer.status

    def read(self) -> bytes:
        return self._answer.body

    def info(self) -> Any:
        return self._answer.headers


class Wire(Client):  # type: ignore[misc]  # the SDK has no types
    """The SDK's client with its last step, the request itself, replaced."""

    def __init__(self, transport: Transport, **about: Any) -> None:
        super().__init__(**about)
        self._transport = transport

    def _build_client(self, name: str | None = None) -> Wire:
        return Wire(
            self._transport,
            host=self.host,
            version=self._version,
            request_headers=dict(self.request_headers),  # a call must not change the headers of the next one
            url_path=[*self._url_path, name] if name else self._url_path,
        )

    def _make_request(self, opener: Any, request: Any, timeout: float | None = None) -> _Read:
        """One request. Raises Refused, Unavailable or Uncertain."""
        del opener, timeout
        headers = dict(request.header_items())
        answer = self._transport.request(
            request.get_method(), request.full_url, body=request.data, headers=headers
        )
        if answer.status >= 300:
            raise error(answer)
        return _Read(answer)


def error(answer: Answer) -> ProviderError:
    """What a status of 300 or more means: by the field it names, else by itself."""
    told = _errors(answer)
    words = "; ".join(str(one.get("message") or "") for one in told)
    field = next((str(one.get("field") or "") for one in told), "")
    known = next((meaning for start, meaning in FIELDS.items() if field.startswith(start)), None)
    if known is None or not 400 <= answer.status < 500 or answer.status in (401, 429):
        return by_status("SendGrid", answer, says=words)
    kind, fault = known
    text = f"SendGrid answered {answer.status} about {field}: {masked(words)}"
    return kind(text, code=str(answer.status), fault=fault)


def _errors(answer: Answer) -> list[dict[str, Any]]:
    try:
        told = json.loads(answer.body)
    except ValueError:
        return []
    errors = told.get("errors") if isinstance(told, dict) else None
    return [one for one in errors if isinstance(one, dict)] if isinstance(errors, list) else []
