"""A mail address is stored in one form, whoever typed it; the short way through plain ones says what the long way says."""

from __future__ import annotations

import email_validator
import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.addresses import BadAddress, email


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Ada.Moreau@Example.COM ", "ada.moreau@example.com"),
        ("ada+trial@example.com", "ada+trial@example.com"),
        ("ada@xn--mnchen-3ya.de", "ada@münchen.de"),
        ("ada@MÜNCHEN.de", "ada@münchen.de"),
        ("o'brien@example.com", "o'brien@example.com"),
    ],
)
def test_an_address_has_one_form(typed: str, stored: str) -> None:
    assert email(typed).value == stored


@pytest.mark.parametrize(
    "typed",
    [
        "ada",
        "@example.com",
        "ada@",
        "ada@exam_ple.com",
        "ada@example",
        ".ada@example.com",
        "ada..moreau@example.com",
        f"{'a' * 65}@example.com",
        f"{'a' * 60}@{'b' * 63}.{'c' * 63}.{'d' * 63}.example.com",
    ],
)
def test_what_is_no_address_is_refused_and_named(typed: str) -> None:
    with pytest.raises(BadAddress, match="is not a mail address"):
        email(typed)


@given(
    st.text("aZ0._+-'é ", max_size=66),
    st.sampled_from(
        ["example.com", "Client.Example", "a_b.com", "xn--mnchen-3ya.de", "-a.com", "", f"{'b' * 63}.com"]
    ),
)
def test_plain_addresses_are_read_as_the_validator_reads_them(local: str, domain: str) -> None:
    typed = f"{local}@{domain}".strip()
    try:
        found = email_validator.validate_email(
            typed, check_deliverability=False, test_environment=True, allow_smtputf8=False, strict=True
        )
    except email_validator.EmailNotValidError:
        with pytest.raises(BadAddress):
            email(typed)
    else:
        assert email(typed).value == found.normalized.lower()
