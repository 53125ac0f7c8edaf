"""What every part of the sandbox shares."""

import asyncio
from dataclasses import dataclass, field

from outreach.sandbox.courier import Courier
from outreach.sandbox.faults import Faults
from outreach.sandbox.ledger import Ledger
from outreach.sandbox.personas import Cast
from outreach.sandbox.settings import Settings
from outreach.sandbox.signing import EventKey
from outreach.sandbox.stories import Stories, Story
from outreach.sandbox.wire import Response


@dataclass(slots=True)
class Outcome:
    """The answer to a request, and what the vendor does afterwards."""

    response: Response
    story: Story | None = None


@dataclass
class Backstage:
    settings: Settings
    ledger: Ledger
    faults: Faults
    stories: Stories
    courier: Courier
    cast: Cast = field(default_factory=Cast)
    # Two pairs, as at SendGrid: Inbound Parse is signed by its security policy, events by the Event Webhook.
    event_key: EventKey = field(default_factory=EventKey)
    mail_key: EventKey = field(default_factory=EventKey)

    def play(self, story: Story) -> asyncio.Task[None]:
        return self.stories.play(story)
