"""Restore: a new installation from a backup, checked whole; what was taken back stays taken back."""

import json
import os
import secrets
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from workshop.commands.keeping import DATABASE, LABEL, MEDIA, TOMBSTONES, sum_of
from workshop.extensions import open_beside

COUNTED = ("workshop", "participant", "contribution", "ballot", "photo")


class Damaged(Exception):
    """This is no whole backup; the message says what is wrong with it."""


class NotEmpty(Exception):
    """A restore never writes over an installation."""


def restore(pack: Path, instance: Path, newer_tombstones: Path | None = None) -> dict[str, int]:
    """A new installation from a backup; says how much there is. Raises Damaged or NotEmpty, and then changes nothing.

    `newer_tombstones` is the list of the installation that was lost, if it could be saved: whoever took words back
    after the backup must not find them again.
    """
    if instance.exists() and any(instance.iterdir()):
        raise NotEmpty
    place = instance.with_name(f"{instance.name}.restoring")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700, parents=True)
    try:
        _unpack(pack, place)
        _bury_again(place, newer_tombstones)
        counts = _check(place)
        if instance.exists():
            instance.rmdir()
        place.rename(instance)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return counts


def _unpack(pack: Path, place: Path) -> None:
    try:
        with ZipFile(pack) as opened:
            sums = json.loads(opened.read(LABEL))["sha256"]
            (place / MEDIA).mkdir(mode=0o700)
            for name, expected in sums.items():
                _take_out(opened, name, place, expected)
    except (KeyError, OSError, ValueError, BadZipFile) as error:
        raise Damaged(f"This is no backup of Workshop, or it is damaged ({error}).") from error


def _take_out(opened: ZipFile, name: str, place: Path, expected: str) -> None:
    parts = name.split("/")
    known = name in (DATABASE, TOMBSTONES) or (len(parts) == 2 and parts[0] == MEDIA and parts[1].isalnum())
    if not known:
        raise Damaged(f"The backup holds {name}, which does not belong there.")
    handle = os.open(place / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out, opened.open(name) as source:
        shutil.copyfileobj(source, out)
    if sum_of(place / name) != expected:
        raise Damaged(f"{name} is not what it was when the backup was made.")


def _bury_again(place: Path, newer: Path | None) -> None:
    """Replay what was taken back, then give the installation a new epoch, so that no phone believes old pages."""
    lines = [path.read_text("ascii").splitlines() for path in (place / TOMBSTONES, newer) if path and path.exists()]
    buried = dict.fromkeys(line for known in lines for line in known if line.strip())
    with closing(open_beside(str(place / DATABASE))) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("BEGIN")
        for line in buried:
            day, gone = line.split()[:2]
            _erase(connection, place, gone, day)
        connection.execute("UPDATE installation SET epoch = ?", (secrets.token_hex(16),))
        connection.execute("COMMIT")
        connection.execute("VACUUM")
    (place / TOMBSTONES).write_text("".join(f"{line}\n" for line in buried), "ascii")


def _erase(connection: Any, place: Path, gone: str, day: str) -> None:
    """Words that were taken back, or a whole workshop that was deleted: its id stands in the list, too."""
    one = (gone,)
    photos = "SELECT file, small_file FROM photo WHERE contribution_id = ? OR workshop_id = ?"
    files = connection.execute(photos, (gone, gone)).fetchall()
    found = connection.execute("SELECT workshop_id FROM contribution WHERE id = ?", one).fetchone()
    for table in ("edit", "flag", "seen", "photo"):
        connection.execute(f"DELETE FROM {table} WHERE contribution_id = ?", one)  # noqa: S608 - our own four names
    connection.execute("DELETE FROM contribution WHERE id = ?", one)
    connection.execute("DELETE FROM workshop WHERE id = ?", one)
    row = (gone, found[0] if found else None, day)
    connection.execute("INSERT INTO tombstone VALUES (?, ?, ?) ON CONFLICT DO NOTHING", row)
    for pair in files:
        for name in pair:
            (place / MEDIA / name).unlink(missing_ok=True)


def _check(place: Path) -> dict[str, int]:
    """Is the restored database whole, and does every photo that it knows lie there as it was?"""
    with closing(open_beside(str(place / DATABASE))) as connection:
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
            raise Damaged(f"The database in the backup is damaged: {verdict}.")
        for file, small, expected in connection.execute("SELECT file, small_file, sha256 FROM photo"):
            if not (place / MEDIA / small).exists() or _missing_or_other(place / MEDIA / file, expected):
                raise Damaged(f"The photo {file} is missing or damaged.")
        return {table: _count(connection, table) for table in COUNTED}


def _missing_or_other(path: Path, expected: str) -> bool:
    return not path.exists() or sum_of(path) != expected


def _count(connection: Any, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own names
