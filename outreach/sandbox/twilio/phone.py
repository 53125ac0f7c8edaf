"""The telephone at the other end: rings, is picked up by whom the persona says, and hears what TwiML says."""

import asyncio
from email.utils import formatdate
from typing import TYPE_CHECKING, Final

from outreach.sandbox.backstage import Backstage
from outreach.sandbox.ledger import Heard
from outreach.sandbox.personas import Phone, find
from outreach.sandbox.twilio.callbacks import signed_post
from outreach.sandbox.twilio.twiml import NotTwiml, Verb, parse

if TYPE_CHECKING:
    from outreach.sandbox.twilio.calls import Call

NOBODY: Final = ("busy", "no-answer", "failed")
MOST_DOCUMENTS: Final = 10  # redirects of one call; a circle would ring for ever
# What Twilio says itself when the product's TwiML cannot be had (error 11200) or read (12100).
APPLICATION_ERROR: Final = "We are sorry, an application error has occurred. Goodbye."


class Telephone:
    def __init__(self, backstage: Backstage) -> None:
        self.backstage = backstage
        self.settings = backstage.settings

    async def ring(self, call: "Call") -> None:
        """The whole life of a call, from the network's point of view."""
        phone = find(self.backstage.cast.reached(call.to, "call"), Phone) or Phone()
        await self._status(call, "initiated")
        await asyncio.sleep(self.settings.ring / 2)
        if call.status == "queued":
            call.status = "ringing"
            await self._status(call, "ringing")
            await asyncio.sleep(self.settings.ring / 2)
        if call.status == "ringing":
            if phone.answers in NOBODY:
                call.status = phone.answers
            else:
                await self._picked_up(call, phone)
        await self._over(call)

    async def _picked_up(self, call: "Call", phone: Phone) -> None:
        call.status, call.start = "in-progress", self.settings.now()
        await self._status(call, "answered")
        if not call.detects:
            await self._listen(call, phone)
        elif call.amd_callback:
            # The document is taken to be longer than the detection, however short speech is set.
            await asyncio.gather(self._listen(call, phone), self._detect_beside(call, phone))
        else:
            await asyncio.sleep(self.settings.detection)
            call.answered_by = said_of(phone, call.waits_for_beep)
            await self._listen(call, phone)
        while call.redirected and call.status == "in-progress":
            await self._listen(call, phone)

    async def _detect_beside(self, call: "Call", phone: Phone) -> None:
        """AsyncAmd: the call goes on while Twilio listens; the verdict comes by a callback of its own."""
        await asyncio.sleep(self.settings.detection)
        call.answered_by = said_of(phone, call.waits_for_beep)
        params = {
            "CallSid": call.sid,
            "AccountSid": self.settings.account_sid,
            "AnsweredBy": call.answered_by,
            "MachineDetectionDuration": str(int(self.settings.detection * 1000)),
        }
        await self._post(call.amd_callback, params, "amd", call.sid)

    async def _listen(self, call: "Call", phone: Phone) -> None:
        """Carry out TwiML until it ends, the call is hung up, or it is sent elsewhere from outside."""
        heard: list[tuple[str, str]] = []
        call.redirected = False
        url, inline, extra = call.url, call.twiml, dict[str, str]()
        for _ in range(MOST_DOCUMENTS):
            try:
                verbs = parse(inline.encode()) if inline else await self._fetch(call, url, extra)
            except NotTwiml as wrong:
                heard += [("Error", str(wrong)), ("Say", APPLICATION_ERROR)]
                break
            step = await self._play(call, verbs, heard, phone)
            if step is None:
                break
            url, inline, extra = step[0] or url, "", step[1]
        self.backstage.ledger.write(
            Heard(reference=call.sid, to=call.to, answered_by=call.answered_by or phone.answers, verbs=heard)
        )

    async def _play(
        self, call: "Call", verbs: list[Verb], heard: list[tuple[str, str]], phone: Phone
    ) -> tuple[str, dict[str, str]] | None:
        """Play one document; returns where to go on, or None at its end."""
        for verb in verbs:
            if call.status != "in-progress" or call.redirected:
                return None
            if verb.name == "Redirect":
                return verb.text, {}
            heard.append((verb.name, verb.text or verb.options.get("length", "")))
            if verb.name in ("Hangup", "Reject"):
                return None
            await asyncio.sleep(self.settings.speech)
            if verb.name == "Gather":
                heard += [(inner.name, inner.text) for inner in verb.inside]
                if phone.digits:
                    return verb.options.get("action", ""), {"Digits": phone.digits}
            if verb.name == "Dial" and verb.options.get("action"):
                return verb.options["action"], {"DialCallStatus": "completed"}
        return None

    async def _fetch(self, call: "Call", url: str, extra: dict[str, str]) -> list[Verb]:
        answer = await self._post(url, {**self._about(call), **extra}, "twiml", call.sid)
        if not answer[0]:
            raise NotTwiml("11200: the URL did not answer with success")
        return parse(answer[1])

    async def _over(self, call: "Call") -> None:
        if call.status == "in-progress":
            call.status = "completed"
        call.end = call.updated = self.settings.now()
        await self._status(call, "completed")

    async def _status(self, call: "Call", event: str) -> None:
        if not call.status_callback or event not in call.events or not self.settings.callbacks:
            return
        # Callbacks say "initiated" where the resource says "queued".
        status = "initiated" if event == "initiated" else call.status
        params = {
            **self._about(call),
            "CallStatus": status,
            "CallbackSource": "call-progress-events",
            "SequenceNumber": str(call.number),
            "Timestamp": formatdate(self.settings.now())[:-5] + "+0000",
        }
        call.number += 1
        if event == "completed":
            seconds = round((call.end or 0) - call.start) if call.start is not None else 0
            params |= {"CallDuration": str(seconds), "Duration": str(-(-seconds // 60))}
        await self._post(call.status_callback, params, "call", call.sid)

    def _about(self, call: "Call") -> dict[str, str]:
        params = {
            "AccountSid": self.settings.account_sid,
            "ApiVersion": "2010-04-01",
            "CallSid": call.sid,
            "CallStatus": call.status,
            "Called": call.to,
            "Caller": call.from_,
            "Direction": "outbound-api",
            "From": call.from_,
            "To": call.to,
        }
        return params | ({"AnsweredBy": call.answered_by} if call.answered_by else {})

    async def _post(self, url: str, params: dict[str, str], kind: str, about: str) -> tuple[bool, bytes]:
        answer = await self.backstage.courier.post(
            signed_post(self.settings, url, params, kind=kind, about=about)
        )
        return answer.ok, answer.body


def said_of(phone: Phone, waits_for_beep: bool) -> str:
    """What detection calls whoever answered: a machine is heard to its end only when that was asked for."""
    if phone.answers.startswith("machine") and not waits_for_beep:
        return "machine_start"
    return "machine_end_beep" if phone.answers == "machine_start" else phone.answers
