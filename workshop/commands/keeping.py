"""Backup: the whole installation in one closed file, which only the recovery words open."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workshop.commands import copies, files, packing, recovery, upkeep
from workshop.commands.turns import Turns
from workshop.extensions import open_beside, setting
from workshop.keys import LENT

DATABASE, MEDIA, TOMBSTONES = "workshop.sqlite", "media", upkeep.TOMBSTONES
KEY, SETTINGS = "secret.key", "settings-before.toml"
COUNTED = ("workshop", "participant", "contribution", "ballot", "medium")
INSIDE = "inside"


@contextmanager
def alone(instance: Path, wait: float = 600.0) -> Iterator[None]:
    """One backup at a time; copies that a process left when it died go first. Raises TimeoutError."""
    with Turns(instance / "backup").mine(wait):
        copies.sweep(instance)
        yield


def backup(instance: Path, to: Path, *, photos: str = INSIDE) -> Path:
    """Everything of this installation in one file. Returns its path. Raises copies.Broken or packing.NoRoom.

    `photos` names the folder beside it that has the photos, when they are not inside. Call it `alone`.
    """
    closes = recovery.closing(instance)
    with copies.copied(instance) as database:
        about = {"holds": "installation", "photos": photos, **described(database)}
        packing.close(to, about, _contents(instance, database, photos), [closes])
    return to


def described(database: Path) -> Mapping[str, Any]:
    """What a restore is held against: when, by which tables, and how much there was."""
    with closing(open_beside(str(database))) as copy:
        (version,) = copy.execute("SELECT version_num FROM alembic_version").fetchone()
        counts = {table: count(copy, table) for table in COUNTED}
    return {"made_at": datetime.now(UTC).isoformat(timespec="seconds"), "tables": version, "counts": counts}


def count(connection: Any, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own names


def _contents(instance: Path, database: Path, photos: str) -> Iterator[packing.Content]:
    """The tombstones come last: what is taken back while we copy is on the list."""
    yield KEY, str(setting("SECRET_KEY")).encode()
    yield recovery.CLOSES, instance / recovery.CLOSES
    yield LENT, instance / LENT
    yield SETTINGS, instance / "settings.toml"
    yield DATABASE, database
    if photos == INSIDE:
        yield from media_of()
    yield TOMBSTONES, instance / TOMBSTONES


def media_of() -> Iterator[tuple[str, bytes]]:
    """Every photo, sound and film of this installation."""
    yield from media_named(sorted(files.store().names()))


def media_named(names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """These files, one at a time; not those that are gone by now."""
    store = files.store()
    for name in names:
        with suppress(FileNotFoundError), store.open(name) as file:
            yield f"{MEDIA}/{name}", file.read()


def medium_pack(folder: Path, name: str) -> Path:
    """Where automatic backups keep one medium, closed like everything else."""
    return folder / f"{name}.age"


def private(folder: Path) -> Path:
    """A folder for backups that nobody else on the machine can look into."""
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
        if os.name == "posix":
            folder.chmod(0o700)
    return folder
