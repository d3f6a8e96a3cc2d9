"""By night: does the database hold together, and is every file still what it was when it was kept?"""

import hashlib
import json
import logging
import os
from collections.abc import Iterator
from contextlib import closing

import sqlalchemy as sa

from workshop.commands import files
from workshop.extensions import db, open_beside
from workshop.media import Store
from workshop.models import Medium, Piece
from workshop.queries import last_look

log = logging.getLogger(__name__)
PIECE = 256 * 1024


def look_over() -> tuple[str, ...]:
    """Read everything once. What has turned is said in the log, noted for `workshop check` and shown on the console."""
    turned = (*_database(), *_files())
    for words in turned:
        log.error("Bytes have turned: %s", words)
    _note(turned)
    return turned


def _database() -> Iterator[str]:
    """PostgreSQL looks after its own pages, where its checksums are on."""
    if db.engine.dialect.name != "sqlite":
        return
    with closing(open_beside(str(db.engine.url.database))) as beside:
        try:
            verdicts = [verdict for (verdict,) in beside.execute("PRAGMA quick_check")]
        except beside.DatabaseError as error:
            verdicts = [str(error)]
    yield from (f"the database: {verdict}" for verdict in verdicts if verdict != "ok")


def _files() -> Iterator[str]:
    """Of a small picture no sum is kept: that it can be read has to do."""
    store = files.store()
    try:
        rows = [*db.session.execute(_MADE), *db.session.execute(_PIECES)]
    except sa.exc.DatabaseError:
        if db.engine.dialect.name != "sqlite":
            raise
        return  # what is wrong with the database was said already
    db.session.rollback()  # a long look holds no old state of the database
    for name, digest in rows:
        if (words := _wrong(store, name, digest)) and _is_known(name):
            yield words


_MADE = sa.select(Medium.file, Medium.sha256).where(Medium.file.is_not(None), Medium.sha256 != "")
_PIECES = sa.select(Piece.file, Piece.sha256)


def _wrong(store: Store, name: str, digest: str) -> str | None:
    found = hashlib.sha256()
    try:
        with store.open(name) as file:
            while piece := file.read(PIECE):
                found.update(piece)
    except OSError:
        return f"the file {name} is missing or cannot be read"
    return None if found.hexdigest() == digest else f"the file {name} is not what was kept"


def _is_known(name: str) -> bool:
    """What was taken back while we looked is gone for a good reason."""
    made, pieces = sa.select(Medium.id).where(Medium.file == name), sa.select(Piece.at).where(Piece.file == name)
    found = any(db.session.execute(query.limit(1)).first() for query in (made, pieces))
    db.session.rollback()
    return found


def _note(turned: tuple[str, ...]) -> None:
    part = last_look.place().with_suffix(".part")
    words = json.dumps({"at": last_look.now().isoformat(timespec="seconds"), "turned": turned})
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
    part.replace(last_look.place())
