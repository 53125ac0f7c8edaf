"""The names and addresses of cadences.yaml: telephone numbers, mail addresses, zones, countries."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final, TypeAlias
from zoneinfo import available_timezones

import email_validator
import holidays
import phonenumbers

from outreach.domain.problem import closest, did_you_mean

KEY_RULE: Final = "use lower-case letters, digits, - and _, at most 64, beginning with a letter or digit"
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")
# Short zone names either know no daylight saving or are no zones at all.
_ABBREVIATED: Final = {
    "EST": "America/New_York", "EDT": "America/New_York", "ET": "America/New_York", "CST": "America/Chicago",
    "CDT": "America/Chicago", "CT": "America/Chicago", "MST": "America/Denver", "MDT": "America/Denver",
    "MT": "America/Denver", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "PT": "America/Los_Angeles",
    "CET": "Europe/Berlin", "CEST": "Europe/Berlin", "GMT": "Europe/London", "BST": "Europe/London",
    "IST": "Asia/Kolkata", "JST": "Asia/Tokyo", "AEST": "Australia/Sydney",
}  # fmt: skip


Way: TypeAlias = tuple[str | int, ...]


class Wrong(ValueError):
    """A value that cannot be. `at` is the way to the culprit below the value; `on_name`: it is a name, not a value."""

    def __init__(self, text: str, fix: str = "", *, at: Way = (), on_name: bool = False) -> None:
        super().__init__(text)
        self.text, self.fix, self.at, self.on_name = text, fix, at, on_name


def plain(value: Any, what: str, fix: str = "", *, at: Way = ()) -> str:
    """The value as a text with single spaces. Raises Wrong for anything that is not a text."""
    if isinstance(value, str):
        return " ".join(value.split())
    if value is None:
        raise Wrong(f"{what} is missing", fix, at=at)
    if isinstance(value, bool | int | float):
        raise Wrong(f"{str(value).lower()} is not {what}", fix, at=at)
    raise Wrong(f"a {'list' if isinstance(value, list) else 'group of entries'} is not {what}", fix, at=at)


def phone(value: Any) -> str:
    """A telephone number in E.164. Raises Wrong when it is none, or has no country code."""
    fix = 'write it in quotes with country code, such as "+15005550006"'
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise Wrong("a telephone number without quotes is read as a plain number", fix)
    text = plain(value, "a telephone number", fix)
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        raise Wrong(f"{text!r} is not a telephone number with its country code", fix) from None
    if number.extension:
        raise Wrong(f"{text!r} has an extension", "give a number that can be dialled directly")
    if not phonenumbers.is_possible_number(number):
        raise Wrong(f"{text!r} is too short or too long for a telephone number of its country", fix)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def toll_free(value: Any) -> str:
    """A number that costs the caller nothing; in North America (+1) that can be told from the number (rule R7)."""
    number = phone(value)
    kind = phonenumbers.number_type(phonenumbers.parse(number, None))
    if number.startswith("+1") and kind != phonenumbers.PhoneNumberType.TOLL_FREE:
        raise Wrong(
            f"{number!r} is not toll-free (rule R7)",
            "use a number that begins with +1800, +1833, +1844, +1855, +1866, +1877 or +1888",
        )
    return number


def email(value: Any) -> str:
    """An email address, its domain in lower case."""
    text = plain(value, "an email address", "write it like team@mail.acme.example")
    try:
        return email_validator.validate_email(
            text, check_deliverability=False, test_environment=True
        ).normalized
    except email_validator.EmailNotValidError as error:
        raise Wrong(f"{text!r} is not an email address", str(error)) from None


def domain(value: Any) -> str:
    """The name of a mail domain, in lower case."""
    text = plain(value, "a domain", "write it like reply.acme.example")
    if "@" in text or "/" in text:
        raise Wrong(f"{text!r} is not a domain", "write only the name, such as reply.acme.example")
    try:
        return email(f"reply@{text}").partition("@")[2]
    except Wrong as error:
        raise Wrong(f"{text!r} is not a domain", error.fix) from None


def link(value: Any) -> str:
    """An https address."""
    text = plain(value, "a link", "write the whole address: https://...")
    if not re.fullmatch(r"https://[^\s/]+\.[^\s]+", text):
        raise Wrong(f"{text!r} is not a safe link", "write the whole address, beginning with https://")
    return text


def service(value: Any) -> str:
    """A Twilio Messaging Service SID, https://www.twilio.com/docs/messaging/services."""
    text = plain(value, "a messaging service", "it looks like MG followed by 32 letters and digits")
    if not _SERVICE.fullmatch(text):
        raise Wrong(
            f"{text!r} is not a messaging service", "it looks like MG followed by 32 letters and digits"
        )
    return text


def key(value: Any) -> str:
    """A name that the file gives to a cadence, step, sender or rep."""
    text = value if isinstance(value, str) else plain(value, "a name", f"{KEY_RULE}, or put it in quotes")
    if not _KEY.fullmatch(text):
        raise Wrong(f"{text!r} cannot be a name", _key_fix(text))
    return text


def _key_fix(text: str) -> str:
    better = re.sub(r"[^a-z0-9_-]+", "-", text.casefold()).strip("-_")[:64]
    return f"{KEY_RULE}, such as {better!r}" if better and better != text else KEY_RULE


def zone(value: Any) -> str:
    """The IANA name of a time zone."""
    text = plain(value, "a time zone", "write it like America/New_York")
    if text in _zones():
        return text
    raise Wrong(f"there is no time zone {text!r}", _zone_fix(text))


def _zone_fix(text: str) -> str:
    if text.upper() in _ABBREVIATED:
        return f"short names do not follow daylight saving: write {_ABBREVIATED[text.upper()]}"
    cities = {name.rpartition("/")[2].replace("_", " "): name for name in sorted(_zones())}
    city = closest(text.rpartition("/")[2].replace("_", " "), cities)
    guess = closest(text.replace(" ", "_"), _zones()) or (cities[city] if city else None)
    return f"did you mean {guess!r}?" if guess else "write it like America/New_York or Europe/Berlin"


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """Zones that are named after a place; EST and its kind stay on standard time all year."""
    return frozenset(z for z in available_timezones() if "/" in z and not z.startswith("SystemV/")) | {"UTC"}


def country(value: Any) -> str:
    """A country as ISO 3166 alpha-2."""
    text = plain(value, "a country", "write its two letters, such as US or DE")
    if text in phonenumbers.SUPPORTED_REGIONS:
        return text
    better = {"UK": "GB", "EN": "GB", "USA": "US"}.get(text.upper(), text.upper())
    fix = (
        f"write {better}"
        if better in phonenumbers.SUPPORTED_REGIONS
        else "write its two letters, such as US or DE"
    )
    raise Wrong(f"there is no country {text!r}", fix)


def holiday_calendar(value: Any) -> str:
    """A public holiday calendar: a country, with a subdivision if wanted (US, US-CA, DE-BY)."""
    text = plain(value, "a holiday calendar", "write it like US, US-CA or DE-BY")
    home, _, part = text.partition("-")
    known = _calendars()
    if home not in known or len(home) != 2:
        fix = (
            f"write {text.upper()}"
            if home.upper() in known and len(home) == 2
            else "write it like US, US-CA or DE-BY"
        )
        raise Wrong(f"there is no holiday calendar {text!r}", fix)
    if "-" in text and part not in known[home]:
        some = (
            did_you_mean(part, known[home])
            or f"{home} has: {', '.join(sorted(known[home])[:20]) or 'no parts'}"
        )
        raise Wrong(f"the holiday calendar {home} has no part {part!r}", some)
    return text


@lru_cache(maxsize=1)
def _calendars() -> dict[str, list[str]]:
    found: dict[str, list[str]] = holidays.list_supported_countries()
    return found
