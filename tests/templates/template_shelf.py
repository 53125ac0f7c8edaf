"""What the tests of templates share: Ada's names, and ways to render one text without a folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from outreach.domain.channel import Channel
from outreach.domain.problem import Problem
from outreach.templates import RenderedEmail, Templates, check, samples

ADA, BEN, ZOE = samples()


def knowing(**fields: object) -> dict[str, Any]:
    """Ada's names, with these fields of the lead instead of her own."""
    lead = dict(ADA["lead"])  # type: ignore[call-overload]
    lead.update(fields)
    return {**ADA, "lead": lead}


def mail(body: str, names: Mapping[str, object] = ADA, **more: str) -> RenderedEmail:
    """A mail made of one template (and `more`, by path with __ for /)."""
    sources = {path.replace("__", "/") + ".md": text for path, text in more.items()}
    return Templates({"mail.md": f"---\nsubject: Hello\n---\n{body}", **sources}).email("mail.md", names)


def words(body: str, names: Mapping[str, object] = ADA) -> str:
    """The text part of such a mail, without its footer."""
    return mail(body, names).text.rpartition("\n\n-- \n")[0]


def page(body: str, names: Mapping[str, object] = ADA) -> str:
    """The HTML part of such a mail between the layout's column and the footer."""
    html = mail(body, names).html
    return html.partition('class="column"')[2].partition(">")[2].partition('<div class="footer"')[0].strip()


def sms(body: str, names: Mapping[str, object] = ADA) -> str:
    """A text made of one template."""
    return Templates({"text.txt": body}).text("text.txt", names)


def problems(body: str, channel: Channel = Channel.EMAIL, **more: str) -> list[Problem]:
    """What check says of one template, for Ada."""
    sources = {path.replace("__", "/") + ".md": text for path, text in more.items()}
    return check("t.md", channel, {"t.md": body, **sources}, [ADA])


def errors(body: str, channel: Channel = Channel.EMAIL, **more: str) -> list[Problem]:
    """The same without warnings."""
    return [problem for problem in problems(body, channel, **more) if not problem.warning]
