"""What each kind of event changes: one function a kind, and the table that names them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import structlog

from outreach.casework.compose import compose
from outreach.casework.gather import Asked, gather
from outreach.casework.house import House
from outreach.domain import enrollment, lawful, rules, touch
from outreach.domain.channel import Channel
from outreach.domain.consent import Suppression, SuppressionReason
from outreach.domain.errors import Mistake
from outreach.domain.event import (
    AnsweredBy,
    Bounced,
    CallEnded,
    Complained,
    Delivered,
    Dropped,
    Event,
    OptedIn,
    OptedOut,
    PickedUp,
    Progressed,
)
from outreach.domain.message import Voicemail
from outreach.domain.reason import Says
from outreach.domain.touch import Attempt, AttemptState, Touch
from outreach.engine.suppress import bounced, opt_in, opt_out
from outreach.engine.walk import conclude
from outreach.providers.base import Provider, WebhookAnswer
from outreach.store import attempts, enrollments, leads, permissions, touches
from outreach.store.database import Db

log = structlog.get_logger()


@dataclass(slots=True)
class Effect:
    """What an event changed, in words, and whom it concerns."""

    text: str
    lead_id: int | None = None
    touch_id: int | None = None
    stopped: set[int] = field(default_factory=set)
    answer: WebhookAnswer | None = None


@dataclass(frozen=True, slots=True)
class _Scene:
    """An event with what it is about, as far as it could be found."""

    db: Db
    house: House
    provider: Provider
    attempt: Attempt | None
    touch: Touch | None

    @property
    def by(self) -> str:
        return self.provider.name


def apply(db: Db, house: House, provider: Provider, event: Event) -> Effect:
    """Carry out one new event in the caller's transaction. Raises Mistake or Stale when it cannot be."""
    attempt = _attempt(db, provider, event)
    found = touches.by_ids(db, [attempt.touch_id]).get(attempt.touch_id) if attempt else None
    handler = _HANDLERS.get(type(event))
    if handler is None:
        effect = Effect("kept without effect")  # most of what mail is told of: nothing to lock for it
    else:
        if found is not None:
            enrollments.by_ids(db, [found.enrollment_id], lock=True)  # before its touch, as everywhere
            found = touches.by_ids(db, [found.id], lock=True).get(found.id)
        effect = handler(_Scene(db, house, provider, attempt, found), event)
    if found is not None:
        effect.lead_id = effect.lead_id or found.lead_id
        effect.touch_id = found.id
    return effect


def _attempt(db: Db, provider: Provider, event: Event) -> Attempt | None:
    found = attempts.by_token(db, event.token) if event.token else None
    if found is None and event.reference:
        found = attempts.by_reference(db, provider.name, event.reference)
    return found


def _progressed(scene: _Scene, event: Progressed) -> Effect:
    return _moved(scene, event, touch.Cause.ACCEPTED, f"the provider has it ({event.status})")


def _delivered(scene: _Scene, event: Delivered) -> Effect:
    return _moved(scene, event, touch.Cause.DELIVERED, "delivered")


def _bounced(scene: _Scene, event: Bounced) -> Effect:
    because = f"{event.code} {event.text}".strip() or "bounced"
    if not event.hard:
        return _moved(scene, event, touch.Cause.REFUSED, f"soft bounce: {because}")
    effect = _moved(scene, event, touch.Cause.BOUNCED, because)
    if scene.attempt is not None:
        now = scene.house.now()
        channel = scene.attempt.channel
        bounced(scene.db, channel, scene.attempt.to, now=now, by=scene.by, because=because)
    return effect


def _dropped(scene: _Scene, event: Dropped) -> Effect:
    because = f"{event.code} {event.text}".strip() or "dropped by the provider"
    effect = _moved(scene, event, touch.Cause.REFUSED, because)
    if event.suppressed and scene.attempt is not None:
        channel, address = scene.attempt.channel, scene.attempt.to
        permissions.lock_people(scene.db, leads.holders(scene.db, channel.needs, address))
        row = Suppression(
            id=0,
            scope=channel.needs.value,
            value=address,
            channel=channel,
            reason=SuppressionReason.PROVIDER,
            since=scene.house.now(),
            source=because,
        )
        permissions.suppress(scene.db, [row])
    return effect


def _complained(scene: _Scene, event: Complained) -> Effect:
    asked = OptedOut(
        key=event.key,
        channel=scene.attempt.channel if scene.attempt else Channel.EMAIL,
        address=event.address,
        how="marked as spam",
    )
    return _opted_out(scene, asked, SuppressionReason.COMPLAINT)


def _opted_out(
    scene: _Scene, event: OptedOut, reason: SuppressionReason = SuppressionReason.OPT_OUT
) -> Effect:
    people = _people(scene, event.channel, event.address)
    if not people:
        return Effect("nobody has this address")
    permissions.lock_people(scene.db, people)
    ended = opt_out(
        scene.db,
        scene.house,
        people,
        None if event.everything else event.channel,
        address=event.address or (scene.attempt.to if scene.attempt else None),
        now=scene.house.now(),
        by=scene.by,
        because=event.how or "opt-out",
        reason=reason,
    )
    text = f"opted out; {len(ended)} enrollment(s) ended"
    return Effect(text, lead_id=people[0], stopped=set(people))


def _opted_in(scene: _Scene, event: OptedIn) -> Effect:
    people = _people(scene, event.channel, event.address)
    permissions.lock_people(scene.db, people)
    lifted = opt_in(
        scene.db, people, event.channel, address=event.address, now=scene.house.now(), by=scene.by
    )
    return Effect(f"opted in; {lifted} suppression(s) lifted", lead_id=people[0] if people else None)


def _picked_up(scene: _Scene, event: PickedUp) -> Effect:
    """A call was answered: the last chance to see that the lead has meanwhile replied or opted out."""
    effect = _moved(scene, event, touch.Cause.ACCEPTED, f"answered by {event.by.value}")
    message = _may_still_be_called(scene)
    effect.answer = scene.provider.answer(event, message)
    if message is None:
        effect.text += "; hung up: the lead may not be called any more"
    elif event.by is AnsweredBy.MACHINE:
        effect.text += "; message left"
    return effect


def _call_ended(scene: _Scene, event: CallEnded) -> Effect:
    if event.status == "completed":
        who = f" by {event.by.value}" if event.by else ""
        return _moved(scene, event, touch.Cause.DELIVERED, f"call answered{who}, {event.seconds} s")
    return _moved(scene, event, touch.Cause.REFUSED, f"call {event.status}")


_HANDLERS: dict[type[Event], Callable[[_Scene, Any], Effect]] = {
    Progressed: _progressed,
    Delivered: _delivered,
    Bounced: _bounced,
    Dropped: _dropped,
    Complained: _complained,
    OptedOut: _opted_out,
    OptedIn: _opted_in,
    PickedUp: _picked_up,
    CallEnded: _call_ended,
}


def _moved(scene: _Scene, event: Event, cause: touch.Cause, text: str) -> Effect:
    """Move the touch if its table has the move: never down, so that callbacks may come in any order."""
    if scene.touch is None or scene.attempt is None:
        return Effect("no touch of ours")
    now = scene.house.now()
    _proved(scene, event)
    if _superseded(scene, cause):
        return Effect(f"{text}; the touch was sent again since")
    if not scene.touch.allows(cause):
        return Effect(f"{text}; the touch stays {scene.touch.state.value}")
    reason = text if cause in (touch.Cause.REFUSED, touch.Cause.BOUNCED) else None
    conclude(
        scene.db,
        scene.house,
        scene.touch,
        cause,
        now=now,
        by=scene.by,
        reason=reason,
        reference=event.reference,
    )
    return Effect(text)


def _proved(scene: _Scene, event: Event) -> None:
    """Whatever comes back with our token proves that the provider had this attempt, whatever we believed of it."""
    attempt = scene.attempt
    if attempt is None or attempt.state in (AttemptState.ACCEPTED, AttemptState.REFUSED):
        return
    if attempt.state is AttemptState.NOT_SENT:
        log.error("not sent after all was sent", touch=attempt.touch_id, provider=attempt.provider)
    machine = scene.house.store.machine_now(scene.db)
    attempts.end(scene.db, attempt.token, AttemptState.ACCEPTED, at=machine, reference=event.reference)


def _superseded(scene: _Scene, cause: touch.Cause) -> bool:
    """Whether a failure is that of an earlier attempt: it says nothing of the touch, which was tried again."""
    assert scene.touch is not None
    assert scene.attempt is not None
    if cause is not touch.Cause.REFUSED or scene.touch.tries < 2:
        return False
    return attempts.of_touches(scene.db, [scene.touch.id])[-1].id != scene.attempt.id


def _people(scene: _Scene, channel: Channel, address: str) -> list[int]:
    found = set(leads.holders(scene.db, channel.needs, address)) if address else set()
    if scene.touch is not None:
        found.add(scene.touch.lead_id)
    return sorted(found)


def _may_still_be_called(scene: _Scene) -> Voicemail | None:
    if scene.touch is None or scene.attempt is None:
        return None
    walk = enrollments.by_ids(scene.db, [scene.touch.enrollment_id])[scene.touch.enrollment_id]
    if walk.state not in (enrollment.State.ACTIVE, enrollment.State.FINISHED):
        return None
    now = scene.house.now()
    case = gather(scene.db, scene.house, [Asked(walk, scene.touch)], now)[0]
    asked = (rules.switch, rules.hold, rules.suppressed, lawful.voice_consent)
    if any(rule(case.facts, now).says is not Says.PASS for rule in asked):
        return None
    try:
        composed = compose(
            case, to=scene.attempt.to, token=scene.attempt.token, now=now, settings=scene.house.settings
        )
    except Mistake:
        return None
    return composed.message if isinstance(composed.message, Voicemail) else None
