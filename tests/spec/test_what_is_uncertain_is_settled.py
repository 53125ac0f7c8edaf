"""What may have gone out is settled by evidence, or by a person; never by sending it again blindly."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from outreach.domain.channel import Channel
from outreach.domain.consent import Consent, ConsentKind
from outreach.domain.errors import Mistake, Uncertain
from outreach.domain.event import AnsweredBy as By
from outreach.domain.event import Bounced, CallEnded, Delivered, Event, PickedUp, Progressed
from outreach.domain.message import Message
from outreach.domain.people import Lead
from outreach.domain.touch import Attempt, AttemptState
from outreach.engine import stop
from outreach.engine.reconcile import Settled, reconcile
from outreach.engine.resolve import resolve
from outreach.insight import uncertain
from outreach.providers.base import Evidence, Found
from outreach.store import attempts, permissions, schema
from tests.world import World

EMPTY = Evidence(Found.NOT_SENT, detail="nothing like it in the list")
TEXTS = """\
cadences:
  trial:
    window: always
    channels: {sms: {window: {days: mon-sun, hours: "08:00-21:00"}}}
    steps:
      - {id: text, sms: text.txt}
      - {id: again, after: 3 days, email: other.md}
"""
CALLS = "cadences:\n  trial:\n    window: always\n    steps: [{id: drop, voicemail: voice.txt}]\n"


def lose(world: World, name: str | Lead = "Ada", cadence: str = "trial") -> Lead:
    """Enroll somebody whose first message gets no answer; whatever follows is answered again."""

    def lost(message: Message, token: str) -> None:
        raise Uncertain("read timeout")

    world.provider.on_send = lost
    lead = world.enroll(name, cadence)
    world.provider.on_send = lambda message, token: None
    return lead


def tries(world: World, lead: Lead) -> list[Attempt]:
    with world.store.read() as db:
        return attempts.of_touches(db, [touch.id for touch in world.touches(lead)])


def grow_old(world: World, **span: float) -> None:
    """Let machine time pass for every attempt: as if it had begun that much earlier."""
    ago = timedelta(**span)
    table = schema.attempts
    with world.store.begin() as db:
        for row in db.execute(select(table.c.id, table.c.started_at, table.c.lease_until)).all():
            earlier = {"started_at": row.started_at - ago, "lease_until": row.lease_until - ago}
            db.execute(update(table).where(table.c.id == row.id).values(**earlier, look_at=None))


def broken(attempt: Attempt) -> Evidence:
    raise RuntimeError("the library broke")


def look(world: World, times: int = 1) -> Settled:
    """Rounds of the clock, each when the next look has come."""
    done = Settled()
    for _ in range(times):
        with world.store.begin() as db:
            db.execute(update(schema.attempts).values(look_at=None))
        done = reconcile(world.house)
        world.settle()
    return done


# -- callbacks ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (lambda token: Progressed(key="e", token=token, status="sent", reference="r"), "sent"),
        (lambda token: Delivered(key="e", token=token, reference="r"), "delivered"),
        (lambda token: Bounced(key="e", token=token, hard=True, code="550", reference="r"), "bounced"),
        (lambda token: Bounced(key="e", token=token, hard=False, code="450", reference="r"), "failed"),
        (lambda token: CallEnded(key="e", token=token, status="completed", reference="r"), "delivered"),
        (lambda token: CallEnded(key="e", token=token, status="busy", reference="r"), "failed"),
        (lambda token: PickedUp(key="e", token=token, by=By.MACHINE, reference="r"), "sent"),
    ],
)
def test_every_callback_with_our_token_settles_the_doubt(
    world: World, event: Callable[[str], Event], state: str
) -> None:
    ada = lose(world)
    [attempt] = tries(world, ada)

    world.tell(event(attempt.token))

    assert world.touch(ada, "hello").state == state
    [proved] = tries(world, ada)
    assert (proved.state, proved.reference) == (AttemptState.ACCEPTED, "r")
    world.pass_time(days=3)
    assert "day 2  sms  sent" in world.timeline(ada)


def test_a_callback_that_outruns_the_expiry_of_a_lease_is_believed(world: World) -> None:
    """The worker died after the provider's accept: the callback comes while the touch still says sending."""
    ada = lose(world)
    [attempt] = tries(world, ada)
    with world.store.begin() as db:
        db.execute(update(schema.attempts).values(state="started", ended_at=None))
        db.execute(update(schema.touches).values(state="sending", due_at=None))
    world.tell(Progressed(key="p", token=attempt.token, status="queued", reference="r"))
    grow_old(world, minutes=5)
    world.settle()

    assert world.touch(ada, "hello").state == "sent"
    assert tries(world, ada)[0].state is AttemptState.ACCEPTED


def test_a_callback_after_not_sent_keeps_it_from_going_twice(world: World) -> None:
    """Two empty looks were wrong, as records may be late: the callback proves it before the second try."""
    world.provider.on_find = lambda attempt: EMPTY
    world.write(TEXTS)
    ada = lose(world)
    [attempt] = tries(world, ada)
    grow_old(world, minutes=11)
    world.deaf = True
    look(world, times=2)
    assert world.touch(ada, "text").state == "queued"

    world.tell(Delivered(key="late", token=attempt.token, reference="r"))
    world.deaf = False
    world.pass_time(hours=1)

    assert world.touch(ada, "text").state == "delivered"
    assert world.messages(ada) == []


# -- the provider's records -----------------------------------------------------------------------------------------------


def test_a_record_settles_it_at_once_and_the_walk_goes_on_in_its_thread(world: World) -> None:
    world.provider.on_find = lambda attempt: Evidence(Found.SENT, reference="found-1")
    ada = lose(world)

    assert look(world) == Settled(sent=1)
    world.pass_time(days=5)

    assert world.timeline(ada)[:2] == ["day 0  email  uncertain", "day 0  email  sent"]
    assert world.touch(ada, "hello").reference == "found-1"
    root = world.enrollment(ada).thread_root
    [_, again] = world.messages(ada)
    assert root is not None
    assert again.headers["In-Reply-To"] == root  # type: ignore[attr-defined]


def test_two_empty_looks_after_the_grace_time_mean_not_sent_and_it_goes_once(world: World) -> None:
    world.write(TEXTS)
    world.provider.on_find = lambda attempt: EMPTY
    ada = lose(world)

    assert look(world, times=5) == Settled(unsure=1)  # within the grace time nothing counts
    assert world.touch(ada, "text").state == "uncertain"
    grow_old(world, minutes=11)
    assert look(world) == Settled(unsure=1)
    assert world.messages(ada) == []
    assert look(world) == Settled(not_sent=1)

    assert len(world.messages(ada)) == 1
    assert world.timeline(ada)[:2] == ["day 0  sms  uncertain", "day 0  sms  sent"]
    assert [one.state for one in tries(world, ada)] == [AttemptState.NOT_SENT, AttemptState.ACCEPTED]


def test_mails_are_given_longer(world: World) -> None:
    """SendGrid writes its logs later than Twilio its list."""
    world.provider.on_find = lambda attempt: EMPTY
    lose(world)
    grow_old(world, minutes=20)

    assert look(world, times=3) == Settled(unsure=1)
    grow_old(world, minutes=12)
    look(world)
    assert look(world) == Settled(not_sent=1)


def test_an_empty_look_is_not_asked_again_at_once(world: World) -> None:
    world.provider.on_find = lambda attempt: EMPTY
    lose(world)
    grow_old(world, hours=1)

    assert [reconcile(world.house) for _ in range(3)] == [Settled(unsure=1), Settled(), Settled()]


def test_what_was_not_sent_is_skipped_when_the_lead_has_answered_meanwhile(world: World) -> None:
    world.provider.on_find = lambda attempt: EMPTY
    ada = lose(world)
    stop.stop(world.house, [ada.id], by="rosa", because="she called")
    grow_old(world, hours=1)
    look(world, times=2)

    assert world.touch(ada, "hello").state == "skipped"
    assert world.messages(ada) == []


def test_any_number_of_clocks_ask_once(world: World) -> None:
    world.provider.on_find = lambda attempt: EMPTY
    for name in ("Ada", "Ben", "Cleo"):
        lose(world, name)
    grow_old(world, hours=1)
    start = threading.Barrier(4)

    def clock() -> None:
        start.wait()
        reconcile(world.house)

    clocks = [threading.Thread(target=clock) for _ in range(4)]
    for one in clocks:
        one.start()
    for one in clocks:
        one.join()

    assert len(world.provider.asked) == len(set(world.provider.asked)) == 3


def test_a_provider_that_breaks_is_no_evidence(world: World) -> None:
    world.provider.on_find = broken
    ada = lose(world)
    grow_old(world, hours=2)

    assert look(world, times=4) == Settled(unsure=1)
    assert world.touch(ada, "hello").state == "uncertain"


# -- records that look alike ----------------------------------------------------------------------------------------------


def twins(world: World) -> tuple[Lead, Lead]:
    """Two people who share a number are sent the same words at the same moment, and both answers are lost."""
    world.write(TEXTS)
    ada = lose(world, world.lead("Ada"))
    return ada, lose(world, world.lead("Ben", phone="+12125550101"))


def alike(*references: str) -> Callable[[Attempt], Evidence]:
    found = Found.SENT if len(references) == 1 else Found.CANNOT_TELL
    first = references[0] if len(references) == 1 else None
    return lambda attempt: Evidence(found, reference=first, candidates=references)


def test_as_many_records_as_equal_attempts_settle_them_all(world: World) -> None:
    ada, ben = twins(world)
    world.provider.on_find = alike("SM1", "SM2")

    look(world, times=2)

    assert {world.touch(lead, "text").reference for lead in (ada, ben)} == {"SM1", "SM2"}
    assert [world.touch(lead, "text").state for lead in (ada, ben)] == ["sent", "sent"]


def test_fewer_records_than_equal_attempts_tell_nothing(world: World) -> None:
    ada, ben = twins(world)
    world.provider.on_find = alike("SM1")
    grow_old(world, hours=1)

    assert look(world, times=4) == Settled(unsure=2)

    assert [world.touch(lead, "text").state for lead in (ada, ben)] == ["uncertain", "uncertain"]
    with world.store.read():
        assert "2 attempts are alike, and the provider has 1 of them" in {
            one.found for one in uncertain.uncertain(world.house)
        }


def test_a_record_that_another_attempt_owns_is_no_evidence(world: World) -> None:
    """Ben's text went out and is known; the one record belongs to it, so Ada's did not."""
    ada, ben = twins(world)
    world.tell(Delivered(key="d", token=tries(world, ben)[0].token, reference="SM1"))
    world.provider.on_find = alike("SM1")
    grow_old(world, hours=1)

    look(world)
    assert look(world) == Settled(not_sent=1)

    assert len(world.messages(ada)) == 1


# -- nobody can tell ------------------------------------------------------------------------------------------------------


def test_where_nobody_can_tell_it_waits_for_a_person_and_shows_why(world: World) -> None:
    world.provider.on_find = lambda attempt: Evidence(Found.CANNOT_TELL, detail="no logs: 403")
    ada = lose(world)
    grow_old(world, days=3)
    look(world, times=5)
    world.pass_time(days=30)

    assert world.messages(ada) == []
    [doubt] = uncertain.uncertain(world.house)
    assert (doubt.reason, doubt.found, doubt.provider) == ("read timeout", "no logs: 403", "fake")
    assert doubt.token == tries(world, ada)[0].token


def test_a_mail_whose_step_says_so_goes_a_second_time_and_no_third(world: World) -> None:
    world.write(
        "cadences:\n  trial:\n    window: always\n    steps: [{id: hello, email: hello.md, resend_uncertain: true}]\n"
    )
    lost: list[str] = []

    def never_answers(message: Message, token: str) -> None:
        lost.append(token)
        raise Uncertain("read timeout")

    world.provider.on_send = never_answers
    ada = world.enroll("Ada")
    look(world, times=3)
    assert len(lost) == 1  # not within the grace time
    for _ in range(4):
        grow_old(world, hours=1)
        look(world)

    assert len(lost) == 2
    assert world.touch(ada, "hello").state == "uncertain"


@pytest.mark.parametrize("cadence", [TEXTS, CALLS])
def test_texts_and_calls_never_go_twice_without_evidence(world: World, cadence: str) -> None:
    world.write(cadence)
    lead = world.lead("Ada")
    written = Consent(channel=Channel.VOICEMAIL, kind=ConsentKind.WRITTEN, given_at=world.at, text="Yes")
    with world.store.begin() as db:
        permissions.allow(db, lead.id, written)
    ada = lose(world, lead)
    assert len(tries(world, ada)) == 1
    grow_old(world, days=2)
    look(world, times=4)
    world.pass_time(days=10)

    assert world.messages(ada) == []


@pytest.mark.parametrize("sent", [True, False])
def test_a_person_settles_what_no_record_can(world: World, sent: bool) -> None:
    ada = lose(world)
    touch = world.touch(ada, "hello")

    settled = resolve(world.house, touch.id, sent=sent, by="rosa", note="it is in their feed")
    world.pass_time(days=2)

    assert settled.state == ("sent" if sent else "queued")
    assert len(world.messages(ada)) == (1 if sent else 2)
    assert world.timeline(ada)[-1] == "day 2  sms  sent"
    with pytest.raises(Mistake, match="is not uncertain: it is sent"):
        resolve(world.house, touch.id, sent=sent, by="rosa")


def test_what_a_person_calls_not_sent_is_judged_anew(world: World) -> None:
    ada = lose(world)
    world.unsubscribe(ada)

    settled = resolve(world.house, world.touch(ada, "hello").id, sent=False, by="rosa")

    assert (settled.state, settled.reason) == ("skipped", "not sent, and the enrollment is opted_out")


# -- the property -----------------------------------------------------------------------------------------------------------


def stories() -> list[list[str]]:
    """Two that matter, and fifteen by the dice. (Not by Hypothesis: worker threads roll dice of their own meanwhile.)"""
    dice = random.Random(20261122)
    words = ["empty", "empty", "cannot tell", "breaks", "an hour", "a day", "a callback elsewhere"]
    told = [["empty", "an hour", "empty", "breaks", "empty"], ["a day", "empty", "cannot tell"]]
    return told + [dice.choices(words, k=dice.randrange(10)) for _ in range(15)]


def test_nothing_uncertain_is_sent_again_without_two_counted_empty_looks(world: World) -> None:
    """Whatever happens in whatever order: a second request needs two empty looks that came after the grace time."""
    world.write(TEXTS)
    answers = {"empty": lambda attempt: EMPTY, "cannot tell": no_idea, "breaks": broken}
    resent = 0
    for number, story in enumerate(stories()):
        lead = lose(world, world.lead(f"Ada{number}", phone=f"+121255502{number:02}"))
        old, counted = timedelta(0), 0
        for what in story:
            if what in ("an hour", "a day"):
                span = timedelta(hours=1) if what == "an hour" else timedelta(days=1)
                grow_old(world, seconds=span.total_seconds())
                old += span
            elif what == "a callback elsewhere":
                world.tell(Delivered(key=f"{number}-{counted}-{old}", token="f" * 32))
            elif counted < 2:
                world.provider.on_find = answers[what]
                look(world)
                counted += what == "empty" and old > timedelta(0)
        assert len(world.messages(lead)) == (1 if counted == 2 else 0), story
        resent += counted == 2
        stop.stop(world.house, [lead.id], by="rosa", because="the story is over")
        resolve_all(world)
    assert 0 < resent < len(stories())  # both ends were seen


def no_idea(attempt: Attempt) -> Evidence:
    return Evidence(Found.CANNOT_TELL)


def resolve_all(world: World) -> None:
    for one in uncertain.uncertain(world.house):
        resolve(world.house, one.touch_id, sent=True, by="rosa")
