"""A mail as bytes: what every way of mailing has in common."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any, Final

from outreach.domain.errors import Fault, Refused
from outreach.domain.message import Email

_LINES: Final = frozenset("\u2028\u2029")  # not control characters to Unicode, but line ends to some readers

# Headers with words for people, which may need encoding; all others are for machines.
_FOLD: Final = "\\1\r\n <"
_FOR_PEOPLE: Final = frozenset({"from", "to", "reply-to", "subject"})


class _Wire(EmailPolicy):
    """Writes headers for machines as they are, folded between words.

    The standard library encodes what does not fit into a line: a long List-Unsubscribe would become a link that no
    mail program follows.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        """One header as it goes out."""
        if name.lower() in _FOR_PEOPLE or name.lower().startswith("content-") or not str(value).isascii():
            return super().fold_binary(name, value)
        words = " ".join(str(value).split())
        return f"{name}: {re.sub('(>,?) <', _FOLD, words)}\r\n".encode()


_WIRE: Final = _Wire(linesep="\r\n")


def check(mail: Email, token: str) -> None:
    """Raise Refused when a value bound for a header holds a control character.

    A line break in a name or subject would let a lead's data write headers of its own. The standard library lets NUL
    pass and SendGrid's helper lets everything pass.
    """
    bound = {
        "to": mail.to,
        "to_name": mail.to_name,
        "sender": mail.sender,
        "sender_name": mail.sender_name,
        "reply_to": mail.reply_to or "",
        "subject": mail.subject,
        "token": token,
        **{f"header {name!r}": name + value for name, value in mail.headers.items()},
    }
    for where, value in bound.items():
        if any(unicodedata.category(letter) == "Cc" or letter in _LINES for letter in value):
            raise Refused(
                f"the {where} holds a control character; look at the lead's fields and the template"
            )


def as_mime(mail: Email, token: str) -> EmailMessage:
    """The mail as multipart/alternative with our headers. Raises Refused when an address cannot be one."""
    check(mail, token)
    made = EmailMessage(policy=_WIRE)
    made["From"] = _address(mail.sender, mail.sender_name, Fault.SENDER)
    made["To"] = _address(mail.to, mail.to_name, Fault.ADDRESS)
    if mail.reply_to:
        made["Reply-To"] = mail.reply_to
    made["Subject"] = mail.subject
    made["Date"] = format_datetime(datetime.now(UTC))
    for name, value in mail.headers.items():
        made[name] = value
    made["X-Outreach-Token"] = token
    made.set_content(mail.text, cte="quoted-printable")
    if mail.html:
        made.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    return made


def ascii_address(address: str, fault: Fault) -> str:
    """The address with its domain as DNS spells it. Raises Refused for a local part beyond ASCII."""
    local, _, domain = address.rpartition("@")
    try:
        plain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        plain = ""
    if not local.isascii() or not local or not plain:
        raise Refused("this is not a mail address that every mail server takes", fault=fault)
    return f"{local}@{plain}"


def _address(address: str, name: str, fault: Fault) -> Address:
    try:
        return Address(display_name=name, addr_spec=ascii_address(address, fault))
    except (
        ValueError,
        IndexError,
        HeaderParseError,
    ) as error:  # the standard library raises what its parser met
        raise Refused("this is not a mail address", fault=fault) from error
