"""Cadences, templates and the team as JSON documents, and back. One place knows their stored shape."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import msgspec

from outreach.domain.cadence import Version
from outreach.domain.people import Team


def document(value: Version | Team) -> Any:
    """The value as plain JSON data."""
    return msgspec.to_builtins(value, order="deterministic", str_keys=True)  # sets have no order of their own


def digest(value: Version | Team) -> str:
    """SHA-256 of the document in its canonical form: equal content, equal hash."""
    plain = json.dumps(document(value), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def version(data: Any) -> Version:
    """The version in a stored document."""
    return msgspec.convert(data, Version, strict=False)


def team(data: Any) -> Team:
    """The team in a stored document."""
    return msgspec.convert(data, Team, strict=False)
