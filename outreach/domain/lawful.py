"""The rules of the gate that are law: who may be called, texted or written to, when and how often.

Same shape as the rules of rules.py. What they compare with is data (outreach/rules/*.yaml), handed over as `facts.law`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from outreach.domain import calendar
from outreach.domain.calendar import Hours
from outreach.domain.consent import ConsentKind
from outreach.domain.facts import Facts
from outreach.domain.people import Subscriber
from outreach.domain.reason import Reason, Says, ok
from outreach.domain.regime import Regime
from outreach.domain.ringing import OFTEN, QUIET, Ringing

DAY: Final = timedelta(hours=24)
NEVER: Final = "never open"
_COUNTRY, _LISTED, _VOICE = "R19 country", "R11 do not call", "R6 voice consent"
_CONSENT, _BASIS = "R15 consent", "R16 lawful basis"
_NOT_LISTED = ok(_LISTED, "on no do-not-call list")
_NO_REGIME = ok(_CONSENT, "no law of their country asks for consent to this")
_NO_BASIS = ok(_BASIS, "no law of their country asks for it")
_NO_LIMIT = ok(OFTEN, "no limit where the number is")


# -- should this step be taken? -------------------------------------------------------------------------------------


def country(facts: Facts, now: datetime) -> Reason:
    """R19: telephones only in the countries we use; satellite, premium and toll-free numbers never."""
    first = facts.to
    if first is None or not facts.step.channel.rings:
        return ok(_COUNTRY, "not a telephone")
    kind = facts.law.at(now).ringing(facts.lead, first, facts.step.channel).kind
    if kind is not None:
        return Reason(_COUNTRY, Says.SKIP, f"it is {kind}: those are never called or texted")
    allowed = facts.team.countries
    if first.country not in allowed:
        text = f"numbers of {first.country or 'no country'} are not on the allow list ({', '.join(allowed)})"
        return Reason(_COUNTRY, Says.SKIP, text)
    return ok(_COUNTRY, f"{first.country} is on the allow list")


def do_not_call(facts: Facts, now: datetime) -> Reason:
    """R11: numbers on a do-not-call list, 47 CFR 64.1200(c)(2) and (d).

    A signed agreement to be called, (c)(2)(ii), outweighs a public list; nothing outweighs our own.
    """
    found = facts.listed.get(facts.to.value, ()) if facts.listed and facts.to else ()
    if not found:
        return _NOT_LISTED
    agreed = any(
        c.kind is ConsentKind.WRITTEN and c.channel is facts.step.channel and c.holds(now)
        for c in facts.consents
    )
    for listing in found:
        if listing.internal or not agreed:
            text = f"the number is on the {listing.name} do-not-call list (as of {listing.as_of:%Y-%m-%d})"
            return Reason(_LISTED, Says.SKIP, text)
    return ok(_LISTED, f"on the {found[0].name} list, but agreed in writing to be reached by this channel")


def voice_consent(facts: Facts, now: datetime) -> Reason:
    """R6: a recorded or artificial voice needs prior express written consent, 47 CFR 64.1200(a)."""
    if not facts.step.channel.prerecorded:
        return ok(_VOICE, "not a recorded voice")
    for consent in facts.consents:
        written = consent.channel is facts.step.channel and consent.kind is ConsentKind.WRITTEN
        if written and consent.holds(now):
            return ok(_VOICE, f"written consent of {consent.given_at:%Y-%m-%d}")
    return Reason(_VOICE, Says.SKIP, "no written consent to recorded calls is on file")


def consent(facts: Facts, now: datetime) -> Reason:
    """R15 (UK, EU) and R17 (Canada): people are written to only after they agreed; companies where the law says so."""
    regime = regime_of(facts, now)
    channel = facts.step.channel
    if regime is None or channel not in regime.consent:
        return _NO_REGIME
    rule = f"{regime.rule} consent"
    given = next((c for c in facts.consents if regime.permits(c, channel, now)), None)
    if given is not None:
        return ok(rule, f"{given.kind.value} consent of {given.given_at:%Y-%m-%d}")
    if regime.corporate and facts.lead.subscriber_kind is Subscriber.CORPORATE:
        return ok(rule, "a company's address: no consent is needed, and they may object")
    return Reason(rule, Says.SKIP, f"{regime.place}: {_lacking(facts, regime, now)}")


def _lacking(facts: Facts, regime: Regime, now: datetime) -> str:
    channel = facts.step.channel
    old = next((c for c in facts.consents if c.channel is channel and c.revoked_at is None), None)
    if old is not None and old.kind is ConsentKind.IMPLIED and not regime.permits(old, channel, now):
        ends = regime.ends(old)
        return f"the implied consent to {channel.value} " + (
            f"ended on {min(ends, old.expires_at or ends):%Y-%m-%d}" if ends else "does not count there"
        )
    if old is not None and old.expires_at is not None:
        return f"the consent to {channel.value} expired on {old.expires_at:%Y-%m-%d}"
    who = facts.lead.subscriber_kind.value
    told = (
        "it is not known whether it is a company's address, so it counts as a person's; "
        if (regime.corporate and facts.lead.subscriber_kind is Subscriber.UNKNOWN)
        else f"{who} addresses need it; "
        if regime.corporate
        else ""
    )
    return f"no consent to {channel.value} is on file; {told}record it with `outreach consent`"


def basis(facts: Facts, now: datetime) -> Reason:
    """R16: people in the EU and the UK only on a lawful basis that is on record, GDPR Art. 6."""
    regime = regime_of(facts, now)
    if regime is None or not regime.basis:
        return _NO_BASIS
    if facts.lead.lawful_basis is not None:
        return ok(_BASIS, facts.lead.lawful_basis.value)
    agreed = next((c for c in facts.consents if c.holds(now) and c.channel is facts.step.channel), None)
    if agreed is not None:
        return ok(_BASIS, f"consent of {agreed.given_at:%Y-%m-%d}")
    text = f"{regime.place}: no lawful basis is on record: import it as the column lawful_basis"
    return Reason(_BASIS, Says.SKIP, text)


# -- may it go at this moment? --------------------------------------------------------------------------------------


def quiet_hours(facts: Facts, now: datetime) -> Reason:
    """R1 to R5: the lawful hours of every zone and state the called number may lie in."""
    found = _ringing(facts, now)
    if found is None:
        return ok(QUIET, "not a telephone")
    return found.quiet(now)


def often(facts: Facts, now: datetime) -> Reason:
    """R2, R3 and R5: so many calls, texts and voicemails to one number in any 24 hours, in all cadences together."""
    found = _ringing(facts, now)
    if found is None or found.most is None or facts.to is None:
        return _NO_LIMIT
    times = [at for at in facts.dialled.get(facts.to.value, ()) if at > now - DAY - facts.margin]
    text = f"{len(times)} of {found.most} to this number in 24 hours"
    if len(times) < found.most:
        return ok(found.most_by, text)
    frees = sorted(times)[len(times) - found.most] + DAY + facts.margin
    return Reason(found.most_by, Says.WAIT, text, frees)


def all_hours(facts: Facts, now: datetime) -> list[Hours]:
    """Everything that must be open at the same time: the window, and for telephones the lawful hours."""
    found = _ringing(facts, now)
    return [facts.hours, *(found.hours if found else ())]


def never(facts: Facts, now: datetime) -> Reason:
    """Whether there is any moment at all: a window that the lawful hours close whenever it is open is no window."""
    found = _ringing(facts, now)
    if found is not None and found.hours and found.never(facts.hours, now):
        return never_open(facts, now)
    return ok(NEVER, "the window and the lawful hours are open together")


def never_open(facts: Facts, now: datetime) -> Reason:
    """A step whose hours never come."""
    found = _ringing(facts, now)
    shown = f" and {found.shown}" if found else ""
    text = (
        f"it can never be sent: {facts.hours.window} in {facts.hours.tz.key}{shown} are never open together"
    )
    return Reason(NEVER, Says.SKIP, text)


def regime_of(facts: Facts, now: datetime) -> Regime | None:
    """What the law of the lead's country wants before this step."""
    return facts.law.at(now).regime(facts.lead, facts.to, facts.step.channel, facts.team.country)


def _ringing(facts: Facts, now: datetime) -> Ringing | None:
    if not facts.step.channel.rings or facts.to is None:
        return None
    return facts.law.at(now).ringing(facts.lead, facts.to, facts.step.channel)


def next_open(facts: Facts, moment: datetime, now: datetime) -> datetime | None:
    """The first moment from `moment` on (UTC) at which all of its hours are open; None: never within 400 days."""
    return calendar.next_open(moment, all_hours(facts, now))
