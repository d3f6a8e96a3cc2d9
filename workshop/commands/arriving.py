"""Photos, sounds and films arrive in pieces, after their words. Each piece is safe on the disk before it is said so."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, BinaryIO

import sqlalchemy as sa

from workshop.commands import CannotSave, command, files, lines, upkeep
from workshop.commands.media import AN_HOUR, NEW
from workshop.commands.taking_part import TakenBack
from workshop.commands.upkeep import insert_unless_there
from workshop.events import announce
from workshop.extensions import db, setting
from workshop.media import LARGEST, LARGEST_PIECE, Reason, Refused, Unreachable, containers, new_name
from workshop.models import Contribution, Medium, Piece, Tombstone
from workshop.models.columns import now
from workshop.queries import media as queries

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
QUICK = timedelta(seconds=20)  # a photo is rebuilt at once by who took its last piece; else the queue does it


class Apart(Exception):
    """The piece was not kept; `has` says from where to go on."""

    status = 409

    def __init__(self, has: int = 0) -> None:
        super().__init__(has)
        self.has = has


class NotYet(Apart):
    """The words to which it belongs have not come: send them first."""

    status = 404


class Elsewhere(Apart):
    """It does not follow what is here."""


class DoesNotFit(Apart):
    """The whole is not what the phone said it would be: it begins again."""

    status = 422


@dataclass(frozen=True, slots=True)
class Announced:
    """What the phone says about the whole, with every piece."""

    id: str
    of: str
    kind: str
    size: int
    sha256: str


def take(seat: Any, about: Announced, at: int, data: bytes) -> Any:
    """Keep one piece; returns the row of its medium. The same piece again changes nothing.

    Raises NotYet, TakenBack, Elsewhere, DoesNotFit, media.Refused or CannotSave.
    """
    row = _expect(seat, about)
    if row.state != "arriving":
        return row
    has = queries.has(about.id)
    if at + len(data) <= has and _is_known(about.id, at, data):
        return row if has < about.size else _whole(about)
    if at != has or has + len(data) > about.size:
        raise Elsewhere(has)
    _put(about, at, data)
    return _whole(about) if at + len(data) == about.size else queries.one(about.id)


def take_whole(seat: Any, kind: str, medium_id: str, stream: BinaryIO) -> None:
    """A sound or film in one form, from a phone without script: kept as pieces, then rebuilt like any other.

    Not yet part of anything said; what is never sent goes after a week. Raises media.Refused or CannotSave.
    """
    about = _measured(medium_id, kind, stream)
    _begin_whole(seat, about)
    for at in range(0, about.size, LARGEST_PIECE):
        _put(about, at, stream.read(LARGEST_PIECE))
    _close(about.id, fits=True)


def _measured(medium_id: str, kind: str, stream: BinaryIO) -> Announced:
    """What the phone would have announced. No recording, or too large a one: refused before it is kept."""
    digest, size = hashlib.sha256(), 0
    start = stream.read(16)
    if not start:
        raise Refused(Reason.EMPTY)
    containers.demuxer_of(start)
    stream.seek(0)
    while data := stream.read(LARGEST_PIECE):
        digest.update(data)
        size += len(data)
    stream.seek(0)
    if size > LARGEST[kind]:
        raise Refused(Reason.TOO_LONG)
    return Announced(medium_id, "", kind, size, digest.hexdigest())


@command
def _begin_whole(seat: Any, about: Announced) -> None:
    """A row of one's own that nothing has said yet. One that was cut off in the middle begins anew."""
    of = {"id": about.id, "workshop_id": seat.workshop_id, "participant_id": seat.id, "kind": about.kind}
    sent = {"size": about.size, "sent_sha256": about.sha256, "made_at": now(), "moved_at": now()}
    insert_unless_there(Medium, **{**NEW, **of, **sent})
    row = db.session.get(Medium, about.id)
    if row is None or row.participant_id != seat.id or row.state != "arriving":
        raise Refused(Reason.BROKEN)
    _begin_anew(about.id)
    row.size, row.sent_sha256 = about.size, about.sha256


@command
def _expect(seat: Any, about: Announced) -> Any:
    """The row that waits for this medium. Other bytes under the same id begin anew."""
    lines.one_at_a_time(about.of)
    if db.session.get(Tombstone, about.of):
        raise TakenBack
    owner = sa.select(Contribution.participant_id).where(Contribution.id == about.of)
    if db.session.execute(owner).scalar() != seat.id:
        raise NotYet
    row = db.session.get(Medium, about.id)
    if row is None or row.contribution_id != about.of or row.state == "words":
        raise TakenBack  # it was taken out of these words
    if row.state == "arriving" and (row.size, row.sent_sha256) != (about.size, about.sha256):
        _begin_anew(about.id)
        row.size, row.sent_sha256 = about.size, about.sha256
    db.session.flush()
    return queries.one(about.id)


def _put(about: Announced, at: int, data: bytes) -> None:
    """First the file, then the row; a crash between them leaves a file that is swept, never a row without its file."""
    name = new_name()
    if setting("S3_BUCKET"):
        files.forget([name], wait=AN_HOUR)
    try:
        files.store().put(data, name)
    except Unreachable as error:
        raise CannotSave(str(error)) from error
    _note(about, at, data, name)


@command
def _note(about: Announced, at: int, data: bytes, name: str) -> None:
    there = db.session.execute(sa.select(Medium.id).where(Medium.id == about.id, Medium.state == "arriving")).first()
    columns = {"medium_id": about.id, "at": at, "size": len(data), "sha256": _sha256(data), "file": name}
    if there is None or queries.has(about.id) != at or not insert_unless_there(Piece, **columns):
        files.forget([name])  # taken back meanwhile, or the same piece came twice at once
    db.session.execute(sa.update(Medium).where(Medium.id == about.id).values(moved_at=now()))


def _whole(about: Announced) -> Any:
    """Every byte is here: are they the ones that the phone meant?"""
    found = hashlib.sha256()
    for name in queries.pieces(about.id):
        with files.store().open(name) as file:
            found.update(file.read())
    fits = found.hexdigest() == about.sha256
    _close(about.id, fits=fits)
    if not fits:
        raise DoesNotFit
    return queries.one(about.id)


@command
def _close(medium_id: str, *, fits: bool) -> None:
    row = db.session.get(Medium, medium_id)
    if row is None or row.state != "arriving":
        return
    if fits:
        row.state, row.moved_at = "waiting", now()
        upkeep.later("rebuild", now() + (QUICK if row.kind == "photo" else timedelta(0)), medium=medium_id)
        announce(row.workshop_id, "medium_arrived", kind=row.kind)
    else:
        _begin_anew(medium_id)


@command
def forget_abandoned() -> None:
    """Pieces of what stopped arriving a day ago go; its phone, whenever it comes back, begins again at nothing.

    What was chosen on a page and never sent goes after a week.
    """
    stopped = sa.select(Medium.id).where(Medium.state == "arriving", Medium.moved_at < now() - A_DAY)
    for medium_id in db.session.execute(stopped).scalars().all():
        _begin_anew(medium_id)
    unsent = (Medium.contribution_id.is_(None), Medium.activity_id.is_(None), Medium.made_at < now() - A_WEEK)
    gone = files.names(*unsent)
    db.session.execute(sa.delete(Medium).where(*unsent))
    files.forget(gone)


def _begin_anew(medium_id: str) -> None:
    gone = queries.pieces(medium_id)
    db.session.execute(sa.delete(Piece).where(Piece.medium_id == medium_id))
    files.forget(gone)


def _is_known(medium_id: str, at: int, data: bytes) -> bool:
    query = sa.select(Piece.sha256).where(Piece.medium_id == medium_id, Piece.at == at, Piece.size == len(data))
    return db.session.execute(query).scalar() == _sha256(data)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
