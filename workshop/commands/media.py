"""Photos, sounds and films that come with a story: whose they are, and how much room they may take."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from workshop.commands import CannotSave, command, files
from workshop.commands.upkeep import insert_unless_there
from workshop.extensions import db, setting
from workshop.media import Unreachable, Upload, new_name
from workshop.media import keep as keep_files
from workshop.models import Medium
from workshop.models.columns import new_id, now

AN_HOUR = timedelta(hours=1)


def keep_photo(upload: Upload, seat: Any, medium_id: str) -> str:
    """Keep a rebuilt photo for this person, not yet part of anything said; returns its id.

    First the files, then the row, so that no row ever lacks its file.
    """
    made = put(upload)
    _note(id=medium_id, workshop_id=seat.workshop_id, participant_id=seat.id, kind="photo", state="ready", **made)
    return medium_id


def keep_picture(upload: Upload, activity: Any) -> str:
    """Keep a rebuilt picture of a facilitator's for the settings of this activity; returns its id."""
    where = {"id": new_id(), "workshop_id": activity.workshop_id, "activity_id": activity.id}
    _note(**where, kind="photo", state="ready", **put(upload))
    return str(where["id"])


@command
def forget_pictures(activity_id: str, named: Collection[Any] = ()) -> None:
    """The pictures of an activity go, but for those that its settings still name."""
    gone = (Medium.activity_id == activity_id, Medium.id.not_in([each for each in named if isinstance(each, str)]))
    lost = files.names(*gone)
    db.session.execute(sa.delete(Medium).where(*gone))
    files.forget(lost)


def put(upload: Upload) -> dict[str, Any]:
    """The files of a rebuilt photo, safe in the store, and the columns that know them. Raises CannotSave."""
    names = new_name(), new_name()
    if setting("S3_BUCKET"):  # a crash between file and row must leave nothing, and a bucket is never swept
        files.forget(names, wait=AN_HOUR)
    try:
        kept = keep_files(upload, files.store(), names)
    except Unreachable as error:
        raise CannotSave(str(error)) from error
    return {
        "file": kept.photo.name,
        "small_file": kept.small.name,
        "sha256": kept.photo.sha256,
        "width": upload.photo.width,
        "height": upload.photo.height,
        "bytes": upload.size,
    }


@command
def attach(named: Iterable[tuple[str, str]], seat: Any, contribution_id: str) -> None:
    """These media belong to these words: those that are here already, and those that are still on a phone."""
    for kind, medium_id in named:
        theirs = {"id": medium_id, "workshop_id": seat.workshop_id, "participant_id": seat.id, "kind": kind}
        if insert_unless_there(Medium, **theirs, contribution_id=contribution_id, **NEW, made_at=now(), moved_at=now()):
            continue
        free = (Medium.id == medium_id, Medium.participant_id == seat.id, Medium.contribution_id.is_(None))
        db.session.execute(sa.update(Medium).where(*free).values(contribution_id=contribution_id))


@command
def approve(contribution_id: str) -> None:
    """A facilitator has seen and heard what is ready of these words; what comes later waits for another look."""
    ready = (Medium.contribution_id == contribution_id, Medium.state == "ready", Medium.approved_at.is_(None))
    db.session.execute(sa.update(Medium).where(*ready).values(approved_at=now()))


NEW = {"state": "arriving", "size": 0, "sent_sha256": "", "sha256": "", "transcript": "", "tries": 0} | dict.fromkeys(
    ("width", "height", "seconds", "bytes"), 0
)


@command
def _note(**columns: Any) -> None:
    """The same photo through two nodes at once is one; the files of the other go."""
    if insert_unless_there(Medium, **{**NEW, **columns}, made_at=now(), moved_at=now()) == 0:
        files.forget([columns["file"], columns["small_file"]])
