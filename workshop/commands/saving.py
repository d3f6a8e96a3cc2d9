"""One workshop in one closed file: agenda, people, words, photos, counted choices; nothing of anybody else."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from workshop.commands import command, copies, files, keeping, packing
from workshop.events import audit
from workshop.extensions import Base, keys
from workshop.keys import LENT

HOLDS = "workshop"
SEALED = ("receipt", "spoken", "take-back")
LEFT_OUT = {
    "audit": "the log of an installation's accounts",
    "ballot_link": "who chose what leaves no installation",
    "box": "paper that is being read stays with who reads it",
    "device": "cookies belong to the old address",
    "door": "the new installation makes its own doors and codes",
    "failure": "limits of an installation",
    "installation": "the installation itself",
    "job": "work of the old installation",
    "membership": "accounts stay where they are",
    "one_time_card": "the old address is printed on them",
    "organisation": "the new installation has its own",
    "reading": "paper that is being read stays with who reads it",
    "sign_in": "accounts stay where they are",
    "sign_in_link": "accounts stay where they are",
    "slip": "paper that is being read stays with who reads it",
    "spare_code": "accounts stay where they are",
    "user": "accounts stay where they are",
}


def save(workshop: Any, instance: Path, to: Path, closes: Sequence[Any]) -> None:
    """Write the file; whoever has the other half of one of `closes` opens it. Raises packing.NoRoom, TimeoutError."""
    with keeping.alone(instance), _image_of(workshop.id, instance) as image:
        about = {"holds": HOLDS, "id": workshop.id, "title": workshop.title, **keeping.described(image)}
        lent = keys.lend(workshop.id, SEALED)
        packing.close(to, about, _contents(image, lent), closes)
    _note(workshop)


def carried() -> list[sa.Table]:
    """The tables that hold something of a workshop, parents first. Whatever else there is must be in LEFT_OUT."""
    tables = Base.metadata.sorted_tables
    return [each for each in tables if each.name not in LEFT_OUT and _way_up(each.name) is not None]


def table(name: str) -> sa.Table:
    """A table by its name."""
    return Base.metadata.tables[name]


def rows_of(table: sa.Table, workshop_id: str) -> sa.Select[Any]:
    """The rows of one table that belong to a workshop, in the server's order."""
    numbers = [column for column in table.primary_key if isinstance(column.type, sa.Integer)]
    return sa.select(table).where(_belongs(table, workshop_id)).order_by(*numbers)


def _belongs(of: sa.Table, workshop_id: str) -> sa.ColumnElement[bool]:
    name, parent = _way_up(of.name) or ("", "")
    if parent in ("", "workshop"):
        return of.c[name] == workshop_id
    return of.c[name].in_(sa.select(table(parent).c.id).where(_belongs(table(parent), workshop_id)))


@cache
def _way_up(name: str) -> tuple[str, str] | None:
    """The column by which a row hangs on a workshop, and the table between them, if there is one."""
    if name == "workshop":
        return "id", ""
    ups = [(column.name, key.column.table.name) for column in table(name).columns for key in column.foreign_keys]
    ways = [up for up in ups if up[1] not in LEFT_OUT and _way_up(up[1]) is not None]
    return min(ways, key=lambda way: way[1] != "workshop", default=None)


@contextmanager
def _image_of(workshop_id: str, instance: Path) -> Iterator[Path]:
    path = instance / copies.PATTERN.replace("*", secrets.token_hex(8))
    path.touch(mode=0o600)
    try:
        _fill(path, workshop_id)
        yield path
    finally:
        copies.wipe(path)


def _fill(path: Path, workshop_id: str) -> None:
    with copies.one_moment() as source, copies.image(path) as image:
        copies.lay_out(image, source.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())
        for table in carried():
            copies.copy_rows(source, image, table, rows_of(table, workshop_id))


def _contents(image: Path, lent: Mapping[str, Any]) -> Iterator[packing.Content]:
    with copies.image(image) as opened:
        names = opened.execute(sa.text(files.EVERY_NAME)).scalars().all()
    yield LENT, packing.as_json(lent)
    yield keeping.DATABASE, image
    yield from keeping.media_named(names)


@command
def _note(workshop: Any) -> None:
    audit("save workshop", user_id=None, organisation_id=workshop.organisation_id, thing=workshop.id)
