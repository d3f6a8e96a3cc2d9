"""What keeps the house: limits on failures, tombstones on disk, work for later."""

import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from workshop.commands import command
from workshop.extensions import db, keys, setting
from workshop.models import Failure, Installation, Job
from workshop.models.columns import now
from workshop.queries import backups

TOMBSTONES = "tombstones.txt"
NEVER_GIVEN_UP = {"forget_files", "rebuild"}
SLOW = {"look_closer", "rebuild"}  # done beside the others, one at a time, however long it takes


class TooMany(Exception):
    """A limit is reached; `seconds` says when to try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@command
def fail(what: str, who: str, stretch: timedelta) -> None:
    """Count a failure: a wrong code, password or receipt. `who` is sealed before it is kept."""
    _add(_key(what, who), window(stretch))


@command
def spend(what: str, who: str, stretch: timedelta, limit: str) -> None:
    """Count one use against the setting `limit`. Raises TooMany when it is used up."""
    if _add(_key(what, who), window(stretch)) > setting(limit):
        raise _too_many(stretch)


def check(what: str, who: str, stretch: timedelta, limit: str) -> None:
    """Raises TooMany when this stretch of time has seen as many as the setting `limit` allows."""
    query = sa.select(Failure.count).where(Failure.key == _key(what, who), Failure.window == window(stretch))
    if (db.session.execute(query).scalar() or 0) >= setting(limit):
        raise _too_many(stretch)


def _too_many(stretch: timedelta) -> TooMany:
    seconds = int(stretch.total_seconds())
    return TooMany(seconds - int(now().timestamp()) % seconds)


def _add(key: str, window: int) -> int:
    values = {"key": key, "window": window, "count": 1}
    add, grow = _insert(Failure).values(values), {"count": Failure.count + 1}
    counted = add.on_conflict_do_update(index_elements=["key", "window"], set_=grow).returning(Failure.count)
    return int(db.session.execute(counted).scalar_one())


def _insert(table: Any) -> Any:
    on_postgres = db.session.connection().dialect.name == "postgresql"
    return postgresql.insert(table) if on_postgres else sqlite.insert(table)


def insert_unless_there(table: Any, **values: Any) -> int:
    """Add a row; the same row twice is once. How many rows were added."""
    add = _insert(table).values(values).on_conflict_do_nothing().returning(sa.literal_column("1"))
    return len(db.session.execute(add).all())


def _key(what: str, who: str) -> str:
    return f"{what}:{keys.seal('limit', who)}"


def window(stretch: timedelta) -> int:
    return int(now().timestamp() // stretch.total_seconds()) * int(stretch.total_seconds())


@command
def later(name: str, due_at: datetime | None = None, **facts: Any) -> None:
    """Leave work for the job runner."""
    db.session.add(Job(name=name, facts=facts, due_at=due_at or now()))
    db.session.flush()


@command
def take_job(hold: timedelta = timedelta(minutes=1), *, slow: bool = False) -> Job | None:
    """The next job that is due, now ours; a job whose runner died is free again after `hold`."""
    stale = sa.and_(Job.state == "running", Job.locked_at < now() - hold)
    free = sa.or_(Job.state == "ready", stale)
    query = sa.select(Job).where(Job.due_at <= now(), free, _is(slow)).order_by(Job.due_at)
    job = db.session.execute(query.limit(1).with_for_update(skip_locked=True)).scalar()
    if job:
        job.state, job.locked_at, job.tries = "running", now(), job.tries + 1
    return job


@command
def hold_job(job_id: str) -> None:
    """It is still being done: nobody else takes it."""
    db.session.execute(sa.update(Job).where(Job.id == job_id).values(locked_at=now()))


def _is(slow: bool) -> sa.ColumnElement[bool]:
    return Job.name.in_(SLOW) if slow else Job.name.not_in(SLOW)


def is_job_due(*, slow: bool = False) -> bool:
    """A cheap look, without taking a writer's turn."""
    query = sa.select(Job.id).where(Job.due_at <= now(), Job.state.in_(("ready", "running")), _is(slow)).limit(1)
    return db.session.execute(query).first() is not None


@command
def finish_job(job_id: str, *, done: bool) -> None:
    """A done job is gone; a failed one comes again: three times at most, but for what must be deleted."""
    job = db.session.get(Job, job_id)
    if job and done:
        db.session.delete(job)
    elif job:
        job.state = "ready" if job.tries < 3 or job.name in NEVER_GIVEN_UP else "failed"
        job.due_at = now() + timedelta(seconds=min(20 * job.tries, 600))


@command
def probe() -> None:
    """Write something and mean it: the proof that words can be saved now."""
    db.session.execute(
        _insert(Failure)
        .values(key="probe", window=0, count=0)
        .on_conflict_do_update(index_elements=["key", "window"], set_={"count": Failure.count + 1})
    )


@command
def ensure_installation() -> str:
    """The installation's epoch, made at the first start."""
    row = db.session.execute(sa.select(Installation)).scalar()
    if row is None:
        row = Installation(id=1)
        db.session.add(row)
        db.session.flush()
    return row.epoch


@command
def forget_failures(older: timedelta = timedelta(days=1)) -> None:
    """Counters of yesterday limit nobody."""
    db.session.execute(sa.delete(Failure).where(Failure.window < int((now() - older).timestamp()), Failure.window > 0))


def note_tombstone(gone: str, day: str) -> None:
    """One line beside the database, on the disk before the change is: a restore erases this id again."""
    line = f"{day} {gone}\n"
    add_lines(Path(setting("INSTANCE")) / TOMBSTONES, line)
    with suppress(OSError):  # the list beside the backups is brought up to date by the next one
        if backups.folder().is_dir():
            add_lines(backups.folder() / TOMBSTONES, line)


def add_lines(path: Path, text: str) -> None:
    """At the end of a file that only we may read, and through to the disk. No text makes an empty file."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, text.encode())
        os.fsync(handle)
    finally:
        os.close(handle)
