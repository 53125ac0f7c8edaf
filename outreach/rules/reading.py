"""From files to plain values of the domain. A line without a source, a date or a known place is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from outreach.domain.calendar import DAYS, SendWindow, Span
from outreach.domain.channel import Channel
from outreach.domain.errors import Mistake
from outreach.domain.law import Checked, Kind, Line, Sources
from outreach.domain.regime import Regime
from outreach.domain.ringing import State

FILES: Final = ("telephones.yaml", "countries.yaml", "places.yaml")
_TELEPHONES: Final = {"rule", "place", "hours", "holidays", "most", "channels"}
_COUNTRIES: Final = {"rule", "places", "consent", "corporate", "implied", "purchase", "basis"}
_ALL: Final = {"since", "until", "checked", "source", "note"}
_LONGEST_PREFIX = 5  # the gate keeps its answers by so much of a number


class BadRules(Mistake):
    """The rules data cannot be what it says; the message names the file and the line of it."""


@cache
def sources() -> Sources:
    """The data that is shipped."""
    return read({name: files(__package__).joinpath(name).read_text(encoding="utf-8") for name in FILES})


def read(texts: Mapping[str, str]) -> Sources:
    """The lines of these files (name -> text), all three. Raises BadRules."""
    data = {name: _parsed(name, texts[name]) for name in FILES}
    telephones, countries, places = (data[name] for name in FILES)
    states = dict(_states(places))
    lines = [
        *(_telephone(line, f"telephones.yaml, line {n}", states) for n, line in _each(telephones, "lines")),
        *(
            one
            for n, line in _each(countries, "lines")
            for one in _country(line, f"countries.yaml, line {n}")
        ),
    ]
    kinds = tuple(_kind(one, f"telephones.yaml, kind {n}") for n, one in _each(telephones, "kinds"))
    digest = sha256("".join(texts[name] for name in FILES).encode()).hexdigest()[:8]
    seen = max(str(one.get("seen")) for one in data.values())
    return Sources(version=f"{seen} {digest}", lines=tuple(lines), states=states, kinds=kinds)


def _parsed(name: str, text: str) -> dict[str, Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        found = yaml.load(text, Loader=loader)  # noqa: S506 - both are safe loaders
    except yaml.YAMLError as error:
        raise BadRules(f"{name}: {error}") from None
    if not isinstance(found, dict) or not isinstance(found.get("seen"), date):
        raise BadRules(f"{name}: it must say  seen:  with the day it was last looked through")
    return found


def _each(data: Mapping[str, Any], heading: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for n, line in enumerate(data.get(heading) or (), start=1):
        if not isinstance(line, dict):
            raise BadRules(f"{heading}, line {n}: {line!r} has no named parts")
        yield n, line


# -- lines --------------------------------------------------------------------------------------------------------------


def _telephone(line: Mapping[str, Any], where: str, states: Mapping[str, State]) -> Line:
    about = _about(line, where, _TELEPHONES)
    place = _place(line.get("place"), where)
    if "-" in place and place not in states:
        raise BadRules(f"{where}: there is no place {place!r}")
    if not any(key in line for key in ("hours", "most", "holidays")):
        raise BadRules(f"{where}: it says nothing: add hours, holidays or most")
    most = line.get("most")
    if most is not None and (not isinstance(most, int) or isinstance(most, bool) or most < 1):
        raise BadRules(f"{where}: most is a number from 1 on, not {most!r}")
    return Line(
        **about,
        place=place,
        window=_window(line["hours"], where, on_holidays="holidays" not in line) if "hours" in line else None,
        holidays=line.get("holidays"),
        most=most,
        channels=_channels(line.get("channels", ()), where),
    )


def _country(line: Mapping[str, Any], where: str) -> Iterator[Line]:
    about = _about(line, where, _COUNTRIES)
    for key in ("corporate", "basis"):
        if not isinstance(line.get(key, False), bool):
            raise BadRules(f"{where}: {key} is true or false, not {line[key]!r}")
    for place in line.get("places") or ():
        regime = Regime(
            rule=about["rule"],
            place=_place(place, where),
            consent=_channels(line.get("consent", ()), where),
            corporate=line.get("corporate", False),
            implied=_span(line.get("implied"), where),
            by_purchase=_span(line.get("purchase"), where),
            basis=line.get("basis", False),
        )
        yield Line(**about, place=regime.place, regime=regime)


def _about(line: Mapping[str, Any], where: str, known: set[str]) -> dict[str, Any]:
    """What every line must say: its rule, its source, since when, and how far that was checked."""
    unknown = line.keys() - known - _ALL
    if unknown:
        raise BadRules(f"{where}: there is no {min(unknown)!r}; it has {', '.join(sorted(known | _ALL))}")
    rule, source = line.get("rule"), line.get("source")
    if not isinstance(rule, str) or not re.fullmatch(r"R\d{1,2}", rule):
        raise BadRules(f"{where}: rule {rule!r} is not one of docs/rules.md, such as R5")
    if not isinstance(source, str) or not source.strip():
        raise BadRules(f"{where}: it has no source")
    since, until = _day(line.get("since"), where, "since"), line.get("until")
    ends = None if until is None else _day(until, where, "until")
    if ends is not None and ends < since:
        raise BadRules(f"{where}: it ends ({ends}) before it begins ({since})")
    if line.get("checked") not in set(Checked):
        raise BadRules(f"{where}: checked is {', '.join(Checked)}, not {line.get('checked')!r}")
    return {
        "rule": rule,
        "source": source,
        "since": since,
        "until": ends,
        "checked": Checked(line["checked"]),
        "note": str(line.get("note", "")),
    }


def _day(value: Any, where: str, name: str) -> date:
    if isinstance(value, date):
        return value
    raise BadRules(f"{where}: {name} is a date like 2026-03-31, not {value!r}")


def _place(value: Any, where: str) -> str:
    if isinstance(value, str) and re.fullmatch(r"[A-Z]{2}(-[A-Z]{2})?", value):
        return value
    raise BadRules(f"{where}: {value!r} is not a place, such as US or US-FL (put NO and ON in quotes)")


def _channels(value: Any, where: str) -> frozenset[Channel]:
    names = {one.value for one in Channel}
    for name in value:
        if name not in names:
            raise BadRules(f"{where}: there is no channel {name!r}")
    return frozenset(Channel(name) for name in value)


def _span(value: Any, where: str) -> timedelta | None:
    if value is None:
        return None
    found = re.fullmatch(r"(\d{1,5}) days", str(value))
    if not found:
        raise BadRules(f"{where}: {value!r} is not a span, such as 183 days")
    return timedelta(days=int(found[1]))


# -- hours --------------------------------------------------------------------------------------------------------------


def _window(value: Any, where: str, *, on_holidays: bool) -> SendWindow:
    by_day = value if isinstance(value, dict) else {"mon-sun": value}
    week: dict[int, tuple[Span, ...]] = {}
    for days, hours in by_day.items():
        for day in _days(days, where):
            if day in week:
                raise BadRules(f"{where}: {DAYS[day]} is named twice")
            spans = hours if isinstance(hours, list) else [hours]
            week[day] = tuple(sorted(_hours(span, where) for span in spans))
    return SendWindow(tuple(week.get(day, ()) for day in range(7)), on_holidays)


def _days(text: Any, where: str) -> Sequence[int]:
    first, _, last = str(text).partition("-")
    if first not in DAYS or (last and last not in DAYS):
        raise BadRules(f"{where}: {text!r} are no days, such as mon-sat")
    start, end = DAYS.index(first), DAYS.index(last or first)
    return [(start + n) % 7 for n in range((end - start) % 7 + 1)]


def _hours(text: Any, where: str) -> Span:
    found = re.fullmatch(r"(\d\d):(\d\d)-(\d\d):(\d\d)", str(text))
    if found:
        a, b, c, d = map(int, found.groups())
        if a * 60 + b < c * 60 + d <= 24 * 60 and b < 60 and d < 60:
            return a * 60 + b, c * 60 + d
    raise BadRules(f'{where}: {text!r} are no hours, such as "08:00-20:00"')


# -- places and kinds ---------------------------------------------------------------------------------------------------


def _states(data: Mapping[str, Any]) -> Iterator[tuple[str, State]]:
    for nation, states in data.items():
        if not isinstance(states, dict):
            continue
        for code, state in states.items():
            key = _place(f"{nation}-{code}", "places.yaml")
            try:
                codes = tuple(str(one) for one in state["area_codes"])
                yield key, State(state["name"], tuple(state["zones"]), codes)
            except (KeyError, TypeError) as error:
                raise BadRules(f"places.yaml, {key}: it needs name, zones and area_codes ({error})") from None


def _kind(one: Mapping[str, Any], where: str) -> Kind:
    begins, what, source = (one.get(key) for key in ("begins", "what", "source"))
    if not (
        isinstance(begins, str) and re.fullmatch(r"\+\d{1,4}", begins) and len(begins) <= _LONGEST_PREFIX
    ):
        raise BadRules(f"{where}: {begins!r} is not the beginning of a number, such as +881, in quotes")
    if not what or not source:
        raise BadRules(f"{where}: it needs  what  and  source")
    return Kind(begins, what, source)
