"""Builds raw mails as mail servers deliver them."""

from __future__ import annotations

from email.header import Header

DATE = "Mon, 02 Mar 2026 10:00:00 +0100"


def raw(
    body: str,
    *,
    subject: str = "Re: Your trial",
    sender: str = "Ada Lovelace <ada@client.example>",
    html: bool = False,
    charset: str = "utf-8",
    date: str = DATE,
    **headers: str,
) -> bytes:
    """A mail; header names are given with underscores."""
    fields = {
        "From": sender,
        "To": "reply+abcdefgh12345678@reply.acme.example",
        "Subject": subject if subject.isascii() else Header(subject, "utf-8").encode(),
        "Date": date,
        "Message-ID": "<answer-1@client.example>",
        "MIME-Version": "1.0",
        "Content-Type": f"text/{'html' if html else 'plain'}; charset={charset}",
        "Content-Transfer-Encoding": "8bit",
        **{name.replace("_", "-").title(): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return head.encode() + b"\r\n" + body.replace("\n", "\r\n").encode(charset, "replace")


def report(kind: str, *parts: tuple[str, str], sender: str, subject: str, **headers: str) -> bytes:
    """A multipart/report (RFC 6522) of some kind; each part is its type and its text."""
    told = "".join(f"--b1\nContent-Type: {type_}\n\n{text}\n" for type_, text in parts) + "--b1--\n"
    return raw(
        told,
        sender=sender,
        subject=subject,
        content_type=f'multipart/report; report-type={kind}; boundary="b1"',
        auto_submitted="auto-replied",
        return_path="<>",
        **headers,
    )


def bounce(
    status: str,
    diagnostic: str,
    *,
    action: str = "failed",
    words: str = "This is the mail system at host mx.acme.example.\n\nYour message could not be delivered.",
    subject: str = "Undelivered Mail Returned to Sender",
    sender: str = "Mail Delivery System <MAILER-DAEMON@mx.acme.example>",
) -> bytes:
    """A delivery status notification as RFC 3464 wants it, with the head of our mail."""
    blocks = (
        "Reporting-MTA: dns; mx.acme.example\n\n"
        f"Final-Recipient: rfc822; ada@client.example\nAction: {action}\nStatus: {status}\n"
        + (f"Diagnostic-Code: smtp; {diagnostic}\n" if diagnostic else "")
    )
    ours = (
        "From: Rosa <team@acme.example>\nTo: ada@client.example\nSubject: Your trial\n"
        "Message-ID: <t1@acme.example>\nX-Outreach-Token: tok-123456\n"
    )
    parts = (("text/plain", words), ("message/delivery-status", blocks), ("text/rfc822-headers", ours))
    return report("delivery-status", *parts, sender=sender, subject=subject)
