"""Copies of the database that lie open on the disk for a moment: made whole, without secrets, and wiped afterwards."""

import os
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from workshop.extensions import Base, db, engine_beside, open_beside
from workshop.media.store import sync

PATTERN = "copy-*.sqlite"
AT_ONCE = 500  # rows copied at a time
NOTHING = bytes(1024 * 1024)


class Broken(Exception):
    """The database itself is damaged: a copy of it would be no backup."""


@contextmanager
def copied(instance: Path) -> Iterator[Path]:
    """A whole and consistent copy of the database, as an SQLite file, for as long as the block lasts.

    It lies beside the database it came from, never where backups go. Raises Broken.
    """
    path = instance / PATTERN.replace("*", secrets.token_hex(8))
    try:
        copy_database(path)
        yield path
    finally:
        wipe(path)


def copy_database(to: Path) -> None:
    """The copy, while the app runs, without who chose what. Only its owner may read it. Raises Broken."""
    os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # SQLite fills an empty file
    if db.engine.dialect.name == "sqlite":
        with closing(open_beside(str(db.engine.url.database))) as source:
            source.execute("VACUUM INTO ?", (str(to),))
    else:
        _copy_rows_to(to)
    with closing(open_beside(str(to))) as copy:
        copy.execute("PRAGMA journal_mode=MEMORY")
        _forget_who_chose_what(copy)
        (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        raise Broken(verdict)


def _forget_who_chose_what(copy: Any) -> None:
    """No link from a person to a ballot; and ballots lie in the order of their random ids, which says nothing."""
    copy.execute("PRAGMA secure_delete=ON")
    copy.execute("DELETE FROM ballot_link")
    copy.execute("VACUUM")


def _copy_rows_to(to: Path) -> None:
    """Every table of another database, all of one moment."""
    with one_moment() as source, image(to) as copy:
        version = source.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
        lay_out(copy, version)
        for table in Base.metadata.sorted_tables:
            copy_rows(source, copy, table, sa.select(table))


@contextmanager
def one_moment() -> Iterator[sa.Connection]:
    """The app's database, to read all of it as it is now while people go on writing."""
    with db.engine.connect() as connection:
        if db.engine.dialect.name != "sqlite":  # there, a transaction that reads is of one moment anyway
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def image(path: Path) -> Iterator[sa.Connection]:
    """An SQLite file beside the app's database, to fill or to read by the models; committed when the block ends."""
    engine = engine_beside(str(path))
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=MEMORY")
            yield connection
    finally:
        engine.dispose()


def lay_out(copy: sa.Connection, version: str) -> None:
    """Empty tables, marked with the change at which they stand."""
    Base.metadata.create_all(copy)
    copy.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    copy.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (version,))


def copy_rows(source: sa.Connection, target: sa.Connection, table: sa.Table, rows: Any) -> None:
    """Rows of one table from one database to another, some hundred at a time."""
    found = source.execution_options(yield_per=AT_ONCE).execute(rows)
    for part in found.mappings().partitions():
        target.execute(sa.insert(table), [dict(row) for row in part])


def sweep(instance: Path) -> None:
    """What a process that died has left."""
    for left in instance.glob(PATTERN):
        with suppress(OSError):  # another process is using it
            wipe(left)


def wipe(path: Path) -> None:
    """Overwrite, then unlink: freed blocks of the disk should hold nobody's words."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        for _ in range(0, path.stat().st_size, len(NOTHING)):
            file.write(NOTHING)
        file.flush()
        sync(file.fileno())
    path.unlink()
