"""`outreach up` with a mailbox in the environment: an answer becomes a rep's task without anything else set up."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach.engine import enroll, people
from outreach.insight import replies
from outreach.settings import Settings
from outreach.store import mailboxes
from outreach.up import Up
from tests.dovecot.server import Dovecot
from tests.dovecot.test_a_mailbox_is_followed import eventually, mail
from tests.world import TEAM

pytestmark = pytest.mark.dovecot

TRIAL = """\
cadences:
  trial:
    window: always
    steps: [{id: hello, email: hello.md}]
"""


def test_up_reads_the_mailboxes_of_its_environment(sqlite_url: str, tmp_path: Path, dovecot: Dovecot) -> None:
    (tmp_path / "cadences.yaml").write_text(TEAM + TRIAL)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "hello.md").write_text("---\nsubject: Hello\n---\nA tip.\n")
    settings = Settings(
        database_url=sqlite_url,
        cadences=tmp_path / "cadences.yaml",
        templates=tmp_path / "templates",
        outbox=tmp_path / "outbox",
        threads=2,
        imap=f"{dovecot.url('up')} {dovecot.url('second')}",
    )
    with Up(settings) as up:
        said = people.read_lead({"name": "Ada", "email": "ada@client.example"}, country="US")
        ada = people.save(up.house, said, by="rosa").lead
        enroll.enroll(up.house, ada, "trial", by="rosa")
        eventually(lambda: len(read(up)) == 2)
        dovecot.deliver("second", mail(ada, 1))
        eventually(lambda: len(replies.answers(up.house)) == 1)


def read(up: Up) -> list[str]:
    with up.house.store.read() as db:
        return [place.name for place in mailboxes.every(db)]
