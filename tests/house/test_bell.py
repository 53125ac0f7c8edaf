"""The queue is a doorbell: no retries, no delays, no time limits, and ids and nothing else in a message."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from dramatiq import Broker, Message, Middleware
from dramatiq.brokers.redis import RedisBroker

from outreach import bell
from outreach.domain.channel import Channel

TOUCHES = [(n, Channel.EMAIL if n % 3 else Channel.SMS) for n in range(1, 200)]


@pytest.fixture(params=["memory", "redis"])
def broker(request: pytest.FixtureRequest) -> Broker:
    url = request.getfixturevalue("redis_url") if request.param == "redis" else None
    return bell.broker_for(url)


def test_no_middleware_retries_delays_or_interrupts(broker: Broker) -> None:
    """Dramatiq's own would send twice, wait in a worker's memory, or break into a provider call."""
    assert broker.middleware == []
    bell.listen(broker, lambda ids: None)
    assert all(broker.get_actor(name).options == {} for name in broker.get_declared_actors())


def test_a_worker_asks_for_no_queue_of_delayed_messages(broker: Broker) -> None:
    """Nobody delays a message, and an idle worker asks for each queue it knows several times a second."""
    asked: list[str] = []

    class Asker(Middleware):
        def after_declare_delay_queue(self, broker: Broker, queue_name: str) -> None:
            asked.append(queue_name)

    broker.add_middleware(Asker())
    bell.listen(broker, lambda ids: None)
    assert (asked, broker.get_declared_delay_queues()) == ([], set())


def test_every_channel_that_calls_a_provider_has_a_queue_of_its_own(broker: Broker) -> None:
    """Slow calls do not hold up mail; people's work calls nobody, and shares one."""
    bell.listen(broker, lambda ids: None)
    queues = {broker.get_actor(name).queue_name for name in broker.get_declared_actors()}
    assert queues == {bell.queue_name(channel) for channel in Channel}
    machines = [bell.queue_name(channel) for channel in Channel if not channel.by_rep]
    people = {bell.queue_name(channel) for channel in Channel if channel.by_rep}
    assert len(set(machines)) == len(machines)
    assert len(people) == 1
    assert not people & set(machines)


def test_a_message_carries_ids_of_one_channel_and_nothing_else(broker: Broker) -> None:
    sent: list[Message[object]] = []
    broker.enqueue = lambda message, **_: sent.append(message) or message  # type: ignore[method-assign,assignment]
    bell.ringer(broker)(TOUCHES)
    assert sorted(touch_id for message in sent for touch_id in message.args[0]) == [n for n, _ in TOUCHES]
    for message in sent:
        (ids,) = message.args
        assert all(type(one) is int for one in ids)
        assert len(ids) <= bell.BATCH
        assert (message.kwargs, message.options) == ({}, {})
        channels = {channel for touch_id, channel in TOUCHES if touch_id in ids}
        assert [bell.queue_name(channel) for channel in channels] == [message.queue_name]


def test_a_bell_through_redis_is_heard_or_known_to_be_lost(redis_url: str) -> None:
    assert bell.heard(redis_url, TOUCHES)
    assert not bell.heard("redis://127.0.0.1:1/0", TOUCHES)


def test_a_redis_that_may_evict_bells_is_named_with_its_fix(
    redis_url: str, redis_policy: Callable[[str], None]
) -> None:
    assert bell.check(redis_url) == []
    redis_policy("allkeys-lru")
    assert "noeviction" in bell.check(redis_url)[0]


def test_another_program_on_the_same_redis_hears_none_of_our_bells_and_we_none_of_its(redis_url: str) -> None:
    """Dramatiq's own default namespace, and a queue of the very same name."""
    ours, name = bell.broker_for(redis_url), bell.queue_name(Channel.EMAIL)
    theirs = RedisBroker(url=redis_url, middleware=[])  # type: ignore[no-untyped-call]
    bell.ringer(ours)([(7, Channel.EMAIL)])
    theirs.declare_queue(name)
    theirs.enqueue(Message(queue_name=name, actor_name=name, args=([8],), kwargs={}, options={}))
    heard = [next(broker.consume(name, timeout=1)) for broker in (ours, theirs)]  # type: ignore[arg-type]
    assert [list(message.args[0]) for message in heard if message] == [[7], [8]]
    assert [next(broker.consume(name, timeout=1)) for broker in (ours, theirs)] == [None, None]  # type: ignore[arg-type]


def test_how_full_redis_is_shows_before_it_is_full(
    redis_url: str, redis_limit: Callable[[str], None]
) -> None:
    assert bell.filled(redis_url) == 0.0
    redis_limit("1gb")
    assert 0.0 < bell.filled(redis_url) < 0.1
    redis_limit("1mb")
    assert bell.filled(redis_url) > 0.7


@pytest.fixture
def redis_limit(redis_url: str) -> object:
    """Sets the memory of Redis for one test."""
    import redis

    client = redis.Redis.from_url(redis_url)
    yield lambda size: client.config_set("maxmemory", size)
    client.config_set("maxmemory", "0")
    client.close()


@pytest.fixture
def redis_policy(redis_url: str) -> object:
    """Sets the eviction policy for one test."""
    import redis

    client = redis.Redis.from_url(redis_url)
    yield lambda policy: client.config_set("maxmemory-policy", policy)
    client.config_set("maxmemory-policy", "noeviction")
    client.close()
