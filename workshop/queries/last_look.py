"""What the last look over the database and the files found: one small file beside them, of this node alone."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from workshop.extensions import setting
from workshop.queries import backups

FILE = "last-look.json"
DAY, TWO_DAYS = timedelta(days=1), timedelta(days=2)
NIGHT = range(1, 5)  # hours of this machine's clock


@dataclass(frozen=True, slots=True)
class Look:
    at: datetime
    turned: tuple[str, ...]


def place() -> Path:
    return Path(setting("INSTANCE")) / FILE


def last() -> Look | None:
    """None where nobody has looked yet, or where the note itself cannot be read."""
    with suppress(OSError, ValueError, KeyError):
        said = json.loads(place().read_text("utf-8"))
        return Look(datetime.fromisoformat(said["at"]), tuple(said["turned"]))
    return None


def is_due(moment: datetime, hour: int) -> bool:
    """Once a night, while nobody works; a machine that is off by night does it within two days."""
    looked = last()
    age = moment - looked.at if looked else TWO_DAYS
    if age < DAY - timedelta(hours=3) or backups.somebody_works():
        return False
    return hour in NIGHT or age >= TWO_DAYS


def now() -> datetime:
    return datetime.now(UTC)
