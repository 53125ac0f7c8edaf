"""What a person sees when something goes wrong: one plain sentence on stderr, and the exit code that fits."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO

import typer

from outreach.cli.plain import clean
from outreach.domain.errors import Error, Unknown
from outreach.domain.problem import Problems

DONE: Final = 0
FAILED: Final = 1
WRONG: Final = 2  # the command line itself: nothing was tried
INTERRUPTED: Final = 130  # 128 + SIGINT, as shells count


class Usage(Error):
    """The command line asks for what there is not; the message says the likely fix."""


@dataclass(slots=True)
class Tracebacks:
    """Whether failures are shown with the lines of code they came from."""

    show: bool = False


TRACEBACKS: Final = Tracebacks()


def exit_code(work: Callable[[], Any], stderr: TextIO) -> int:
    """Do `work`; whatever it raises becomes words on `stderr` and a code."""
    try:
        answer = work()
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _close_stdout()
        return FAILED
    except Exception as error:  # noqa: BLE001 - the last door: nothing may reach a rep as a traceback
        if TRACEBACKS.show:
            traceback.print_exception(error, file=stderr)
        print(_words(error), file=stderr)
        wrong = isinstance(error, (Usage, Unknown)) or _of_the_parser(error)
        return WRONG if wrong else FAILED
    return answer if isinstance(answer, int) else DONE


def _words(error: Exception) -> str:
    if _of_the_parser(error):
        context = getattr(error, "ctx", None)
        usage = context.get_usage() + "\n" if context else ""
        return f"{usage}outreach: {clean(_sentence(error.format_message()))}"  # type: ignore[attr-defined]
    match error:
        case typer.Abort():
            return "outreach: stopped; nothing was changed"
        case Problems():
            return "\n".join(clean(str(problem)) for problem in error.problems)
        case Error():
            return f"outreach: {clean(str(error), lines=True)}"
        case OSError():
            return f"outreach: {error.strerror or error}" + (f": {error.filename}" if error.filename else "")
    if _from_the_database(error):
        first = str(getattr(error, "orig", error)).strip().splitlines()[0]
        return f"outreach: the database did not do it: {clean(first)} (`outreach doctor` looks closer)"
    return f"outreach: this is a mistake of ours: {type(error).__name__}: {clean(str(error))} {_place(error)}"


def _of_the_parser(error: Exception) -> bool:
    """Click's own refusals of a command line; which Click that is depends on the version of Typer."""
    return callable(getattr(error, "format_message", None))


def _from_the_database(error: Exception) -> bool:
    """Told by name: this room does not know SQLAlchemy."""
    return any(kind.__name__ == "DBAPIError" for kind in type(error).__mro__)


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return ""
    last = frames[-1]
    return f"({Path(last.filename).name}:{last.lineno}; --traceback shows the way there)"


def _sentence(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _close_stdout() -> None:
    """`outreach show ada | head -1`: nobody reads any more, and Python must not complain of that at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
