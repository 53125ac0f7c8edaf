"""The pages a lead may see: plain cards with one style sheet inside, no scripts, and nothing loaded from anywhere."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Final

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_FOLDER: Final = Path(__file__).parent / "pages"


def page(name: str, status: int = 200, **names: object) -> HTMLResponse:
    """A card of pages/, filled in, under a policy that allows its own style sheet and its own form."""
    style, policy = _style()
    html = _environment().get_template(f"{name}.html").render(style=Markup(style), **names)  # noqa: S704 - our own file
    return HTMLResponse(html, status, {"Content-Security-Policy": policy})


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@lru_cache(maxsize=1)
def _style() -> tuple[str, str]:
    style = (_FOLDER / "card.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    return style, policy
