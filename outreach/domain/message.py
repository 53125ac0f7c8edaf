"""What a provider is handed: rendered, addressed, final."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from outreach.domain.channel import Channel
from outreach.domain.people import OnHuman


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What all messages have."""

    channel: Channel
    to: str
    to_name: str = ""

    @property
    def text_sent(self) -> str:
        """The words as the lead sees or hears them, kept as evidence and to recognise our own text when quoted."""
        raise NotImplementedError  # each kind says which of its parts that is

    @property
    def sent_from(self) -> str:
        """The address, number or messaging service it comes from: the provider's records are searched by it."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Email(Message):
    """A mail. `headers` hold Message-ID, In-Reply-To, References, List-Unsubscribe and List-Unsubscribe-Post."""

    channel: Channel = Channel.EMAIL
    sender: str
    sender_name: str
    reply_to: str | None
    subject: str
    text: str
    html: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def text_sent(self) -> str:
        return self.text

    @property
    def sent_from(self) -> str:
        return self.sender


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Message):
    """An SMS. One of `sender` and `messaging_service` is set."""

    channel: Channel = Channel.SMS
    sender: str | None
    messaging_service: str | None = None
    body: str
    valid_for: timedelta | None = None  # what is left of the send window: the provider drops it later

    @property
    def text_sent(self) -> str:
        return self.body

    @property
    def sent_from(self) -> str:
        return self.messaging_service or self.sender or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voicemail(Message):
    """A call by machine that leaves a message: `speech` is spoken, or `audio_url` is played."""

    channel: Channel = Channel.VOICEMAIL
    sender: str
    speech: str = ""
    audio_url: str | None = None
    on_human: OnHuman = OnHuman.GOODBYE
    rep_phone: str | None = None  # rung when a person answers and `on_human` says so

    @property
    def text_sent(self) -> str:
        return self.speech or f"(recording {self.audio_url})"

    @property
    def sent_from(self) -> str:
        return self.sender


@dataclass(frozen=True, slots=True, kw_only=True)
class RepTask(Message):
    """Work for a person: the script of a call, the text of a letter, what to do on a social network."""

    title: str
    script: str
    rep: str

    @property
    def text_sent(self) -> str:
        return self.script


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The vendor's "taken", with its reference when it gave one."""

    reference: str | None
    detail: str = ""
