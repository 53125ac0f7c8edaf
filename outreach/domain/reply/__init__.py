"""Telling replies apart: a person, a machine, or somebody who wants us to stop.

`read` is the one place that decides, whatever way a reply came. docs/replies.md tells the order of the signals.
"""

from outreach.domain.reply.kinds import Reading, ReplyKind
from outreach.domain.reply.reading import classify, read

__all__ = ["Reading", "ReplyKind", "classify", "read"]
