"""What SendGrid's own records say of a mail: the Email Logs API.

https://www.twilio.com/docs/sendgrid/api-reference/email-logs. It cannot search by custom args, so mails to the address
in the time are listed, and each is read until the one with our token is found.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any, Final

from outreach.domain.errors import ProviderError
from outreach.domain.touch import Attempt
from outreach.providers.base import Evidence, Found
from outreach.providers.sendgrid.events import TOKEN, reference

_MOST: Final = 100  # mails to one address in some minutes; more cannot be ours
_EARLY, _LATE = timedelta(seconds=5), timedelta(seconds=60)  # their clock is not ours


def find(api: Any, attempt: Attempt) -> Evidence:
    """Look an attempt up. An account without the API, or any error, is CANNOT_TELL."""
    if '"' in attempt.to or "\\" in attempt.to:
        return Evidence(Found.CANNOT_TELL, detail="this address cannot be asked for")
    try:
        return _search(api, attempt)
    except ProviderError as error:
        return Evidence(Found.CANNOT_TELL, detail=str(error))
    except (ValueError, KeyError, TypeError, AttributeError):
        return Evidence(Found.CANNOT_TELL, detail="SendGrid's logs came in an unknown form")


def _search(api: Any, attempt: Attempt) -> Evidence:
    listed = _read(api.logs.post(request_body={"query": _query(attempt), "limit": _MOST}))["messages"]
    for one in listed:
        mail = _read(api.logs._(one["sg_message_id"]).get())
        if (mail.get("custom_args") or {}).get(TOKEN) == attempt.token:
            return Evidence(
                Found.SENT, reference=reference(one["sg_message_id"]), detail=str(one.get("status"))
            )
    if len(listed) >= _MOST:
        return Evidence(Found.CANNOT_TELL, detail="more mails to this address than SendGrid lists at once")
    return Evidence(Found.NOT_SENT, detail="no mail in SendGrid's logs has its token")


def _query(attempt: Attempt) -> str:
    since, until = _stamp(attempt.started_at - _EARLY), _stamp(attempt.lease_until + _LATE)
    created = "sg_message_id_created_at"
    return (
        f'to_email = "{attempt.to}" AND {created} >= TIMESTAMP "{since}" AND {created} <= TIMESTAMP "{until}"'
    )


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _read(answer: Any) -> dict[str, Any]:
    told = json.loads(answer.body)
    if not isinstance(told, dict):
        raise TypeError("not an object")
    return told
