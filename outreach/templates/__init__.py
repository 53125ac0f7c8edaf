"""Turns what ops people write under templates/ into the words of mails, texts, voicemails and scripts."""

from outreach.templates.checking import check
from outreach.templates.folder import closure, read_folder
from outreach.templates.rendered import RenderedEmail, RenderError, Speech, Task
from outreach.templates.samples import samples
from outreach.templates.segments import Segments, segments
from outreach.templates.shelf import Templates

__all__ = [
    "RenderError",
    "RenderedEmail",
    "Segments",
    "Speech",
    "Task",
    "Templates",
    "check",
    "closure",
    "read_folder",
    "samples",
    "segments",
]
