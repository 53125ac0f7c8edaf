"""Reads the folder of templates, and says which of them one template needs."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

from outreach.domain.problem import Problem, Problems, did_you_mean
from outreach.templates.front import parts
from outreach.templates.reading import sheet

LAYOUT = "_layout.html"  # the team's own frame around HTML mail
AUDIO = {".mp3": "audio/mpeg", ".wav": "audio/wav"}
_LARGEST_TEXT = 256_000  # bytes
_LARGEST_AUDIO = 2_000_000  # bytes
_DEEPEST = 5  # includes within includes
_MOST_WEIGHT = 20_000  # nodes evaluated by one message, with all that it includes
_MOST_CHARACTERS = 400_000  # literal text written by one message


def read_folder(folder: Path) -> dict[str, str]:
    """Every template below a folder by its path from there. Recordings become data: URLs; hidden files are left out.

    Raises Problems for files that are too large or not UTF-8, and links that lead out of the folder.
    """
    if not folder.is_dir():
        raise Problems([Problem(str(folder), 0, 0, "there is no such folder", "templates are kept in it")])
    root = folder.resolve()
    sources: dict[str, str] = {}
    problems: list[Problem] = []
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder)
        if any(part.startswith(".") for part in name.parts) or not (file.is_file() or file.is_symlink()):
            continue
        try:
            sources[name.as_posix()] = _read(root, file, name.as_posix())
        except Problems as found:
            problems += found.problems
    if problems:
        raise Problems(problems)
    return sources


def _read(root: Path, file: Path, name: str) -> str:
    if not file.resolve().is_relative_to(root) or not file.is_file():
        raise Problems([Problem(name, 0, 0, "this link leads out of the folder", "copy the file instead")])
    audio = AUDIO.get(file.suffix.lower())
    limit = _LARGEST_AUDIO if audio else _LARGEST_TEXT
    with file.open("rb") as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise Problems([Problem(name, 0, 0, f"larger than {limit // 1000:,} kB", "shorten it")])
    if audio:
        return f"data:{audio};base64,{base64.b64encode(content).decode()}"
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Problems([Problem(name, line, 0, "not UTF-8 text", "save it as UTF-8")]) from None


def is_audio(path: str) -> bool:
    """Whether a path is that of a recording."""
    return Path(path).suffix.lower() in AUDIO


def is_url(path: str) -> bool:
    """Whether a step names a recording on the web instead of a file of the folder."""
    return path.startswith("https://")


def closure(path: str, sources: Mapping[str, str]) -> dict[str, str]:
    """A template with all that it includes and extends, and the team's layout when it is a page.

    Raises Problems for what is not there, circles, and includes that are nested or multiplied beyond bounds.
    """
    if is_url(path):
        return {}
    if path not in sources:
        raise Problems([Problem(path, 0, 0, "there is no such template", did_you_mean(path, sources))])
    found = {path: sources[path]}
    if is_audio(path):
        return found
    _Walk(sources, found).weigh(path, ())
    if path.endswith(".md") and LAYOUT in sources and path != LAYOUT:
        found |= closure(LAYOUT, sources)
    return found


class _Walk:
    """Follows includes, remembering what each template weighs with all of its own."""

    def __init__(self, sources: Mapping[str, str], found: dict[str, str]) -> None:
        self._sources, self._found = sources, found
        self._known: dict[str, tuple[int, int, int]] = {}

    def weigh(self, path: str, above: tuple[str, ...]) -> tuple[int, int, int]:
        """(nodes, literal characters, levels) of a template. Bounded: each template is weighed once."""
        if path in self._known:
            return self._known[path]
        about = sheet(path, parts(path, self._sources[path]).body)
        weight, characters, levels = about.weight, about.characters, 0
        for reference in about.references:
            self._must_be_there(path, reference.path, reference.line, above)
            self._found[reference.path] = self._sources[reference.path]
            w, c, depth = self.weigh(reference.path, (*above, path))
            weight, characters, levels = weight + w, characters + c, max(levels, depth + 1)
            if levels > _DEEPEST:
                _refuse(path, reference.line, f"includes are nested deeper than {_DEEPEST}", "include less")
            if weight > _MOST_WEIGHT or characters > _MOST_CHARACTERS:
                _refuse(
                    path, reference.line, "with all it includes, this template is too large", "include less"
                )
        if weight > _MOST_WEIGHT or characters > _MOST_CHARACTERS:
            _refuse(path, 1, "with its loops, this template is too large", "write less in loops")
        self._known[path] = weight, characters, levels
        return self._known[path]

    def _must_be_there(self, path: str, wanted: str, line: int, above: tuple[str, ...]) -> None:
        if wanted in (*above, path):
            _refuse(path, line, f"{wanted} includes itself", "break the circle")
        if len(above) > _DEEPEST:
            _refuse(path, line, f"includes are nested deeper than {_DEEPEST}", "include less")
        if wanted not in self._sources or is_audio(wanted):
            fix = did_you_mean(wanted, self._sources) or "paths are written from the templates folder"
            _refuse(path, line, f"there is no template {wanted!r}", fix)


def _refuse(path: str, line: int, text: str, fix: str) -> None:
    raise Problems([Problem(path, line, 0, text, fix)])
