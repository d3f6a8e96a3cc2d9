"""Restore: a new installation from a backup, checked whole; what was taken back stays taken back."""

import hashlib
import secrets
import shutil
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workshop.commands.burying import OldList, bury_again, listed, write_list
from workshop.commands.files import EVERY_NAME
from workshop.commands.keeping import COUNTED, DATABASE, INSIDE, MEDIA, TOMBSTONES, count, medium_pack
from workshop.commands.unpacking import Damaged, unpack
from workshop.extensions import open_beside

EVERY_HASH = (
    "SELECT file, sha256 FROM medium WHERE file IS NOT NULL UNION ALL"
    " SELECT small_file, '' FROM medium WHERE small_file IS NOT NULL UNION ALL SELECT file, sha256 FROM piece"
)
# A medium with a gap in its pieces begins again: it was on its way, and its phone still has it.
BEGIN_AGAIN = """UPDATE medium SET state = 'arriving' WHERE state = 'waiting'
    AND size > (SELECT coalesce(sum(size), 0) FROM piece WHERE medium_id = medium.id)"""


class NotEmpty(Exception):
    """A restore never writes over an installation."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What there is again. `gone` counts the photos that were deleted after the backup."""

    made_at: str
    counts: Mapping[str, int]
    erased: int
    gone: int


def restore(
    pack: Path, key: Any, instance: Path, newer_tombstones: Path | None, is_known: Callable[[str], bool]
) -> Restored:
    """A new installation from a backup. When it raises, nothing was changed: NotEmpty, OldList, or what unpack raises.

    `newer_tombstones` is the list of the installation that was lost, if it could be saved: whoever took words back
    after the backup must not find them again.
    """
    if instance.exists() and any(instance.iterdir()):
        raise NotEmpty
    place = instance.with_name(f"{instance.name}.restoring")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700, parents=True)
    try:
        restored = _restored_into(place, pack, key, newer_tombstones, is_known)
        if instance.exists():
            instance.rmdir()
        place.rename(instance)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return restored


def _restored_into(place: Path, pack: Path, key: Any, newer: Path | None, is_known: Callable[[str], bool]) -> Restored:
    about = unpack(pack, [key], place, "installation", is_known)
    _is_whole(place, about["counts"])
    buried = _all_buried(place, newer)
    before = _number(place, "contribution")
    bury_again(place / DATABASE, buried)
    write_list(place / TOMBSTONES, buried)
    erased = before - _number(place, "contribution")
    gone = 0 if about["photos"] == INSIDE else _bring_photos(pack.parent / about["photos"], place, key)
    _begin_anew(place)
    return Restored(about["made_at"], _check(place), erased, gone)


def _is_whole(place: Path, counts: Mapping[str, int]) -> None:
    with closing(open_beside(str(place / DATABASE))) as connection:
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
            raise Damaged(f"The database in the backup is damaged: {verdict}.")
        if {table: count(connection, table) for table in COUNTED} != dict(counts):
            raise Damaged("The database does not hold as much as it did when the backup was made.")


def _all_buried(place: Path, newer: Path | None) -> dict[str, str]:
    known, given = listed(place / TOMBSTONES), listed(newer) if newer else {}
    if newer and known.keys() - given.keys():
        raise OldList
    return {**known, **given}


def _bring_photos(beside: Path, place: Path, key: Any) -> int:
    """Fetch the photos that automatic backups keep apart; returns how many were deleted since, with their rows."""
    (place / MEDIA).mkdir(mode=0o700, exist_ok=True)
    with closing(open_beside(str(place / DATABASE))) as connection:
        names = [name for (name,) in connection.execute(EVERY_NAME)]
        before = count(connection, "medium")
        gone = [(name, name) for name in names if not medium_pack(beside, name).exists()]
        connection.executemany("DELETE FROM medium WHERE file = ? OR small_file = ?", gone)
        connection.executemany("DELETE FROM piece WHERE file = ? OR file = ?", gone)
        connection.execute(BEGIN_AGAIN)
        lost = before - count(connection, "medium")
    for name in names:
        if medium_pack(beside, name).exists():
            unpack(medium_pack(beside, name), [key], place, "medium", lambda _tables: True)
    return lost


def _begin_anew(place: Path) -> None:
    """A new epoch, so that no phone believes old pages; everybody signs in again; no photo that nobody knows."""
    with closing(open_beside(str(place / DATABASE))) as connection:
        connection.execute("UPDATE installation SET epoch = ?", (secrets.token_hex(16),))
        connection.execute("DELETE FROM sign_in")
        connection.execute("DELETE FROM sign_in_link")
        known = {name for (name,) in connection.execute(EVERY_NAME)}
    for path in (place / MEDIA).glob("*"):
        if path.name not in known:
            path.unlink()


def _check(place: Path) -> dict[str, int]:
    """Does every photo that the database knows lie there as it was, and does nothing point at nothing?"""
    with closing(open_beside(str(place / DATABASE))) as connection:
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise Damaged("In the restored database some rows point at nothing.")
        for name, expected in connection.execute(EVERY_HASH):
            if _missing_or_other(place / MEDIA / name, expected):
                raise Damaged(f"The file {name} is missing or damaged.")
        return {table: count(connection, table) for table in COUNTED}


def _missing_or_other(path: Path, expected: str) -> bool:
    if not path.exists() or not expected:  # a small sister has no hash of its own
        return not path.exists()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() != expected


def _number(place: Path, table: str) -> int:
    with closing(open_beside(str(place / DATABASE))) as connection:
        return count(connection, table)
