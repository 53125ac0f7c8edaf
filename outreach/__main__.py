"""`python -m outreach` is the command `outreach`."""

from __future__ import annotations

from outreach.cli.main import run

if __name__ == "__main__":
    raise SystemExit(run())
