"""The unsubscribe link: asking changes nothing whoever asks, doing works at the first press and at every later one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import httpx2
import pytest
from office import Office

from outreach.domain.channel import Channel
from outreach.domain.people import Lead
from outreach.engine import forget, unsubscribe
from outreach.sandbox import ScansLinks, Unsubscribes
from outreach.store import permissions
from outreach.store.database import Store

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def closed(office: Office, lead: Lead) -> set[Channel]:
    """The channels on which this person may not be touched."""
    with office.house.store.read() as db:
        found = permissions.suppressed(db, [("person", str(lead.id))])
    return {s.channel for s in found if s.channel}


def test_a_scanner_that_opens_every_link_of_a_mail_changes_nothing(
    office: Office, client: httpx2.Client
) -> None:
    ada = office.enroll("Ada")
    mail = str(office.sandbox.accepted("mail")[0].raw)
    links = {link for link in re.findall(r"https?://[^\s\"'<>)\\]+", mail) if link.startswith(office.url)}
    assert f"{office.url}{office.link(ada)}" in links
    before = office.state()

    for link in sorted(links) * 2:
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200

    assert office.state() == before


def test_a_mail_gateway_that_scans_links_stops_nothing(office: Office) -> None:
    office.sandbox.persona("ada@client.example", ScansLinks())
    ada = office.enroll("Ada")
    office.sandbox.settle()
    assert {p.status for p in office.sandbox.posted("scan") if office.url in p.url} == {200}
    assert office.enrollment(ada).state == "active"


def test_the_button_of_the_mail_program_unsubscribes(office: Office) -> None:
    office.sandbox.persona("ada@client.example", Unsubscribes())
    ada = office.enroll("Ada")
    office.sandbox.settle()
    assert [p.status for p in office.sandbox.posted("one-click")] == [200]
    assert office.enrollment(ada).state == "opted_out"
    assert closed(office, ada) == {Channel.EMAIL}


@pytest.mark.parametrize(
    "post",
    [
        lambda client, link: client.post(link, data=ONE_CLICK),
        lambda client, link: client.post(link, files={"List-Unsubscribe": (None, "One-Click")}),
    ],
    ids=["urlencoded", "multipart"],
)
def test_one_click_works_without_cookies_or_redirect_and_again(
    office: Office, client: httpx2.Client, post: Callable[[httpx2.Client, str], httpx2.Response]
) -> None:
    """RFC 8058 allows either encoding of a form."""
    ada = office.enroll("Ada")

    first = post(client, office.link(ada))
    after = office.state()
    second = post(client, office.link(ada))

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.headers["content-type"].startswith("text/plain")
    assert "set-cookie" not in first.headers
    assert office.enrollment(ada).state == "opted_out"
    assert office.state() == after


def test_an_altered_token_is_refused_and_says_nothing(office: Office, client: httpx2.Client) -> None:
    ada = office.enroll("Ada")
    link = office.link(ada)
    altered = link[:-1] + ("0" if link[-1] != "0" else "1")
    before = office.state()

    answers = [
        client.post(path, data=ONE_CLICK)
        for path in (altered, "/u/", "/u/x", link + "0", link[:-1], "/u/%00")
    ]

    assert [answer.status_code for answer in answers[:1]] == [403]
    assert {answer.status_code for answer in answers} <= {403, 404}
    assert client.get(altered).status_code == 403
    assert "client.example" not in client.get(altered).text
    assert office.state() == before


def test_a_link_whose_case_was_changed_on_its_way_still_works(office: Office, client: httpx2.Client) -> None:
    ada = office.enroll("Ada")
    token = office.link(ada).removeprefix("/u/")
    assert client.post(f"/u/{token.upper()}", data=ONE_CLICK).status_code == 200
    assert office.enrollment(ada).state == "opted_out"


def test_a_person_whose_data_was_erased_can_still_press_the_button(
    office: Office, client: httpx2.Client, sqlite_url: str
) -> None:
    ada = office.enroll("Ada")
    office.sandbox.settle()
    keyed = Store.open(sqlite_url, "k" * 40)
    forget.forget(replace(office.house, store=keyed), ada.id, by="rosa")
    keyed.close()

    asked = client.get(office.link(ada))
    assert (asked.status_code, "client.example" in asked.text) == (200, False)
    assert [client.post(office.link(ada), data=ONE_CLICK).status_code for _ in range(2)] == [200, 200]
    assert [client.post(office.link(ada)[:-1] + "x", data=ONE_CLICK).status_code] == [403]


def test_the_page_asks_whom_it_is_for_and_hides_the_rest_of_the_address(
    office: Office, client: httpx2.Client
) -> None:
    ada = office.enroll("Ada")
    page = client.get(office.link(ada))
    assert "Unsubscribe from Acme?" in page.text
    assert "a•••@client.example" in page.text
    assert "ada@client.example" not in page.text
    assert "Ada" not in page.text


def test_the_page_stops_mail_and_offers_to_stop_the_rest(office: Office, client: httpx2.Client) -> None:
    ada = office.enroll("Ada")

    done = client.post(office.link(ada), data={"stop": "email"})
    assert "You are unsubscribed" in done.text
    assert "Stop everything" in done.text
    assert closed(office, ada) == {Channel.EMAIL}

    done = client.post(office.link(ada), data={"stop": "everything"})
    assert "no emails, texts, calls or letters" in done.text
    assert "<form" not in done.text
    assert closed(office, ada) == set(Channel)


def test_everything_closes_the_telephone_numbers_too(office: Office, client: httpx2.Client) -> None:
    """The person may come back as another lead with the same number."""
    ada = office.enroll("Ada")
    client.post(office.link(ada), data={"stop": "everything"})
    with office.house.store.read() as db:
        found = permissions.suppressed(db, [("phone", "+12125550101"), ("email", "ada@client.example")])
    assert {s.channel for s in found} == {Channel.EMAIL, Channel.SMS, Channel.VOICEMAIL, Channel.CALL}


def test_who_has_unsubscribed_is_told_so_instead_of_asked_again(
    office: Office, client: httpx2.Client
) -> None:
    ada = office.enroll("Ada")
    client.post(office.link(ada), data=ONE_CLICK)
    assert "You are unsubscribed" in client.get(office.link(ada)).text


def test_whoever_shares_the_mailbox_is_stopped_with_them(office: Office, client: httpx2.Client) -> None:
    ada = office.enroll("Ada", email="info@client.example")
    with office.house.store.begin() as db:  # the same mailbox came in under another name
        ben = office.enroll_nobody(db, "Ben", "info@client.example")
    client.post(office.link(ada), data=ONE_CLICK)
    assert closed(office, ben) == {Channel.EMAIL}


def test_no_mail_follows_an_unsubscribe(office: Office, client: httpx2.Client) -> None:
    ada = office.enroll("Ada")
    client.post(office.link(ada), data=ONE_CLICK)
    office.pass_time(days=3)
    assert len(office.sandbox.accepted("mail")) == 1


def test_the_page_loads_nothing_and_runs_nothing(office: Office, client: httpx2.Client) -> None:
    page = client.get(office.link(office.enroll("Ada")))
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "<script" not in page.text
    assert "http" not in page.text.replace("http-equiv", "")
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"


def test_a_form_that_is_not_ours_is_not_read(office: Office, client: httpx2.Client) -> None:
    ada = office.enroll("Ada")
    assert client.post(office.link(ada), content=b"x" * 20_000).status_code == 413
    assert office.enrollment(ada).state == "active"


def test_a_second_use_of_the_link_stops_what_began_in_between(office: Office) -> None:
    """An enrollment by text after an unsubscribe from mail: the old link still says that the person wants out."""
    ada = office.enroll("Ada")
    token = office.link(ada).removeprefix("/u/")
    assert unsubscribe.unsubscribe(office.house, token, how="test").new
    office.enroll("Ada", "texts")
    assert office.enrollment(ada).state == "active"
    assert unsubscribe.unsubscribe(office.house, token, how="test").new
    assert office.enrollment(ada).state == "opted_out"
    assert not unsubscribe.unsubscribe(office.house, token, how="test").new
