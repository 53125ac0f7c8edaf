"""Rehearse: send one message to a colleague through the real provider, clearly marked, and touch no lead's record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from outreach.casework.house import House
from outreach.domain.errors import Forbidden, Mistake
from outreach.domain.message import Email, Message, Receipt, Text, Voicemail
from outreach.domain.people import Address
from outreach.providers.base import machine_time
from outreach.store import leads, permissions

MARK: Final = "[TEST]"


def marked(message: Message) -> Message:
    """The message as it would go, saying that it is a test. Raises Mistake for what people do themselves."""
    mark: Callable[[Any], Message] | None = _MARKED.get(type(message))
    if mark is None:
        raise Mistake(f"a {message.channel.value} is work for a person: `outreach preview` shows its script")
    return mark(message)


def rehearse(house: House, message: Message) -> Receipt:
    """Send a marked message. Raises Forbidden for the address of a lead or one that is suppressed, ProviderError."""
    kind = message.channel.needs
    with house.store.read() as db:
        owners = leads.holders(db, kind, message.to)
        to = Address(id=0, kind=kind, value=message.to, hash=house.store.hashed(kind.value, message.to))
        refused = permissions.suppressed(db, to.names)
    if owners:
        raise Forbidden("test", f"{message.to} belongs to lead #{owners[0]}: tests go to colleagues")
    if refused:
        raise Forbidden("R8 suppressed", f"{message.to} is suppressed ({refused[0].reason.value})")
    provider = house.providers.for_channel(message.channel)
    deadline = (
        machine_time() + house.settings.call_timeout
    )  # loading the SDK counts too, and there is no claim to lose
    return provider.send(marked(message), token=house.new_token(), deadline=deadline)


def _email(mail: Email) -> Message:
    return replace(mail, subject=f"{MARK} {mail.subject}", text=f"{MARK}\n\n{mail.text}")


def _text(text: Text) -> Message:
    return replace(text, body=f"{MARK} {text.body}")


def _voicemail(call: Voicemail) -> Message:
    return replace(call, speech=f"This is a test. {call.speech}") if call.speech else call


_MARKED: Final[dict[type[Message], Callable[[Any], Message]]] = {
    Email: _email,
    Text: _text,
    Voicemail: _voicemail,
}
