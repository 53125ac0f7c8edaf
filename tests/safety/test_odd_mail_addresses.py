"""What counts as a mail address at the door, and that nothing in one can do more than be an address."""

from __future__ import annotations

import pytest

from outreach import addresses
from outreach.domain.channel import Channel
from outreach.domain.message import Email
from outreach.providers.mail import as_mime

TAKEN = [
    ("ADA@EXAMPLE.COM", "ada@example.com"),
    (" ada@example.com\t", "ada@example.com"),
    ("ada@bücher.example", "ada@bücher.example"),
    ("ada@xn--bcher-kva.example", "ada@bücher.example"),
    ("postmaster@example.com", "postmaster@example.com"),  # a role is somebody, too
    ("ada@mailinator.com", "ada@mailinator.com"),  # so is a throw-away address, until it bounces
    ("o'neil@example.com", "o'neil@example.com"),
    ("a" * 64 + "@example.com", "a" * 64 + "@example.com"),
    ("=cmd|x@example.com", "=cmd|x@example.com"),  # RFC 5321 allows it; an export makes it harmless
    ("`id`@example.com", "`id`@example.com"),
]
REFUSED = {
    "a quoted local part": '"ada moreau"@example.com',
    "an @ in a quoted local part": '"ada@x"@example.com',
    "320 characters": "a" * 64 + "@" + "b" * 251 + ".com",
    "65 characters before the @": "a" * 65 + "@example.com",
    "a dot at the end": "ada@example.com.",
    "a dot at the beginning": ".ada@example.com",
    "two dots": "ada..moreau@example.com",
    "a header of its own": "ada@example.com\r\nBcc: eve@example.com",
    "a line break inside": "ada@\nexample.com",
    "a bare line feed before the @": "ada\n@example.com",
    "a NUL": "ada\x00@example.com",
    "a backspace": "ada\x08@example.com",
    "a zero-width space": "ada@exam\u200bple.com",
    "a direction mark": "ada\u202e@example.com",
    "a display name": "Ada Moreau <ada@example.com>",
    "a display name with a comma": '"Moreau, Ada" <ada@example.com>',
    "two addresses": "ada@example.com, ben@example.com",
    "an address literal": "ada@[127.0.0.1]",
    "a number for a domain": "ada@127.0.0.1",
    "this machine": "ada@localhost",
    "no dot in the domain": "ada@example",
    "a hyphen at the front of the domain": "ada@-example.com",
    "a space in the domain": "ada@exam ple.com",
    "letters that many servers do not take": "üda@example.com",
    "a link": "mailto:ada@example.com",
    "nothing before the @": "@example.com",
    "nothing after the @": "ada@",
    "two @": "ada@@example.com",
    "no @": "ada.example.com",
    "nothing": " ",
    "a domain that can never exist": "ada@example.invalid",
}


@pytest.mark.parametrize(("text", "value"), TAKEN, ids=[text.strip()[:30] for text, _ in TAKEN])
def test_an_address_is_taken_in_one_spelling(text: str, value: str) -> None:
    assert addresses.email(text).value == value


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_what_is_none_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(addresses.BadAddress, match=r"is not a mail address: ."):
        addresses.email(text)


@pytest.mark.parametrize("value", [value for _, value in TAKEN])
def test_what_is_taken_stands_in_a_header_as_one_address(value: str) -> None:
    mail = Email(
        to=value, to_name="Moreau, Ada", sender="rosa@acme.example", sender_name="Rosa", subject="Hi", text="Hi", html="",
        headers={}, reply_to=None,
    )  # fmt: skip
    [to] = as_mime(mail, "token")["To"].addresses
    assert to.display_name == "Moreau, Ada"
    assert to.addr_spec.isascii()
    assert mail.channel is Channel.EMAIL
