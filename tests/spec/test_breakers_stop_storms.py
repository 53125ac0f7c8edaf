"""A provider in trouble is left alone for a while, by everybody; a cadence whose mails do harm is paused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from outreach.domain.errors import Fault, ProviderError, Refused, TooLate, Unavailable, Uncertain
from outreach.domain.event import Complained
from outreach.domain.message import Message
from outreach.engine import apply, enroll, pause
from outreach.insight.duties import neglected
from outreach.insight.why import why
from outreach.providers.registry import Providers
from outreach.store import breakers, permissions
from outreach.store.database import Store
from tests.fakes import FakeProvider
from tests.spec.test_caps_are_never_exceeded import MAILS, TWO, all_at_once, crowd, queued, waiting
from tests.world import World

STORMS = [Unavailable("429 too many requests"), Unavailable("connection refused"), Uncertain("503 no answer")]


class Weather:
    """What the provider does, and who asked it."""

    def __init__(self, provider: FakeProvider) -> None:
        self.asked: list[str] = []
        self.error: Callable[[str], ProviderError | None] = lambda to: None
        provider.on_send = self._send

    def storm(self, error: ProviderError) -> None:
        self.error = lambda to: error

    def clear(self) -> None:
        self.error = lambda to: None

    def _send(self, message: Message, token: str) -> None:
        self.asked.append(message.to)
        error = self.error(message.to)
        if error:
            raise error


@pytest.fixture
def weather(world: World) -> Weather:
    world.write(MAILS)
    return Weather(world.provider)


def opened(world: World) -> dict[str, str]:
    """The breakers that are not closed, with why."""
    with world.store.read() as db:
        return {one.name: one.because for one in breakers.off(db) if one.until is not None}


def stopped(world: World) -> dict[str, str]:
    with world.store.read() as db:
        return {one.name: one.because for one in permissions.stopped(db)}


# -- storms ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", STORMS, ids=str)
def test_five_failures_in_a_row_and_the_provider_is_left_alone(
    world: World, weather: Weather, error: ProviderError
) -> None:
    weather.storm(error)
    crowd(world, 20)
    world.settle()

    assert list(opened(world)) == ["provider:fake"]
    assert "5 failures in a row" in opened(world)["provider:fake"]
    assert len(weather.asked) < 20  # those on the wire already, and no more
    assert len(waiting(world, "breaker")) == 20 - len(weather.asked)


def test_failures_that_are_far_apart_are_no_storm(world: World, weather: Weather) -> None:
    weather.storm(Uncertain("timeout"))
    for n in range(8):
        world.enroll(f"Lead{n}", email=f"lead{n}@client.example")
        world.pass_time(seconds=31)
    assert opened(world) == {}


@pytest.mark.parametrize("error", [Refused("bad message"), TooLate("our own deadline")], ids=str)
def test_what_says_nothing_of_the_provider_opens_nothing(
    world: World, weather: Weather, error: ProviderError
) -> None:
    weather.storm(error)
    crowd(world, 12)
    world.settle()
    assert opened(world) == {}


def test_exactly_one_touch_tries_and_success_lets_all_go(world: World, weather: Weather) -> None:
    weather.storm(Unavailable("503"))
    crowd(world, 24)
    world.settle()
    weather.asked.clear()
    world.deaf = True
    world.pass_time(minutes=1)

    weather.storm(Unavailable("503 still"))
    all_at_once(world, queued(world))
    assert len(weather.asked) == 1
    assert opened(world) == {"provider:fake": "503 still"}

    weather.asked.clear()
    weather.clear()
    world.deaf = False
    world.pass_time(minutes=20)
    assert opened(world) == {}
    assert sorted(weather.asked) == sorted({f"lead{n}@client{n}.example" for n in range(24)})


def test_it_stays_open_longer_each_time_and_as_long_as_the_provider_asks(
    world: World, weather: Weather
) -> None:
    weather.storm(Unavailable("429", retry_after=timedelta(minutes=10)))
    crowd(world, 20)
    began = world.at
    world.settle()
    assert min(waiting(world, "breaker")) >= began + timedelta(minutes=10)

    weather.storm(Unavailable("503"))
    weather.asked.clear()
    world.pass_time(hours=6)
    assert 10 < len(weather.asked) < 40  # every quarter of an hour at last, once


def test_the_rule_is_named_with_its_time(world: World, weather: Weather) -> None:
    weather.storm(Unavailable("503"))
    crowd(world, 8)
    world.settle()
    ada = world.enroll("Ada")

    [told] = why(world.house, ada.id)
    assert "provider:fake is in trouble: 5 failures in a row, the last one: 503 [breaker]" in told.answer
    assert told.first is not None
    assert world.at < told.first < world.at + timedelta(minutes=1)


def test_who_died_while_trying_does_not_keep_it_open(world: World, weather: Weather) -> None:
    weather.storm(Unavailable("503"))
    crowd(world, 8)
    world.settle()
    with world.store.begin() as db:
        later = world.at + timedelta(minutes=1)
        assert breakers.probe(db, "provider:fake", until=later + timedelta(seconds=30), at=later)
        assert not breakers.probe(db, "provider:fake", until=later + timedelta(seconds=30), at=later)
    weather.clear()
    world.pass_time(hours=1)
    assert opened(world) == {}
    assert len(world.provider.sent) == 8


def test_one_bad_sender_does_not_stop_the_others(world: World) -> None:
    weather = Weather(world.provider)
    world.write(MAILS)
    team = (world.folder / "cadences.yaml").read_text()
    more = team.replace(
        "reps:\n", "  second: {email: two@mail.acme.example, name: Two, postal_address: 1 Main St}\nreps:\n"
    ).replace(
        "sender: main}\n",
        "sender: main}\n  sam: {name: Sam Okafor, email: sam@acme.example, sender: second}\n",
    )
    (world.folder / "cadences.yaml").write_text(more)
    apply.apply(world.house, by="ops")
    weather.error = lambda to: Unavailable("this sender is throttled") if to.startswith("bad") else None
    for n in range(8):
        for who, rep in (("bad", "sam"), ("good", "rosa")):
            lead = world.lead(f"{who}{n}", email=f"{who}{n}@client.example")
            enroll.enroll(world.house, lead, "trial", by="ops", rep=rep)
            world.settle()

    assert list(opened(world)) == ["sender:second:fake"]
    assert len([m for m, _ in world.provider.sent if m.to.startswith("good")]) == 8


def test_wrong_keys_stop_the_provider_even_while_its_breaker_is_open(world: World, weather: Weather) -> None:
    weather.storm(Unavailable("503"))
    crowd(world, 8)
    world.settle()
    weather.storm(Unavailable("401 unauthorized", fault=Fault.ACCOUNT))
    world.pass_time(minutes=1)
    assert list(stopped(world)) == ["provider:fake"]


# -- a second provider -------------------------------------------------------------------------------------------------


@pytest.fixture(params=["embedded", "many machines"])
def two(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[World, FakeProvider]]:
    """The theatre with a second provider for email."""
    url = request.getfixturevalue("sqlite_url" if request.param == "embedded" else "postgres_url")
    store = Store.open(url)
    with World(tmp_path, store, None) as world:
        second = FakeProvider(name="second")
        providers = Providers.of(
            world.provider, second, fallback={c: "second" for c in second.channels if c.paced}
        )
        world.house = world.worker.house = replace(world.house, providers=providers)
        world.write(MAILS)
        yield world, second
    store.close()


def test_queued_mail_goes_by_the_second_provider_and_nothing_uncertain_is_sent_again(
    two: tuple[World, FakeProvider],
) -> None:
    world, second = two
    weather = Weather(world.provider)
    weather.storm(Uncertain("503 after the body"))
    crowd(world, 20)
    world.settle()
    lost = list(weather.asked)

    assert 5 <= len(lost) < 20
    assert sorted(message.to for message, _ in second.sent) == sorted(
        {f"lead{n}@client{n}.example" for n in range(20)} - set(lost)
    )
    weather.clear()
    world.pass_time(days=2)
    assert len(second.sent) == 20 - len(lost)
    assert world.provider.sent == []
    with world.store.read() as db:
        held = db.execute(
            text(
                "SELECT count(*) FROM touches JOIN attempts ON attempts.touch_id = touches.id "
                "WHERE touches.state = 'uncertain' AND attempts.provider = 'fake'"
            )
        ).scalar_one()
    assert held == len(lost)


def test_the_first_provider_is_tried_again_and_carries_on_when_it_is_well(
    two: tuple[World, FakeProvider],
) -> None:
    world, second = two
    weather = Weather(world.provider)
    weather.storm(Unavailable("503"))
    crowd(world, 20)
    world.settle()
    world.pass_time(hours=1)
    weather.clear()
    gone = len(second.sent)
    world.pass_time(hours=1)
    crowd(world, 10, email="laterN@client.example")
    world.settle()

    assert gone >= 15
    assert opened(world) == {}
    assert len(second.sent) == gone
    assert len(world.provider.sent) + gone == 30


# -- harm --------------------------------------------------------------------------------------------------------------


def test_a_storm_of_bounces_pauses_its_cadence_and_no_other(world: World) -> None:
    world.write(TWO)
    people = crowd(world, 60)
    world.at += timedelta(minutes=1)
    world.settle()
    for lead in people[:4]:
        world.bounce(lead)
    assert stopped(world) == {}
    world.bounce(people[4])  # 5 of 60 are more than 8 %

    told = "5 of the last 60 mails bounced: look at where these addresses come from"
    assert stopped(world) == {"cadence:trial": told}
    sent = len(world.provider.sent)
    ada = world.enroll("Ada", "other")
    world.pass_time(days=2, hours=1)
    assert [message.to for message, _ in world.provider.sent[sent:]] == ["ada@client.example"]
    assert world.messages(ada)
    assert f"cadence:trial is stopped: {told} [switch]" in why(world.house, people[9].id)[0].answer

    pause.turn(world.house, "cadence:trial", stop=False, by="ops")
    world.settle()
    assert len(world.provider.sent) == sent + 1 + 55  # nothing was lost
    world.bounce(people[9])
    assert stopped(world) == {}  # judged by what it sent since


def test_few_mails_prove_nothing(world: World) -> None:
    world.write(MAILS)
    people = crowd(world, 40)
    world.settle()
    for lead in people[:10]:
        world.bounce(lead)
    assert stopped(world) == {}


def test_complaints_pause_a_cadence_but_one_alone_does_not(world: World) -> None:
    world.write("limits: {breaker: {of: 100, least: 20}}\n" + MAILS)
    people = crowd(world, 30)
    world.settle()
    for n, expected in ((0, []), (1, ["cadence:trial"])):
        token = world.token(people[n])
        world.tell(Complained(key=f"spam-{n}", token=token))
        world.tell(Complained(key=f"spam-{n}", token=token))  # told twice: it counts once
        assert list(stopped(world)) == expected


def test_r13_a_mail_domain_that_is_called_spam_too_often_in_a_day_is_stopped(world: World) -> None:
    """All its senders, in every cadence: 0.3 % is what the large mail hosts never forgive."""
    world.write("limits: {breaker: {least: 500, least_a_day: 30}}\n" + TWO)
    people = crowd(world, 30)
    world.settle()
    world.tell(Complained(key="spam-0", token=world.token(people[0])))
    assert stopped(world) == {}  # one alone proves nothing

    world.tell(Complained(key="spam-1", token=world.token(people[1])))

    assert stopped(world) == {"sender:main": "2 of 30 mails in 24 hours were called spam (6.7%, rule R13)"}
    ada = world.enroll("Ada", "other")
    assert world.messages(ada) == []
    with world.store.read() as db:
        told = [what for what, _ in neglected(world.house, db, world.house.library.team(db), set())]
    assert told == ["2 of 30 mails of main were called spam in 24 hours (6.7%, R13)"]


def test_r13_complaints_of_another_day_do_not_count(world: World) -> None:
    world.write("limits: {breaker: {least: 500, least_a_day: 30}}\n" + TWO)
    people = crowd(world, 30)
    world.settle()
    world.tell(Complained(key="spam-0", token=world.token(people[0])))
    world.at += timedelta(hours=25)
    world.tell(Complained(key="spam-1", token=world.token(people[1])))
    assert stopped(world) == {}
