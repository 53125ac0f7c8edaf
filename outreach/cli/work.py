"""People's work: `tasks` lists it, `done` closes one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import plain
from outreach.cli.door import AsJson, actor, in_zone, opened
from outreach.cli.failing import Usage

if TYPE_CHECKING:
    from outreach.insight.replies import Answer
    from outreach.insight.tasks import Task

Number = Annotated[str, typer.Argument(metavar="TASK", help="The number that `outreach tasks` shows.")]
_ANSWER = re.compile(r"[rR](\d{1,12})")  # a task that a reply made; those of a cadence have bare numbers


def tasks(
    task: Annotated[
        str | None, typer.Argument(metavar="TASK", help="One task, with its script, or what was written.")
    ] = None,
    rep: Annotated[str | None, typer.Option(help="Only this rep's, by the key in cadences.yaml.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the answers, calls, letters and social touches that wait for a person; most overdue first.

    Those that begin with an r are answers of leads. Examples:

        outreach tasks --rep rosa

        outreach tasks 17

        outreach tasks r4
    """
    from outreach.insight.replies import answer, answers
    from outreach.insight.tasks import Task, one_task, open_tasks

    with opened() as house:
        if task is not None:
            number, answered = _which(task)
            found = answer(house, number) if answered else one_task(house, number)
            if as_json:
                plain.data(found)
            elif isinstance(found, Task):
                _script(found)
            else:
                _words(found)
            return
        wrote, rows = answers(house, rep), open_tasks(house, rep)
        now = house.now()
    if as_json:
        plain.data([*wrote, *rows])
        return
    _table(wrote, rows, now)


def _table(wrote: Sequence[Answer], rows: Sequence[Task], now: datetime) -> None:
    plain.table(
        ("task", "what", "lead", "to", "cadence", "rep", "since", ""),
        [
            (
                one.task.label, one.task.kind, f"{one.lead} #{one.task.lead_id}", one.task.sender, one.cadence,
                one.task.rep, in_zone(one.task.opened_at, one.zone), "overdue" if one.task.due_at <= now else "",
            )
            for one in wrote
        ] + [
            (
                row.id, row.channel, f"{row.lead} #{row.lead_id}", row.to, f"{row.cadence}/{row.step_id}", row.rep,
                in_zone(row.planned_at, row.zone), "overdue" if row.review_at and row.review_at <= now else "",
            )
            for row in rows
        ],
    )  # fmt: skip
    count = len(wrote) + len(rows)
    plain.line(f"{plain.number(count, 'task')}; `outreach tasks NUMBER` shows one" if count else "no tasks")


def done(
    task: Number,
    disposition: Annotated[
        str,
        typer.Option(
            "--disposition", "-d", help="How it ended: done, connected, left_voicemail, no_answer ..."
        ),
    ],
    note: Annotated[str, typer.Option(help="What was said, in a sentence.")] = "",
    as_json: AsJson = False,
) -> None:
    """Close a task. How it ended decides how the cadence goes on.

    connected and not_interested count as an answer and stop the cadence; meeting converts; opted_out ends everything;
    no_answer, busy, left_voicemail and done go on to the next step. The answer of a lead (r4) is closed with done, or
    with what the lead wants, as `outreach outcome` takes it. Examples:

        outreach done 17 -d left_voicemail --note "asked to call back on Thursday"

        outreach done r4 -d interested
    """
    from outreach.domain.errors import Unknown
    from outreach.domain.problem import closest
    from outreach.domain.touch import Disposition
    from outreach.engine.tasks import done as close
    from outreach.insight.people import walks_of

    number, answered = _which(task)
    if answered:
        _close(number, disposition, note, as_json=as_json)
        return
    names = [one.value for one in Disposition]
    word = disposition.strip().lower().replace("-", "_").replace(" ", "_")
    if word not in names:
        raise Unknown(
            "disposition", disposition, closest=closest(word, names), hint=f"one of {', '.join(names)}"
        )
    with opened() as house:
        closed = close(house, number, Disposition(word), by=actor(), note=note)
        [walk] = walks_of(house, [closed.enrollment_id])
    if as_json:
        plain.data({"task": closed, "enrollment": walk})
        return
    after = f"goes on to {walk.step_id}" if walk.open else f"is {walk.state.value}"
    plain.line(f"task {task} is done ({word}); {walk.cadence} {after}")


def _close(number: int, word: str, note: str, *, as_json: bool) -> None:
    """Close the task of a reply, with or without an outcome."""
    from outreach.cli.inbox import outcome_of
    from outreach.domain.cadence import Outcome
    from outreach.engine.rep_outcome import set_outcome
    from outreach.engine.reply_tasks import close_task
    from outreach.insight.replies import answer

    with opened() as house:
        task = answer(house, number).task
        if word.strip().lower() == "done":
            close_task(house, number, "done", by=actor(), note=note)
            after = "nothing follows by itself"
        else:
            meant = outcome_of(word)
            if meant is Outcome.LATER:
                raise Usage(
                    f"later needs a date: outreach outcome '#{task.lead_id}' later --until 2027-03-01"
                )
            decided = set_outcome(house, task.lead_id, meant, by=actor(), note=note)
            after = ", ".join(f"goes on in {walk.cadence}" for walk in decided.begun) or meant.value
    if as_json:
        plain.data({"task": task.label, "lead": task.lead_id, "outcome": word})
        return
    plain.line(f"task {task.label} is done; {after}")


def _which(text: str) -> tuple[int, bool]:
    """A task's number, and whether it is the answer of a lead. Raises Usage."""
    if found := _ANSWER.fullmatch(text.strip()):
        return int(found[1]), True
    if text.strip().isdecimal() and len(text) <= 12:
        return int(text), False
    raise Usage(f"{text!r} is no task: write 17, or r4 for the answer of a lead")


def _words(found: Answer) -> None:
    task = found.task
    plain.emphasis(f"{task.kind.value}: {found.lead} (#{task.lead_id}), {task.sender}")
    since = in_zone(task.opened_at, found.zone)
    plain.line(f"{found.cadence or 'in no cadence'}, for {task.rep or 'anybody'}, since {since}")
    plain.line()
    plain.line(task.text)
    plain.line()
    plain.line(
        f"afterwards: outreach outcome '#{task.lead_id}' interested  (or later, not-now, wrong-person, meeting)"
    )
    plain.line(f"or, without an outcome: outreach done {task.label} -d done")


def _script(task: Task) -> None:
    plain.emphasis(f"{task.channel.value} {task.lead} (#{task.lead_id}), {task.to}")
    plain.line(
        f"{task.cadence}/{task.step_id}, for {task.rep or 'anybody'}, since {in_zone(task.planned_at, task.zone)}"
    )
    plain.line()
    plain.line(task.script)
    plain.line()
    plain.line(
        f"when it is done: outreach done {task.id} -d no_answer  (or connected, left_voicemail, meeting ...)"
    )
