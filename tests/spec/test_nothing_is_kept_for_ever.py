"""What has been kept long enough is erased at night, a little at a time; what people asked for outlives it (rule R16)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, text

from outreach.domain.channel import Channel
from outreach.domain.errors import Forbidden
from outreach.domain.event import Bounced
from outreach.engine import donotcall, people, retention, suppress
from outreach.insight.suppressions import in_force
from outreach.settings import Settings
from outreach.store.schema import metadata
from tests.world import World

Keep = Callable[..., None]


@pytest.fixture
def keep(world: World) -> Keep:
    """Say how many days something is kept."""

    def say(**days: float) -> None:
        world.house = replace(world.house, settings=replace(world.house.settings, **days))

    return say


def stored(world: World, question: str) -> list[Any]:
    """The first column of what the database answers."""
    with world.store.read() as db:
        return [row[0] for row in db.execute(text(question))]


def test_the_words_of_old_messages_go_and_their_rows_stay(world: World, keep: Keep) -> None:
    world.enroll("Ada")
    world.pass_time(days=2)
    keep(keep_texts=4)
    world.pass_time(days=3)  # the first mail is five days old now, the text three, the second mail is new

    done = retention.purge(world.house)

    assert done.texts == 1
    assert [bool(words) for words in stored(world, "SELECT text FROM attempts ORDER BY id")] == [
        False,
        True,
        True,
    ]
    assert stored(world, "SELECT subject FROM attempts ORDER BY id")[0] is None
    assert retention.purge(world.house).texts == 0


def test_the_script_of_a_call_goes_once_it_is_done(world: World, keep: Keep) -> None:
    world.write("cadences:\n  calls:\n    window: always\n    steps: [{id: call, call: call.md}]\n")
    ada, ben = world.enroll("Ada", "calls"), world.enroll("Ben", "calls")
    world.reply(ben, "call me")
    keep(keep_texts=4)
    world.pass_time(days=5)
    retention.purge(world.house)
    notes = {touch.lead_id: touch.note for touch in [*world.touches(ada), *world.touches(ben)]}
    assert notes[ben.id] is None
    assert notes[ada.id], "it still waits for Rosa"


def test_the_raw_content_of_old_events_goes_and_a_repeat_has_no_effect(world: World, keep: Keep) -> None:
    ada = world.enroll("Ada")
    bounce = Bounced(key="b1", token=world.token(ada), hard=False, text="mailbox of Ada is full")
    world.tell(bounce)
    keep(keep_events=7)
    world.pass_time(days=8)

    assert retention.purge(world.house).events == 1

    assert not any("full" in str(raw) for raw in stored(world, "SELECT raw FROM events"))
    assert world.tell(bounce).new == 0


def test_a_lead_of_whom_nothing_was_heard_goes_and_stays_suppressed(world: World, keep: Keep) -> None:
    """Ada unsubscribed and was forgotten by us; Ben walks; Cleo was touched lately; Dan never did anything."""
    ada, _, dan = world.enroll("Ada"), world.lead("Cleo"), world.lead("Dan")
    world.unsubscribe(ada)
    keep(keep_leads=30)
    world.write(
        "cadences:\n  slow:\n    window: always\n    steps:\n"
        "      - {id: hello, email: hello.md}\n      - {id: again, after: 90 days, email: again.md}\n"
    )
    ben = world.enroll("Ben", "slow")
    world.pass_time(days=29)
    cleo = world.lead("Cleo", company="Acme")
    world.pass_time(days=5)

    assert retention.purge(world.house).leads == 2

    assert stored(world, "SELECT id FROM leads WHERE forgotten_at IS NOT NULL ORDER BY id") == [
        ada.id,
        dan.id,
    ]
    assert stored(world, "SELECT count(*) FROM addresses WHERE lead_id IN (1, 3)") == [0]
    assert {world.lead("Ben").id, world.lead("Cleo").id} == {ben.id, cleo.id}
    again = people.save(
        world.house, people.read_lead({"email": "ada@client.example"}, country="US"), by="sam"
    )
    assert again.new, "it was we who forgot, so an import may bring the person back ..."
    found = in_force(world.house, "email", "ada@client.example")
    assert [(s.channel, s.hashed) for s in found] == [(Channel.EMAIL, True)], "... but not to be mailed"


def test_what_was_said_of_a_person_holds_for_all_their_addresses(world: World, keep: Keep) -> None:
    """The number of the lead means nothing to the one that an import makes of them."""
    ada = world.lead("Ada")
    suppress.suppress(world.house, "person", str(ada.id), None, by="rosa")
    keep(keep_leads=30)
    world.pass_time(days=31)
    assert retention.purge(world.house).leads == 1
    again = world.lead("Ada")
    assert again.id != ada.id
    with pytest.raises(Forbidden, match="R8"):
        world.enroll(again)


def test_a_do_not_call_list_outlives_the_leads_who_are_on_it(world: World, keep: Keep) -> None:
    """It was we who let go of the lead; the number on the list is still not to be called when an import brings it."""
    donotcall.forbid(world.house, "+12125550104", by="rosa", because="the national list")
    world.lead("Dan")
    keep(keep_leads=30)
    world.pass_time(days=31)
    assert retention.purge(world.house).leads == 1
    assert stored(world, "SELECT number FROM dnc") == ["+12125550104"]


def test_it_is_done_at_night_where_the_team_is(world: World, keep: Keep) -> None:
    world.enroll("Ada")
    keep(keep_texts=1)
    world.pass_time(days=3)
    assert retention.purge_at_night(world.house) == retention.Purged()
    world.begin(datetime(2026, 12, 5, 7, 30, tzinfo=UTC))  # half past two in New York
    assert retention.purge_at_night(world.house).texts > 0


def test_a_night_is_no_storm(world: World, keep: Keep) -> None:
    """Ten thousand old events: a look of the clock writes at most 10,000 rows, in transactions of 500."""
    old = world.at - timedelta(days=40)
    rows = [
        {"provider": "p", "key": f"k{n}", "kind": "K", "received_at": old, "machine_at": old, "raw": {"n": n}}
        for n in range(10_600)
    ]
    with world.store.begin() as db:
        db.execute(insert(metadata.tables["events"]), rows)
    keep(keep_events=30)
    written: list[int] = []

    @event.listens_for(world.store.engine, "after_cursor_execute")
    def count(_: Any, cursor: Any, statement: str, *__: Any) -> None:
        if statement.startswith("UPDATE events"):
            written.append(cursor.rowcount)

    first, second = retention.purge(world.house), retention.purge(world.house)

    assert (first.events, second.events) == (10_000, 600)
    assert max(written) == 500


def test_nothing_goes_that_nobody_set_a_limit_for(world: World) -> None:
    world.enroll("Ada")
    world.pass_time(days=4000)
    assert retention.purge(world.house, all_of_it=True) == retention.Purged()


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        (Settings(keep_events=3), "OUTREACH_KEEP_EVENTS=3: at least 7"),
        (Settings(keep_texts=0), "must be positive"),
        (Settings(keep_leads=30), "OUTREACH_KEEP_LEADS needs OUTREACH_SUPPRESSION_KEY"),
        (Settings(suppression_key="short"), "needs 32"),
    ],
)
def test_limits_that_would_do_harm_are_refused(settings: Settings, why: str) -> None:
    assert any(why in told for told in settings.contradictions())
