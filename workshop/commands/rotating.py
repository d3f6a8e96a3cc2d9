"""Automatic backups: how many are kept, and which photos lie beside them."""

import hashlib
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from workshop.commands import files, keeping, packing, recovery, upkeep
from workshop.commands.burying import listed
from workshop.extensions import db, setting
from workshop.queries import backups
from workshop.queries.backups import AUTOMATIC, BEFORE_UPDATE, WRITTEN, made_at

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RESERVE = 0.05  # of the disk: what is free belongs to people's words first


def run(instance: Path, why: str = AUTOMATIC, wait: float = 0.0) -> Path:
    """One automatic backup, and the old ones thinned out. Raises packing.NoRoom, copies.Broken or TimeoutError."""
    with keeping.alone(instance, wait):
        return _run(instance, why)


def _run(instance: Path, why: str) -> Path:
    place = keeping.private(backups.folder())
    closes = recovery.closing(instance)
    beside = keeping.private(place / f"photos-{hashlib.sha256(str(closes).encode()).hexdigest()[:8]}")
    now = datetime.now(UTC)
    thin_out(place, now)
    _forget_photos(place, beside, now)
    _refuse_without_room(instance, place)
    _add_photos(beside, closes)
    path = keeping.backup(instance, place / f"{why}-{now.strftime(WRITTEN)}.age", photos=beside.name)
    mirror_list(instance, place)
    return path


def thin_out(place: Path, now: datetime) -> None:
    """All of the last hour, one an hour of the last day, one a day of the last weeks; the newest of each stays."""
    seen: set[tuple[str, str]] = set()
    for path in sorted(backups.all_in(place), key=made_at, reverse=True):
        stretch = _stretch(path, now)
        if stretch is None or stretch in seen:
            path.unlink(missing_ok=True)
        else:
            seen.add(stretch)
    for left in place.glob("*.age.part"):  # of a process that died
        if time.time() - left.stat().st_mtime > HOUR.total_seconds():
            left.unlink(missing_ok=True)


def _stretch(path: Path, now: datetime) -> tuple[str, str] | None:
    """What of the past it stands for; None when its time is over."""
    made = made_at(path)
    if now - made > timedelta(days=setting("BACKUP_DAYS")):
        return None
    if now - made <= HOUR or path.name.startswith(BEFORE_UPDATE):
        return "each", made.isoformat()
    if now - made <= DAY:
        return "hour", f"{made:%Y-%m-%d %H}"
    return "day", f"{made:%Y-%m-%d}"


def mirror_list(instance: Path, place: Path) -> None:
    """The list of what was taken back lies beside the backups, too; lines are only ever added."""
    missing = listed(instance / keeping.TOMBSTONES).items() - listed(place / keeping.TOMBSTONES).items()
    upkeep.add_lines(place / keeping.TOMBSTONES, "".join(f"{day} {gone}\n" for gone, day in sorted(missing)))


def _add_photos(beside: Path, closes: object) -> None:
    """Each photo once: it never changes."""
    store = files.store()
    for name in store.names():
        path = keeping.medium_pack(beside, name)
        if not path.exists():
            with suppress(FileNotFoundError), store.open(name) as file:
                packing.close(path, {"holds": "medium"}, iter([(f"{keeping.MEDIA}/{name}", file.read())]), [closes])


def _forget_photos(place: Path, beside: Path, now: datetime) -> None:
    """A photo that was taken back goes from here as well; photos of older recovery words go with their backups."""
    known = {f"{name}.age" for name in files.store().names()}
    oldest = now - timedelta(days=setting("BACKUP_DAYS"))
    for other in place.glob("photos-*"):
        stale = other != beside and other.stat().st_mtime < oldest.timestamp()
        _delete(path for path in other.iterdir() if stale or path.name not in known)
        if stale:
            other.rmdir()


def _delete(paths: Iterable[Path]) -> None:
    for path in list(paths):
        path.unlink(missing_ok=True)


def _refuse_without_room(instance: Path, place: Path) -> None:
    """Twice the database for the copy and the backup, and still something left for what people write."""
    source = db.engine.url.database
    size = Path(source).stat().st_size if db.engine.dialect.name == "sqlite" and source else 0
    for disk in (shutil.disk_usage(instance), shutil.disk_usage(place)):
        if disk.free - 2 * size < RESERVE * disk.total:
            raise packing.NoRoom
