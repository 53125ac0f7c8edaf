"""Upgrade: bring the database to the shape this program needs. Once after every new version; twice does nothing."""

from __future__ import annotations

from outreach.settings import Settings
from outreach.store import migrate
from outreach.store.database import Store


def upgrade(settings: Settings) -> tuple[str | None, str]:
    """Run what is missing; returns the migration it stood at (None: empty) and the one it stands at now."""
    store = Store.connect(settings.database_url)
    try:
        return migrate.to_head(store.engine), migrate.HEAD
    finally:
        store.close()
