"""The vendors post signed webhooks to a real server, and what they say takes effect before they are thanked."""

from __future__ import annotations

import httpx2
from office import OURS, Office

from outreach.sandbox import Phone


def test_a_reply_by_mail_stops_the_cadence(office: Office) -> None:
    ada = office.enroll("Ada")
    reply_to = office.sandbox.accepted("mail")[0].raw

    answer = office.sandbox.mail("ada@client.example", "team@reply.acme.example", "Re: Hello Ada", "Call me Thursday")

    assert answer.status == 204
    assert office.enrollment(ada).state == "replied"
    office.pass_time(days=2)
    assert len(office.sandbox.accepted("mail")) == 1
    assert reply_to
