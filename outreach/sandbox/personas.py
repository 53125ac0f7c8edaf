"""The cast of a demo: what each lead does when something reaches them.

`sandbox.persona("ada@lead.example", Replies("Call me Thursday", nth=2))` means: Ada answers the second mail.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec


class Act(msgspec.Struct, kw_only=True, frozen=True, tag_field="act"):
    """`nth` counts the mails, texts or calls that reached this address, from 1; None means each time.

    `after` is in seconds: real ones, unless the sandbox's settings say how leads wait.
    """

    nth: int | None = None
    after: float = 0.0


class Replies(Act, frozen=True, tag="replies"):
    """Answers in their own words, on the channel on which they were reached."""

    text: str = "Sounds good, call me Thursday."
    from_: str = ""  # answers from this other address, as people do
    threaded: bool = True  # with In-Reply-To and References
    quoted: bool = True  # with our own words below


class OutOfOffice(Act, frozen=True, tag="out of office"):
    """An automatic answer, marked as RFC 3834 asks, with the day of return."""

    days: int = 5
    text: str = ""  # other words; `{date}` becomes the day of return
    marked: bool = True  # False: no header gives it away


class SaysStop(Act, frozen=True, tag="says stop"):
    word: str = "STOP"


class Unsubscribes(Act, frozen=True, tag="unsubscribes"):
    """Presses the mail program's unsubscribe button: a one-click POST to the List-Unsubscribe URL (RFC 8058)."""


class MarksSpam(Act, frozen=True, tag="marks spam"):
    pass


class Opens(Act, frozen=True, tag="opens"):
    pass


class Clicks(Act, frozen=True, tag="clicks"):
    pass


class ScansLinks(Act, frozen=True, tag="scans links"):
    """A mail gateway that fetches every link by HEAD and GET before the person sees the mail."""


class HardBounces(Act, frozen=True, tag="hard bounces"):
    status: str = "5.1.1"
    reason: str = "550 5.1.1 The email account that you tried to reach does not exist."


class SoftBounces(Act, frozen=True, tag="soft bounces"):
    """Deferred a few times, then delivered; or given up on, which SendGrid calls blocked."""

    times: int = 1
    gives_up: bool = False
    reason: str = "452 4.2.2 The email account that you tried to reach is over quota."


class Undeliverable(Act, frozen=True, tag="undeliverable"):
    """Twilio accepts the message; the carrier then does not deliver it."""

    code: int = 30003


class Phone(Act, frozen=True, tag="phone"):
    """Who answers a call: human, machine_start, machine_end_beep, machine_end_silence, machine_end_other,
    fax, unknown; or nobody: busy, no-answer, failed."""

    answers: str = "human"
    digits: str = ""  # pressed when a <Gather> asks


AnyAct = (
    Replies
    | OutOfOffice
    | SaysStop
    | Unsubscribes
    | MarksSpam
    | Opens
    | Clicks
    | ScansLinks
    | HardBounces
    | SoftBounces
    | Undeliverable
    | Phone
)
A = TypeVar("A", bound=Act)
ANYBODY = "*"


class Cast:
    """Who does what, and how often they have been reached."""

    def __init__(self) -> None:
        self._acts: dict[str, tuple[AnyAct, ...]] = {}
        self._reached: Counter[tuple[str, str]] = Counter()

    def set(self, address: str, acts: Iterable[AnyAct]) -> None:
        """Replace what this address does; without acts it does nothing. `*` stands for everybody else."""
        self._acts[address.lower()] = tuple(acts)
        for kind in ("sms", "call", "mail"):
            self._reached.pop((address.lower(), kind), None)

    def reached(self, address: str, kind: str) -> list[AnyAct]:
        """Count one more arrival of this kind and say what it sets off."""
        address = address.lower()
        acts = self._acts.get(address, self._acts.get(ANYBODY, ()))
        if not acts:
            return []
        self._reached[address, kind] += 1
        return [act for act in acts if act.nth in (None, self._reached[address, kind])]


def find(acts: Iterable[Act], kind: type[A]) -> A | None:
    return next(_all(acts, kind), None)


def _all(acts: Iterable[Act], kind: type[A]) -> Iterator[A]:
    return (act for act in acts if isinstance(act, kind))
