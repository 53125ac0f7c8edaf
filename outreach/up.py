"""Everything in one process: web, clock and workers, over an SQLite file. Nothing to install but Python."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Self

import structlog

from outreach import bell, bootstrap
from outreach.casework.house import House
from outreach.clock import postmen, scheduler
from outreach.domain.errors import Misconfigured
from outreach.domain.problem import Problems
from outreach.engine.apply import Applied, apply
from outreach.engine.dispatch import dispatch, ring_anew
from outreach.engine.heartbeat import beat
from outreach.inbox.mailbox import mailboxes
from outreach.settings import Settings
from outreach.timekeeping import Clock
from outreach.watch import Fingerprint
from outreach.worker import Worker

log = structlog.get_logger()
_LOOK = 0.1  # seconds between two looks at whether another process (an `enroll`) has written
_PATIENCE = 3.0  # seconds for a mailbox's thread to end
_FILES = 1.0  # seconds between two looks at cadences.yaml and templates/


class Up:
    """All roles of one process. Use as a context: it has loaded the files, and delivers, when it is entered.

    `clock` tells business time in place of the settings'. A `house` that is given gets this process's bell.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        house: House | None = None,
        clock: Clock | None = None,
        watch_files: bool = True,
    ) -> None:
        self.settings = settings
        broker = bootstrap.broker(settings)
        ring = bell.ringer(broker)
        self.house = replace(house, ring=ring) if house else bootstrap.house(settings, clock=clock, ring=ring)
        self.worker = Worker(self.house, broker)
        self._files = Fingerprint(settings.cadences, settings.templates)
        self._done = threading.Event()
        self._postmen: list[threading.Thread] = []
        self._boxes = mailboxes(settings.imap)  # a wrong address ends this before anything has begun
        # With PostgreSQL several machines may each have a file of their own: there only `outreach apply` loads one.
        self._own_files = watch_files and self.house.store.sqlite
        self._broker = broker
        jobs: dict[Callable[[], Any], float] = {self._mind_bells: settings.tick} if settings.redis_url else {}
        self._ticks = scheduler(self.house, jobs | ({self.reload: _FILES} if self._own_files else {}))
        roles = ("clock", "worker")
        self._threads = [
            threading.Thread(
                target=beat, args=(self.house, role, self._done), name=f"beat {role}", daemon=True
            )
            for role in roles
        ]
        if self.house.store.sqlite:
            self._threads.append(threading.Thread(target=self._listen, name="listen", daemon=True))

    def __enter__(self) -> Self:
        if self._own_files:
            self.reload()
        if self.settings.redis_url is None:
            ring_anew(self.house)  # the bells of the process before this one were in its memory
        self.worker.start()
        self._ticks.start()
        for thread in self._threads:
            thread.start()
        self._postmen = postmen(self.house, self._boxes, self._done)
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._ticks.shutdown(wait=True)
        self.worker.stop()
        for thread in self._threads:
            thread.join()
        for postman in self._postmen:
            postman.join(
                timeout=_PATIENCE
            )  # one that waits for its server is cut off: what it had not taken in is read again
        self.house.providers.close()
        self.house.store.close()

    def reload(self) -> Applied | None:
        """Take a changed cadences.yaml by itself. A broken or half-written one never loads: the last good one runs on."""
        if not self._files.changed_and_settled():
            return None
        try:
            applied = apply(self.house, by="up", why="the file changed", retire=False)
        except Problems as problems:
            for problem in problems.problems:
                log.error("cadences not loaded", problem=str(problem))  # noqa: TRY400 - it says where; a traceback would bury it
            return None
        for name, inside in applied.retired.items():
            log.warning(
                "gone from the file, and still taking leads",
                cadence=name,
                inside=inside,
                fix="outreach apply",
            )
        if applied.anything:
            log.info("cadences loaded", new=applied.new, changed=applied.changed)
        return applied

    def _mind_bells(self) -> None:
        bell.when_forgotten(self._broker, lambda: ring_anew(self.house))

    def _listen(self) -> None:
        """`enroll` is another process and cannot reach this one's bell: hear of its commits, and ring."""
        written = self.house.store.watcher()
        while not self._done.wait(_LOOK):
            try:
                if written():
                    dispatch(self.house)
            except Exception:
                log.exception("listening failed")


def run(settings: Settings, *, port: int | None = None, ready: Callable[[Up], None] | None = None) -> None:
    """Run until SIGTERM or SIGINT; `ready` is called when everything works."""
    from outreach.web.app import serve

    bootstrap.logs()
    settings = settings.at_port(port)
    _free(settings.host, settings.port)
    with Up(settings) as up:
        if ready:
            ready(up)
        serve(up.house, port=settings.port)
        if up.house.store.replaced():
            raise Misconfigured(
                f"{up.house.store.file} was replaced by another file while it was in use: start again"
            )


def _free(host: str, port: int) -> None:
    """Find out that the port is taken before anything is loaded or sent. Raises Misconfigured."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server itself does
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Misconfigured(
                f"the web pages cannot be served at {host}:{port} ({error.strerror}): choose another port with "
                "OUTREACH_PORT or --port"
            ) from None
