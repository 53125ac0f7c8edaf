"""What came in and nobody could place: `inbox`. What a rep says of an answer: `outcome`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli import plain
from outreach.cli.door import AsJson, Because, LeadName, actor, in_zone, moment, opened, the_lead
from outreach.cli.failing import Usage

if TYPE_CHECKING:
    from outreach.casework.house import House
    from outreach.domain.cadence import Outcome
    from outreach.domain.reply import ReplyKind
    from outreach.insight.replies import Incoming

_ACTIONS = ("list", "show", "assign", "dismiss")


def inbox(
    action: Annotated[
        str, typer.Argument(metavar="ACTION", help="list (as without), show, assign or dismiss.")
    ] = "list",
    number: Annotated[int | None, typer.Argument(metavar="NUMBER", help="Which reply.")] = None,
    lead: Annotated[str | None, typer.Argument(metavar="LEAD", help="For assign: who wrote it.")] = None,
    kind: Annotated[
        str | None, typer.Option(help="For assign: what it is, such as human, opt_out or out_of_office.")
    ] = None,
    keep_address: Annotated[
        bool,
        typer.Option("--keep-address", help="For assign: the sender's address is this lead's from now on."),
    ] = False,
    because: Because = "",
    as_json: AsJson = False,
) -> None:
    """Replies that nobody, or no machine, could place; whoever they may be from is held until you decide.

    `assign` says who wrote it, and then it counts as that lead's reply; `dismiss` says that it concerns nobody, and
    lets go whom it held. Examples:

        outreach inbox

        outreach inbox show 12

        outreach inbox assign 12 ada@example.com

        outreach inbox dismiss 12 --because newsletter
    """
    if action not in _ACTIONS:
        raise Usage(f"{action!r} is none of {', '.join(_ACTIONS)}")
    if (action == "list") != (number is None):
        raise Usage("say which reply: outreach inbox show 12" if number is None else "list takes no number")
    if action != "assign" and (lead is not None or kind is not None or keep_address):
        raise Usage("a LEAD, --kind and --keep-address go with assign")
    with opened() as house:
        if action == "assign":
            _assign(house, number or 0, lead, kind, keep_address=keep_address, as_json=as_json)
        elif action == "dismiss":
            _dismiss(house, number or 0, because, as_json=as_json)
        else:
            _look(house, number, as_json=as_json)


def outcome(
    lead: LeadName,
    said: Annotated[
        str,
        typer.Argument(metavar="OUTCOME", help="interested, later, not-now, wrong-person or meeting."),
    ],
    until: Annotated[
        str | None, typer.Option(help="For later: when, as 2027-03-01, 2027-03-01T09:00 or 30d.")
    ] = None,
    note: Annotated[str, typer.Option(help="What was said, in a sentence.")] = "",
    as_json: AsJson = False,
) -> None:
    """Say what a lead who answered wants; `then:` of the cadence decides what follows.

    Closes the tasks of the answer, and ends what still runs. With `later` the cadence that follows begins at the date;
    without one you are reminded then. Examples:

        outreach outcome ada@example.com interested

        outreach outcome ada@example.com later --until 2027-03-01 --note "budget comes in spring"
    """
    from outreach.engine.rep_outcome import set_outcome
    from outreach.insight.people import zone

    meant = outcome_of(said)
    with opened() as house:
        who = the_lead(house, lead)
        at = moment(until, house.now(), zone(house, who)) if until else None
        decided = set_outcome(house, who.id, meant, by=actor(), until=at, note=note)
        if as_json:
            plain.data({"lead": who.id, "outcome": meant, "decided": decided})
            return
        plain.line(f"{who.label} (#{who.id}): {meant.value}")
        for walk in decided.ended:
            plain.line(f"  {walk.cadence} is {walk.state.value}")
        for walk in decided.begun:
            when = f", from {in_zone(walk.resume_at, zone(house, who))} on" if walk.resume_at else ""
            plain.line(f"  goes on in {walk.cadence}{when}")
        if decided.reminder is not None:
            plain.line(
                f"  {decided.reminder.label} reminds you on {in_zone(decided.reminder.due_at, zone(house, who))}"
            )


def outcome_of(said: str) -> Outcome:
    """The outcome that a rep typed. Raises Unknown with the closest."""
    from outreach.domain.cadence import Outcome
    from outreach.domain.errors import Unknown
    from outreach.domain.problem import closest

    names = [one.value for one in Outcome if one.said_by_rep]
    word = said.strip().lower().replace("-", "_").replace(" ", "_")
    if word not in names:
        raise Unknown("outcome", said, closest=closest(word, names), hint=f"one of {', '.join(names)}")
    return Outcome(word)


def _look(house: House, number: int | None, *, as_json: bool) -> None:
    from outreach.insight.replies import one, waiting

    found = waiting(house) if number is None else [one(house, number)]
    if as_json:
        plain.data(found if number is None else found[0])
    elif number is not None:
        _shown(found[0])
    else:
        plain.table(
            ("reply", "since (UTC)", "channel", "from", "subject", "why", "may be"),
            [
                (
                    i.kept.id, f"{i.kept.received_at:%Y-%m-%d %H:%M}", i.kept.channel, i.kept.sender,
                    i.kept.subject[:40], i.kept.because, ", ".join(f"{p.label} #{p.lead_id}" for p in i.people[:3]),
                )
                for i in found
            ],
        )  # fmt: skip
        plain.line(
            f"{plain.number(len(found), 'reply', 'replies')}; `outreach inbox show NUMBER` shows one"
            if found
            else "nothing waits"
        )


def _shown(found: Incoming) -> None:
    kept = found.kept
    plain.emphasis(f"reply {kept.id}: {kept.channel.value} from {kept.sender} ({kept.state.value})")
    plain.line(f"{kept.received_at:%Y-%m-%d %H:%M} UTC, by {kept.provider}; {kept.because or 'not read yet'}")
    for person in found.people:
        held = ", held until you decide" if person.held else ""
        plain.line(f"  {person.label} (#{person.lead_id}) {person.because}{held}")
    plain.line()
    if kept.subject:
        plain.line(f"Subject: {kept.subject}")
    plain.line(found.reply.text[:20_000] if found.reply else "")
    plain.line()
    plain.line(f"outreach inbox assign {kept.id} LEAD   or   outreach inbox dismiss {kept.id}")


def _assign(
    house: House, number: int, lead: str | None, kind: str | None, *, keep_address: bool, as_json: bool
) -> None:
    from outreach.engine.inbox import assign

    who = the_lead(house, lead) if lead is not None else None
    done, crossed = assign(
        house, number, who.id if who else None, by=actor(), kind=_kind(kind), keep_address=keep_address
    )
    if as_json:
        plain.data({"reply": number, "leads": sorted(done.lead_ids), "effect": done.text, "crossed": crossed})
        return
    whom = f"{who.label} (#{who.id})" if who else ", ".join(f"#{i}" for i in sorted(done.lead_ids))
    plain.line(f"reply {number} is from {whom}: {done.text}")
    for touch in crossed:
        plain.warn(f"touch {touch.id} ({touch.step_id}, {touch.channel.value}) was on the wire already")


def _kind(text: str | None) -> ReplyKind | None:
    from outreach.domain.errors import Unknown
    from outreach.domain.problem import closest
    from outreach.domain.reply import ReplyKind

    if text is None:
        return None
    names = [one.value for one in ReplyKind]
    word = text.strip().lower().replace("-", "_")
    if word not in names:
        raise Unknown("kind", text, closest=closest(word, names), hint=f"one of {', '.join(names)}")
    return ReplyKind(word)


def _dismiss(house: House, number: int, because: str, *, as_json: bool) -> None:
    from outreach.engine.inbox import dismiss

    freed = dismiss(house, number, by=actor(), because=because)
    if as_json:
        plain.data({"reply": number, "released": freed})
        return
    plain.line(f"reply {number} is dismissed; {plain.number(len(freed), 'lead')} let go")
