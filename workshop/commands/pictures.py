"""Photos that came with a story: first the files, then the row, so that no row ever lacks its file."""

from typing import Any

import sqlalchemy as sa

from workshop.commands import command, upkeep
from workshop.extensions import db
from workshop.media import Upload
from workshop.media import keep as keep_files
from workshop.models import Photo


def is_kept(photo_id: str, seat: Any) -> bool:
    """Has this person's photo with this id come before?"""
    query = sa.select(Photo.id).where(Photo.id == photo_id, Photo.participant_id == seat.id)
    return db.session.execute(query).first() is not None


def keep(upload: Upload, seat: Any, photo_id: str) -> str:
    """Keep a rebuilt photo for this person, not yet part of anything said; returns its id."""
    kept = keep_files(upload, upkeep.photos())
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
    db.session.add(Photo(**columns))


def bytes_of(seat: Any) -> int:
    """How much room this person's photos take."""
    query = sa.select(sa.func.coalesce(sa.func.sum(Photo.bytes), 0)).where(Photo.participant_id == seat.id)
    return int(db.session.execute(query).scalar_one())
