"""What every part of the sandbox shares, and the stories that go on after an answer was given."""

import asyncio
import sys
import traceback
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from outreach.sandbox.courier import Courier
from outreach.sandbox.faults import Faults
from outreach.sandbox.ledger import Ledger
from outreach.sandbox.personas import Cast
from outreach.sandbox.settings import Settings
from outreach.sandbox.signing import EventKey
from outreach.sandbox.wire import Response

Story = Coroutine[Any, Any, None]


@dataclass(slots=True)
class Outcome:
    """The answer to a request, and what the vendor does afterwards: callbacks, ringing, replies."""

    response: Response
    story: Story | None = None


@dataclass
class Backstage:
    settings: Settings
    ledger: Ledger
    faults: Faults
    courier: Courier
    cast: Cast = field(default_factory=Cast)
    # Two pairs, as at SendGrid: Inbound Parse is signed by its security policy, events by the Event Webhook.
    event_key: EventKey = field(default_factory=EventKey)
    mail_key: EventKey = field(default_factory=EventKey)
    stories: set[asyncio.Task[None]] = field(default_factory=set)

    def play(self, story: Story) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(story)
        self.stories.add(task)
        task.add_done_callback(self._played)
        return task

    def _played(self, task: asyncio.Task[None]) -> None:
        self.stories.discard(task)
        if not task.cancelled() and (error := task.exception()):
            traceback.print_exception(error, file=sys.stderr)  # a mistake in the sandbox must be seen
