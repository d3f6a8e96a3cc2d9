"""The database's tables: where they stand, and bringing them up to date."""

from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from workshop.extensions import begin_to_write, db, engine_beside

LONG = 60  # characters: what can be somebody's words; shorter columns hold our own
FOLDER = Path(__file__).parent.parent / "migrations"


def version() -> str | None:
    """The change at which the database stands; None when there are no tables yet."""
    _keep_private()
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The newest change that this program knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def is_known(version: str) -> bool:
    """Does this program know the database's version, or was it written by a newer one?"""
    return version in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def upgrade(to: str = "head") -> None:
    """Bring the tables up to date: the whole way or not at all."""
    _keep_private()
    with db.engine.connect() as connection:
        connection.detach()  # its settings below must not reach a page
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:  # tables are rebuilt by copying, and what points at them must not go meanwhile
            cast(Any, connection.connection.dbapi_connection).execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            begin_to_write(connection)
            command.upgrade(_config(connection), to)
            if not is_sqlite:
                _keep_no_samples(connection)
            if is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise RuntimeError("After the change some rows would point at nothing. Nothing was changed.")


def _keep_no_samples(connection: sa.Connection) -> None:
    """PostgreSQL copies frequent values of a column into its statistics, where no erasure would reach them."""
    found = sa.inspect(connection)
    for name in found.get_table_names():
        for column in found.get_columns(name):
            if isinstance(column["type"], sa.String) and (column["type"].length or LONG) >= LONG:
                connection.exec_driver_sql(f'ALTER TABLE "{name}" ALTER COLUMN "{column["name"]}" SET STATISTICS 0')


def upgrade_file(path: Path) -> None:
    """Bring one saved workshop's file up to date: what its rows point at lies in the installation, not in the file."""
    engine = engine_beside(str(path))
    with engine.begin() as connection:
        command.upgrade(_config(connection), "head")
    engine.dispose()


def write_change(message: str) -> None:
    """For developers: write the next change by comparing the tables with the models. Read it before you keep it."""
    with db.engine.connect() as connection:
        number = f"{len(list(ScriptDirectory.from_config(_config()).walk_revisions())) + 1:04}"
        command.revision(_config(connection), message, autogenerate=True, rev_id=number)


def _keep_private() -> None:
    """SQLite would make a file that everybody on the machine can read; its log takes after it."""
    path = db.engine.url.database
    if db.engine.dialect.name == "sqlite" and path and not Path(path).exists():  # its date says when people wrote
        Path(path).touch(mode=0o600)


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
