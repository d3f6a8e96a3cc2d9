"""The files of photos, sounds and films: where they lie, whose they are, and how they go for good."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from workshop.commands import afterwards, command, upkeep
from workshop.extensions import db, setting
from workshop.media import BucketStore, FolderStore, Place, Store
from workshop.models import Medium, Piece
from workshop.models.columns import now

PLACE = ("BUCKET", "ENDPOINT", "REGION", "KEY", "SECRET")
# The same for whoever reads a copy of the database without its models.
EVERY_NAME = (
    "SELECT file FROM medium WHERE file IS NOT NULL UNION ALL"
    " SELECT small_file FROM medium WHERE small_file IS NOT NULL UNION ALL SELECT file FROM piece"
)


def store() -> Store:
    """Where the media of this installation lie."""
    if setting("S3_BUCKET"):
        return BucketStore(Place(*(str(setting(f"S3_{what}")) for what in PLACE)))
    return FolderStore(Path(setting("INSTANCE")) / "media")


def names(*of: sa.ColumnElement[bool]) -> list[str]:
    """Every file of these media: what we made of them, and the pieces in which they came."""
    made = db.session.execute(sa.select(Medium.file, Medium.small_file).where(*of)).all()
    pieces = sa.select(Piece.file).join(Medium, Medium.id == Piece.medium_id).where(*of)
    return [name for row in made for name in row if name] + list(db.session.execute(pieces).scalars())


def sweep(older_than: timedelta = timedelta(minutes=10)) -> None:
    """Files that no row knows any more: a process died before it could delete them.

    Only in a folder of our own. What a bucket holds may be another installation's, or younger than this database.
    """
    if not setting("S3_BUCKET"):
        store().sweep(set(names()), older_than)


@command
def forget(gone: Iterable[str], wait: timedelta = timedelta(0)) -> None:
    """Delete the files of what was taken back: written down with the change, so that no crash forgets it.

    A folder does it at once. A bucket may be slow or away: a job does it, and does not give up.
    """
    if gone := list(gone):
        upkeep.later("forget_files", now() + wait, names=gone)
        if not wait and not setting("S3_BUCKET"):
            afterwards(lambda: delete(gone))


def delete(gone: Iterable[str]) -> None:
    """Those that no medium has. Deleting again is no error. Raises media.Unreachable."""
    kept = _kept_of(list(gone))
    for name in gone:
        if name not in kept:
            store().delete(name)


def _kept_of(gone: list[str]) -> set[Any]:
    made = sa.select(Medium.file, Medium.small_file)
    rows = db.session.execute(made.where(sa.or_(Medium.file.in_(gone), Medium.small_file.in_(gone)))).all()
    pieces = db.session.execute(sa.select(Piece.file).where(Piece.file.in_(gone))).scalars()
    return {name for row in rows for name in row} | set(pieces)
