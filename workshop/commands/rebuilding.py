"""What arrived whole is made anew from what can be seen and heard; the original goes when the result is read back."""

import io
import os
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from workshop.commands import command, files, upkeep
from workshop.commands import media as media_commands
from workshop.commands.media import AN_HOUR
from workshop.events import announce
from workshop.extensions import db, setting
from workshop.media import Reason, Refused, accept, new_name
from workshop.media.ffmpeg import Abandoned
from workshop.media.remake import remake
from workshop.models import Contribution, Medium, Piece
from workshop.queries import media as queries

TRIES = 3
FOLDER = "rebuilding"
STALE = 1800  # seconds after which a folder belongs to a process that died; longer than any recording takes
PASSING = {Reason.TOO_SLOW, Reason.NO_ROOM}  # another try may go well
STEP = 1024 * 1024
_picture = threading.Lock()  # one picture at a time in this process


def rebuild_now(medium_id: str) -> None:
    """A photo whose teller waits; while this process is busy with another one, it is left to the queue.

    So a hall that comes back at once fills neither the memory nor the processors with pictures.
    """
    if not _picture.locked():
        rebuild(medium_id)


def rebuild(medium_id: str, still_ours: Callable[[], None] = lambda: None) -> None:
    """Make it anew, once for however often this is called. What cannot be read is refused, and its original kept.

    Raises what may pass: the caller tries again, three times in all.
    """
    row = _begin(medium_id)
    if row is None:
        return
    try:
        with _original(medium_id) as path:
            made = _photo(path) if row.kind == "photo" else _recording(row.kind, path, _wanted(medium_id, still_ours))
    except Abandoned:
        return
    except Refused as refusal:
        if refusal.reason in PASSING and row.tries < TRIES:
            raise
        refuse(medium_id, refusal.reason)
    else:
        _finish(medium_id, made)


@command
def _begin(medium_id: str) -> Any:
    """One more try is counted before it begins, so that what kills us is not tried for ever."""
    row = db.session.get(Medium, medium_id)
    if row is None or row.state != "waiting":
        return None
    if row.tries >= TRIES:
        refuse(medium_id, Reason.BROKEN)
        return None
    row.tries += 1
    db.session.flush()
    return queries.one(medium_id)


@command
def refuse(medium_id: str, reason: Reason) -> None:
    """It cannot be made anew. The teller and the facilitators read why; the original stays till one decides."""
    row = db.session.get(Medium, medium_id)
    if row is not None and row.state == "waiting":
        row.state, row.why = "refused", reason.value
        _tell(row, "medium_refused")


@command
def try_again(medium_id: str) -> None:
    """Somebody asks for another three tries."""
    row = db.session.get(Medium, medium_id)
    if row is not None and row.state == "refused":
        row.state, row.why, row.tries = "waiting", None, 0
        upkeep.later("rebuild", medium=medium_id)
        _tell(row, "medium_arrived")


@command
def _finish(medium_id: str, made: dict[str, Any]) -> None:
    """The result is safe and was read back: now the original goes. Taken back meanwhile: then the result goes."""
    row = db.session.get(Medium, medium_id)
    if row is None or row.state != "waiting":
        files.forget(name for name in (made["file"], made.get("small_file")) if name)
        return
    gone = queries.pieces(medium_id)
    db.session.execute(sa.delete(Piece).where(Piece.medium_id == medium_id))
    for name, value in made.items():
        setattr(row, name, value)
    row.state = "ready"
    _tell(row, "medium_ready")
    files.forget(gone)


def _tell(row: Medium, what: str) -> None:
    db.session.flush()
    of = sa.select(Contribution.activity_id).where(Contribution.id == row.contribution_id)
    announce(row.workshop_id, what, activity=db.session.execute(of).scalar(), kind=row.kind)


def _photo(path: Path) -> dict[str, Any]:
    with _picture, path.open("rb") as file:
        return media_commands.put(accept(file))


def _recording(kind: str, path: Path, go_on: Callable[[], bool]) -> dict[str, Any]:
    made = remake(kind, path, go_on)
    names = (new_name(), new_name() if made.still else None)
    if setting("S3_BUCKET"):
        files.forget([name for name in names if name], wait=AN_HOUR)
    stored = files.store().put(made.data, names[0])
    still = files.store().put(made.still, names[1]).name if names[1] else None
    size = len(made.data) + len(made.still)
    about = {"seconds": made.seconds, "width": made.width, "height": made.height, "bytes": size}
    return {"file": stored.name, "small_file": still, "sha256": stored.sha256, **about}


def _wanted(medium_id: str, still_ours: Callable[[], None]) -> Callable[[], bool]:
    """Asked while it is made: nothing of what is taken back may lie about for minutes."""

    def go_on() -> bool:
        still_ours()
        db.session.rollback()
        row = queries.one(medium_id)
        return row is not None and row.state == "waiting"

    return go_on


@contextmanager
def _original(medium_id: str) -> Iterator[Path]:
    """The pieces in one file, in a folder of its own that only we may read; it goes in any case."""
    sweep()
    place = Path(setting("INSTANCE")) / FOLDER / f"{os.getpid()}-{secrets.token_hex(8)}"
    place.mkdir(mode=0o700, parents=True)
    try:
        with io.FileIO(place / "original", "w") as whole:
            for name in queries.pieces(medium_id):
                with files.store().open(name) as piece:
                    shutil.copyfileobj(piece, whole, STEP)
        yield place / "original"
    finally:
        shutil.rmtree(place, ignore_errors=True)


def sweep() -> None:
    """What a process that died left half made."""
    for left in (Path(setting("INSTANCE")) / FOLDER).glob("*"):
        if not _is_alive(left) or time.time() - left.stat().st_mtime > STALE:
            shutil.rmtree(left, ignore_errors=True)


def _is_alive(left: Path) -> bool:
    pid = left.name.partition("-")[0]
    if os.name != "posix" or not pid.isdecimal():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
