"""How Alembic runs our migrations: on a connection we hand it, in the transaction that connection is in."""

from alembic import context

from outreach.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=metadata, render_as_batch=connection.dialect.name == "sqlite"
)
context.run_migrations()
