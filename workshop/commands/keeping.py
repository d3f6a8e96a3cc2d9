"""Backup: everything but the links between people and their open ballots, and never the key."""

import hashlib
import json
import os
import secrets
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from workshop.extensions import db, open_beside
from workshop.media import FolderStore

DATABASE, MEDIA, TOMBSTONES, LABEL = "workshop.sqlite", "media", "tombstones.txt", "backup.json"


def copy_database(to: Path) -> None:
    """A whole and consistent copy of the SQLite database, while the app runs. Only its owner may read it."""
    with closing(open_beside(str(db.engine.url.database))) as source:
        os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # SQLite fills an empty file
        source.execute("VACUUM INTO ?", (str(to),))
    with closing(open_beside(str(to))) as copy:
        _forget_who_chose_what(copy)


def _forget_who_chose_what(copy: Any) -> None:
    """No link from a person to a ballot; and ballots lie in the order of their random ids, which says nothing."""
    copy.execute("PRAGMA secure_delete=ON")
    copy.execute("DELETE FROM ballot_link")
    copy.execute("VACUUM")


def backup(instance: Path, to: Path) -> Path:
    """Everything of this installation in one file: database, media, tombstones. Returns its path."""
    part = to.with_name(f"{to.name}.part")
    database = to.with_name(f"{to.name}.{secrets.token_hex(4)}.sqlite")
    try:
        copy_database(database)
        _pack(part, database, instance)
        part.replace(to)
    finally:
        database.unlink(missing_ok=True)
        part.unlink(missing_ok=True)
    return to


def _pack(part: Path, database: Path, instance: Path) -> None:
    """The tombstones come last: what is taken back while we copy is on the list."""
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file, ZipFile(file, "w", ZIP_STORED) as pack:
        sums = {DATABASE: _add(pack, database, DATABASE)}
        for name in sorted(FolderStore(instance / MEDIA).names()):
            if (instance / MEDIA / name).exists():  # taken back while we copied
                sums[f"{MEDIA}/{name}"] = _add(pack, instance / MEDIA / name, f"{MEDIA}/{name}")
        if (instance / TOMBSTONES).exists():
            sums[TOMBSTONES] = _add(pack, instance / TOMBSTONES, TOMBSTONES)
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        label = {"made_at": made_at, "sha256": sums}
        pack.writestr(LABEL, json.dumps(label, indent=1))
        file.flush()
        os.fsync(handle)


def _add(pack: ZipFile, path: Path, name: str) -> str:
    pack.write(path, name)
    return sum_of(path)


def sum_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
