"""What was erased leaves the disk: the pages, files and logs in which a database keeps old copies of rows."""

import logging
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
import sqlalchemy.exc

from workshop.commands import command
from workshop.commands.turns import Turns
from workshop.commands.upkeep import later
from workshop.extensions import UNREACHABLE, Base, db, engine_beside, setting
from workshop.models import Job
from workshop.models.columns import now
from workshop.queries import backups

SOON, AGAIN = timedelta(seconds=15), timedelta(seconds=5)  # erased words are off the disk within a minute
AT_ANY_TIME = 256 * 1024 * 1024  # bytes of a database that is written anew in about two seconds

log = logging.getLogger(__name__)


def shorten_log() -> None:
    """What was erased leaves the disk: SQLite's log is emptied now, and soon every page is written anew."""
    if is_sqlite():
        shorten_log_now()
    _scrub_later(SOON)


@command
def _scrub_later(wait: timedelta) -> None:
    """Once for whatever is taken back meanwhile."""
    if db.session.execute(sa.select(Job.id).where(Job.name == "scrub", Job.state == "ready")).first() is None:
        later("scrub", now() + wait)


def scrub() -> None:
    """Write every page anew, and empty the log. When something is in the way, it is tried again.

    SQLite overwrites what it deletes, but not the copies that its pages keep of rows they once held. PostgreSQL
    overwrites nothing. Others wait in line meanwhile: a fifth of a second for 20 MB.
    """
    if not _may_scrub() or not (_scrub_pages() if is_sqlite() else _scrub_tables()):
        _scrub_later(AGAIN)


def _may_scrub() -> bool:
    """A database so large that people would wait too long is written anew when no workshop is open."""
    return _size() < AT_ANY_TIME or not backups.somebody_works()


def _size() -> int:
    if is_sqlite():
        return Path(str(db.engine.url.database)).stat().st_size
    size = db.session.execute(sa.text("SELECT pg_database_size(current_database())")).scalar_one()
    db.session.rollback()
    return int(size)


def _scrub_pages() -> bool:
    """On a connection of its own: those of the app begin a transaction, and inside one this cannot be done."""
    db.session.rollback()
    path = str(db.engine.url.database)
    beside = engine_beside(path).execution_options(isolation_level="AUTOCOMMIT")
    try:
        with Turns(Path(path)).mine(setting("WRITE_WAIT")), beside.connect() as connection:
            connection.exec_driver_sql("PRAGMA temp_store=MEMORY")  # the words of others touch no other disk
            connection.exec_driver_sql("VACUUM")
        return shorten_log_now()
    except (TimeoutError, sqlalchemy.exc.OperationalError):
        return False


def shorten_log_now() -> bool:
    """True when no page of the log is left behind, or there is no such log."""
    if not is_sqlite():
        return True
    db.session.rollback()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    return not busy


def _scrub_tables() -> bool:
    """PostgreSQL: new files for all tables, and a log that has begun a new file.

    A plain VACUUM frees the room of deleted rows and leaves their bytes in it.
    """
    db.session.rollback()
    try:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in Base.metadata.sorted_tables:
                connection.exec_driver_sql(f'VACUUM (FULL) "{table.name}"')
            turn_over_log(connection)
    except UNREACHABLE:
        return False
    return True


def turn_over_log(connection: sa.Connection) -> None:
    """The file that held the words is no longer needed; with `wal_recycle = off` PostgreSQL deletes it."""
    try:
        connection.exec_driver_sql("SELECT pg_switch_wal()")
        connection.exec_driver_sql("CHECKPOINT")
    except sqlalchemy.exc.ProgrammingError:
        log.warning("We may not turn over PostgreSQL's log: erased words stay in it for a while. See `workshop check`.")


def is_sqlite() -> bool:
    return bool(db.engine.dialect.name == "sqlite")
