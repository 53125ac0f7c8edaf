"""Two hundred leads in twelve groups: what each has, and what each does when a message reaches them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from outreach.sandbox import HardBounces, MarksSpam, OutOfOffice, Replies, Sandbox, SaysStop, Unsubscribes
from outreach.sandbox.personas import AnyAct

BARRED = "barred.example"  # a domain that is suppressed before anybody is imported
AWAY = "Thank you. I am out of the office and will answer when I am back."
SOON = 0.1  # seconds of real time until a lead answers


@dataclass(frozen=True)
class Group:
    """Leads who are alike."""

    name: str
    people: int
    by_mail: tuple[AnyAct, ...] = ()
    by_text: tuple[AnyAct, ...] = ()
    phone: str = "+1212555{:04d}"
    country: str = "US"
    domain: str = "client.example"


@dataclass(frozen=True)
class Person:
    """One lead."""

    group: Group
    name: str  # the group's name and a number
    email: str
    phone: str


# Those who answer come first: their answer has the most time until the next step.
GROUPS = (
    Group("writes-back", 30, by_mail=(Replies("Sounds good, call me.", after=SOON),)),
    Group("marks-spam", 10, by_mail=(MarksSpam(after=SOON),)),
    Group("away", 10, by_mail=(OutOfOffice(text=AWAY, nth=1, after=SOON),)),
    Group("says-stop", 20, by_text=(SaysStop(after=SOON),)),
    Group("texts-back", 15, by_text=(Replies("Who is this?", after=SOON),)),
    Group("unsubscribes", 15, by_mail=(Unsubscribes(nth=2, after=SOON),)),
    Group("bounces", 20, by_mail=(HardBounces(),)),
    Group("no-phone", 20, phone=""),
    Group("abroad", 10, phone="+52551234{:04d}", country="MX"),
    Group("barred-mail", 5, domain=BARRED),
    Group("barred", 5, domain=BARRED, phone=""),
    Group("silent", 40),
)


def people() -> Iterator[Person]:
    """Everybody, in the order of the table."""
    number = 100
    for group in GROUPS:
        for count in range(1, group.people + 1):
            number += 1
            name = f"{group.name}-{count}"
            yield Person(group, name, f"{name}@{group.domain}", group.phone.format(number))


def write(path: Path) -> None:
    """The table that is imported."""
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["first_name", "last_name", "email", "phone", "country", "timezone"])
        for one in people():
            rows.writerow(["Ada", one.name, one.email, one.phone, one.group.country, "America/New_York"])


def play(sandbox: Sandbox) -> None:
    """Tell the sandbox who does what."""
    for one in people():
        sandbox.persona(one.email, *one.group.by_mail)
        if one.phone:
            sandbox.persona(one.phone, *one.group.by_text)


def expected(table: Path) -> list[tuple[str, str, str]]:
    """lead, step and channel of every touch there must be, from the table written by hand."""
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    return sorted(
        (f"{row['group']}-{number}", row["step"], row["channel"])
        for row in rows
        for number in range(1, int(row["people"]) + 1)
    )
