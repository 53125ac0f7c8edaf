"""The team's playbook: reads cadences.yaml and says, in one run, everything that is wrong with it."""

from __future__ import annotations

from outreach.cadences.playbook import Playbook, read, read_file
from outreach.cadences.shapes import json_schema

__all__ = ["Playbook", "json_schema", "read", "read_file"]
