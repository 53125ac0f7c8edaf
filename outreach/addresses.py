"""The door through which addresses come in: phones become E.164 with country and zones, mail becomes lower case."""

from __future__ import annotations

import importlib.resources
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from outreach.domain.channel import AddressKind
from outreach.domain.errors import Mistake
from outreach.domain.people import Address

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber


# Calling codes that belong to no country, ITU-T E.164: whoever rings them pays, or nobody reads them.
_NOBODYS = {
    800: "an international toll-free number",
    808: "an international shared-cost number",
    870: "a satellite number",
    878: "an international personal number",
    881: "a satellite number",
    882: "an international network's number",
    883: "an international network's number",
    979: "an international premium-rate number",
}
_RULES: Final[dict[str, Any]] = {
    "check_deliverability": False,
    "test_environment": True,
    "allow_smtputf8": False,  # letters beyond ASCII before the @ (RFC 6531): many mail servers take none
    "strict": True,  # at most 64 characters before the @ (RFC 5321, 4.5.3.1.1)
}
# A local part about which there is nothing to say; any other goes through the whole validator.
_PLAIN = re.compile(r"[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*")
_LONGEST_LOCAL = 64


class BadAddress(Mistake):
    """An address that cannot be one; the message says why and the likely fix."""


def email(text: str) -> Address:
    """A mail address in lower case, without looking it up. Raises BadAddress."""
    import email_validator

    raw = text.strip()
    local, _, domain = raw.rpartition("@")
    if len(local) <= _LONGEST_LOCAL and _PLAIN.fullmatch(local) and (host := _host(domain)):
        return Address(id=0, kind=AddressKind.EMAIL, value=f"{local}@{host}".lower())
    try:
        found = email_validator.validate_email(raw, **_RULES)
    except email_validator.EmailNotValidError as error:
        raise BadAddress(f"{raw!r} is not a mail address: {error}") from None
    # The local part may be case-sensitive by RFC 5321; no mail host anybody writes to makes it so.
    return Address(id=0, kind=AddressKind.EMAIL, value=found.normalized.lower())


@lru_cache(maxsize=10_000)
def _host(domain: str) -> str | None:
    """A mail domain as it is written, None when it cannot be one. In a table of leads most come again and again."""
    import email_validator

    try:
        return email_validator.validate_email(f"{'a' * _LONGEST_LOCAL}@{domain}", **_RULES).domain
    except email_validator.EmailNotValidError:
        return None


def phone(text: str, country: str) -> Address:
    """A telephone number in E.164; national forms are read as of `country` (ISO alpha-2). Raises BadAddress."""
    import phonenumbers

    raw = text.strip()
    try:
        number = phonenumbers.parse(raw, country)
    except phonenumbers.NumberParseException as error:
        raise BadAddress(f"{raw!r} is not a telephone number: {str(error).lower()}") from None
    if number.extension:
        raise BadAddress(f"{raw!r} has an extension, which no text or call by machine can dial: leave it out")
    if number.country_code in _NOBODYS:
        raise BadAddress(f"{raw!r} is {_NOBODYS[number.country_code]}: we never call or text those")
    # "Possible" and not "valid": 555 numbers are fictitious and still what every vendor's test account uses.
    if not phonenumbers.is_possible_number(number):
        raise BadAddress(f"{raw!r} is not a telephone number of {country}: write it as +COUNTRY NUMBER")
    kind = phonenumbers.number_type(number)
    refused = {
        phonenumbers.PhoneNumberType.PREMIUM_RATE: "a premium-rate number",
        phonenumbers.PhoneNumberType.SHARED_COST: "a shared-cost number",
        phonenumbers.PhoneNumberType.UAN: "a company-wide access number",
    }
    if kind in refused:
        raise BadAddress(f"{raw!r} is {refused[kind]}: we never call or text those")
    region = phonenumbers.region_code_for_number(number) or _region_of_code(number.country_code)
    value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Address(
        id=0, kind=AddressKind.PHONE, value=value, country=region, zones=_zones(number, kind, region)
    )


def of_kind(kind: AddressKind, text: str, country: str) -> Address:
    """An address of any kind, normalised. Raises BadAddress."""
    if kind is AddressKind.EMAIL:
        return email(text)
    if kind is AddressKind.PHONE:
        return phone(text, country)
    value = " ".join(text.split())
    if not value:
        raise BadAddress(f"the {kind.value} address is empty")
    return Address(id=0, kind=kind, value=value)


def looked_up(text: str, country: str) -> str:
    """The normalised form of what a person typed to name a lead; the text itself when it is no address."""
    for read in (lambda: email(text), lambda: phone(text, country)):
        try:
            return read().value  # type: ignore[no-untyped-call]
        except BadAddress:
            continue
    return text.strip()


def _region_of_code(code: int | None) -> str | None:
    import phonenumbers

    # Fictitious numbers (+1 500 555...) belong to no region; their calling code still tells the main country.
    region = phonenumbers.region_code_for_country_code(code or 0)
    return None if region in ("ZZ", "001") else region


def _zones(number: PhoneNumber, kind: int, region: str | None) -> tuple[str, ...]:
    """Every zone the number may lie in: by its prefix, else all zones of its country (rule R1 asks them all)."""
    import phonenumbers
    from phonenumbers import timezone

    if phonenumbers.is_number_type_geographical(kind, number.country_code or 0):
        told = timezone.time_zones_for_geographical_number(
            number
        )  # else it would find out the kind once more
    else:
        told = timezone.time_zones_for_number(number)
    found = [z for z in told if z != "Etc/Unknown"]
    return tuple(sorted(found)) or (_country_zones().get(region, ()) if region else ())


@cache
def _country_zones() -> dict[str, tuple[str, ...]]:
    """Country to zones, from the zone.tab of the IANA database."""
    table = importlib.resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text()
    found: dict[str, list[str]] = {}
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _, zone, *_ = line.split("\t")
            found.setdefault(country, []).append(zone)
    return {country: tuple(sorted(zones)) for country, zones in found.items()}
