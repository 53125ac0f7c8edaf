"""The templates of one cadence version, ready to fill in: mails, texts, spoken words and scripts for reps."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from types import TracebackType

from jinja2 import BaseLoader, Environment, Template, TemplateError, TemplateNotFound

from outreach.domain.problem import Problem, Problems, did_you_mean
from outreach.templates import layout
from outreach.templates.environment import Html, Shelf, Skeleton, render
from outreach.templates.folder import LAYOUT, closure, is_audio, is_url
from outreach.templates.front import Parts, parts
from outreach.templates.markup import page
from outreach.templates.pieces import html, text
from outreach.templates.plaintext import tidy
from outreach.templates.rendered import (
    LONGEST_MARKDOWN,
    LONGEST_PAGE,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    RenderedEmail,
    RenderError,
    Speech,
    Task,
)
from outreach.templates.values import clean

_SHIPPED = "<layout>"  # not a path anyone can write
_Names = Mapping[str, object]


class Templates:
    """Compiled templates. Each is compiled when first used and kept; any number of threads may render.

    `names` is what outreach.domain.context.of_message gives. Every method raises RenderError, with template and line,
    for a field that is missing, a result that is too long or empty, and a template that breaks the rules.
    """

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = dict(sources)
        self._parts: dict[str, Parts] = {}
        self._compiled: dict[str, Template] = {}
        self._lock = threading.Lock()
        self._shelf = Shelf(_Loader(self))

    def email(self, path: str, names: _Names, *, thread_subject: str | None = None) -> RenderedEmail:
        """A mail. Without a subject of its own it answers in the thread of `thread_subject`."""
        own = self._line(path, "subject", names)
        subject = own if own is not None else _reply(path, thread_subject)
        preheader = self._line(path, "preheader", names) or ""
        skeleton = self._render(path, names)
        written = tidy(skeleton.text)
        self._bounded(path, len(written), LONGEST_MARKDOWN)
        body = page(written)
        foot_text, foot_html = layout.footer(path, names)
        words = text(body.text, skeleton.values).strip("\n")
        if not words.strip():
            raise RenderError(path, self._begins(path), "the mail is empty")
        inner = {"body": Html(html(body.html, skeleton.values)), "footer": foot_html, "preheader": preheader}
        framed = self._framed({**names, **inner, "subject": subject})
        self._bounded(path, max(len(words), len(framed)), LONGEST_PAGE)
        return RenderedEmail(
            subject=subject,
            own_subject=own is not None,
            preheader=preheader,
            text=f"{words}\n\n{foot_text}\n",
            html=framed,
        )

    def text(self, path: str, names: _Names) -> str:
        """The body of an SMS, at most 1,600 characters."""
        words = self._plain(path, names)
        units = len(words) if words.isascii() else len(words.encode("utf-16-le")) // 2
        self._bounded(path, units, LONGEST_TEXT)
        return words

    def speech(self, path: str, names: _Names) -> Speech:
        """What a voicemail says: words, or a recording by its https address or its path in the folder."""
        if is_url(path):
            return Speech(audio_url=path)
        if is_audio(path):
            self._must_be_there(path)
            return Speech(audio=path)
        return Speech(text=self._plain(path, names))

    def task(self, path: str, names: _Names) -> Task:
        """A script for a rep. It is plain text, whatever it looks like: show it as such."""
        return Task(title=self._line(path, "title", names) or "", script=self._plain(path, names))

    def subject_of(self, path: str) -> str | None:
        """The subject as it is written in the template; None when the mail answers in its thread."""
        line = self._split(path).head.get("subject")
        return line.text if line else None

    def _plain(self, path: str, names: _Names) -> str:
        words = tidy(self._render(path, names).plain())
        if not words:
            raise RenderError(path, self._begins(path), "nothing is left to say")
        self._bounded(path, len(words), LONGEST_PAGE)
        return words

    def _line(self, path: str, key: str, names: _Names) -> str | None:
        """A line of the head, filled in: one line without control characters, at most 255 characters."""
        if key not in self._split(path).head:
            return None
        words = clean(self._render(path, names, key=key).plain())
        if not words:
            raise RenderError(path, self._split(path).head[key].number, f"the {key} is empty")
        return words if len(words) <= LONGEST_SUBJECT else words[: LONGEST_SUBJECT - 3].rstrip() + "..."

    def _framed(self, names: _Names) -> str:
        own = LAYOUT in self._sources
        try:
            return layout.framed(self._template(LAYOUT if own else _SHIPPED), names)
        except TemplateError as error:
            raise _told(error, LAYOUT) from error

    def _render(self, path: str, names: _Names, *, key: str = "") -> Skeleton:
        try:
            return render(self._template(f"{path}#{key}" if key else path), names)
        except (TemplateError, TypeError, ValueError) as error:
            raise _told(error, path) from error

    def _template(self, name: str) -> Template:
        found = self._compiled.get(name)
        if found is None:
            # One at a time: compiling is slow, and Jinja2's own cache is not made for threads.
            with self._lock:
                found = self._compiled[name] = self._compile(name)
        return found

    def _compile(self, name: str) -> Template:
        path = name.partition("#")[0]
        if path != _SHIPPED:
            self._must_be_there(path)
            try:
                for needed in closure(path, self._sources):
                    self._split(needed)
            except Problems as found:
                raise _refused(found, path) from found
        try:
            return self._shelf.get_template(name)
        except Problems as found:
            raise _refused(found, path) from found

    def source(self, name: str) -> str:
        """The text behind a name of the loader: a path, `path#subject`, or the shipped layout."""
        if name == _SHIPPED:
            return layout.shipped()
        path, _, key = name.partition("#")
        split = self._split(path)
        return split.source_of(key) or "" if key else split.body

    def _split(self, path: str) -> Parts:
        found = self._parts.get(path)
        if found is None:
            self._must_be_there(path)
            try:
                found = self._parts[path] = parts(path, self._sources[path])
            except Problems as problems:
                raise _refused(problems, path) from problems
        return found

    def _must_be_there(self, path: str) -> None:
        if path not in self._sources:
            fix = did_you_mean(path, self._sources)
            raise RenderError(path, 0, "there is no such template" + (f"; {fix}" if fix else ""))

    def _begins(self, path: str) -> int:
        return self._split(path).begins

    def _bounded(self, path: str, size: int, most: int) -> None:
        if size > most:
            raise RenderError(
                path, self._begins(path), f"{size:,} characters when filled in; at most {most:,}"
            )


class _Loader(BaseLoader):
    """Gives Jinja2 the texts by path, with the path as file name so that errors know their lines."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:  # noqa: ARG002 - Jinja2's
        try:
            return self._templates.source(template), template.partition("#")[0], None
        except RenderError as error:
            raise TemplateNotFound(template, error.text) from error


def _reply(path: str, thread_subject: str | None) -> str:
    subject = clean(thread_subject or "")
    if not subject:
        raise RenderError(
            path, 1, "this mail has no subject and no thread to answer in; give it a `subject:` in its head"
        )
    return subject if subject.casefold().startswith("re:") else f"Re: {subject}"[:LONGEST_SUBJECT]


def _refused(problems: Problems, path: str) -> RenderError:
    first: Problem = problems.problems[0]
    return RenderError(first.file or path, first.line, first.text + (f" ({first.fix})" if first.fix else ""))


def _told(error: Exception, path: str) -> RenderError:
    """The error of a template, with the template and line it happened on."""
    where, line = path, 0
    trace: TracebackType | None = error.__traceback__
    while trace is not None:
        # Jinja2 puts frames of the templates themselves into the traceback.
        if "__jinja_exception__" in trace.tb_frame.f_globals:
            where, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    words = str(error) if isinstance(error, TemplateError) else f"these values do not go together: {error}"
    return RenderError(LAYOUT if where == _SHIPPED else where, line, words)
