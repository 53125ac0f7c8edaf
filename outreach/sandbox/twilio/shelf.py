"""Keeps messages and calls, newest first, and lists them as Twilio does: by whole GMT days, in pages."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from functools import lru_cache
from time import gmtime, strftime
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import urlencode

from outreach.sandbox.faults import Faults
from outreach.sandbox.twilio.errors import Refusal

Form = dict[str, list[str]]


class Kept(Protocol):
    sid: str
    to: str
    from_: str
    status: str
    created: float


K = TypeVar("K", bound=Kept)


@lru_cache(maxsize=64)
def _date(second: int) -> str:
    return formatdate(second)[:-5] + "+0000"


def twilio_date(at: float | None) -> str | None:
    """RFC 2822, as all dates in Twilio's answers are."""
    return None if at is None else _date(int(at))


def first(form: Form, name: str) -> str:
    values = form.get(name)
    return values[0] if values else ""


def whole(form: Form, name: str, default: int) -> int:
    value = first(form, name) or str(default)
    if not value.isdigit():
        raise Refusal(20001, f"{name} {value}")
    return int(value)


def flat(form: Form) -> dict[str, Any]:
    """Parameters as the ledger keeps them: a list only where a parameter was repeated."""
    return {name: values[0] if len(values) == 1 else values for name, values in form.items()}


@dataclass
class Shelf(Generic[K]):
    name: str  # "messages" or "calls", the key of the list in a page
    day_field: str  # "DateSent" or "StartTime"
    day_of: Callable[[K], float]
    faults: Faults
    now: Callable[[], float]
    by_sid: dict[str, K] = field(default_factory=dict)
    by_to: dict[str, list[K]] = field(default_factory=lambda: defaultdict(list))

    def put(self, thing: K) -> None:
        self.by_sid[thing.sid] = thing
        self.by_to[thing.to].append(thing)

    def get(self, sid: str, path: str) -> K:
        if sid not in self.by_sid:
            raise Refusal(20404, path)
        return self.by_sid[sid]

    def page(self, query: Form, path: str, show: Callable[[K], dict[str, Any]]) -> dict[str, Any]:
        """One page of the newest first. The token is the last sid shown, so new arrivals shift nothing."""
        size = max(1, min(whole(query, "PageSize", 50), 1000))
        number = whole(query, "Page", 0)
        found = self.faults.listed("twilio", list(self._filtered(query)), self.now())
        if token := first(query, "PageToken").removeprefix("PA"):
            position = next((i for i, thing in enumerate(found) if thing.sid == token), len(found))
            found = found[position + 1 :]
        shown, more = found[:size], len(found) > size
        uri = self._uri(path, query, number, first(query, "PageToken"))
        return {
            self.name: [show(thing) for thing in shown],
            "page": number,
            "page_size": size,
            "start": number * size,
            "end": number * size + max(0, len(shown) - 1),
            "uri": uri,
            "first_page_uri": self._uri(path, query, 0, ""),
            "next_page_uri": self._uri(path, query, number + 1, "PA" + shown[-1].sid) if more else None,
            "previous_page_uri": self._uri(path, query, number - 1, "") if number else None,
        }

    def _uri(self, path: str, query: Form, page: int, token: str) -> str:
        pairs = [(n, v) for n, values in query.items() for v in values if n not in ("Page", "PageToken")]
        pairs += [("Page", str(page))] + ([("PageToken", token)] if token else [])
        return f"{path}?{urlencode(pairs)}"

    def _filtered(self, query: Form) -> Iterator[K]:
        to, from_, status = (first(query, name) for name in ("To", "From", "Status"))
        on, until, since = (first(query, self.day_field + sign)[:10] for sign in ("", "<", ">"))
        things = self.by_to.get(to, []) if to else list(self.by_sid.values())
        for thing in reversed(things):
            day = strftime("%Y-%m-%d", gmtime(self.day_of(thing)))
            if (
                (not from_ or thing.from_ == from_)
                and (not status or thing.status == status)
                and (not on or day == on)
                and (not until or day <= until)
                and (not since or day >= since)
            ):
                yield thing
