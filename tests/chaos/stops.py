"""Replies, stops and pauses thrown between claims and sends: after the answer, nothing begins."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from outreach.engine import pause
from outreach.sandbox import Posted
from tests.chaos.figure import Figure, percentile
from tests.chaos.mutants import DWELLS
from tests.chaos.points import until_serving
from tests.chaos.processes import Process, wait_until
from tests.chaos.scale import Scale
from tests.chaos.stage import Servers, Stage, addresses, mail_of, phone_of

_WORDS = ("Sounds good, call me Thursday", "STOP", "Not now, thanks", "Please remove me from your list")
_NEAR = 0.005  # seconds between a send and a reply
_GROUP = 20  # leads who are touched at the same time
_CHAPTER = 3000  # replies
_SPEED = 20  # business seconds in a second
_PATIENCE = 4  # times as many replies as wanted, at most
_ENROLLED = 4  # seconds, at least, in which a group is enrolled three times
_STEPS = {
    "mails": "id: hello, after: {} minutes, email: hello.md",
    "texts": "id: nudge, after: {} minutes, sms: nudge.txt",
    "calls": "id: voice, after: {} minutes, voicemail: voice.txt",
}


@dataclass(slots=True)
class _Tally:
    """What was seen of the replies so far."""

    count: int = 0
    late: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)  # from a webhook to its answer
    near: int = 0
    crossed: int = 0
    noted: int = 0


def replies(
    scale: Scale,
    seed: int,
    servers: Servers | None,
    *,
    mutant: str = "",
    count: int = 0,
    repeated: bool = False,
) -> Figure:
    """Each lead is reached on three channels at once, and answers the first within 5 ms of its accept.

    In chapters, each with leads and processes of its own: texts may go out for nine hours of business time. As many as
    it takes for enough of them to come near a send, within reason: a busy machine is late.
    """
    wanted, near = count or scale.replies, scale.near * (count or scale.replies) // scale.replies
    tally, kept, chapter = _Tally(), "", 0
    while tally.count < wanted or (tally.near < near and tally.count < _PATIENCE * wanted):
        size = min(_CHAPTER, wanted - tally.count if tally.count < wanted else wanted)
        kept = _chapter(
            tally, replace(scale, speed=_SPEED), seed + 100 * chapter, servers, size, mutant, repeated
        )
        chapter += 1
        if kept:
            break
    p99 = percentile(tally.seconds, 0.99)
    good = not kept and p99 < scale.answered_in and tally.near >= near
    return Figure(
        name=f"{tally.count:,} replies right after a send, while two more channels send"
        + (", each posted three times" if repeated else ""),
        where="PostgreSQL and Redis" if servers else "SQLite",
        seed=seed,
        target=f"0 accepts after the webhook's 2xx; answer p99 < {scale.answered_in:g} s; each told once",
        seen=f"{len(tally.late)} accepted after the answer; p99 {p99 * 1000:.0f} ms; {tally.near:,} came within 5 ms; "
        f"{tally.crossed} named as crossed; {tally.noted:,} noted"
        + (f"; logs in {kept}" if kept and not mutant else ""),
        good=good,
    )


def _chapter(
    tally: _Tally, scale: Scale, seed: int, servers: Servers | None, count: int, mutant: str, repeated: bool
) -> str:
    """So many replies more. Returns the folder of the logs when something was wrong, else nothing."""
    quick = ("--status-delay", "0", "--event-batch", "0")
    # Whoever answered before they were enrolled a third time would be touched once more, and rightly: all wait a while.
    wait = -(-scale.speed * _ENROLLED // 60)
    cadences = "".join(
        f"  {name}:\n    steps:\n      - {{{step.format(wait)}}}\n" for name, step in _STEPS.items()
    )
    with Stage(scale, seed, servers, *quick, cadences=cadences, web=True, extra=_mutant(mutant)) as stage:
        _mistreat(stage, repeated)
        web = stage.start("web") if servers else None
        crew = stage.begin() if servers else stage.begin({"CHAOS_WEB": "yes"})
        until_serving(stage, web or crew[0])
        dice = random.Random(seed)
        names: list[str] = []
        while len(names) < count:
            names += _cast(stage, min(_GROUP, count - len(names)), len(names), dice)
            _until_answered(stage, len(names) - _GROUP * 2)
        _until_answered(stage, count)
        stage.settle()
        answered = _answers(stage)
        late, near = _after_the_answer(stage, answered, names)
        noted = stage.count("SELECT count(*) FROM history WHERE cause IN ('email reply', 'sms reply')")
        tally.count, tally.near, tally.noted = tally.count + count, tally.near + near, tally.noted + noted
        tally.late += late
        tally.seconds += [one.seconds for one in answered]
        tally.crossed += len(_crossed(stage))
        kept = stage.count("SELECT count(*) FROM events WHERE kind IN ('Replied', 'OptedOut')")
        wrong = bool(late) or noted != count or kept != count
        stage.kept = wrong and not mutant
        return str(stage.folder) if wrong else ""


def _mistreat(stage: Stage, repeated: bool) -> None:
    # The provider takes up to 200 ms, so that much is on the wire at any moment. Callbacks would only be in the way.
    stage.referee.misbehave("latency", seconds=0.0, up_to=0.2)
    for kind in ("status", "events", "call"):
        stage.referee.misbehave("hold callbacks", kind=kind)
    for kind in ("inbound", "mail") if repeated else ():
        stage.referee.misbehave("repeat callbacks", kind=kind, amount=3)


def _cast(stage: Stage, count: int, first: int, dice: random.Random) -> list[str]:
    """A group who will answer the mail or the text, each enrolled three times while all is running."""
    names = stage.enroll(count, None, first=first)
    stage.allow_calls(names)
    for name in names:
        where = dice.choice((mail_of(name), phone_of(name)))
        act = {"act": "replies", "nth": 1, "after": dice.uniform(0, 0.003), "text": dice.choice(_WORDS)}
        stage.referee.persona(where, act | {"quoted": False})
    for cadence in dice.sample(sorted(_STEPS), len(_STEPS)):
        stage.enroll(count, cadence, first=first)
    return names


def _until_answered(stage: Stage, count: int) -> None:
    wait_until(
        lambda: len({one.about for one in _answers(stage)}) >= count,
        lambda: f"{len(_answers(stage))} of {count} replies; {stage.unsettled()}",
        stage.scale.patience,
    )


def _answers(stage: Stage) -> list[Posted]:
    return [one for one in stage.referee.posted("inbound", "mail") if 200 <= one.status < 300]


def _after_the_answer(stage: Stage, answered: list[Posted], names: list[str]) -> tuple[list[str], int]:
    """What was accepted after a lead's reply had been answered and was not named; and how many came within 5 ms."""
    who, senders, named = addresses(names), _senders(stage), _crossed(stage)
    answers: dict[str, Posted] = {}
    for one in answered:
        lead = who[one.about if "@" in one.about else senders[one.about]]
        answers.setdefault(lead, one)  # the first answer counts
    late: list[str] = []
    near: set[str] = set()
    for took in stage.referee.took():
        lead = who[took.to]
        answer = answers.get(lead)
        if answer is None:
            continue
        if took.seq > answer.seq and took.token not in named:
            late.append(f"{took.kind} {took.to}")
        if abs(answer.at - answer.seconds - took.at) <= _NEAR:
            near.add(lead)
    return late, len(near)


def _senders(stage: Stage) -> dict[str, str]:
    """The sid of a text -> who sent it: the referee's book names only the sid."""
    found: dict[str, str] = {}
    for key, raw in stage.rows("SELECT key, raw FROM events WHERE kind IN ('Replied', 'OptedOut')"):
        event = (json.loads(raw) if isinstance(raw, str) else raw)["event"]
        sid = re.search(r"SM[0-9a-f]{32}", key)
        if sid:
            found[sid[0]] = event.get("sender") or event.get("address")
    return found


def _crossed(stage: Stage) -> set[str]:
    """Tokens of touches that an answer named as crossed."""
    log = stage.folder / ("web.log" if stage.servers else "up.log")
    ids = {
        touch
        for line in log.read_text().splitlines()
        if '"touches crossed a stop"' in line
        for touch in json.loads(line)["touches"]
    }
    return {row[0] for row in stage.rows("SELECT token, touch_id FROM attempts") if row[1] in ids}


def pauses(
    scale: Scale, seed: int, servers: Servers | None, *, mutant: str = "", rounds: int = 6, slow: float = 0.0
) -> Figure:
    """`pause --all` in the middle of sending: once it has returned, nobody is sent anything it did not name."""
    extra = _mutant(mutant) | ({"CHAOS_SLOW": str(slow)} if slow else {})
    with Stage(scale, seed, servers, extra=extra) as stage:
        stage.enroll(scale.redis_touches // 2, "mails")
        # Slow claims beside a quick provider: a pause that did not wait for claims would find nothing on the wire.
        stage.referee.misbehave("latency", seconds=0.0, up_to=0.02)
        crew, dice = stage.begin(), random.Random(seed)
        late: list[str] = []
        waits: list[float] = []
        for number in range(rounds):
            stage.until_accepted(int(scale.redis_touches / 2 * (number + dice.random()) / (rounds + 1)))
            if slow:  # in the very moment in which a claim has read that nothing is paused
                before = _dwelling(crew)
                wait_until(
                    lambda n=before: _dwelling(crew) > n or stage.open_touches() == 0,  # type: ignore[misc]
                    stage.unsettled,
                )
            began = time.time()
            crossed = pause.turn(stage.house, "all", stop=True, by="ops", because="a proof")
            returned = time.time()
            waits.append(returned - began)
            named = {one.id for one in crossed}
            late += _begun_after(stage, returned, named)
            pause.turn(stage.house, "all", stop=False, by="ops")
            if late and mutant:
                break  # it is missed: nothing more is to be learnt
        if not (late and mutant):
            stage.settle()
        found = stage.verdict()
        good = found.good and not late
        stage.kept = not good and not mutant
        return Figure(
            name=f"`pause --all` {rounds} times in the middle of sending"
            + (f", claims {slow * 1000:.0f} ms slow" if slow else ""),
            where="PostgreSQL and Redis" if servers else "SQLite",
            seed=seed,
            target="0 accepts after it returned",
            seen=f"{len(late)} accepted afterwards; it took at most {max(waits) * 1000:.0f} ms; {found}",
            good=good,
        )


def _dwelling(crew: Sequence[Process]) -> int:
    return sum(one.said.read_text().count(DWELLS) for one in crew)


def _begun_after(stage: Stage, returned: float, named: set[int]) -> list[str]:
    """What the referee accepted within half a second after a pause had returned and had not named."""
    wait_until(lambda: time.time() > returned + 0.5, lambda: "time stands still")
    tokens = {row[0]: row[1] for row in stage.rows("SELECT token, touch_id FROM attempts")}
    after = [one for one in stage.referee.took() if one.at > returned]
    return [f"{one.kind} {one.to}" for one in after if tokens.get(one.token) not in named]


def _mutant(name: str) -> dict[str, str]:
    return {"CHAOS_MUTANT": name} if name else {}
