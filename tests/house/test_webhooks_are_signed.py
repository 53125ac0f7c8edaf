"""Every webhook refuses what its provider did not sign, and believes nobody while it has no key.

It asks the registry, so a provider that is added tomorrow is held to it too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

import pytest
from fastapi.testclient import TestClient

from outreach import bootstrap
from outreach.providers.registry import PROVIDERS, Providers
from outreach.sandbox.signing import EventKey
from outreach.settings import Settings
from outreach.store.database import Store
from outreach.store.schema import metadata
from outreach.web.app import create

PLAIN = Settings(public_url="https://follow.acme.example")
# Every setting that could hold a key holds one: which of them a provider verifies with is its own affair.
KEYED = replace(
    PLAIN,
    **{f.name: EventKey().public if f.name.endswith("_key") else f"a-{f.name}" for f in fields(Settings)
       if f.metadata["secret"] or f.name.endswith(("_key", "_sid"))} | {"redis_url": None, "smtp_url": None},
)  # fmt: skip
WEBHOOKS = [
    (name, kind) for name in PROVIDERS for kind in sorted(Providers(PLAIN, {}).by_name(name).webhooks)
]
BODIES = [b"", b"AccountSid=a-twilio_account_sid&From=%2B12125550101&Body=STOP", b'[{"event": "spamreport"}]']


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    """A migrated, empty store."""
    opened = Store.open(sqlite_url)
    yield opened
    opened.close()


def rows(store: Store) -> int:
    """How many rows there are, of anything."""
    with store.read() as db:
        return sum(len(db.execute(table.select()).all()) for table in metadata.sorted_tables)


def posts(store: Store, settings: Settings, name: str, kind: str) -> set[int]:
    """The answers to unsigned requests of several shapes."""
    with TestClient(create(bootstrap.house(settings, store=store))) as door:
        return {door.post(f"/webhooks/{name}/{kind}?a=token", content=body).status_code for body in BODIES}


def test_there_are_webhooks_to_look_at() -> None:
    """An empty table would pass every test below."""
    assert {name for name, _ in WEBHOOKS} >= {"twilio", "sendgrid"}


@pytest.mark.parametrize(("name", "kind"), WEBHOOKS)
def test_an_unsigned_webhook_is_refused_and_leaves_nothing(store: Store, name: str, kind: str) -> None:
    before = rows(store)
    assert posts(store, KEYED, name, kind) == {403}
    assert rows(store) == before


@pytest.mark.parametrize(("name", "kind"), WEBHOOKS)
def test_a_webhook_without_a_key_believes_nobody(store: Store, name: str, kind: str) -> None:
    before = rows(store)
    assert posts(store, PLAIN, name, kind) == {503}
    assert rows(store) == before
