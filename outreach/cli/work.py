"""People's work: `tasks` lists it, `done` closes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import plain
from outreach.cli.door import AsJson, actor, in_zone, opened

if TYPE_CHECKING:
    from outreach.insight.tasks import Task

Number = Annotated[int, typer.Argument(metavar="TASK", help="The number that `outreach tasks` shows.")]


def tasks(
    task: Annotated[int | None, typer.Argument(metavar="TASK", help="One task, with its script.")] = None,
    rep: Annotated[str | None, typer.Option(help="Only this rep's, by the key in cadences.yaml.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the calls, letters and social touches that wait for a person; most overdue first.

    Examples:

        outreach tasks --rep rosa

        outreach tasks 17
    """
    from outreach.insight.tasks import one_task, open_tasks

    with opened() as house:
        if task is not None:
            found = one_task(house, task)
            if as_json:
                plain.data(found)
            else:
                _script(found)
            return
        rows = open_tasks(house, rep)
        now = house.now()
    if as_json:
        plain.data(rows)
        return
    plain.table(
        ("task", "what", "lead", "to", "cadence", "rep", "since", ""),
        [
            (
                row.id, row.channel, f"{row.lead} #{row.lead_id}", row.to, f"{row.cadence}/{row.step_id}", row.rep,
                in_zone(row.planned_at, row.zone), "overdue" if row.review_at and row.review_at <= now else "",
            )
            for row in rows
        ],
    )  # fmt: skip
    plain.line(
        f"{plain.number(len(rows), 'task')}; `outreach tasks NUMBER` shows the script" if rows else "no tasks"
    )


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
    no_answer, busy, left_voicemail and done go on to the next step. Example:

        outreach done 17 -d left_voicemail --note "asked to call back on Thursday"
    """
    from outreach.domain.errors import Unknown
    from outreach.domain.problem import closest
    from outreach.domain.touch import Disposition
    from outreach.engine.tasks import done as close
    from outreach.insight.people import walks_of

    names = [one.value for one in Disposition]
    word = disposition.strip().lower().replace("-", "_").replace(" ", "_")
    if word not in names:
        raise Unknown(
            "disposition", disposition, closest=closest(word, names), hint=f"one of {', '.join(names)}"
        )
    with opened() as house:
        closed = close(house, task, Disposition(word), by=actor(), note=note)
        [walk] = walks_of(house, [closed.enrollment_id])
    if as_json:
        plain.data({"task": closed, "enrollment": walk})
        return
    after = f"goes on to {walk.step_id}" if walk.open else f"is {walk.state.value}"
    plain.line(f"task {task} is done ({word}); {walk.cadence} {after}")


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
