"""Automatic backups: where they lie, when the last one was made, and whether the next one is due."""

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from workshop.extensions import db, setting
from workshop.models import Workshop

AUTOMATIC, BEFORE_UPDATE = "automatic", "before-update"
NAME = re.compile(rf"({AUTOMATIC}|{BEFORE_UPDATE})-(\d{{4}}-\d\d-\d\d-\d{{6}})\.age")
WRITTEN = "%Y-%m-%d-%H%M%S"
DAY = timedelta(days=1)


def folder() -> Path:
    """Where automatic backups go."""
    return Path(setting("BACKUP_FOLDER") or Path(setting("INSTANCE")) / "backups")


def last_good() -> datetime | None:
    """When the newest automatic backup was whole on the disk."""
    return max((made_at(path) for path in all_in(folder())), default=None)


def is_current(within: timedelta) -> bool:
    """Is there a backup of this stretch of time, or has nobody written anything since the last one?"""
    last = last_good()
    if last is None:
        return False
    return last > datetime.now(UTC) - within or last > _written_at()


def is_due(running_since: datetime) -> bool:
    """While a workshop is open every few minutes, otherwise once a day; never in the first minutes of a server."""
    minutes = timedelta(minutes=setting("BACKUP_MINUTES"))
    if not minutes or running_since > datetime.now(UTC) - minutes:
        return False
    return not is_current(minutes if somebody_works() else DAY)


def somebody_works() -> bool:
    """Is any workshop open now?"""
    return db.session.execute(sa.select(Workshop.id).where(Workshop.state == "open").limit(1)).first() is not None


def worked_before(moment: datetime) -> bool:
    """Was any workshop open already at this moment?"""
    return db.session.execute(sa.select(Workshop.id).where(Workshop.opened_at < moment).limit(1)).first() is not None


def all_in(place: Path) -> list[Path]:
    """The automatic backups in a folder."""
    return [path for path in place.glob("*.age") if NAME.fullmatch(path.name)]


def made_at(path: Path) -> datetime:
    """When this backup was made: it is its name."""
    found = NAME.fullmatch(path.name)
    return datetime.strptime(found[2] if found else "", WRITTEN).replace(tzinfo=UTC)


def _written_at() -> datetime:
    """When anything was last written to the database. Of another database than SQLite that is not known: now."""
    source = Path(str(db.engine.url.database))
    files = [path for path in (source, Path(f"{source}-wal")) if path.exists()]
    return datetime.fromtimestamp(max((path.stat().st_mtime for path in files), default=time.time()), UTC)
