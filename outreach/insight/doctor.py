"""Is it set up rightly? Names what is missing or unsafe, each with its fix, before a lead finds out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from outreach.casework.house import House
from outreach.casework.proof import prove
from outreach.domain.errors import Error, Misconfigured
from outreach.domain.people import Team
from outreach.domain.problem import Problems
from outreach.inbox.imap import Lost, Post
from outreach.inbox.mailbox import mailboxes
from outreach.insight.duties import edition, neglected
from outreach.insight.status import status
from outreach.settings import Settings
from outreach.store import overview, playbook

_FULL = 0.7  # of Redis' memory: time to look


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `wrong`: it must be mended; `doubt`: somebody should look at it."""

    what: str
    fix: str = ""
    wrong: bool = False
    doubt: bool = False


def examine(build: Callable[[Settings], House], env: Mapping[str, str] | None = None) -> list[Finding]:
    """Look at everything that can be reached; what cannot be reached is a finding too. Never raises.

    `build` is `bootstrap.house`: this room lies below it.
    """
    try:
        settings = Settings.from_env(env)
    except Misconfigured as error:
        return [
            Finding(
                " ".join(str(error).split()),
                "correct these variables; docs/settings.md explains each",
                wrong=True,
            )
        ]
    return [
        *_guarded(lambda: _environment(settings)),
        *_guarded(lambda: _redis(settings)),
        *_guarded(lambda: _mailboxes(settings)),
        *_guarded(lambda: _files(settings)),
        *_guarded(lambda: _house(build, settings)),
    ]


def _guarded(look: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """A look that fails is a finding: a file that is no database must not hide what Redis says."""
    found: list[Finding] = []
    try:
        found.extend(look())
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the doctor was called for
        first = str(getattr(error, "orig", error)).strip().splitlines()
        found.append(
            Finding(f"looking further failed: {first[0] if first else type(error).__name__}", wrong=True)
        )
    return found


# -- the environment ----------------------------------------------------------------------------------------------------


def _environment(settings: Settings) -> Iterator[Finding]:
    if settings.nothing_leaves:
        yield Finding(
            f"no live provider: messages are written to {settings.outbox}/",
            "set SENDGRID_API_KEY or SMTP_URL for mail, TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN for texts and calls",
            doubt=True,
        )
    elif not settings.public_url.startswith("https://") or any(
        host in settings.public_url for host in ("//127.", "//localhost", "//[::1]")
    ):
        yield Finding(
            f"OUTREACH_URL={settings.public_url}: leads and providers cannot reach it, so no mail goes out",
            "set OUTREACH_URL to the public https address of `web`",
            wrong=True,
        )
    else:
        yield Finding(f"leads and providers reach us at {settings.public_url}")
    yield from _webhook_keys(settings)
    if settings.suppression_key is None and not settings.nothing_leaves:
        yield Finding(
            "OUTREACH_SUPPRESSION_KEY is not set: nobody can be forgotten",
            "make one with `openssl rand -hex 32`, before the first person asks; docs/running.md says where to keep it",
            doubt=True,
        )
    if settings.clock_start is not None:
        yield Finding(
            "the clock is set for a demonstration: nothing goes out at its real time",
            "unset OUTREACH_CLOCK_START, OUTREACH_CLOCK_ORIGIN and OUTREACH_CLOCK_SPEED",
            doubt=True,
        )


def _webhook_keys(settings: Settings) -> Iterator[Finding]:
    if not settings.sendgrid_api_key:
        return
    for name, value, lost in (
        (
            "SENDGRID_EVENT_KEY",
            settings.sendgrid_event_key,
            "bounces and unsubscribes are refused and never seen",
        ),
        ("SENDGRID_INBOUND_KEY", settings.sendgrid_inbound_key, "replies are refused and stop nobody"),
    ):
        if value:
            yield Finding(f"{name} is set")
        elif name == "SENDGRID_INBOUND_KEY" and settings.imap:
            continue  # replies come by IMAP
        else:
            yield Finding(
                f"{name} is missing: {lost}", "copy the public key from SendGrid's Mail Settings", wrong=True
            )


def _mailboxes(settings: Settings) -> Iterator[Finding]:
    try:
        for box in mailboxes(settings.imap):
            with Post(box):
                yield Finding(f"mailbox {box.name} can be read")
    except (Misconfigured, Lost) as error:
        yield Finding(f"mailbox: {error}", "correct OUTREACH_IMAP", wrong=True)


def _redis(settings: Settings) -> Iterator[Finding]:
    if settings.redis_url is None:
        if not settings.embedded:
            yield Finding(
                "DATABASE_URL is PostgreSQL and REDIS_URL is missing: clock and workers cannot meet",
                "set REDIS_URL",
                wrong=True,
            )
        return
    import redis

    from outreach import bell

    try:
        unsafe, filled = bell.check(settings.redis_url), bell.filled(settings.redis_url)
    except (redis.RedisError, ValueError) as error:
        yield Finding(f"Redis does not answer: {error}", "start it, or correct REDIS_URL", wrong=True)
        return
    for text in unsafe:
        said, _, fix = text.partition("; ")
        yield Finding(said, fix, wrong=True)
    if filled >= _FULL:
        yield Finding(
            f"Redis is {filled:.0%} full: when it is full, no bell can be rung and everything waits",
            "raise its `maxmemory`, or move what else lies in it to another",
            doubt=True,
        )
    if not unsafe:
        yield Finding("Redis answers and throws nothing away")


# -- the files ----------------------------------------------------------------------------------------------------------


def _files(settings: Settings) -> Iterator[Finding]:
    if not settings.cadences.exists():
        yield Finding(
            f"there is no {settings.cadences}",
            "`outreach init` writes a sample; a worker needs none",
            doubt=True,
        )
        return
    try:
        proved = prove(settings)
    except Problems as found:
        wrong = [problem for problem in found.problems if not problem.warning]
        yield Finding(
            f"{settings.cadences} has {len(wrong)} mistake(s): {wrong[0]}", "run `outreach check`", wrong=True
        )
        return
    yield Finding(f"{settings.cadences} has no mistakes")
    if proved.warnings:
        yield Finding(
            f"{len(proved.warnings)} warning(s) about the templates", "run `outreach check`", doubt=True
        )


# -- the database, and what runs ----------------------------------------------------------------------------------------


def _house(build: Callable[[Settings], House], settings: Settings) -> Iterator[Finding]:
    try:
        house = build(settings)
    except Error as error:
        yield Finding(str(error), "correct DATABASE_URL, or run `outreach migrate`", wrong=True)
        return
    try:
        yield from _database(house)
        with house.store.read() as db:
            team, live = house.library.team(db), playbook.live(db)
        if live:
            yield from _team(house, team)
            yield from _duties(house, team, live.values())
            yield from _applied(house)
        else:
            yield Finding("no cadence is loaded", "run `outreach apply`", wrong=True)
        yield from _running(house)
    finally:
        house.providers.close()
        house.store.close()


def _database(house: House) -> Iterator[Finding]:
    with house.store.read() as db:
        broken = overview.damaged(db)
    if broken:
        yield Finding(
            f"the database file is damaged: {broken}",
            "stop everything and restore the last backup",
            wrong=True,
        )
    else:
        yield Finding("the database answers, and its shape fits this version")


def _team(house: House, team: Team) -> Iterator[Finding]:
    for sender in team.senders.values():
        if not sender.postal_address:
            yield Finding(
                f"sender {sender.key} has no postal_address: its mails wait (R12)",
                "write it in cadences.yaml, then `outreach apply`",
                wrong=True,
            )
        if not sender.reply_domain:
            yield Finding(
                f"sender {sender.key} has no reply_domain: replies are matched by sender address only",
                "set up SendGrid's Inbound Parse for a domain of its own",
                doubt=True,
            )
        live_mail = not house.settings.nothing_leaves
        if live_mail and sender.email.rpartition("@")[2].endswith(
            (".example", ".test", ".invalid", "example.com")
        ):
            yield Finding(
                f"sender {sender.key} still writes as {sender.email}",
                "put your own address into cadences.yaml",
                wrong=True,
            )
    if not team.reps:
        yield Finding("there are no reps: nobody writes", "add one under reps: in cadences.yaml", wrong=True)


def _duties(house: House, team: Team, versions: Iterable[int]) -> Iterator[Finding]:
    yield Finding(edition(house, team))
    with house.store.read() as db:
        editions = [house.library.edition(db, one) for one in versions]
        channels = {channel for one in editions for channel in one.channels.values()}
        for what, fix in neglected(house, db, team, channels):
            yield Finding(what, fix, doubt=True)


def _applied(house: House) -> Iterator[Finding]:
    """Whether the files are what runs."""
    try:
        proved = prove(house.settings)
    except Problems:
        return  # told already
    with house.store.read() as db:
        differing = overview.differing(db, proved.versions, proved.playbook.team)
    if differing:
        yield Finding(
            f"the files differ from what runs: {', '.join(differing)}",
            "`outreach apply --dry-run` shows how; `outreach apply` makes them run",
            doubt=True,
        )
    else:
        yield Finding("the files are what runs")


def _running(house: House) -> Iterator[Finding]:
    seen = status(house)
    for switch in seen.stopped:
        name, _, value = switch.name.partition(":")
        resume = f"outreach resume --{name} {value}".rstrip()
        because = f": {switch.because}" if switch.because else ""
        yield Finding(f"{switch.name} is stopped{because}", f"mend the cause, then `{resume}`", wrong=True)
    switches = {f"{switch.name} is paused" for switch in seen.stopped}
    for worry in seen.worries:
        if not any(worry.startswith(name) for name in switches):
            yield Finding(worry, doubt=True)
    if not seen.worries:
        yield Finding("clock and workers are alive, nothing is stuck")
