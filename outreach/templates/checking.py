"""Says what is wrong with a template before any lead sees it: its grammar, its names, its links, its length."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from outreach.domain.channel import Channel
from outreach.domain.problem import Problem, Problems, did_you_mean
from outreach.templates import layout, prose
from outreach.templates.folder import LAYOUT, closure, is_audio, is_url
from outreach.templates.front import parts
from outreach.templates.grammar import ROOTS
from outreach.templates.reading import sheet
from outreach.templates.rendered import RenderError
from outreach.templates.samples import samples as shipped_samples
from outreach.templates.segments import segments
from outreach.templates.sheets import Sheet, Use
from outreach.templates.shelf import Templates

_Samples = Sequence[Mapping[str, object]]
_HEADS: dict[Channel, frozenset[str]] = {
    Channel.EMAIL: frozenset({"subject", "preheader"}),
    Channel.SMS: frozenset(),
    Channel.VOICEMAIL: frozenset(),
}
_TASK = frozenset({"title"})
_MOST_SEGMENTS = 2


def check(path: str, channel: Channel, sources: Mapping[str, str], samples: _Samples) -> list[Problem]:
    """Everything wrong or doubtful in a template and in what it includes, in order. Never raises.

    `samples` are names as of_message gives them; a field one of them lacks is a warning (that lead would be held up),
    every other failure to render is an error.
    """
    if is_url(path) or path.startswith("http://"):
        return _address(path, channel)
    try:
        needed = closure(path, sources)
    except Problems as found:
        return list(found.problems)
    if is_audio(path):
        return (
            [] if channel.prerecorded else [Problem(path, 0, 0, f"a recording cannot go by {channel.value}")]
        )
    sheets = {name: sheet(name, _body(name, text)) for name, text in needed.items()}
    problems = _head(path, channel, sources[path], sheets)
    for each in sheets.values():
        problems += each.problems
    if not problems:
        problems += _names(sheets, samples)
        problems += prose.doubts(channel, needed)
    if not any(not problem.warning for problem in problems):
        problems += _tried(path, channel, needed, samples)
    return sorted(set(problems))


def _address(path: str, channel: Channel) -> list[Problem]:
    if not channel.prerecorded:
        return [
            Problem(path, 0, 0, f"an address of a recording cannot go by {channel.value}", "name a template")
        ]
    if not is_url(path):
        return [Problem(path, 0, 0, "recordings are fetched over https only", "write https://")]
    return []


def _body(name: str, text: str) -> str:
    try:
        return parts(name, text).body
    except Problems:
        return ""  # told by closure already


def _head(path: str, channel: Channel, source: str, sheets: dict[str, Sheet]) -> list[Problem]:
    """Keys that this channel has no use for; what the others say is added to `sheets`."""
    split = parts(path, source)
    allowed = _HEADS.get(channel, _TASK)
    problems: list[Problem] = []
    for key, line in split.head.items():
        if key not in allowed:
            has = f"it may say {', '.join(sorted(allowed))}" if allowed else "leave the head out"
            problems.append(
                Problem(path, line.number, 0, f"a template for {channel.value} has no `{key}`", has)
            )
        else:
            sheets[f"{path}#{key}"] = sheet(path, split.source_of(key) or "")
    return problems


def _names(sheets: Mapping[str, Sheet], samples: _Samples) -> Iterator[Problem]:
    known = _known(samples)
    stored = {name for each in sheets.values() for name in each.stores}
    coped = {(use.root, use.name) for each in sheets.values() for use in each.uses if use.optional}
    for each in sheets.values():
        extra = set(layout.NAMES) if each.path == LAYOUT else set()
        names = {*ROOTS, *stored, *extra, "loop"}
        for name, line in each.loads:
            if name not in names:
                fix = did_you_mean(name, names) or f"a template may use {', '.join(ROOTS)}"
                yield Problem(each.path, line, 0, f"there is no {name}", fix)
        for use in each.uses:
            if use.root in known and use.name not in known[use.root]:
                yield from _unknown(each.path, use, known[use.root], coped=(use.root, use.name) in coped)


def _known(samples: _Samples) -> dict[str, set[str]]:
    """The fields of lead, rep and sender that there can be, as far as the samples tell."""
    known: dict[str, set[str]] = {"lead": set(), "rep": set(), "sender": set()}
    for names in (*shipped_samples(), *samples):
        for root, fields in known.items():
            given = names.get(root)
            fields.update(given if isinstance(given, Mapping) else ())
    return known


def _unknown(path: str, use: Use, known: set[str], *, coped: bool) -> Iterator[Problem]:
    # Teams keep fields of their own, so only what is very like a known name is taken for a slip of the hand.
    near = get_close_matches(use.name, known, n=1, cutoff=0.8)
    named = f"{use.root}.{use.name}"
    if use.root != "lead" or near:
        fix = (
            f"did you mean {use.root}.{near[0]}?" if near else f"a {use.root} has {', '.join(sorted(known))}"
        )
        yield Problem(path, use.line, 0, f"there is no {named}", fix, warning=use.root == "lead" and coped)
    elif not coped:
        fix = f"write {{{{ {named} | default('...') }}}} or make sure that every lead has it"
        yield Problem(path, use.line, 0, f"no sample lead has {named}", fix, warning=True)


def _tried(path: str, channel: Channel, needed: Mapping[str, str], samples: _Samples) -> Iterator[Problem]:
    templates = Templates(needed)
    for names in samples:
        try:
            yield from _rendered(templates, path, channel, names)
        except RenderError as error:
            lacking = " is missing; " in error.text and "lead." in error.text
            text, _, fix = error.text.partition("; ")
            yield Problem(error.template, error.line, 0, text, fix, warning=lacking)


def _rendered(
    templates: Templates, path: str, channel: Channel, names: Mapping[str, object]
) -> Iterator[Problem]:
    if channel.threads:
        templates.email(path, names, thread_subject="A subject")
    elif channel.by_rep:
        templates.task(path, names)
    elif channel.prerecorded:
        templates.speech(path, names)
    else:
        counted = segments(templates.text(path, names))
        # A name such as Zoë may force UCS-2; that is no fault of the template, whose own words prose.py looks at.
        if counted.count > _MOST_SEGMENTS and not counted.culprits:
            text = f"{counted.count} segments ({counted.characters} characters of {counted.encoding})"
            yield Problem(path, 0, 0, text, f"{_MOST_SEGMENTS} are polite; each is paid for", warning=True)
