"""Who plays: a dozen leads, what they do when we reach them, and how the pretended reps end their calls."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from outreach.domain.channel import Channel
from outreach.domain.enrollment import State
from outreach.domain.touch import Disposition
from outreach.sandbox import (
    HardBounces,
    MarksSpam,
    OutOfOffice,
    Phone,
    Replies,
    SaysStop,
    Unsubscribes,
)
from outreach.sandbox.personas import AnyAct

OFFICE: Final = ZoneInfo("America/New_York")
START: Final = datetime(2027, 1, 11, 9, 0, tzinfo=OFFICE)  # a Monday; the next one is a holiday
END: Final = datetime(2027, 2, 12, 18, 0, tzinfo=OFFICE)
MINUTE, HOUR = 60.0, 3600.0


@dataclass(frozen=True, kw_only=True)
class Person:
    """A lead of the demo. `at` is when they are enrolled (New York); `ends` is how their first cadence must end."""

    name: str
    city: str
    zone: str
    cadence: str
    at: str = "09:00"
    company: str
    domain: str
    phone: str = ""
    more: dict[str, str] = field(default_factory=dict)
    agreed: tuple[Channel, ...] = ()  # to what they agreed in writing
    by_mail: tuple[AnyAct, ...] = ()
    by_phone: tuple[AnyAct, ...] = ()
    calls: Disposition = Disposition.NO_ANSWER
    story: str  # what they do, for the summary
    ends: State

    @property
    def email(self) -> str:
        """Their mail address."""
        return f"{self.name.split()[0].lower()}@{self.domain}"

    @property
    def enrolled_at(self) -> datetime:
        """When they are enrolled, on the first day."""
        hour, minute = self.at.split(":")
        return START.replace(hour=int(hour), minute=int(minute))

    @property
    def values(self) -> dict[str, str]:
        """What a form or a table would say about them."""
        said = {
            "name": self.name,
            "email": self.email,
            "phone": self.phone,
            "company": self.company,
            "timezone": self.zone,
            "owner": "rosa",
        }
        return {**{key: value for key, value in said.items() if value}, **self.more}


TEXTS = {"sms_ok": "yes"}

CAST: Final[tuple[Person, ...]] = (
    Person(
        name="Ada Lindgren",
        city="New York",
        zone="America/New_York",
        cadence="inbound",
        company="Brightwater Heating",
        domain="brightwater.example",
        phone="+12125550101",
        by_mail=(Replies(nth=2, after=3 * HOUR, text="About thirty a week. Can you show me on Thursday?"),),
        story="answers the second mail",
        ends=State.REPLIED,
    ),
    Person(
        name="Ben Okoye",
        city="New York",
        zone="America/New_York",
        cadence="inbound",
        at="16:20",
        company="Brightwater Heating",
        domain="brightwater.example",
        phone="+12125550102",
        more=TEXTS,
        story="works with Ada: her answer counts for both",
        ends=State.REPLIED,
    ),
    Person(
        name="Cleo Park",
        city="Los Angeles",
        zone="America/Los_Angeles",
        cadence="outbound",
        company="Park Plumbing",
        domain="parkplumbing.example",
        phone="+12135550103",
        more={"profile": "https://social.example/cleo"},
        by_mail=(
            Replies(
                nth=1,
                after=5 * HOUR,
                from_="front.office@parkplumbing.example",
                threaded=False,
                text="Cleo asked me to write: please call her next week.",
            ),
        ),
        story="has it answered from another address",
        ends=State.REPLIED,
    ),
    Person(
        name="Dev Patel",
        city="Chicago",
        zone="America/Chicago",
        cadence="inbound",
        at="22:15",
        company="Patel Elevators",
        domain="patel-elevators.example",
        phone="+13125550104",
        more=TEXTS,
        by_phone=(Replies(nth=1, after=20 * MINUTE, text="Yes, does it work with two depots?"),),
        story="answers by text message",
        ends=State.REPLIED,
    ),
    Person(
        name="Elin Berg",
        city="Boston",
        zone="America/New_York",
        cadence="win-back",
        at="10:00",
        company="Berg Electric",
        domain="berg-electric.example",
        by_mail=(HardBounces(),),
        story="has left: the mailbox is gone",
        ends=State.BOUNCED,
    ),
    Person(
        name="Finn Murray",
        city="Denver",
        zone="America/Denver",
        cadence="win-back",
        at="11:30",
        company="Murray Pest Control",
        domain="murray-pest.example",
        phone="+13035550106",
        more=TEXTS,
        by_phone=(SaysStop(nth=1, after=2 * MINUTE),),
        story="texts STOP",
        ends=State.OPTED_OUT,
    ),
    Person(
        name="Grace Liu",
        city="Toronto",
        zone="America/Toronto",
        cadence="after-meeting",
        at="14:00",
        company="Maple Gas",
        domain="maplegas.example",
        phone="+14165550107",
        more={"country": "CA"},
        agreed=(Channel.EMAIL,),  # without it no mail goes to Canada
        by_mail=(Unsubscribes(nth=2, after=45 * MINUTE),),
        story="presses unsubscribe in the mail program",
        ends=State.OPTED_OUT,
    ),
    Person(
        name="Hugo Sato",
        city="Sydney",
        zone="Australia/Sydney",
        cadence="post-purchase",
        at="10:30",
        company="Harbour Cooling",
        domain="harbourcooling.example",
        phone="+61255501234",
        more={"country": "AU", "purchases": "1"},
        story="gets mail in Sydney's hours, and no calls",
        ends=State.ACTIVE,
    ),
    Person(
        name="Ivy Novak",
        city="Miami",
        zone="America/New_York",
        cadence="inbound",
        at="11:00",
        company="Novak Pools",
        domain="novakpools.example",
        phone="+13055550109",
        more=TEXTS,
        by_mail=(OutOfOffice(nth=1, days=3),),
        calls=Disposition.MEETING,
        story="is out of office; later books a meeting",
        ends=State.CONVERTED,
    ),
    Person(
        name="Jo Silva",
        city="Phoenix",
        zone="America/Phoenix",
        cadence="outbound",
        company="Silva Roofing",
        domain="silvaroofing.example",
        phone="+16025550110",
        more={"profile": "https://social.example/jo"},
        by_mail=(MarksSpam(nth=1, after=30 * MINUTE),),
        story="marks the first mail as spam",
        ends=State.OPTED_OUT,
    ),
    Person(
        name="Kim Reyes",
        city="Seattle",
        zone="America/Los_Angeles",
        cadence="inbound",
        at="13:00",
        company="Reyes Boilers",
        domain="reyesboilers.example",
        phone="+12065550111",
        more=TEXTS,
        agreed=(Channel.VOICEMAIL,),
        by_phone=(Phone(answers="machine_start"),),
        story="never answers; the machine takes a voicemail",
        ends=State.FINISHED,
    ),
    Person(
        name="Leo Brandt",
        city="Atlanta",
        zone="America/New_York",
        cadence="outbound",
        company="Brandt & Sons",
        domain="brandt.example",
        phone="+14045550112",
        more={
            "profile": "https://social.example/leo",
            "postal": "12 Peach St, Atlanta, GA 30301",
            "employees": "120",
        },
        agreed=(Channel.VOICEMAIL,),
        by_phone=(Phone(answers="human"),),
        story="never answers; picks up, so no recording plays",
        ends=State.FINISHED,
    ),
)
