"""Nobody is touched when the law or the consent forbids it; every refusal names its rule."""

from __future__ import annotations

import pytest

from outreach.domain.channel import Channel
from outreach.domain.errors import Forbidden
from outreach.engine import people
from outreach.engine.people import written_consent
from outreach.settings import Settings
from tests.world import World

DROP = (
    "cadences:\n  drop:\n    window: always\n    channels: {voicemail: {window: {days: mon-sun, hours: '08:00-21:00'}}}\n"
    "    steps:\n      - {id: drop, voicemail: voice.txt}\n      - {id: hello, after: 1 day, email: hello.md}\n"
)


def test_r6_a_recorded_voice_needs_written_consent(world: World) -> None:
    world.write(DROP)
    ada = world.enroll("Ada", "drop")

    assert world.timeline(ada) == ["day 0  voicemail  skipped"]
    assert (world.touch(ada, "drop").reason or "").startswith("R6 voice consent")


def test_r6_with_written_consent_it_goes(world: World) -> None:
    world.write(DROP)
    consent = written_consent(Channel.VOICEMAIL, "Yes, call me with recorded tips", at=world.at, how="form")
    lead = people.read_lead(
        {"name": "Ada", "phone": "+12125550101", "timezone": "America/New_York"}, country="US"
    )
    ada = people.save(world.house, lead, by="rosa", consents=[consent]).lead

    world.enroll(ada, "drop")

    assert world.timeline(ada) == ["day 0  voicemail  sent"]


def test_r19_only_the_countries_on_the_allow_list_are_called_or_texted(world: World) -> None:
    zoe = world.enroll(world.lead("Zoe", phone="+447911123456", timezone="Europe/London"))
    world.pass_time(days=9)

    assert world.timeline(zoe) == ["day 0  email  sent", "day 2  sms  skipped", "day 5  email  sent"]
    assert "R19" in (world.touch(zoe, "text").reason or "")


def test_r14_no_mail_leaves_the_house_with_an_unsubscribe_link_that_leads_nowhere(world: World) -> None:
    live = Settings(sendgrid_api_key="SG.x", public_url="http://127.0.0.1:8000")
    object.__setattr__(world.house, "settings", live)
    ada = world.enroll("Ada")

    assert world.messages(ada) == []
    assert world.touch(ada, "hello").waiting_for == "R14 unsubscribe"


def test_r12_and_r14_every_mail_says_who_writes_from_where_and_how_to_leave(world: World) -> None:
    ada = world.enroll("Ada")
    world.pass_time(days=9)

    for mail in (m for m in world.messages(ada) if m.channel is Channel.EMAIL):
        headers = mail.headers  # type: ignore[attr-defined]
        assert "1 Main St, Springfield" in mail.text_sent
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert headers["List-Unsubscribe"].strip("<>") in mail.text_sent


def test_a_suppressed_lead_is_refused_at_the_door(world: World) -> None:
    from outreach.engine.suppress import suppress

    ada = world.lead("Ada")
    suppress(world.house, "person", str(ada.id), None, by="rosa", because="asked in person")

    with pytest.raises(Forbidden, match="R8"):
        world.enroll(ada)
    assert world.touches(ada) == []


def test_a_domain_may_be_suppressed(world: World) -> None:
    from outreach.engine.suppress import suppress

    ada = world.enroll("Ada")
    suppress(world.house, "domain", "client.example", Channel.EMAIL, by="rosa")
    world.pass_time(days=9)

    assert world.timeline(ada) == ["day 0  email  sent", "day 2  sms  sent", "day 5  email  skipped"]


def test_what_permitted_a_touch_is_kept_with_it(world: World) -> None:
    """R20: which edition of the rules was in force, which of them were asked, and what they looked at."""
    from sqlalchemy import select

    from outreach.store.schema import touches

    ada = world.enroll("Ada")
    world.pass_time(days=3)
    with world.store.read() as db:
        query = select(touches.c.channel, touches.c.decision).where(touches.c.lead_id == ada.id)
        kept = {row.channel: row.decision for row in db.execute(query)}

    assert {one["rules"] for one in kept.values()} == {world.house.law().sources.version}
    mail, text = (set(kept[channel]) for channel in ("email", "sms"))
    assert {"R8 suppressed", "R12 R14 sender", "R15 consent", "R16 lawful basis"} <= mail
    assert {
        "R8 suppressed",
        "R1 quiet hours",
        "R2 calls in 24 hours",
        "R11 do not call",
        "R19 country",
    } <= text
