"""What Alembic runs: on the connection that it is given, inside that connection's transaction."""

from alembic import context

from workwell_desktop.store.log.tables import kept

context.configure(connection=context.config.attributes["connection"], target_metadata=kept, transactional_ddl=True)
context.run_migrations()
