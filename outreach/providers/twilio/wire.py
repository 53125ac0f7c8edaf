"""The Twilio SDK over our own transport: its addresses, parameters and models, our pool, limits and errors."""

from __future__ import annotations

import json
import logging
from base64 import b64encode
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urlsplit

from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from outreach.domain.errors import ProviderError, Refused, Unavailable, Uncertain
from outreach.providers.transport import Answer, Transport, by_status, masked, retry_after
from outreach.providers.twilio.tables import ERRORS

_quiet = logging.getLogger("twilio.http_client")


def client(transport: Transport, *, url: str, account: str, auth_token: str) -> Client:
    """A client of the SDK for the API at `url`."""
    return Client(account, auth_token, http_client=Wire(transport, url))


class Wire(HttpClient):  # type: ignore[misc]  # the SDK has no types
    """Sends the SDK's requests to the configured address and raises our errors."""

    def __init__(self, transport: Transport, url: str) -> None:
        super().__init__(_quiet, is_async=False)
        self._transport, self._url = transport, url.rstrip("/")

    def request(  # the signature is the SDK's
        self,
        method: str,
        uri: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """One request. Raises Refused, Unavailable or Uncertain."""
        del timeout, allow_redirects  # the transport's own bound holds; redirects are never followed
        url = self._here(uri) + (f"?{urlencode(params, doseq=True)}" if params else "")
        sent = {**(headers or {}), **(_basic(auth) if auth else {})}
        body = urlencode(data, doseq=True) if data else None
        answer = self._transport.request(method, url, body=body, headers=sent)
        said = _json(answer)
        if not 200 <= answer.status < 300:
            raise _error(answer, said)
        if not said:
            raise Uncertain(f"Twilio answered {answer.status} with something unreadable", code="unreadable")
        return Response(answer.status, answer.body.decode("utf-8", "replace"), answer.headers)

    def _here(self, uri: str) -> str:
        """The SDK's address with our origin: a test's, a region's, or Twilio's own."""
        parts = urlsplit(uri)
        return self._url + parts.path + (f"?{parts.query}" if parts.query else "")


@lru_cache(maxsize=8)
def _basic(auth: tuple[str, str]) -> dict[str, str]:
    """RFC 7617."""
    return {"Authorization": f"Basic {b64encode(':'.join(auth).encode()).decode()}"}


def _json(answer: Answer) -> dict[str, Any]:
    try:
        said = json.loads(answer.body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _error(answer: Answer, said: dict[str, Any]) -> ProviderError:
    code, words = said.get("code"), str(said.get("message") or "")
    known = ERRORS.get(code) if isinstance(code, int) else None
    if known is None or answer.status >= 500 or answer.status == 429:
        return by_status("Twilio", answer, code=str(code or ""), says=words)
    text = f"Twilio {code}: {known.says}" + (f" ({masked(words)})" if words else "")
    if known.error is Refused:
        return Refused(text, code=str(code), fault=known.fault)
    return Unavailable(text, code=str(code), fault=known.fault, retry_after=retry_after(answer.headers))
