"""Photos that came with a story: first the files, then the row, so that no row ever lacks its file."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from workshop.commands import CannotSave, command, upkeep
from workshop.extensions import db, setting
from workshop.media import Unreachable, Upload, new_name
from workshop.media import keep as keep_files
from workshop.models import Photo
from workshop.models.columns import now

AN_HOUR = timedelta(hours=1)


def is_kept(photo_id: str, seat: Any) -> bool:
    """Has this person's photo with this id come before?"""
    query = sa.select(Photo.id).where(Photo.id == photo_id, Photo.participant_id == seat.id)
    return db.session.execute(query).first() is not None


def keep(upload: Upload, seat: Any, photo_id: str) -> str:
    """Keep a rebuilt photo for this person, not yet part of anything said; returns its id."""
    names = new_name(), new_name()
    if setting("S3_BUCKET"):  # a crash between file and row must leave nothing, and a bucket is never swept
        upkeep.forget_files(names, wait=AN_HOUR)
    try:
        kept = keep_files(upload, upkeep.photos(), names)
    except Unreachable as error:
        raise CannotSave(str(error)) from error
    _note(
        id=photo_id,
        workshop_id=seat.workshop_id,
        participant_id=seat.id,
        file=kept.photo.name,
        small_file=kept.small.name,
        sha256=kept.photo.sha256,
        width=upload.photo.width,
        height=upload.photo.height,
        bytes=upload.size,
    )
    return photo_id


@command
def _note(**columns: Any) -> None:
    """The same photo through two nodes at once is one; the files of the other go."""
    if upkeep.insert_unless_there(Photo, **columns, made_at=now()) == 0:
        upkeep.forget_files([columns["file"], columns["small_file"]])


def bytes_of(seat: Any) -> int:
    """How much room this person's photos take."""
    query = sa.select(sa.func.coalesce(sa.func.sum(Photo.bytes), 0)).where(Photo.participant_id == seat.id)
    return int(db.session.execute(query).scalar_one())
