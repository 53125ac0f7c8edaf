"""Reads TwiML the way the telephone network would: as a list of verbs to carry out in order."""

from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree as ET

VERBS: Final = frozenset(
    {"Play", "Say", "Dial", "Hangup", "Pause", "Gather", "Redirect", "Record", "Reject", "Leave", "Stop"}
)


class NotTwiml(Exception):
    """The document is not TwiML; Twilio tells the caller that an application error has occurred."""


@dataclass(frozen=True, slots=True)
class Verb:
    name: str
    text: str  # the words of Say, the URL of Play and Redirect, the number of Dial
    options: dict[str, str]
    inside: list["Verb"] = field(default_factory=list)  # what a Gather plays while it waits


def parse(document: bytes) -> list[Verb]:
    try:
        root = ET.fromstring(document)  # noqa: S314 -- our own product's answer, on loopback
    except ET.ParseError as wrong:
        raise NotTwiml(f"not XML: {wrong}") from None
    if root.tag != "Response":
        raise NotTwiml(f"the root is <{root.tag}> and not <Response>")
    return [verb(element) for element in root]


def verb(element: ET.Element) -> Verb:
    if element.tag not in VERBS:
        raise NotTwiml(f"<{element.tag}> is no verb")
    words = " ".join("".join(element.itertext()).split())
    inside = [verb(child) for child in element] if element.tag == "Gather" else []
    return Verb(element.tag, words, dict(element.attrib), inside)
