"""Two at the same moment on PostgreSQL: the one has written and not committed when the other begins."""

import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg
import sqlalchemy as sa
from flask import Flask

from workshop.commands import writing
from workshop.extensions import db

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"


class Second:
    """What came of the second one: an answer or an exception."""

    def __init__(self, app: Flask, act: Callable[[], Any]) -> None:
        self.app, self.act = app, act
        self.answer: Any = None
        self.error: BaseException | None = None
        self.thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        with self.app.app_context():
            try:
                self.answer = self.act()
            except Exception as error:
                self.error = error

    @property
    def outcome(self) -> Any:
        """The name of what it raised, or what it returned."""
        return type(self.error).__name__ if self.error else self.answer


def meanwhile(app: Flask, first: Callable[[], Any], second: Callable[[], Any], room: str | None = None) -> Second:
    """`first` writes; before it commits `second` comes and gets as far as it can. `room` is the line `first` is in."""
    other = Second(app, second)
    with app.app_context():
        with writing(room):
            first()
            other.thread.start()
            _until_it_waits(other.thread)
        other.thread.join(20)
    assert not other.thread.is_alive()
    return other


def _until_it_waits(thread: threading.Thread) -> None:
    """Until it is done, or waits for a lock of ours."""
    url = db.engine.url.set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as watcher:
        until = time.monotonic() + 10
        while thread.is_alive() and time.monotonic() < until:
            row = watcher.execute(WAITING, [url.database]).fetchone()
            if row and row[0]:
                return
            time.sleep(0.01)


def count(table: Any, *where: Any) -> int:
    return int(db.session.execute(sa.select(sa.func.count()).select_from(table).where(*where)).scalar_one())
