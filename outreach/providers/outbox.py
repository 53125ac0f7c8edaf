"""Messages as files one can open: the provider when none is configured. Nothing leaves the machine.

One file a message in the folder of OUTREACH_OUTBOX: .eml opens in a mail program, .txt is the text message, .json is the
call that a voicemail would have been. Names sort by time and tell channel and lead.
"""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from outreach.domain.channel import Channel
from outreach.domain.errors import NoKey, Refused, TooLate, Unavailable
from outreach.domain.event import Event, PickedUp
from outreach.domain.message import Email, Message, Receipt, Text, Voicemail
from outreach.domain.touch import Attempt
from outreach.providers.base import Evidence, Found, WebhookAnswer, WebhookRequest, machine_time
from outreach.providers.mail import as_mime
from outreach.settings import Settings

_TOKEN_IN_NAME: Final = 12  # characters: enough to find a file by, short enough to read past


class Outbox:
    """A folder as provider of every channel that machines carry."""

    name = "outbox"
    channels = frozenset(channel for channel in Channel if not channel.by_rep)
    webhooks: frozenset[str] = frozenset()
    local = True

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.outbox

    @staticmethod
    def configured(settings: Settings) -> bool:
        """A folder is always at hand."""
        del settings
        return True

    def send(self, message: Message, *, token: str, deadline: float) -> Receipt:
        """Write one file, whole or not at all; the reference is its name."""
        content, ending = _written(message, token)
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-{message.channel.value}-{_who(message)}-{_short(token)}{ending}"
        try:
            self._place(name, content, deadline)
        except OSError as error:
            raise Unavailable(f"cannot write to the outbox {self._folder} ({error.strerror})") from error
        return Receipt(reference=name)

    def _place(self, name: str, content: bytes, deadline: float) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._folder, prefix=".", suffix=".tmp", delete=False) as half:
            half.write(content)
        if machine_time() > deadline:
            Path(half.name).unlink()
            raise TooLate("the time to write this message had passed; nothing was written")
        Path(half.name).replace(self._folder / name)

    def verify(self, request: WebhookRequest) -> None:
        """Nobody calls back from a folder."""
        raise NoKey(f"the outbox takes no webhooks, and so not {request.kind!r}")

    def parse(self, request: WebhookRequest) -> list[Event]:
        """Nothing ever arrives."""
        del request
        return []

    def answer(self, event: PickedUp, message: Voicemail | None) -> WebhookAnswer:
        """No call is ever picked up."""
        del event, message
        return WebhookAnswer("", content_type="text/plain")

    def erase(self, addresses: Sequence[str], references: Sequence[str]) -> str:
        """Delete the files of these messages; a reference is the name of its file."""
        del addresses
        there = [path for name in references if (path := self._folder / Path(name).name).is_file()]
        for path in there:
            path.unlink(missing_ok=True)
        return f"{len(there)} file(s) deleted"

    def find(self, attempt: Attempt) -> Evidence:
        """Look for the token in the files."""
        for path in sorted(self._folder.glob(f"*-{_short(attempt.token)}.*")):
            if attempt.token.encode() in path.read_bytes():
                return Evidence(Found.SENT, reference=path.name)
        return Evidence(Found.NOT_SENT, detail="no file in the outbox has its token")


def _written(message: Message, token: str) -> tuple[bytes, str]:
    match message:
        case Email():
            return as_mime(message, token).as_bytes(), ".eml"
        case Text():
            head = f"From: {message.sender or message.messaging_service}\nTo: {message.to}\nToken: {token}\n"
            return f"{head}\n{message.body}\n".encode(), ".txt"
        case Voicemail():
            call = {
                "channel": message.channel.value,
                "from": message.sender,
                "to": message.to,
                "token": token,
                "speech": message.speech,
                "audio_url": message.audio_url,
                "on_human": message.on_human.value,
                "rep_phone": message.rep_phone,
            }
            return json.dumps(call, indent=2, ensure_ascii=False).encode() + b"\n", ".json"
        case _:
            raise Refused(f"the outbox carries no {message.channel.value}: that is work for a person")


def _who(message: Message) -> str:
    """The lead's name or address as part of a file name: no separators, no surprises."""
    plain = (
        unicodedata.normalize("NFKD", message.to_name or message.to)
        .encode("ascii", "ignore")
        .decode()
        .lower()
    )
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "lead"


def _short(token: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", token)[:_TOKEN_IN_NAME] or "x"
