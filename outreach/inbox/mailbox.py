"""Which mailboxes are read: named in the environment, because their addresses hold passwords."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from outreach.domain.errors import Misconfigured

_LIKE: Final = "imaps://team%40acme.example:password@imap.acme.example/INBOX"
_PORTS: Final = {"imaps": 993, "imap": 143}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """One folder of one mailbox, and how to get in."""

    host: str
    port: int
    tls: bool  # from the first byte on; otherwise STARTTLS, except on this machine
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    marks: bool = False  # what was taken in is marked as read; otherwise nothing is touched

    @property
    def name(self) -> str:
        """How it is called in the database, in logs and in `status`: without its password."""
        return f"{self.user}@{self.host}/{self.folder}"

    @property
    def local(self) -> bool:
        """Whether its server runs on this machine."""
        return self.host in ("127.0.0.1", "localhost", "::1")


def mailboxes(setting: str | None) -> tuple[Mailbox, ...]:
    """The mailboxes of OUTREACH_IMAP: addresses with blanks between them. Raises Misconfigured, without any password."""
    found = tuple(_mailbox(url, n) for n, url in enumerate((setting or "").split(), start=1))
    names = [one.name for one in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Misconfigured(f"OUTREACH_IMAP names {twice[0]} twice")
    return found


def _mailbox(url: str, number: int) -> Mailbox:
    parts = urlsplit(url)
    what = f"OUTREACH_IMAP, address {number}"
    if parts.scheme not in _PORTS:
        raise Misconfigured(f"{what}: it begins with neither imaps:// nor imap://; write {_LIKE}")
    try:
        port = parts.port or _PORTS[parts.scheme]
    except ValueError:
        raise Misconfigured(f"{what}: the port is no number; write {_LIKE}") from None
    if not parts.hostname or not parts.username or not parts.password:
        raise Misconfigured(
            f"{what}: user, password or host is missing (an @ in a name is %40); write {_LIKE}"
        )
    asked = parse_qs(parts.query)
    if set(asked) - {"mark"} or asked.get("mark", ["read"]) != ["read"]:
        raise Misconfigured(f"{what}: only ?mark=read may stand behind the folder")
    return Mailbox(
        host=parts.hostname,
        port=port,
        tls=parts.scheme == "imaps",
        user=unquote(parts.username),
        password=unquote(parts.password),
        folder=unquote(parts.path.lstrip("/")) or "INBOX",
        marks="mark" in asked,
    )
