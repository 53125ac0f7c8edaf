"""A real Dovecot on loopback, with a configuration of our own and two people in it; nothing of the machine's is touched."""

from __future__ import annotations

import getpass
import grp
import imaplib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CONFIG = """\
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
default_internal_user = {inner}
default_internal_group = {inner_group}
default_login_user = {inner}
mail_location = maildir:{folder}/mail/%u
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 0
first_valid_gid = 0
mail_max_userip_connections = 50
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
  mailbox Sent {{
    auto = create
    special_use = \\Sent
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
PASSWORD = "secret"
MISSING = (
    "Dovecot is not installed. `tools/dovecot` installs it and runs these tests; by hand: "
    "apt-get install -y dovecot-imapd"
)


def program() -> str | None:
    """Where Dovecot is, if it is installed."""
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


class Dovecot:
    """Start it, deliver mails, take it away; its mail stays."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        # As root it wants users without rights, for itself and for the mail; as anybody else it can only be that user.
        root = os.geteuid() == 0
        user, inner = ("mail", "dovenull") if root else (getpass.getuser(),) * 2
        group = "mail" if root else grp.getgrgid(os.getegid()).gr_name
        config = CONFIG.format(
            folder=folder,
            port=self.port,
            user=user,
            group=group,
            inner=inner,
            inner_group=inner if root else group,
        )
        (folder / "mail").mkdir(parents=True)
        if root:
            shutil.chown(folder / "mail", user, group)
        self.config = folder / "dovecot.conf"
        self.config.write_text(config)
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, user: str, folder: str = "INBOX", query: str = "") -> str:
        """OUTREACH_IMAP for somebody's mailbox."""
        return f"imap://{user}:{PASSWORD}@127.0.0.1:{self.port}/{folder}{query}"

    def start(self) -> None:
        """Start it, and wait until it greets."""
        found = program()
        assert found, MISSING
        self._process = subprocess.Popen([found, "-F", "-c", str(self.config)])
        for _ in range(200):
            try:
                with imaplib.IMAP4("127.0.0.1", self.port, timeout=5):
                    return
            except (OSError, imaplib.IMAP4.error):
                time.sleep(0.05)
        raise AssertionError((self.folder / "dovecot.log").read_text())

    def stop(self) -> None:
        """Take it away, connections and all."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(20)
            self._process = None

    @contextmanager
    def box(self, user: str, folder: str = "INBOX") -> Iterator[imaplib.IMAP4]:
        """A connection of the tests' own."""
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=20) as client:
            client.login(user, PASSWORD)
            client.select(folder)
            yield client

    def deliver(self, user: str, mail: bytes, folder: str = "INBOX") -> None:
        """A mail arrives in somebody's mailbox."""
        with self.box(user, folder) as client:
            date = imaplib.Time2Internaldate(time.time())
            status, answer = client.append(folder, "", date, mail)
            assert status == "OK", answer

    def flags(self, user: str) -> list[bytes]:
        """The flags of each mail, in order."""
        with self.box(user) as client:
            _, found = client.fetch("1:*", "(FLAGS)")
        return [line for line in found if isinstance(line, bytes)]

    def number_anew(self, user: str) -> None:
        """As after a restored backup: the mails are the same, all their numbers are new."""
        for path in (self.folder / "mail" / user).glob("dovecot*"):
            path.unlink()
