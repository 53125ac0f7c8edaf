"""The referee: the vendors' sandbox as a process of its own, never killed, writing down what it accepts as it does."""

from __future__ import annotations

import json
import re
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from outreach.sandbox import Accepted, Posted, read_log
from tests.chaos.processes import Process

STEP = re.compile(r"\[step (\w+)\]")  # our templates of a proof say which step they are of


@dataclass(frozen=True, slots=True)
class Took:
    """One message the referee accepted. `at` is unix seconds by its own clock, `seq` its place in the book."""

    kind: str
    to: str
    step: str
    token: str
    at: float
    seq: int

    @property
    def key(self) -> tuple[str, str, str]:
        """What must be accepted at most once."""
        return self.kind, self.to, self.step


class Referee:
    """Its process, its book and its strings."""

    def __init__(self, python: str, env: dict[str, str], folder: Path, *flags: str) -> None:
        self.log = folder / "referee.jsonl"
        command = [
            python,
            "-m",
            "outreach.sandbox",
            "--port",
            "0",
            "--log",
            str(self.log),
            "--fsync",
            "--lean",
            *flags,
        ]
        self._process = Process("referee", command, env, folder, r"inbound parse public key \S+")
        self._process.until_ready()
        said = self._process.said.read_text()
        self.url = _found(said, r"listening on (\S+)")
        self.event_key = _found(said, r"event webhook public key (\S+)")
        self.mail_key = _found(said, r"inbound parse public key (\S+)")

    def took(self) -> list[Took]:
        """Everything it accepted, in order."""
        return [_took(line) for line in read_log(self.log) if isinstance(line, Accepted)]

    def posted(self, *kinds: str) -> list[Posted]:
        """The webhooks it posted and had answered."""
        return [line for line in read_log(self.log) if isinstance(line, Posted) and line.kind in kinds]

    def misbehave(self, fault: str, **how: Any) -> int:
        """Order a fault; returns its number."""
        return int(self._ask("POST", "faults", {"fault": fault, **how})["number"])

    def behave(self) -> None:
        """Take back every order."""
        self._ask("DELETE", "faults", None)

    def release(self) -> None:
        """Post the callbacks it held."""
        self._ask("POST", "release", {})

    def persona(self, address: str, *acts: dict[str, Any]) -> None:
        """Say what a lead does when reached."""
        self._ask("POST", "personas", {"address": address, "acts": list(acts)})

    def text(self, sender: str, to: str, body: str) -> dict[str, Any]:
        """A lead texts us; returns what our webhook answered."""
        return self._ask("POST", "text", {"from": sender, "to": to, "body": body})

    def end(self) -> None:
        """The proof is over."""
        self._process.end()

    def _ask(self, method: str, path: str, body: Any) -> dict[str, Any]:
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(f"{self.url}/sandbox/{path}", data, method=method)
        with urllib.request.urlopen(request, timeout=120) as answer:
            text = answer.read()
        return dict(json.loads(text)) if text else {}


def _took(line: Accepted) -> Took:
    step = STEP.search(line.body) or STEP.search(line.subject)
    tokens = list(line.custom_args.values())
    tokens += [v for url in line.callbacks.values() for v in parse_qs(urlsplit(url).query).get("a", [])]
    token = next((t for t in tokens if re.fullmatch(r"[0-9a-f]{32}", t)), "")
    return Took(line.kind, line.to, step[1] if step else line.kind, token, line.at, line.seq)


def _found(said: str, words: str) -> str:
    match = re.search(words, said)
    assert match is not None, said
    return match[1]
