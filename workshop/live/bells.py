"""Bells: how the live channel hears that the database has changed, whoever changed it."""

import time
from typing import Any, Protocol, cast

import sqlalchemy as sa

from workshop.events import CHANNEL
from workshop.extensions import open_beside

PACE = 0.075  # seconds between two looks at SQLite's change counter
SAFETY = 10.0  # seconds after which PostgreSQL is looked at even when nothing was heard


class Bell(Protocol):
    """`wait` returns within a moment, and says whether something changed."""

    def wait(self) -> bool: ...
    def close(self) -> None: ...


class SqliteBell:
    """SQLite counts the commits of all others; asking costs microseconds and holds nothing up."""

    def __init__(self, path: str) -> None:
        self.connection = open_beside(path, timeout=1.0)
        self.seen = -1

    def wait(self) -> bool:
        time.sleep(PACE)
        (version,) = self.connection.execute("PRAGMA data_version").fetchone()
        changed, self.seen = version != self.seen, version
        return bool(changed)

    def close(self) -> None:
        self.connection.close()


class PostgresBell:
    """PostgreSQL calls: every announcement notifies the channel when it commits."""

    def __init__(self, engine: sa.Engine) -> None:
        self.pooled = engine.raw_connection()
        self.connection = cast(Any, self.pooled.driver_connection)
        self.connection.autocommit = True
        self.connection.execute(f"LISTEN {CHANNEL}")
        self.looked_at = 0.0

    def wait(self) -> bool:
        heard = list(self.connection.notifies(timeout=PACE, stop_after=1))
        if not heard and time.monotonic() - self.looked_at < SAFETY:
            return False
        self.looked_at = time.monotonic()
        return True

    def close(self) -> None:
        self.pooled.invalidate()


def bell_for(engine: sa.Engine) -> Bell:
    """The bell of this installation's database."""
    if engine.dialect.name == "postgresql":
        return PostgresBell(engine)
    return SqliteBell(str(engine.url.database))
