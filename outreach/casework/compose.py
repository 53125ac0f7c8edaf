"""From a case to the message that a provider is handed. Pure: no clock, no network, no database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

import msgspec

from outreach.casework.gather import Case
from outreach.domain import calendar, context, lawful
from outreach.domain.channel import Channel
from outreach.domain.errors import Mistake
from outreach.domain.message import Email, Message, RepTask, Text, Voicemail
from outreach.domain.people import Sender
from outreach.settings import Settings
from outreach.timekeeping import real_rest

Names = dict[str, object]


@dataclass(frozen=True, slots=True)
class Composed:
    """A message with what must be remembered of it."""

    message: Message
    hash: str  # SHA-256 of all that the provider is handed
    subject: str | None = None
    message_id: str | None = None  # of a mail


def compose(case: Case, *, to: str, token: str, now: datetime, settings: Settings) -> Composed:
    """Render the step of a case for one address. Raises RenderError (a Mistake) that names template and field."""
    facts = case.facts
    names = context.of_message(
        facts.lead,
        facts.rep,
        facts.sender,
        today=now.astimezone(facts.zone).date(),
        unsubscribe_url=unsubscribe_url(settings, case.token) if facts.step.channel.threads else None,
    )
    return _COMPOSERS[facts.step.channel](case, to, token, now, settings, names)


def unsubscribe_url(settings: Settings, lead_token: str) -> str:
    """The address that asks on GET and unsubscribes on POST (RFC 8058)."""
    return f"{settings.public_url.rstrip('/')}/u/{lead_token}"


def _email(case: Case, to: str, token: str, _: datetime, __: Settings, names: Names) -> Composed:
    walk, sender = case.facts.enrollment, _sender(case)
    path = case.facts.step.template
    mail = case.edition.templates.email(
        path, names, thread_subject=walk.thread_subject or _first_subject(case, names)
    )
    message_id = f"<{token}@{sender.reply_domain or sender.email.rpartition('@')[2]}>"
    url = str(names["unsubscribe_url"])
    headers = {
        "Message-ID": message_id,
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
    }
    if walk.thread_last and walk.thread_root and not mail.own_subject:
        headers["In-Reply-To"] = walk.thread_last
        references = [walk.thread_root, walk.thread_last]
        headers["References"] = " ".join(dict.fromkeys(references))
    # A later mail whose thread never began (its first mail was skipped) starts one, without "Re:".
    subject = mail.subject if walk.thread_subject or mail.own_subject else mail.subject.removeprefix("Re: ")
    message = Email(
        to=to,
        to_name=case.facts.lead.name,
        sender=sender.email,
        sender_name=_from_name(case),
        reply_to=f"reply+{walk.reply_token}@{sender.reply_domain}" if sender.reply_domain else None,
        subject=subject,
        text=mail.text,
        html=mail.html,
        headers=headers,
    )
    return Composed(message, _hash(message), subject, message_id)


def _text(case: Case, to: str, _: str, now: datetime, settings: Settings, names: Names) -> Composed:
    sender = _sender(case)
    left = calendar.closes(now, lawful.all_hours(case.facts, now)) - now
    message = Text(
        to=to,
        to_name=case.facts.lead.name,
        sender=None if sender.messaging_service else sender.sms,
        messaging_service=sender.messaging_service,
        body=case.edition.templates.text(case.facts.step.template, names),
        valid_for=real_rest(settings, left),
    )
    if not (message.sender or message.messaging_service):
        raise Mistake(f"sender {sender.key} has neither an sms number nor a messaging_service")
    return Composed(message, _hash(message, without=("valid_for",)))


def _voicemail(case: Case, to: str, _: str, __: datetime, settings: Settings, names: Names) -> Composed:
    facts, sender = case.facts, _sender(case)
    number = sender.voice or sender.sms
    if not number:
        raise Mistake(f"sender {sender.key} has no voice number to call from")
    speech = case.edition.templates.speech(facts.step.template, names)
    audio = speech.audio_url
    if speech.audio:  # a recording of the folder: the provider fetches it from us
        audio = f"{settings.public_url.rstrip('/')}/audio/{case.edition.id}/{quote(speech.audio)}"
    message = Voicemail(
        to=to,
        to_name=facts.lead.name,
        sender=number,
        speech=speech.text,
        audio_url=audio,
        on_human=facts.team.on_human,
        rep_phone=facts.rep.phone if facts.rep else None,
    )
    return Composed(message, _hash(message))


def _task(case: Case, to: str, _: str, __: datetime, ___: Settings, names: Names) -> Composed:
    facts = case.facts
    task = case.edition.templates.task(facts.step.template, names)
    message = RepTask(
        channel=facts.step.channel,
        to=to,
        to_name=facts.lead.name,
        title=task.title or facts.step.title or facts.step.id,
        script=task.script,
        rep=facts.rep.key if facts.rep else "",
    )
    return Composed(message, _hash(message))


_COMPOSERS: dict[Channel, Callable[[Case, str, str, datetime, Settings, Names], Composed]] = {
    Channel.EMAIL: _email,
    Channel.SMS: _text,
    Channel.VOICEMAIL: _voicemail,
    Channel.CALL: _task,
    Channel.LETTER: _task,
    Channel.SOCIAL: _task,
}


def _first_subject(case: Case, names: Names) -> str | None:
    """The subject of the nearest earlier mail of the cadence: what a thread is about whose first mail was skipped."""
    steps = case.facts.cadence.steps
    before = steps[: [s.id for s in steps].index(case.facts.step.id)]
    for step in reversed(before):
        if step.channel.threads and case.edition.templates.subject_of(step.template):
            return case.edition.templates.email(step.template, names).subject
    return None


def _sender(case: Case) -> Sender:
    sender = case.facts.sender
    if sender is None:
        raise Mistake("no sender is configured for this rep")
    return sender


def _from_name(case: Case) -> str:
    rep, sender = case.facts.rep, _sender(case)
    return f"{rep.name} ({sender.name})" if rep and sender.name and rep.name != sender.name else sender.name


def _hash(message: Message, without: tuple[str, ...] = ()) -> str:
    data: dict[str, Any] = msgspec.to_builtins(message)
    plain = msgspec.json.encode({k: v for k, v in data.items() if k not in without}, order="sorted")
    return hashlib.sha256(plain).hexdigest()
