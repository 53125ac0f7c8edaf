"""What the environment tells us. Secrets come from here only, never from YAML; a wrong value is named at start.

Standard library on purpose: `outreach enroll` reads this and must start fast. docs/settings.md is made from it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from outreach.domain.errors import Misconfigured

_SHORTEST_KEY = (
    32  # characters: a number has some ten digits, and only the key keeps its hash from being guessed
)
_SHORTEST_EVENTS = 7  # days: providers repeat callbacks for up to three, and evidence is asked for until then
_YES, _NO = frozenset({"yes", "true", "on", "1"}), frozenset({"no", "false", "off", "0"})
_PASSWORD = re.compile(r"(//[^/@:]*:)[^/]*@")  # in postgresql://user:password@host/name


def _of(env: str, default: Any, doc: str, *, secret: bool = False) -> Any:
    return field(default=default, metadata={"env": env, "doc": doc, "secret": secret})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Every setting, with its environment variable, default and meaning. Durations are seconds of machine time."""

    database_url: str = _of(
        "DATABASE_URL",
        "sqlite:///outreach.db",
        "where everything is kept: an SQLite file, or postgresql://...",
    )
    redis_url: str | None = _of(
        "REDIS_URL",
        None,
        "the doorbell for many machines; without it one process does everything",
        secret=True,
    )
    public_url: str = _of(
        "OUTREACH_URL",
        "http://127.0.0.1:8000",
        "the address under which providers and leads reach `web`; webhooks are verified against it",
    )
    cadences: Path = _of("OUTREACH_CADENCES", Path("cadences.yaml"), "the cadence file")
    templates: Path = _of("OUTREACH_TEMPLATES", Path("templates"), "the folder of templates")
    outbox: Path = _of(
        "OUTREACH_OUTBOX",
        Path("outbox"),
        "where messages are written as files when no provider is configured",
    )
    host: str = _of("OUTREACH_HOST", "127.0.0.1", "the address `web` listens on")
    port: int = _of("OUTREACH_PORT", 8000, "the port `web` listens on")

    sendgrid_api_key: str | None = _of("SENDGRID_API_KEY", None, "turns SendGrid on for email", secret=True)
    sendgrid_url: str = _of("SENDGRID_URL", "https://api.sendgrid.com", "base address of the SendGrid API")
    sendgrid_event_key: str | None = _of(
        "SENDGRID_EVENT_KEY",
        None,
        "public key of the signed Event Webhook, as SendGrid shows it; without it events are refused",
    )
    sendgrid_inbound_key: str | None = _of(
        "SENDGRID_INBOUND_KEY",
        None,
        "public key of the signed Inbound Parse webhook; without it inbound mail is refused",
    )
    imap: str | None = _of(
        "OUTREACH_IMAP", None, "mailboxes to read replies from, imaps://user:password@host ...", secret=True
    )
    twilio_account_sid: str | None = _of(
        "TWILIO_ACCOUNT_SID", None, "with the token, turns Twilio on for sms and voicemail"
    )
    twilio_auth_token: str | None = _of(
        "TWILIO_AUTH_TOKEN", None, "signs requests to Twilio and verifies its webhooks", secret=True
    )
    twilio_url: str = _of("TWILIO_URL", "https://api.twilio.com", "base address of the Twilio API")
    smtp_url: str | None = _of(
        "SMTP_URL",
        None,
        "smtp://user:password@host:587 turns SMTP on for email (smtps:// for TLS from the start)",
        secret=True,
    )
    email_provider: str | None = _of(
        "OUTREACH_EMAIL_PROVIDER", None, "sendgrid, smtp or outbox, when more than one is configured"
    )
    email_fallback: str | None = _of(
        "OUTREACH_EMAIL_FALLBACK",
        None,
        "a second provider that carries queued email while the first one is in trouble",
    )

    clock_speed: float = _of(
        "OUTREACH_CLOCK_SPEED", 1.0, "business seconds per real second; for demonstrations only"
    )
    clock_start: datetime | None = _of(
        "OUTREACH_CLOCK_START", None, "business time at OUTREACH_CLOCK_ORIGIN; for demonstrations only"
    )
    clock_origin: datetime | None = _of(
        "OUTREACH_CLOCK_ORIGIN", None, "real time at which business time was OUTREACH_CLOCK_START"
    )

    tick: float = _of("OUTREACH_TICK", 1.0, "how often the clock looks for what is due")
    lane: int = _of("OUTREACH_LANE", 16, "touches claimed in one transaction and sent side by side")
    threads: int = _of("OUTREACH_THREADS", 4, "lanes of a worker process")
    send_deadline: float = _of(
        "OUTREACH_SEND_DEADLINE", 2.0, "a request not begun this long after its claim is given back"
    )
    stop_wait: float = _of(
        "OUTREACH_STOP_WAIT", 5.0, "how long a stop waits for touches that are on the wire"
    )
    call_timeout: float = _of("OUTREACH_CALL_TIMEOUT", 10.0, "bound on one whole call to a provider")
    lease: float = _of("OUTREACH_LEASE", 30.0, "after this an attempt without a result counts as uncertain")
    unheard: float = _of("OUTREACH_UNHEARD", 30.0, "a bell that nobody answered is rung again after this")
    reconcile_every: float = _of(
        "OUTREACH_RECONCILE_EVERY", 15.0, "how often providers are asked about touches that are uncertain"
    )
    catch_up_every: float = _of(
        "OUTREACH_CATCH_UP_EVERY", 180.0, "how often Twilio is asked for texts that no webhook told"
    )
    grace: float = _of(
        "OUTREACH_GRACE",
        600.0,
        "after its lease, an uncertain text or call must be missing from the provider's records this long, seen twice, "
        "to count as not sent",
    )
    grace_mail: float = _of(
        "OUTREACH_GRACE_MAIL", 1800.0, "the same for mails, whose records are written later"
    )
    no_receipt: float = _of(
        "OUTREACH_NO_RECEIPT",
        86_400.0,
        "a touch of which nothing was heard this long after it was sent is counted",
    )

    suppression_key: str | None = _of(
        "OUTREACH_SUPPRESSION_KEY",
        None,
        "recognises the addresses of people who were forgotten; at least 32 characters, never in the database or its "
        "backups, never changed",
        secret=True,
    )
    suppression_key_file: Path | None = _of(
        "OUTREACH_SUPPRESSION_KEY_FILE", None, "the file that holds that key, instead of the variable"
    )
    sync_every: float = _of(
        "OUTREACH_SYNC_EVERY", 3600.0, "how often the clock reads the suppression lists that providers keep"
    )
    push_suppressions: bool = _of(
        "OUTREACH_PUSH_SUPPRESSIONS",
        False,
        "`yes`: mail addresses that are suppressed here are also put on the provider's own list",
    )
    keep_texts: float | None = _of(
        "OUTREACH_KEEP_TEXTS", None, "days after which the words of what was sent are erased; unset: kept"
    )
    keep_events: float | None = _of(
        "OUTREACH_KEEP_EVENTS",
        None,
        "days after which the raw content of replies and callbacks is erased, at least 7; unset: kept",
    )
    keep_leads: float | None = _of(
        "OUTREACH_KEEP_LEADS",
        None,
        "days without any event after which a lead that is in no cadence is erased; needs the suppression key; unset: kept",
    )

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Settings:
        """Read the environment. Raises Misconfigured naming every wrong variable at once."""
        env = os.environ if env is None else env
        values: dict[str, Any] = {}
        wrong: list[str] = []
        for spec in fields(cls):
            name = spec.metadata["env"]
            text = env.get(name, "").strip()
            if not text:
                continue
            try:
                values[spec.name] = _read(str(spec.type), text)
            except ValueError as error:
                wrong.append(f"{name}={'***' if spec.metadata['secret'] else text!r}: {error}")
        try:
            values = _key_from(values.get("suppression_key_file")) | values
        except (OSError, ValueError) as error:
            wrong.append(f"OUTREACH_SUPPRESSION_KEY_FILE: the key cannot be read: {error}")
        settings = cls(**values).at_port(None)
        wrong += settings.contradictions()
        if wrong:
            raise Misconfigured("wrong settings:\n  " + "\n  ".join(wrong))
        return settings

    def at_port(self, port: int | None) -> Settings:
        """These settings with another port; links follow it unless OUTREACH_URL says where leads reach us."""
        moved = replace(self, port=port) if port else self
        unsaid = type(self).public_url
        local = f"http://127.0.0.1:{self.port}"
        if self.public_url in (unsaid, local):
            return replace(moved, public_url=f"http://127.0.0.1:{moved.port}")
        return moved

    def contradictions(self) -> list[str]:
        """What does not fit together, one sentence each."""
        found: list[str] = []
        if not self.send_deadline < self.stop_wait < self.call_timeout < self.lease:
            found.append(
                "OUTREACH_SEND_DEADLINE < OUTREACH_STOP_WAIT < OUTREACH_CALL_TIMEOUT < OUTREACH_LEASE must hold: "
                f"{self.send_deadline} < {self.stop_wait} < {self.call_timeout} < {self.lease} does not"
            )
        if bool(self.twilio_account_sid) != bool(self.twilio_auth_token):
            found.append("TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN go together: set both or none")
        if self.lane < 1 or self.threads < 1 or self.tick <= 0 or self.clock_speed <= 0:
            found.append(
                "OUTREACH_LANE, OUTREACH_THREADS, OUTREACH_TICK and OUTREACH_CLOCK_SPEED must be positive"
            )
        if self.suppression_key is not None and len(self.suppression_key) < _SHORTEST_KEY:
            found.append(
                f"OUTREACH_SUPPRESSION_KEY has {len(self.suppression_key)} characters, and needs {_SHORTEST_KEY}: "
                "telephone numbers can be guessed; `openssl rand -hex 32` makes a good one"
            )
        if self.keep_events is not None and self.keep_events < _SHORTEST_EVENTS:
            found.append(
                f"OUTREACH_KEEP_EVENTS={self.keep_events:g}: at least {_SHORTEST_EVENTS}, because providers repeat for days"
            )
        if self.keep_leads is not None and self.suppression_key is None:
            found.append(
                "OUTREACH_KEEP_LEADS needs OUTREACH_SUPPRESSION_KEY: whoever opted out stays suppressed after erasure"
            )
        if any(days is not None and days <= 0 for days in (self.keep_texts, self.keep_leads)):
            found.append("OUTREACH_KEEP_TEXTS and OUTREACH_KEEP_LEADS are days, and must be positive")
        if self.sync_every <= 0:
            found.append("OUTREACH_SYNC_EVERY must be positive")
        if not self.public_url.startswith(("http://", "https://")):
            found.append(
                f"OUTREACH_URL={self.public_url!r} must start with https:// (or http:// on this machine)"
            )
        return found

    @property
    def embedded(self) -> bool:
        """Whether everything runs in one process over an SQLite file."""
        return self.database_url.startswith("sqlite")

    @property
    def nothing_leaves(self) -> bool:
        """Whether every configured provider is this machine's own: the outbox, or a loopback address."""
        urls = [
            self.sendgrid_url if self.sendgrid_api_key else None,
            self.twilio_url if self.twilio_account_sid else None,
            self.smtp_url,
        ]
        return all(_loopback(url) for url in urls if url)

    def shown(self) -> list[tuple[str, str, str, bool]]:
        """(variable, value with secrets cut to their last four characters, meaning, is set) of every setting."""
        rows: list[tuple[str, str, str, bool]] = []
        nobody_said = type(self)().at_port(self.port)  # the address of links follows the port by itself
        for spec in fields(self):
            value = getattr(self, spec.name)
            is_set = value != spec.default and (
                spec.name == "port" or value != getattr(nobody_said, spec.name)
            )
            text = "" if value is None else str(value)
            if spec.metadata["secret"] and text:
                text = f"...{text[-4:]}" if len(text) > 8 else "***"
            text = _PASSWORD.sub(r"\1***@", text)
            rows.append((spec.metadata["env"], text, spec.metadata["doc"], is_set))
        return rows


def _loopback(url: str) -> bool:
    return (urlsplit(url).hostname or "") in ("127.0.0.1", "localhost", "::1")


def _key_from(file: Path | None) -> dict[str, str]:
    """The key of a file, without the line end that editors add. The variable wins over it."""
    return {"suppression_key": file.read_text(encoding="utf-8").strip()} if file else {}


def _read(kind: str, text: str) -> Any:
    if kind == "bool":
        if text.lower() not in _YES | _NO:
            raise ValueError("write yes or no")
        return text.lower() in _YES
    if kind.startswith("int"):
        return int(text)
    if kind.startswith("float"):
        return float(text)
    if kind.startswith("Path"):
        return Path(text)
    if kind.startswith("datetime"):
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return text
