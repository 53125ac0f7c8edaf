"""What comes out of a template, how big it may be, and the error when it cannot come out."""

from __future__ import annotations

from dataclasses import dataclass

from outreach.domain.errors import Mistake

# A provider's own bounds are wider for mail; these keep one bad template from filling the database.
LONGEST_TEXT = 1_600  # UTF-16 units of an SMS: Twilio refuses more (error 21617)
LONGEST_MARKDOWN = 30_000  # characters of a mail before its values: some Markdown takes time by the square
LONGEST_PAGE = 200_000  # characters of each part of a mail, of a script and of spoken words
LONGEST_SUBJECT = 255  # characters
LONGEST_VALUE = 2_000  # characters of one printed field; the rest is cut


class RenderError(Mistake):
    """A template cannot be rendered for this lead. Only this touch is held up; the message says what to fill in."""

    def __init__(self, template: str, line: int, text: str) -> None:
        self.template, self.line, self.text = template, line, text
        place = f"templates/{template}:{line}" if line else f"templates/{template}"
        super().__init__(f"{place}: {text}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedEmail:
    """A mail in its parts. `own_subject`: the template has a subject, so the mail begins a new thread."""

    subject: str
    own_subject: bool
    preheader: str
    text: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What a voicemail says: spoken `text`, or a recording at `audio_url`, or the recording `audio` of the folder."""

    text: str = ""
    audio_url: str | None = None
    audio: str | None = None  # its path below templates/; its bytes are among the sources as a data: URL


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a rep gets: a title (empty when the template has none) and a script, both plain text."""

    title: str
    script: str
