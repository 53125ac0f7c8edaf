"""The office with its web door open, and the same without a server for what needs none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient
from office import PUBLIC, Office, settings

from outreach import bootstrap
from outreach.casework.house import House
from outreach.sandbox import Sandbox
from outreach.sandbox import Settings as SandboxSettings
from outreach.store.database import Store
from outreach.web.app import create


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    """A migrated, empty store. What differs between databases lies below the door and is tested there."""
    opened = Store.open(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """The vendors, in a hurry."""
    quick = SandboxSettings(
        status_delay=0.001,
        event_batch=0.002,
        ring=0.001,
        detection=0.001,
        retry_delay=0.01,
        webhook_timeout=10.0,
    )
    with Sandbox(quick) as sandbox:
        yield sandbox


@pytest.fixture
def office(tmp_path: Path, store: Store, sandbox: Sandbox) -> Iterator[Office]:
    """A house with its web door open on loopback."""
    with Office(tmp_path, store, sandbox) as office:
        yield office


@pytest.fixture
def client(office: Office) -> Iterator[httpx2.Client]:
    """Somebody outside."""
    with httpx2.Client(base_url=office.url, timeout=10) as client:
        yield client


@pytest.fixture
def house(tmp_path: Path, store: Store, sandbox: Sandbox) -> Iterator[House]:
    """A house that believes the sandbox's signatures."""
    built = bootstrap.house(settings(tmp_path, PUBLIC, sandbox), store=store)
    yield built
    built.providers.close()


@pytest.fixture
def door(house: House) -> Iterator[TestClient]:
    """The web door without a server: for what only depends on a request and its answer."""
    with TestClient(create(house), base_url="http://internal.example:8000") as client:
        yield client
