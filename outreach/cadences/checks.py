"""What must fit together between entries: steps and templates, reps and senders, conditions and outcomes."""

from __future__ import annotations

import ast
from collections.abc import Collection

from outreach.cadences.draft import CadenceDraft, Draft
from outreach.cadences.kinds import AUDIO
from outreach.cadences.shapes import SenderShape, StepShape
from outreach.cadences.source import Document, Path
from outreach.domain import condition, touch
from outreach.domain.channel import Channel
from outreach.domain.problem import did_you_mean

_OUTCOMES = sorted({d.value for d in touch.Disposition} | {s.value for s in touch.State})


def check_steps(draft: Draft, templates: Collection[str] | None) -> None:
    """Every step does exactly one thing, with an id of its own and a template that exists."""
    for name, cadence in draft.cadences.items():
        path = ("cadences", name, "steps")
        _ids(draft.document, path, cadence)
        for n, step in enumerate(cadence.steps):
            if step is None:
                continue
            _one_channel(draft.document, (*path, n), step)
            if templates is not None:
                _template(draft.document, (*path, n), step, templates)
            if step.when:
                _outcomes(draft.document, (*path, n, "when"), step.when, cadence.steps[:n])


def _ids(document: Document, path: Path, cadence: CadenceDraft) -> None:
    first: dict[str, int] = {}
    for n, step in enumerate(cadence.steps):
        if step is None:
            continue
        if step.id in first:
            line = document.place((*path, first[step.id], "id")).line
            text = f"step id {step.id!r} is used twice, first in line {line}"
            document.problem((*path, n, "id"), text, "give each step of a cadence its own id")
        first.setdefault(step.id, n)


def _one_channel(document: Document, path: Path, step: StepShape) -> None:
    named = [c.value for c in step.channels]
    if not named:
        fix = f"add one of: {', '.join(c.value for c in Channel)}, with the path of a template"
        document.problem(path, f"step {step.id!r} does nothing", fix)
    if len(named) > 1:
        text = f"step {step.id!r} does {len(named)} things at once: {', '.join(named)}"
        document.problem((*path, named[1]), text, "make a step of each", key=True)
    if step.skip_after and named and not any(c.by_rep for c in step.channels):
        manual = ", ".join(c.value for c in Channel if c.by_rep)
        text = f"skip_after is for a rep's work ({manual}); {named[0]} is sent by machine"
        document.problem((*path, "skip_after"), text, "write late: to say how late it may go", key=True)
    if step.resend_uncertain and named and not any(c.threads for c in step.channels):
        mails = ", ".join(c.value for c in Channel if c.threads)
        text = f"resend_uncertain is for {mails}: what rings or is a rep's work never goes twice ({named[0]})"
        document.problem((*path, "resend_uncertain"), text, "remove resend_uncertain", key=True)


def _template(document: Document, path: Path, step: StepShape, templates: Collection[str]) -> None:
    for channel, template in step.channels.items():
        if template not in templates and "://" not in template and not template.endswith(AUDIO):
            fix = did_you_mean(template, templates) or f"create templates/{template}"
            document.problem((*path, channel.value), f"there is no template {template!r}", fix)


def _outcomes(document: Document, path: Path, when: str, before: list[StepShape | None]) -> None:
    """`outcome.x` names an earlier step, and is compared with what an outcome can be."""
    ids = [step.id for step in before if step]
    for name in sorted(condition.names(when)):
        root, _, step_id = name.partition(".")
        if root != "outcome" or step_id in ids or None in before:
            continue
        renamed = next((i for i in ids if i.replace("-", "_") == step_id), None)
        fix = f"rename the step {renamed!r} to {step_id!r}: a condition cannot hold a -" if renamed else ""
        fix = fix or did_you_mean(step_id, ids) or "it must be the id of a step before this one"
        document.problem(path, f"{name}: no earlier step is called {step_id!r}", fix)
    for word in sorted(_compared(condition.parsed(when)) - set(_OUTCOMES)):
        fix = did_you_mean(word, _OUTCOMES) or f"one of: {', '.join(_OUTCOMES)}"
        document.problem(path, f"no step ends with the outcome {word!r}", fix)


def _compared(tree: ast.expr) -> set[str]:
    """The texts that an outcome is compared with."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare):
            continue
        inside = [part for side in (node.left, *node.comparators) for part in ast.walk(side)]
        if any(isinstance(part, ast.Name) and part.id == "outcome" for part in inside):
            found |= {
                part.value
                for part in inside
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            }
    return found


def check_limits(draft: Draft) -> None:
    """A jitter comes on top of a gap."""
    sender = draft.limits.sender if draft.limits else None
    if sender and sender.jitter and not sender.gap:
        text = "jitter comes on top of a gap, and there is none"
        draft.document.problem(("limits", "sender", "jitter"), text, "add  gap: 45s", key=True)


def check_team(draft: Draft) -> None:
    """Reps have a sender, and senders have what the cadences need of them."""
    document = draft.document
    for key, rep in draft.reps.items():
        if rep and rep.sender not in draft.senders:
            fix = did_you_mean(rep.sender, draft.senders) or "add it under  senders:"
            document.problem(("reps", key, "sender"), f"there is no sender {rep.sender!r}", fix)
    first = _first_uses(draft)
    for channel, path in first.items():
        if channel.by_rep and not draft.reps:
            document.problem(
                path,
                f"{channel.value} steps are a rep's work, and the file has no reps",
                "add  reps:",
                key=True,
            )
        if not channel.by_rep and not draft.senders:
            document.problem(
                path,
                f"{channel.value} steps need a sender, and the file has none",
                "add  senders:",
                key=True,
            )
    _senders(draft, first)


def _first_uses(draft: Draft) -> dict[Channel, Path]:
    """The channels that any step uses, with the first place of each."""
    found: dict[Channel, Path] = {}
    for name, cadence in draft.cadences.items():
        for n, step in enumerate(cadence.steps):
            for channel in step.channels if step else ():
                found.setdefault(channel, ("cadences", name, "steps", n, channel.value))
    return found


def _senders(draft: Draft, first: dict[Channel, Path]) -> None:
    used = _used(draft)
    for key, sender in used.items():
        path = ("senders", key)
        if Channel.EMAIL in first and not sender.postal_address:
            text = f"sender {key!r} has no postal_address, and every mail must show one (rule R12)"
            draft.document.problem(path, text, 'add  postal_address: "1 Main St, Springfield"', key=True)
        if Channel.VOICEMAIL in first and (sender.voice or sender.sms) and not sender.optout_number:
            text = f"sender {key!r} has no optout_number, and every recorded call must name one (rule R7)"
            draft.document.problem(
                path, text, 'add the toll-free number:  optout_number: "+1800..."', key=True
            )
    if used and Channel.SMS in first and not any(s.sms or s.messaging_service for s in used.values()):
        text = "sms steps need a sender with a number for texts, and none has one"
        draft.document.problem(first[Channel.SMS], text, "add sms or messaging_service to a sender", key=True)
    if used and Channel.VOICEMAIL in first and not any(s.voice or s.sms for s in used.values()):
        text = "voicemail steps need a sender with a number, and none has one"
        draft.document.problem(first[Channel.VOICEMAIL], text, "add voice or sms to a sender", key=True)
    if Channel.VOICEMAIL in first and draft.defaults and draft.defaults.on_human == "ring rep":
        for key, rep in draft.reps.items():
            if rep and not rep.phone:
                text = f"rep {key!r} has no phone, and voicemails ring the rep when a person picks up"
                draft.document.problem(
                    ("reps", key), text, "add phone, or write  on_human: goodbye", key=True
                )


def _used(draft: Draft) -> dict[str, SenderShape]:
    """The senders that reps write from; without reps, all of them. None at all while one of them is unreadable."""
    keys = {rep.sender for rep in draft.reps.values() if rep} if all(draft.reps.values()) else set()
    chosen = {key: s for key, s in draft.senders.items() if key in keys or not draft.reps}
    return {key: s for key, s in chosen.items() if s} if all(chosen.values()) else {}
