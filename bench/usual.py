"""The design most people would write: a job for each step, an actor for each message, a row that says it was sent.

python -m bench.usual plan COUNT AT     put COUNT jobs, due at AT (seconds since 1970), into the job store
python -m bench.usual clock             run them: APScheduler hands each one to Dramatiq
python -m dramatiq bench.usual          send: the stock client, then an update of the row

It has no caps, no windows, no suppressions and no stop, and a worker that dies after the request sends it again.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from functools import cache
from typing import Any

import dramatiq
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.blocking import BlockingScheduler
from dramatiq.brokers.redis import RedisBroker
from jinja2 import Template
from sqlalchemy import DateTime, Engine, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from twilio.rest import Client

from bench import playbook
from bench.stock import Here
from outreach.sandbox import Settings

THREADS = 16
BODY = Template(playbook.TEMPLATES["hello.txt"].replace("lead.", ""))
dramatiq.set_broker(RedisBroker(url=os.environ["REDIS_URL"]))  # type: ignore[no-untyped-call]


class Base(DeclarativeBase):
    """The tables of this design."""


class Message(Base):
    """One message to one person."""

    __tablename__ = "messages"
    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str]
    first_name: Mapped[str]
    state: Mapped[str] = mapped_column(default="scheduled")
    sid: Mapped[str | None]
    sent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


@cache
def engine() -> Engine:
    """One pool for a process."""
    url = os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://")
    return create_engine(url, pool_size=THREADS)


@cache
def client() -> Client:
    """One client for a process."""
    keys = Settings()
    made = Client(keys.account_sid, keys.auth_token, http_client=Here(os.environ["TWILIO_URL"]))
    made.messages  # noqa: B018 - the SDK loads its resources when they are first named
    return made


class Warm(dramatiq.Middleware):
    """Loads the client when a worker starts, as ours do."""

    def after_process_boot(self, _broker: dramatiq.Broker) -> None:
        """Before the first message."""
        client()


dramatiq.get_broker().add_middleware(Warm())


@dramatiq.actor(max_retries=3)
def send(message_id: int) -> None:
    """Send one message, unless it was sent."""
    with Session(engine()) as db:
        message = db.get_one(Message, message_id)
        if message.state == "sent":
            return
        body = BODY.render(first_name=message.first_name)
        made = client().messages.create(to=message.phone, from_="+15005550006", body=body)
        message.state, message.sid, message.sent_at = "sent", made.sid, datetime.now(UTC)
        db.commit()


def due(message_id: int) -> None:
    """The job of a step."""
    send.send(message_id)


def scheduler() -> Any:
    """Jobs in the database, and threads that run them."""
    store, crew = SQLAlchemyJobStore(engine=engine()), ThreadPoolExecutor(THREADS)
    return BlockingScheduler(jobstores={"default": store}, executors={"default": crew}, timezone=UTC)


def plan(count: int, at: float) -> None:
    """Everybody's message, and its job; a late one runs all the same (left alone, a second late is dropped)."""
    Base.metadata.create_all(engine())
    with Session(engine()) as db:
        db.add_all(Message(id=n, phone=playbook.phone(n), first_name=f"Ada{n}") for n in range(1, count + 1))
        db.commit()
    ticks = BackgroundScheduler(jobstores={"default": SQLAlchemyJobStore(engine=engine())}, timezone=UTC)
    ticks.start(paused=True)
    when = datetime.fromtimestamp(at, UTC)
    for number in range(1, count + 1):
        ticks.add_job("bench.usual:due", "date", run_date=when, args=[number], misfire_grace_time=None)
    ticks.shutdown()
    sys.stdout.write("planned\n")


def main() -> None:
    """Plan, or run."""
    if sys.argv[1] == "plan":
        plan(int(sys.argv[2]), float(sys.argv[3]))
    else:
        sys.stdout.write("clock started\n")
        sys.stdout.flush()
        scheduler().start()


if __name__ == "__main__":
    main()
