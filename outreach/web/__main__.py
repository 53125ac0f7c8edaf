"""python -m outreach.web"""

from __future__ import annotations

from outreach.domain.errors import Misconfigured
from outreach.web.app import main

if __name__ == "__main__":
    try:
        main()
    except Misconfigured as error:
        raise SystemExit(f"outreach web: {error}") from None
