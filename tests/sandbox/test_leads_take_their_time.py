"""How long leads wait before they act: real seconds, or what the demo's clock makes of them."""

import asyncio

import sendgrid

from outreach.sandbox import Replies, Sandbox
from tests.sandbox.conftest import Receiver, a_mail


def test_leads_wait_by_the_clock_they_are_given(
    sandbox: Sandbox, receiver: Receiver, mailer: sendgrid.SendGridAPIClient
) -> None:
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)
        await asyncio.sleep(0)

    sandbox.settings.wait = wait
    sandbox.persona("ada@lead.example", Replies("Thursday?", after=3 * 3600.0))
    mailer.send(a_mail(reply_to="reply@acme.example"))
    receiver.wait(1, "/sendgrid/inbound")
    sandbox.settle()
    assert waited == [3 * 3600.0]
    assert sandbox.under_way == 0
