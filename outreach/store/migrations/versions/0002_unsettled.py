"""Find what is on the wire, uncertain or open by its index on SQLite too, instead of reading every touch."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NEW = "state = 'sending' OR state = 'uncertain' OR state = 'open'"
_OLD = "state IN ('sending','uncertain','open')"


def upgrade() -> None:
    _index(_NEW)


def downgrade() -> None:
    _index(_OLD)


def _index(where: str) -> None:
    op.drop_index('ix_touches_unsettled', table_name='touches')
    op.create_index('ix_touches_unsettled', 'touches', ['state', 'due_at'], unique=False,
                    postgresql_where=sa.text(where), sqlite_where=sa.text(where))
