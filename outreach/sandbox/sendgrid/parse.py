"""Builds what Inbound Parse posts: a mail taken apart into the fields of a form."""

import secrets
from collections.abc import Mapping
from email.utils import formatdate

import msgspec
from urllib3.filepost import encode_multipart_formdata


def new_message_id(from_: str) -> str:
    return f"<{secrets.token_hex(12)}@{from_.rpartition('@')[2]}>"


def raw_headers(
    from_: str, to: str, subject: str, *, extra: Mapping[str, str], in_reply_to: str, at: float
) -> str:
    """The header block as one text. What is given replaces what would have been made up."""
    headers = {
        "Message-ID": new_message_id(from_),
        "Date": formatdate(at),
        "From": from_,
        "To": to,
        "Subject": subject,
        "MIME-Version": "1.0",
    }
    if in_reply_to:
        headers |= {"In-Reply-To": in_reply_to, "References": in_reply_to}
    known = {name.lower(): name for name in headers}
    for name, value in extra.items():
        headers[known.get(name.lower(), name)] = value
    return "".join(f"{name}: {value}\n" for name, value in headers.items())


def parse_form(headers: str, *, from_: str, to: str, subject: str, text: str, html: str) -> tuple[bytes, str]:
    """The body of the POST and its content type."""
    fields = {
        "headers": headers,
        "dkim": "{@" + from_.rpartition("@")[2] + " : pass}",
        "to": to,
        "from": from_,
        "cc": "",
        "subject": subject,
        "text": text,
        "sender_ip": "192.0.2.25",
        "spam_report": "",
        "spam_score": "0.1",
        "envelope": msgspec.json.encode({"to": [bare(to)], "from": bare(from_)}).decode(),
        "attachments": "0",
        "charsets": '{"to":"UTF-8","from":"UTF-8","subject":"UTF-8","text":"utf-8","html":"utf-8"}',
        "SPF": "pass",
    }
    if html:
        fields["html"] = html
    return encode_multipart_formdata(fields, boundary="xYzZY" + secrets.token_hex(8))


def bare(address: str) -> str:
    """`Ada <ada@lead.example>` without the name."""
    return address.rpartition("<")[2].rstrip("> ")
