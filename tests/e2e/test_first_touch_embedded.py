"""Without Redis, `enroll` cannot ring: `outreach up` hears of its commit, and the first touch leaves all the same."""

from __future__ import annotations

import time
from pathlib import Path

from outreach import bootstrap
from outreach.engine import enroll, people
from outreach.settings import Settings
from outreach.up import Up

PLAYBOOK = """\
version: 1
defaults: {timezone: America/New_York, country: US, window: always}
senders:
  main: {email: team@mail.acme.example, name: Acme, postal_address: 1 Main St}
reps:
  rosa: {name: Rosa Diaz, email: rosa@acme.example, sender: main}
cadences:
  trial:
    steps:
      - {id: hello, email: hello.md}
"""
PATIENCE = 10.0  # seconds: far more than the tenths it takes, and far less than `unheard`, after which anything is rung


def test_the_first_touch_does_not_wait_for_the_bell_to_be_rung_again(sqlite_url: str, tmp_path: Path) -> None:
    """An enrollment made by another process is delivered at once: nobody may note a bell that nobody could hear."""
    (tmp_path / "cadences.yaml").write_text(PLAYBOOK)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "hello.md").write_text("---\nsubject: Hello\n---\nA tip.\n")
    settings = Settings(
        database_url=sqlite_url,
        cadences=tmp_path / "cadences.yaml",
        templates=tmp_path / "templates",
        outbox=tmp_path / "outbox",
        threads=2,
    )
    with Up(settings):
        rep = bootstrap.house(settings)  # as the admin command builds it: a house without a bell
        ada = people.save(
            rep, people.read_lead({"name": "Ada", "email": "ada@client.example"}, country="US"), by="rosa"
        )
        enroll.enroll(rep, ada.lead, "trial", by="rosa")
        rep.store.close()
        end = time.monotonic() + PATIENCE
        while not list(settings.outbox.glob("*.eml")) and time.monotonic() < end:
            time.sleep(0.02)  # another process's commit cannot be waited for in any other way

    assert len(list(settings.outbox.glob("*.eml"))) == 1
