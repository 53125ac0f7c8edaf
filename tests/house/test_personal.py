"""Every column says whether it tells anything of a person, so that forgetting and exporting miss none."""

from __future__ import annotations

import pytest

from outreach.store.personal import HELD, NOBODYS, Erasing
from outreach.store.schema import metadata

HOW = (
    "outreach/store/personal.py does not know of it. Say there what it is: `plain` when it tells nothing of a person, "
    "`personal` with what erasing leaves in it, a new Held for a table with rows about leads (Erasing.ROWS when they may "
    "simply go), or a line in NOBODYS for a table that has none."
)
TABLES = {held.table.name: held for held in HELD}


def test_every_table_is_known() -> None:
    unknown = set(metadata.tables) - set(TABLES) - set(NOBODYS)
    assert not unknown, f"{sorted(unknown)}: {HOW}"


def test_no_table_is_both_or_gone() -> None:
    assert not set(TABLES) & set(NOBODYS)
    assert set(TABLES) | set(NOBODYS) == set(metadata.tables)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_column_of_a_table_about_people_is_known(name: str) -> None:
    held = TABLES[name]
    columns = set(held.table.c.keys())
    assert not held.plain & set(held.personal)
    assert held.plain | set(held.personal) <= columns, "a column that is gone"
    if held.erasing is Erasing.COLUMNS:
        unknown = columns - held.plain - set(held.personal)
        assert not unknown, f"{name}: {sorted(unknown)}: {HOW}"


def test_a_table_with_a_column_for_a_lead_is_about_people() -> None:
    """Who adds one and calls it nobody's is wrong."""
    about = {name for name, table in metadata.tables.items() if "lead_id" in table.c}
    assert about <= set(TABLES)
