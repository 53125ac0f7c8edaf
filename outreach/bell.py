"""The bell: messages that carry touch ids and nothing else. Redis between machines, memory inside one process.

Nothing is lost when it rings into the void: the clock rings again for what stays queued. Dramatiq's retries, delays and
time limits are left out of the broker: the database is the schedule, and a message that failed is simply rung again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import dramatiq
from dramatiq import Broker, Message
from dramatiq.brokers.stub import StubBroker
from dramatiq.errors import ConnectionClosed

from outreach.domain.channel import Channel
from outreach.domain.errors import Misconfigured

__all__ = [
    "Broker",
    "broker_for",
    "check",
    "filled",
    "heard",
    "listen",
    "queue_name",
    "ringer",
    "when_forgotten",
]
NAMESPACE = "outreach"
_KEPT = f"{NAMESPACE}:kept"  # lies in Redis for as long as it forgets nothing
BATCH = 64  # touch ids in one message
_HEARTBEAT = 15_000  # ms after which a dead worker's messages return; above the bound on a provider call
# Dramatiq looks for dead workers' messages on this many of a million commands. Its default, 1,000, leaves them
# invisible for many minutes on a quiet system; a look costs little until somebody really died.
_MAINTENANCE = 1_000_000

Waiting = Sequence[tuple[int, Channel]]


def queue_name(channel: Channel) -> str:
    """The queue, and the actor, of a channel.

    Each that calls a provider has its own, so that slow calls do not hold up mail. People's work calls nobody and shares
    one: an idle worker asks Redis about every queue several times a second.
    """
    return "deliver_rep" if channel.by_rep else f"deliver_{channel.value}"


def broker_for(redis_url: str | None) -> Broker:
    """The broker of these settings; it connects when it is first used. Raises Misconfigured for a bad address."""
    if redis_url is None:
        return _undelayed(StubBroker)(middleware=[])
    from dramatiq.brokers.redis import RedisBroker

    try:
        return _undelayed(RedisBroker)(
            url=redis_url,
            namespace=NAMESPACE,
            middleware=[],
            heartbeat_timeout=_HEARTBEAT,
            maintenance_chance=_MAINTENANCE,
            socket_connect_timeout=5,
            socket_timeout=30,
        )
    except ValueError as error:
        raise Misconfigured(f"REDIS_URL cannot be used: {error}") from None


def _undelayed(kind: Callable[..., Broker]) -> Callable[..., Broker]:
    """The broker without its queues for delayed messages: nobody delays one, and a worker asks for each queue it knows."""

    class Undelayed(kind):  # type: ignore[misc, valid-type]
        def emit_after(self, signal: str, *args: Any, **kwargs: Any) -> None:
            if signal != "declare_delay_queue":
                super().emit_after(signal, *args, **kwargs)

        def get_declared_delay_queues(self) -> set[str]:
            return set()

    return Undelayed


def ringer(broker: Broker) -> Callable[[Waiting], None]:
    """`ring(touches)`: enqueue their ids, in small batches of one channel each."""

    def ring(waiting: Waiting) -> None:
        by_channel: dict[Channel, list[int]] = {}
        for touch_id, channel in waiting:
            by_channel.setdefault(channel, []).append(touch_id)
        for channel, ids in by_channel.items():
            name = queue_name(channel)
            broker.declare_queue(name)
            for start in range(0, len(ids), BATCH):
                batch = (ids[start : start + BATCH],)
                bell: Message[Any] = Message(
                    queue_name=name, actor_name=name, args=batch, kwargs={}, options={}
                )
                broker.enqueue(bell)

    return ring


def heard(redis_url: str, waiting: Waiting) -> bool:
    """Ring for these through Redis, on a connection of its own; False when it does not answer."""
    import redis

    broker: Any = broker_for(redis_url)
    try:
        ringer(broker)(waiting)
    except (redis.RedisError, ConnectionClosed):
        return False
    finally:
        broker.client.connection_pool.disconnect()  # close() of neither broker nor client does it
    return True


def when_forgotten(broker: Broker, again: Callable[[], object]) -> bool:
    """Call `again` if Redis has lost its bells since any clock last asked; returns whether it did.

    A mark lies beside the bells: when it is gone, so are they. It is put back last: whoever dies before leaves it to the
    next clock. Memory inside one process is never emptied.
    """
    client: Any = getattr(broker, "client", None)
    if client is None or client.exists(_KEPT):
        return False
    again()
    client.set(_KEPT, 1)
    return True


def listen(
    broker: Broker, deliver: Callable[[list[int]], None], channels: Iterable[Channel] = Channel
) -> None:
    """Declare who answers the bell: one actor a channel."""
    for name in dict.fromkeys(queue_name(channel) for channel in channels):

        def hear(ids: list[int]) -> None:
            deliver(ids)

        dramatiq.Actor(hear, broker=broker, actor_name=name, queue_name=name, priority=0, options={})


def check(redis_url: str) -> list[str]:
    """What is unsafe about this Redis, one sentence each; raises redis.RedisError when it does not answer."""
    import redis

    client = redis.Redis.from_url(redis_url, socket_connect_timeout=5, socket_timeout=5)
    try:
        policy = client.config_get("maxmemory-policy").get("maxmemory-policy", "noeviction")
    finally:
        client.close()
    if policy != "noeviction":
        fix = "run `redis-cli config set maxmemory-policy noeviction`"
        return [f"Redis may throw bells away: maxmemory-policy is {policy}; {fix}"]
    return []


def filled(redis_url: str) -> float:
    """How full this Redis is, 1 being its limit; 0 when it has none. Raises redis.RedisError when it does not answer.

    A full one takes no bells: touches wait until there is room again. Our own bells are few, whatever waits.
    """
    import redis

    client = redis.Redis.from_url(redis_url, socket_connect_timeout=5, socket_timeout=5)
    try:
        memory: Any = client.info("memory")
    finally:
        client.close()
    most = int(memory.get("maxmemory", 0))
    return int(memory["used_memory"]) / most if most else 0.0
