"""A whole installation moves into the database of another: from a laptop, or from a restored backup, to PostgreSQL."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex

import sqlalchemy as sa

from workshop.commands import command, copies, files, keeping, recovery, upkeep
from workshop.commands.burying import listed
from workshop.events import audit
from workshop.extensions import Base, db, open_beside, setting
from workshop.keys import LENT
from workshop.models import Installation, Organisation, User
from workshop.models.columns import new_id

ALONG = (LENT, recovery.CLOSES, recovery.WORDS)  # files beside the database that belong to what is in it


class NotEmpty(Exception):
    """Somebody uses this installation already: nothing was changed."""


class AnotherKey(Exception):
    """What was sealed there would open nothing here."""


class OtherTables(Exception):
    """The old installation stands at another version of the tables."""


def move(old: Path, newest: str | None) -> Mapping[str, int]:
    """Everything of the installation in the folder `old` becomes this one's; returns how much came.

    One commit: all of it or nothing. The old one stays as it was. Raises NotEmpty, AnotherKey or OtherTables.
    """
    if any(db.session.execute(sa.select(table.id)).first() for table in (User, Organisation)):
        raise NotEmpty
    if (old / keeping.KEY).read_bytes().strip() != str(setting("SECRET_KEY")).encode():
        raise AnotherKey
    with _as_it_is_now(old) as image:
        if keeping.described(image)["tables"] != newest:
            raise OtherTables
        _bring_media(old)
        _bring_files(old)
        return _bring_rows(image)


@contextmanager
def _as_it_is_now(old: Path) -> Iterator[Path]:
    """A copy of one moment: the old installation may still be running."""
    image = Path(setting("INSTANCE")) / copies.PATTERN.replace("*", token_hex(8))
    try:
        os.close(os.open(image, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(open_beside(str(old / keeping.DATABASE))) as source:
            source.execute("VACUUM INTO ?", (str(image),))
        yield image
    finally:
        copies.wipe(image)


def _bring_media(old: Path) -> None:
    """Under their own names. Files without a row, should the rest fail, are swept later."""
    store = files.store()
    for path in sorted((old / keeping.MEDIA).glob("*")):
        if not store.exists(path.name):
            store.put(path.read_bytes(), path.name)


def _bring_files(old: Path) -> None:
    """What was taken back stays taken back; receipts from elsewhere open; the recovery words on paper stay good."""
    here = Path(setting("INSTANCE"))
    lines = "".join(f"{day} {gone}\n" for gone, day in listed(old / upkeep.TOMBSTONES).items())
    upkeep.add_lines(here / upkeep.TOMBSTONES, lines)
    for name in ALONG:
        if (old / name).exists() and not (here / name).exists():
            shutil.copy2(old / name, here / name)


@command
def _bring_rows(image: Path) -> dict[str, int]:
    """Row by row by the models, so that each database gets its own types; phones believe no page from before."""
    target = db.session.connection()
    for table in reversed(Base.metadata.sorted_tables):
        target.execute(sa.delete(table))
    with copies.image(image) as source:
        for table in Base.metadata.sorted_tables:
            copies.copy_rows(source, target, table, sa.select(table))
    _go_on_numbering(target)
    target.execute(sa.update(Installation).values(epoch=new_id()))
    audit("move installation", user_id=None)
    return {name: _count(target, name) for name in keeping.COUNTED}


def _go_on_numbering(target: sa.Connection) -> None:
    """PostgreSQL counts apart from the rows: its next number comes after the last one that was brought."""
    if target.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        if (column := table.autoincrement_column) is not None:
            last = target.execute(sa.select(sa.func.max(column))).scalar()
            sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
            if last:
                target.execute(sa.select(sa.func.setval(sequence, last)))


def _count(target: sa.Connection, table: str) -> int:
    return int(target.execute(sa.select(sa.func.count()).select_from(Base.metadata.tables[table])).scalar_one())
