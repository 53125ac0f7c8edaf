"""Who asks to be forgotten is erased everywhere, and is never written to again (GDPR, Articles 17 and 21; rule R16)."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import insert, text

from outreach.domain.channel import AddressKind, Channel
from outreach.domain.errors import Forbidden, Misconfigured, Mistake, Uncertain
from outreach.domain.event import Bounced, Delivered, Replied
from outreach.domain.message import Message
from outreach.domain.people import Lead
from outreach.engine import donotcall, forget, importing, people, retention, suppress
from outreach.insight import held
from outreach.insight.suppressions import in_force
from outreach.store import permissions, replies, reply_tasks
from outreach.store.database import Store
from outreach.store.schema import metadata
from tests.world import KEY, World

# What is known of Zelda and of nobody else: none of it may be left.
ZELDA = {
    "name": "Zelda Quixote-Mbeki",
    "email": "zelda.quixote@mbeki-canary.example",
    "phone": "+12125550177",
    "company": "Canary Bird Seeds",
    "external_id": "crm-canary-4711",
    "notes": "likes xylophones",
    "postal": "77 Canary Lane, Springfield",
}
WORDS = [
    "zelda", "quixote", "mbeki", "2125550177", "canary", "crm-canary", "xylophone", "thanks but no thanks", "drop dead",
]  # fmt: skip


def everything(store: Store) -> str:
    """All that the database says, as one text."""
    with store.read() as db:
        rows = [repr(tuple(row)) for table in metadata.sorted_tables for row in db.execute(table.select())]
    return "\n".join(rows).lower()


def left(store: Store) -> list[str]:
    """The words of Zelda that are still there."""
    told = everything(store)
    return [word for word in WORDS if word in told]


def meet(world: World) -> Lead:
    """Zelda, with a history: mails, a text, answers, a hold, a consent, a task, a suppression of her own."""
    world.write(
        "cadences:\n  trial:\n    window: always\n    steps:\n"
        "      - {id: hello, email: hello.md}\n      - {id: call, after: 1 day, call: call.md}\n",
        {
            "hello.md": "---\nsubject: Hello {{ lead.first_name }}\n---\nYou like {{ lead.notes | default('us') }}.\n"
        },
    )
    zelda = people.save(world.house, people.read_lead(ZELDA, country="US"), by="rosa").lead
    world.enroll(zelda)
    world.pass_time(days=2)
    world.tell(Delivered(key="d1", token=world.token(zelda)))
    consent = people.written_consent(
        Channel.VOICEMAIL, "Zelda agreed", at=world.at, how="form", evidence="https://canary.example"
    )
    with world.store.begin() as db:
        permissions.allow(db, zelda.id, consent)
        permissions.hold(db, [zelda.id], "Zelda wrote", since=world.at, until=world.at)
    suppress.suppress(
        world.house, "email", ZELDA["email"], Channel.SMS, by="rosa", because="Zelda said drop dead"
    )
    world.tell(
        Replied(
            key="r1", channel=Channel.SMS, sender=ZELDA["phone"], text="thanks but no thanks, Zelda Quixote"
        )
    )
    return zelda


def test_nothing_personal_is_left_in_the_database(world: World) -> None:
    zelda = meet(world)
    assert set(left(world.store)) == set(WORDS)

    done = forget.forget(world.house, zelda.id, by="rosa")

    assert left(world.store) == []
    assert done.suppressed == 3  # mail, telephone, postal address
    assert done.clean


def test_nor_in_what_was_told_by_nobody_we_knew(world: World) -> None:
    """An answer that could not be matched when it came is hers all the same: her address stands in it."""
    row: dict[str, Any] = {
        "provider": "twilio", "key": "SM1", "kind": "Replied", "received_at": world.at, "machine_at": datetime.now(UTC),
        "raw": {"body": "From=%2B12125550177&Body=Canary"}, "effect": "unmatched",
    }  # fmt: skip
    with world.store.begin() as db:
        db.execute(insert(metadata.tables["events"]), [row])
    zelda = meet(world)

    forget.forget(world.house, zelda.id, by="rosa")

    assert left(world.store) == []


def test_what_happened_can_still_be_counted(world: World) -> None:
    zelda = meet(world)
    before = [(t.step_id, t.channel, t.sent_at) for t in world.touches(zelda)]

    forget.forget(world.house, zelda.id, by="rosa")

    assert [(t.step_id, t.channel, t.sent_at) for t in world.touches(zelda)] == before
    assert world.enrollment(zelda).state == "replied"


@pytest.mark.parametrize(
    "again",
    [
        ZELDA,
        {"email": "Zelda.Quixote@Mbeki-Canary.EXAMPLE", "name": "Somebody else"},
        {"phone": "(212) 555-0177", "name": "Z. Q."},
    ],
    ids=["the same line", "the mail address, written otherwise", "the telephone number, written otherwise"],
)
def test_an_import_does_not_bring_them_back(world: World, again: dict[str, str]) -> None:
    forget.forget(world.house, meet(world).id, by="rosa")
    before = everything(world.store)

    with pytest.raises(Forbidden, match="R16 forgotten"):
        people.save(world.house, people.read_lead(again, country="US"), by="sam")

    assert everything(world.store) == before


def test_a_table_of_leads_rejects_their_line_only(world: World, tmp_path: Any) -> None:
    forget.forget(world.house, meet(world).id, by="rosa")
    path = tmp_path / "again.csv"
    path.write_text(f"name,email\nZelda,{ZELDA['email']}\nBen,ben@client.example\n")
    rejected: list[tuple[int, str]] = []
    with path.open("rb") as file:
        done = importing.import_leads(
            world.house, file, by="sam", reject=lambda line, why: rejected.append((line.number, why))
        )
    assert (done.new, done.rejected) == (1, 1)
    assert [(number, "R16 forgotten" in why) for number, why in rejected] == [(2, True)]


def test_a_colleague_at_the_same_switchboard_is_taken_in_but_not_called_there(world: World) -> None:
    """The number may be answered by the person who was forgotten; the mail address is the colleague's own."""
    forget.forget(world.house, meet(world).id, by="rosa")

    ben = world.enroll("Ben", phone=ZELDA["phone"])
    world.write("cadences:\n  texts:\n    window: always\n    steps: [{id: text, sms: text.txt}]\n")

    assert [m.channel for m in world.messages(ben)] == [Channel.EMAIL]
    with pytest.raises(Forbidden, match="forgotten"):
        world.enroll(ben, "texts")


def test_the_claim_finds_the_hash_when_the_address_came_in_before(world: World) -> None:
    """Ben was in the middle of a cadence, with her number, when she was forgotten."""
    zelda = meet(world)
    ben = world.lead("Ben", phone=ZELDA["phone"])
    world.write(
        "cadences:\n  texts:\n    window: always\n    steps: [{id: text, after: 1 day, sms: text.txt}]\n"
    )
    world.enroll(ben, "texts")

    done = forget.forget(world.house, zelda.id, by="rosa")
    world.pass_time(days=2)

    assert done.shared == 1
    assert world.messages(ben) == []
    assert "forgotten" in (world.touches(ben)[-1].reason or "")


def test_an_address_that_came_in_before_there_was_a_key_is_found_too(world: World) -> None:
    zelda = meet(world)
    ben = world.lead("Ben", phone=ZELDA["phone"])
    with world.store.begin() as db:
        db.execute(text("UPDATE addresses SET hash = NULL"))
    forget.forget(world.house, zelda.id, by="rosa")
    world.write("cadences:\n  texts:\n    window: always\n    steps: [{id: text, sms: text.txt}]\n")
    with pytest.raises(Forbidden, match="forgotten"):
        world.enroll(ben, "texts")


def test_an_opt_out_from_before_goes_on_under_the_hash(world: World) -> None:
    """And the one that was lifted is gone."""
    zelda = meet(world)
    number = suppress.read_scope(world.house, ZELDA["phone"])
    suppress.suppress(world.house, *number, Channel.SMS, by="rosa")
    suppress.lift(world.house, *number, Channel.SMS, by="rosa")
    suppress.suppress(world.house, *number, Channel.CALL, by="rosa", because="Zelda shouted")

    forget.forget(world.house, zelda.id, by="rosa")

    found = in_force(world.house, *number)
    assert {(s.channel, s.hashed, s.source) for s in found} == {(Channel.CALL, True, ""), (None, True, "")}


def test_who_came_back_by_themselves_can_be_taken_in_again(world: World) -> None:
    forget.forget(world.house, meet(world).id, by="rosa")
    scope, value = suppress.read_scope(world.house, ZELDA["email"])

    assert suppress.lift(world.house, scope, value, None, by="rosa") > 0

    assert people.save(world.house, people.read_lead({"email": ZELDA["email"]}, country="US"), by="sam").new


def test_what_comes_back_afterwards_is_not_kept(world: World) -> None:
    zelda = meet(world)
    token = world.token(zelda)
    forget.forget(world.house, zelda.id, by="rosa")

    said = "mailbox <zelda.quixote@mbeki-canary.example> is full"
    world.tell(Bounced(key="late", token=token, hard=False, code="452", text=said))
    assert [row["raw"] for row in held.everything(world.house, zelda.id).held["events"]] == [{}, {}, {}]
    assert retention.purge(world.house).again == 1  # as the clock does every night

    assert left(world.store) == []
    assert retention.purge(world.house).again == 0, "once is enough"


def test_what_they_write_themselves_afterwards_is_a_new_matter(world: World) -> None:
    """Somebody must read it. It goes when it has been kept long enough, or with a second erasure."""
    zelda = meet(world)
    walk = world.enrollment(zelda)
    forget.forget(world.house, zelda.id, by="rosa")
    world.tell(
        Replied(
            key="r2", channel=Channel.EMAIL, sender="new@quiet.example", text="you still owe me xylophones",
            reply_token=walk.reply_token,
        )
    )  # fmt: skip
    retention.purge(world.house)
    assert "you still owe me" in everything(world.store)

    forget.forget(world.house, zelda.id, by="rosa")

    assert left(world.store) == []


def test_nothing_goes_out_to_them_any_more(world: World) -> None:
    zelda = meet(world)
    count = len(world.provider.sent)
    forget.forget(world.house, zelda.id, by="rosa")
    world.pass_time(days=30)
    with pytest.raises(Forbidden, match="R8"):
        world.enroll(zelda)
    assert len(world.provider.sent) == count


def test_while_a_message_is_on_the_wire_all_is_stopped_and_nothing_erased_yet(world: World) -> None:
    """What its answer says must not be written over what was erased."""
    ada = world.lead("Ada")
    on_the_wire, go_on = threading.Event(), threading.Event()

    def stuck(message: Message, token: str) -> None:
        on_the_wire.set()
        go_on.wait(20)

    world.provider.on_send = stuck
    sender = threading.Thread(target=world.enroll, args=(ada,))
    sender.start()
    assert on_the_wire.wait(10)

    with pytest.raises(Mistake, match="is on the wire at this moment: everything is stopped"):
        forget.forget(world.house, ada.id, by="rosa")
    assert world.enrollment(ada).state == "opted_out"
    go_on.set()
    sender.join()

    forget.forget(world.house, ada.id, by="rosa")
    assert "ada@" not in everything(world.store)


def test_what_may_have_gone_out_counts_as_sent_from_then_on(world: World) -> None:
    """Without its address no provider can be asked about it any more."""

    def silent(message: Message, token: str) -> None:
        raise Uncertain("read timeout")

    ada = world.lead("Ada")
    world.provider.on_send = silent
    world.enroll(ada)
    assert world.touches(ada)[-1].state == "uncertain"

    done = forget.forget(world.house, ada.id, by="rosa")

    assert done.settled == 1
    assert world.touches(ada)[-1].state == "sent"
    assert "ada@" not in everything(world.store)


def test_forgetting_twice_changes_nothing(world: World) -> None:
    zelda = meet(world)
    forget.forget(world.house, zelda.id, by="rosa")
    before = len(in_force(world.house))
    forget.forget(world.house, zelda.id, by="rosa")
    assert len(in_force(world.house)) == before
    assert left(world.store) == []


def test_nobody_is_forgotten_without_a_key(world: World) -> None:
    """Without it they would be written to again at the next import."""
    zelda = meet(world)
    url = world.store.engine.url.render_as_string(hide_password=False)
    bare = Store.open(url)
    house = type(world.house)(
        settings=world.house.settings, store=bare, clock=world.house.clock, providers=world.house.providers
    )
    before = everything(world.store)
    with pytest.raises(Mistake, match="OUTREACH_SUPPRESSION_KEY"):
        forget.forget(house, zelda.id, by="rosa")
    bare.close()
    assert everything(world.store) == before


@pytest.mark.parametrize("key", [None, KEY + "!"], ids=["none", "another"])
def test_a_database_in_which_somebody_was_forgotten_opens_with_its_key_only(
    world: World, key: str | None
) -> None:
    forget.forget(world.house, meet(world).id, by="rosa")
    url = world.store.engine.url.render_as_string(hide_password=False)
    with pytest.raises(Misconfigured, match="OUTREACH_SUPPRESSION_KEY"):
        Store.open(url, key)
    Store.open(url, KEY).close()


def test_a_restored_backup_is_told_whom_to_forget_again(world: World) -> None:
    """The list of hashes outlives the database: it is taken in again, and names nobody."""
    zelda = meet(world)
    kept = world.store.hashed("email", ZELDA["email"])
    assert kept is not None
    permissions_row = f"INSERT INTO suppressions (scope, value, hashed, channel, reason, since) VALUES ('email', '{kept}', true, '', 'forgotten', :now)"
    now = world.at.strftime("%Y-%m-%d %H:%M:%S.%f") if world.store.sqlite else world.at
    with world.store.begin() as db:
        db.execute(text(permissions_row), {"now": now})
    ben = world.lead("Ben")

    assert [one.lead_id for one in forget.forget_again(world.house, by="rosa")] == [zelda.id]

    assert left(world.store) == []
    assert world.lead("Ben").id == ben.id


def test_the_number_of_whoever_is_forgotten_is_on_no_list_of_ours(world: World) -> None:
    """The suppression's keyed hash does what the number in the list did."""
    zelda = meet(world)
    donotcall.forbid(world.house, ZELDA["phone"], by="rosa", because="Zelda hates phones")
    forget.forget(world.house, zelda.id, by="rosa")

    assert left(world.store) == []


def test_all_that_is_held_about_a_person_can_be_written_down(world: World) -> None:
    """And nothing of anybody else (GDPR, Article 15 (4))."""
    zelda = meet(world)
    donotcall.forbid(world.house, ZELDA["phone"], by="rosa", because="Zelda hates phones")
    world.enroll("Ben")
    world.reply(world.lead("Ben"), "Ben says hello")

    told = held.everything(world.house, zelda.id)

    said = repr(told).lower()
    assert [word for word in WORDS if word not in said] == []
    assert "ben" not in said.replace("benefit", "")
    assert {name for name, rows in told.held.items() if rows} == set(told.held)
    assert told.held["addresses"][0]["kind"] == AddressKind.EMAIL.value


# -- replies --------------------------------------------------------------------------------------------------------------


def test_what_a_forgotten_person_wrote_is_gone_too(world: World) -> None:
    ada = world.enroll("Ada")
    world.reply(ada, "My secret is 4711", subject="Confidential")

    forget.forget(world.house, ada.id, by="dpo")

    with world.store.read() as db:
        assert reply_tasks.undone(db) == []
        [kept] = [replies.get(db, number) for number in (1,)]
        assert kept is not None
        assert (kept.sender, kept.subject) == ("", "")
        assert replies.words(db, kept.id) is None
        assert replies.raw(db, kept.id) is None


def test_a_late_answer_of_a_forgotten_person_waits_for_somebody_to_read_it(world: World) -> None:
    """The token in the address of an old mail still says who it was; nobody else is suspected, and nobody is held."""
    ada = world.enroll("Ada")
    ben = world.enroll("Ben")
    token = world.enrollment(ada).reply_token
    forget.forget(world.house, ada.id, by="dpo")

    world.tell(
        Replied(
            key="late",
            channel=Channel.EMAIL,
            sender="ada@client.example",
            text="My secret is 4711",
            reply_token=token,
        )
    )

    with world.store.read() as db:
        [waits] = replies.waiting(db, world.at)
        assert reply_tasks.undone(db) == []
        assert permissions.holds_of(db, [ada.id, ben.id]) == {}
    forget.forget(world.house, ada.id, by="dpo")
    with world.store.read() as db:
        assert replies.words(db, waits.id) is None
