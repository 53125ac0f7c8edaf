"""The suppression lists that SendGrid keeps and ours agree: read page by page, and handed over where that is wished."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from office import Office

from outreach.domain.channel import Channel
from outreach.domain.consent import SuppressionReason
from outreach.domain.people import AddressState
from outreach.engine import forget, suppress, sync
from outreach.insight.suppressions import in_force
from outreach.providers.base import Erasing, KeepsLists
from outreach.sandbox import Fault
from outreach.store.database import Store

DAY = 86_400


def mails(office: Office) -> dict[str, SuppressionReason]:
    """Who may not be mailed, and why."""
    return {s.value: s.reason for s in in_force(office.house) if s.scope == "email"}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("bounces", SuppressionReason.HARD_BOUNCE),
        ("invalid_emails", SuppressionReason.HARD_BOUNCE),
        ("spam_reports", SuppressionReason.COMPLAINT),
        ("unsubscribes", SuppressionReason.OPT_OUT),
    ],
)
def test_whom_sendgrid_does_not_mail_we_do_not_mail(
    office: Office, name: str, reason: SuppressionReason
) -> None:
    office.sandbox.list_address(
        name, "Somebody@Client.example", 1_443_651_154, reason="550 5.1.1 no such user"
    )
    [done] = sync.sync(office.house)
    assert (done.lists[name].read, done.lists[name].new, done.failed) == (1, 1, "")
    [row] = in_force(office.house)
    assert (row.value, row.channel, row.reason) == ("somebody@client.example", Channel.EMAIL, reason)
    assert row.since == datetime(2015, 9, 30, 22, 12, 34, tzinfo=UTC)
    assert row.source.startswith(f"sendgrid list of {name.replace('_', ' ')}")


def test_blocks_are_about_a_mail_and_suppress_nobody(office: Office) -> None:
    office.sandbox.list_address("blocks", "ada@client.example", reason="mailbox full", status="4.2.2")
    [done] = sync.sync(office.house)
    assert (done.lists["blocks"].read, done.lists["blocks"].new) == (1, 0)
    assert mails(office) == {}


@pytest.mark.parametrize("name", ["spam_reports", "unsubscribes"])
def test_who_unsubscribed_at_sendgrid_is_stopped_as_if_a_webhook_had_said_so(
    office: Office, name: str
) -> None:
    ada = office.enroll("Ada")
    office.sandbox.list_address(name, "ada@client.example")
    office.sandbox.settle()  # perhaps it dropped the first mail for it already
    sync.sync(office.house)
    assert office.enrollment(ada).state == "opted_out"
    office.pass_time(days=3)
    assert len(office.sandbox.accepted("mail")) == 1
    assert sync.sync(office.house)[0].lists[name].new == 0


def test_an_address_that_bounced_there_is_used_no_more(office: Office) -> None:
    ada = office.enroll("Ada")
    office.sandbox.list_address("bounces", "ada@client.example", reason="550")
    sync.sync(office.house)
    assert office.lead("Ada").addresses[0].state is AddressState.BOUNCED
    office.pass_time(days=3)
    assert office.enrollment(ada).state == "bounced"
    assert len(office.sandbox.accepted("mail")) == 1


def test_a_list_of_many_pages_is_read_whole_and_a_second_time_adds_nothing(office: Office) -> None:
    for n in range(1_203):
        office.sandbox.list_address("bounces", f"lead{n}@client.example", time.time() - 40 * DAY)
    [first] = sync.sync(office.house)
    assert (first.lists["bounces"].read, first.lists["bounces"].new) == (1_203, 1_203)
    [again] = sync.sync(office.house, everything=True)
    assert (again.lists["bounces"].read, again.lists["bounces"].new) == (1_203, 0)
    [later] = sync.sync(office.house)
    assert later.lists["bounces"].read == 0, "only what came since the last time"


def test_what_was_lifted_here_is_not_brought_back_by_an_old_entry(office: Office) -> None:
    """Its address is on SendGrid's list for ever; a new bounce is another matter."""
    office.now = datetime.now(UTC)
    office.sandbox.list_address("bounces", "ada@client.example", time.time() - 60)
    sync.sync(office.house)
    suppress.lift(office.house, "email", "ada@client.example", None, by="rosa")
    assert sync.sync(office.house, everything=True)[0].lists["bounces"].new == 0
    office.sandbox.list_address("bounces", "ada@client.example", time.time() - 1)
    assert sync.sync(office.house)[0].lists["bounces"].new == 1


def test_what_is_no_address_is_counted_and_hurts_nobody(office: Office) -> None:
    office.sandbox.list_address("invalid_emails", "ada@@nowhere")
    office.sandbox.list_address("invalid_emails", "ben@client.example")
    [done] = sync.sync(office.house)
    assert (done.lists["invalid_emails"].unreadable, done.lists["invalid_emails"].new) == (1, 1)


def test_a_provider_in_trouble_is_told_and_the_next_time_goes_on(office: Office) -> None:
    office.sandbox.list_address("bounces", "ada@client.example")
    order = office.sandbox.misbehave(Fault.ERROR_BEFORE, times=1)
    assert "503" in sync.sync(office.house)[0].failed
    office.sandbox.behave(order)
    assert sync.sync(office.house)[0].lists["bounces"].new == 1


def test_nothing_is_handed_over_unless_a_setting_asks_for_it(office: Office) -> None:
    suppress.suppress(office.house, "email", "ada@client.example", None, by="rosa")
    sync.sync(office.house)
    assert office.sandbox.listed("unsubscribes") == []


def test_whom_we_suppress_sendgrid_refuses_too_where_that_is_wished(office: Office) -> None:
    """Once each; not what came from there, not what is about other channels, never what was forgotten."""
    office.house = replace(office.house, settings=replace(office.house.settings, push_suppressions=True))
    ben = office.enroll("Ben")
    suppress.suppress(office.house, "email", "ada@client.example", None, by="rosa")
    suppress.suppress(office.house, "person", str(ben.id), Channel.EMAIL, by="rosa")
    suppress.suppress(office.house, "email", "cleo@client.example", Channel.SMS, by="rosa")
    suppress.suppress(office.house, "phone", "+12125550199", None, by="rosa")
    office.sandbox.list_address("bounces", "dan@client.example")

    assert [one.handed_over for one in [*sync.sync(office.house), *sync.sync(office.house)]] == [2, 0]

    assert office.sandbox.listed("unsubscribes") == ["ada@client.example", "ben@client.example"]


def test_vendors_are_asked_to_erase_only_when_that_is_wished(office: Office, sqlite_url: str) -> None:
    keyed = Store.open(sqlite_url, "k" * 40)
    house = replace(office.house, store=keyed)
    ada, ben = office.enroll("Ada"), office.enroll("Ben", "texts")
    office.sandbox.settle()

    assert forget.forget(house, ada.id, by="rosa").vendors == {}
    assert office.sandbox.erased == []
    told = forget.forget(house, ben.id, by="rosa", at_vendors=True).vendors

    assert office.sandbox.erased == ["ben@client.example"]
    assert told["sendgrid"] == "asked to erase 1 mail address(es)"
    assert told["twilio"].startswith("the words of 1 text(s) erased")
    keyed.close()


def test_a_vendor_that_cannot_be_asked_is_named_and_the_erasure_goes_on(
    office: Office, sqlite_url: str
) -> None:
    keyed = Store.open(sqlite_url, "k" * 40)
    ada = office.enroll("Ada")
    office.sandbox.settle()
    office.sandbox.misbehave(Fault.UNAUTHORIZED)
    done = forget.forget(replace(office.house, store=keyed), ada.id, by="rosa", at_vendors=True)
    assert "could not be asked" in done.vendors["sendgrid"]
    assert done.rows["addresses"] == 2
    keyed.close()


def test_sendgrid_does_both(office: Office) -> None:
    """What the engine looks for in a provider is there: a changed name would quietly switch it off."""
    provider = office.house.providers.by_name("sendgrid")
    assert isinstance(provider, KeepsLists)
    assert all(
        isinstance(office.house.providers.by_name(name), Erasing) for name in ("sendgrid", "twilio", "outbox")
    )
