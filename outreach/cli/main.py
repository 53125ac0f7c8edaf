"""The command `outreach`: finds the word that was typed, runs it, and turns whatever happens into an exit code.

0 done, 1 failed, 2 asked wrongly, 130 interrupted. Only the module of the command in question is imported, and the
commands import the engine inside themselves: `outreach --help` must not pay for a database driver.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final

import typer
from typer.core import TyperGroup

from outreach import __version__
from outreach.cli import failing

# Command -> where it lives. The order is that of `outreach --help`: setting up, people, work, looking, running.
COMMANDS: Final[dict[str, str]] = {
    "init": "outreach.cli.starting:init",
    "check": "outreach.cli.playbook:check",
    "apply": "outreach.cli.playbook:apply",
    "preview": "outreach.cli.mailing:preview",
    "send-test": "outreach.cli.mailing:send_test",
    "enroll": "outreach.cli.enrolling:enroll",
    "import": "outreach.cli.importing:import_",
    "stop": "outreach.cli.holding:stop",
    "pause": "outreach.cli.holding:pause",
    "resume": "outreach.cli.holding:resume",
    "suppress": "outreach.cli.forbidding:suppress",
    "unsuppress": "outreach.cli.forbidding:unsuppress",
    "suppressions": "outreach.cli.forbidding:suppressions",
    "sync": "outreach.cli.forbidding:sync",
    "export": "outreach.cli.privacy:export",
    "forget": "outreach.cli.privacy:forget",
    "purge": "outreach.cli.privacy:purge",
    "consent": "outreach.cli.consenting:consent",
    "dnc": "outreach.cli.calling:dnc",
    "tasks": "outreach.cli.work:tasks",
    "done": "outreach.cli.work:done",
    "inbox": "outreach.cli.inbox:inbox",
    "outcome": "outreach.cli.inbox:outcome",
    "show": "outreach.cli.showing:show",
    "why": "outreach.cli.explaining:why",
    "due": "outreach.cli.explaining:due",
    "uncertain": "outreach.cli.durable:uncertain",
    "resolve": "outreach.cli.durable:resolve",
    "reconcile": "outreach.cli.durable:reconcile",
    "restored": "outreach.cli.durable:restored",
    "audit": "outreach.cli.durable:audit",
    "status": "outreach.cli.health:status",
    "doctor": "outreach.cli.health:doctor",
    "settings": "outreach.cli.health:settings",
    "migrate": "outreach.cli.starting:migrate",
    "up": "outreach.cli.running:up",
    "demo": "outreach.cli.running:demo",
}


class Commands(TyperGroup):
    """The commands above, each imported when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """Their names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, name: str) -> Any:  # noqa: ARG002
        """The command of that name; None when there is none."""
        if name not in COMMANDS:
            return None
        module, _, function = COMMANDS[name].partition(":")
        one = typer.Typer(add_completion=False, rich_markup_mode=None)
        one.command(name)(getattr(import_module(module), function))
        return typer.main.get_command(one)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """As usual, with the closest name when there is no such command."""
        from outreach.domain.problem import did_you_mean

        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            hint = did_you_mean(args[0], COMMANDS) or "`outreach --help` lists them"
            raise failing.Usage(f"there is no command {args[0]!r}; {hint}")
        return super().resolve_command(ctx, args)


def app() -> Any:
    """The whole command, as Click knows it."""
    # Plain help: rich's boxes would cost every `--help` as long again, and do not paste into a mail.
    whole = typer.Typer(cls=Commands, name="outreach", add_completion=False, rich_markup_mode=None)
    whole.callback(no_args_is_help=True, context_settings={"help_option_names": ["-h", "--help"]})(outreach)
    return typer.main.get_command(whole)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"outreach {__version__}")
        raise typer.Exit


def _traceback(wanted: bool) -> None:
    failing.TRACEBACKS.show = wanted


def outreach(
    version: bool = typer.Option(
        False, "--version", help="Print the version and exit.", is_eager=True, callback=_version
    ),
    traceback: bool = typer.Option(
        False,
        "--traceback",
        help="Show where in the code a failure happened.",
        is_eager=True,
        callback=_traceback,
    ),
) -> None:
    """Multi-channel follow-up that never forgets a lead.

    Begin with `outreach init`. Every command explains itself: `outreach enroll --help`.

    Exit codes: 0 done, 1 failed, 2 asked wrongly.
    """


def run(argv: Sequence[str] | None = None) -> int:
    """Run one command line (sys.argv when None) and return its exit code. Never raises."""
    failing.TRACEBACKS.show = False
    return failing.exit_code(
        lambda: app().main(args=argv, prog_name="outreach", standalone_mode=False), sys.stderr
    )
