"""docs/cli.md: every command with its help, made from the commands themselves.

python -m outreach.cli.reference > docs/cli.md
"""

from __future__ import annotations

import sys
from typing import Any

from outreach.cli.main import COMMANDS, app

_HEAD = """\
# The command line

Made from the commands themselves (`python -m outreach.cli.reference > docs/cli.md`); `outreach COMMAND --help` says the
same. Exit codes: 0 done, 1 failed (the reason is on stderr), 2 asked wrongly (nothing was tried), 130 interrupted.

Commands that change something for many, or let something leave the house, have `--dry-run`. Commands that tell
something have `--json`: times are ISO 8601 in UTC, names are those of the code. Times for people are the lead's own.
"""


def reference() -> str:
    """The whole page, as Markdown."""
    whole = app()
    with whole.make_context("outreach", [], resilient_parsing=True) as outer:
        parts = [_HEAD, "## Contents\n", *(_entry(whole.get_command(outer, name), name) for name in COMMANDS)]
        for name in COMMANDS:
            command = whole.get_command(outer, name)
            context = command.context_class(command, info_name=name, parent=outer)
            parts.append(f"\n## outreach {name}\n\n```text\n{_help(command, context)}\n```")
    return "\n".join(parts) + "\n"


def _entry(command: Any, name: str) -> str:
    first = (command.help or "").strip().splitlines()[0]
    return f"- [`{name}`](#outreach-{name}): {first}"


def _help(command: Any, context: Any) -> str:
    """The help as it is printed, at a width that does not depend on anybody's terminal."""
    formatter = context.make_formatter()
    formatter.width = 100
    command.format_help(context, formatter)
    return "\n".join(line.rstrip() for line in formatter.getvalue().strip().splitlines())


if __name__ == "__main__":
    sys.stdout.write(reference())
