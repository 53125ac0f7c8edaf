"""Mails and texts to the UK, the EU and Canada need a consent, or a company; whatever is not known counts as no."""

from __future__ import annotations

from datetime import timedelta

import pytest

from outreach.domain.channel import Channel
from outreach.domain.consent import Consent, ConsentKind
from outreach.domain.errors import Forbidden
from outreach.domain.people import Lead
from outreach.engine import consents
from outreach.insight.consents import consents as on_file
from tests.world import World

MAILS = "cadences:\n  mails: {window: always, steps: [{id: hello, email: hello.md}, {id: again, after: 3 days, email: again.md}]}\n"
BRITAIN = {"country": "GB", "phone": "", "timezone": "Europe/London"}
CANADA = {"country": "CA", "phone": "", "timezone": "America/Toronto"}


def agreed(world: World, lead: Lead, kind: ConsentKind = ConsentKind.EXPRESS, **more: object) -> None:
    known = {
        "channel": Channel.EMAIL,
        "kind": kind,
        "given_at": world.at,
        "text": "Send me tips",
        "how": "form",
    }
    consents.give(world.house, lead.id, Consent(**{**known, **more}), by="rosa")  # type: ignore[arg-type]


def test_r15_a_person_in_britain_who_has_not_agreed_is_refused_at_the_door(world: World) -> None:
    world.write(MAILS)
    with pytest.raises(Forbidden, match=r"GB: no consent to email is on file.* \[R15 consent\]"):
        world.enroll(world.lead("Zoe", **BRITAIN, lawful_basis="legitimate interests"), "mails")


def test_r15_and_with_a_consent_on_file_the_mail_goes(world: World) -> None:
    """A consent is a lawful basis as well (R16)."""
    world.write(MAILS)
    zoe = world.lead("Zoe", **BRITAIN)
    agreed(world, zoe)
    world.enroll(zoe, "mails")
    assert len(world.messages(zoe)) == 1


def test_r15_a_consent_that_is_withdrawn_stops_the_next_mail(world: World) -> None:
    world.write(MAILS)
    zoe = world.lead("Zoe", **BRITAIN)
    agreed(world, zoe)
    world.enroll(zoe, "mails")
    assert consents.withdraw(world.house, zoe.id, [Channel.EMAIL], by="rosa") == 1
    world.pass_time(days=4)

    assert world.timeline(zoe) == ["day 0  email  sent", "day 3  email  skipped"]
    assert (world.touch(zoe, "again").reason or "").startswith("R15 consent: GB: no consent")


@pytest.mark.parametrize(("country", "sent"), [("GB", 1), ("FR", 1), ("DE", 0)])
def test_r15_companies_are_exempt_where_the_country_says_so(world: World, country: str, sent: int) -> None:
    world.write(MAILS)
    details = {
        **BRITAIN,
        "country": country,
        "subscriber_kind": "corporate",
        "lawful_basis": "legitimate_interests",
    }
    zoe = world.lead("Zoe", **details)
    if not sent:
        with pytest.raises(Forbidden, match=rf"{country}: no consent"):
            world.enroll(zoe, "mails")
        return
    world.enroll(zoe, "mails")
    assert len(world.messages(zoe)) == sent


def test_r16_a_company_in_britain_without_a_lawful_basis_on_record_is_refused(world: World) -> None:
    world.write(MAILS)
    with pytest.raises(Forbidden, match=r"GB: no lawful basis is on record.* \[R16 lawful basis\]"):
        world.enroll(world.lead("Zoe", **BRITAIN, subscriber_kind="corporate"), "mails")


@pytest.mark.parametrize(
    ("how", "days", "sent"),
    [("inquiry", 170, 1), ("inquiry", 184, 0), ("purchase", 700, 1), ("purchase", 731, 0)],
)
def test_r17_an_implied_consent_of_canada_expires(world: World, how: str, days: int, sent: int) -> None:
    world.write(MAILS)
    zoe = world.lead("Zoe", **CANADA)
    agreed(world, zoe, ConsentKind.IMPLIED, how=how, given_at=world.at - timedelta(days=days))
    [given] = on_file(world.house, zoe)
    assert given.holds is bool(sent)
    if not sent:
        with pytest.raises(
            Forbidden, match=r"CA: the implied consent to email ended on 202.* \[R17 consent\]"
        ):
            world.enroll(zoe, "mails")
        return
    world.enroll(zoe, "mails")
    assert len(world.messages(zoe)) == sent


def test_r17_a_consent_that_runs_out_while_the_cadence_is_walked_stops_it(world: World) -> None:
    world.write(MAILS)
    zoe = world.lead("Zoe", **CANADA)
    agreed(world, zoe, ConsentKind.IMPLIED, how="inquiry", given_at=world.at - timedelta(days=181))
    world.enroll(zoe, "mails")
    world.pass_time(days=4)
    assert world.timeline(zoe) == ["day 0  email  sent", "day 3  email  skipped"]


@pytest.mark.parametrize("email", ["zoe@brightpipe.co.uk", "zoe@tuyaux.fr", "zoe@pipes.ca"])
def test_a_lead_of_unknown_country_is_where_the_mail_address_points_to(world: World, email: str) -> None:
    world.write(MAILS)
    with pytest.raises(Forbidden, match="no consent to email"):
        world.enroll(world.lead("Zoe", email=email, phone=""), "mails")


def test_a_lead_whose_country_is_known_is_there_whatever_the_mail_address_says(world: World) -> None:
    world.write(MAILS)
    zoe = world.enroll(world.lead("Zoe", email="zoe@brightpipe.co.uk", phone="", country="US"), "mails")
    assert len(world.messages(zoe)) == 1


def test_the_same_consent_told_twice_is_kept_once(world: World) -> None:
    zoe = world.lead("Zoe", **BRITAIN)
    agreed(world, zoe)
    agreed(world, zoe)
    assert len(on_file(world.house, zoe)) == 1
