"""Writes: the only commit. A command adds rows and events; when the outermost one ends, all of it is durable."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from flask_sqlalchemy.session import Session
from sqlalchemy.exc import DBAPIError, IntegrityError

from workshop.commands import lines
from workshop.commands.turns import Turns
from workshop.extensions import UNREACHABLE, begin_to_write, db

P = ParamSpec("P")
R = TypeVar("R")
TRIES = 3
_turns: dict[str, Turns] = {}


class CannotSave(Exception):
    """The database is locked, full, broken or away: nothing was written, and people keep their words."""


class Busy(CannotSave):
    """Too many writers: this one's turn did not come in time."""


class Overtaken(CannotSave):
    """Another writer was between our look and our writing; nothing was written."""


def command(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function a command: it writes inside one transaction and never commits by itself.

    Where there are several writers, those of one room go one after the other (lines.py). One that was overtaken all
    the same begins anew, and finds what the other wrote.
    """
    room_of, shared = lines.room_of(function), hasattr(function, "beside_others")

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if db.session.info.get("writing"):
            return function(*args, **kwargs)
        room = room_of(args, kwargs)
        for _ in range(TRIES - 1):
            with suppress(Overtaken), writing(room, shared=shared):
                return function(*args, **kwargs)
        try:
            with writing(room, shared=shared):
                return function(*args, **kwargs)
        except Overtaken as error:
            raise _given_up(error) from error

    return run


def afterwards(act: Callable[[], object]) -> None:
    """Do this once the change is durable, and never if it is not: files to delete, logs to shorten."""
    db.session.info.setdefault("afterwards", []).append(act)


@contextmanager
def writing(room: str | None = None, *, shared: bool = False) -> Iterator[None]:
    """One writer at a time; everything inside is committed together or not at all."""
    session = db.session()
    session.rollback()  # what was read before our turn may be old
    with _turn(session), _transaction(session, room, shared):
        yield
    for act in session.info.pop("afterwards", []):
        act()


@contextmanager
def _transaction(session: Session, room: str | None, shared: bool) -> Iterator[None]:
    session.info.update(writing=True, afterwards=[])
    try:
        begin_to_write(session.connection())
        lines.stand_in_line(session.connection(), room, shared=shared)
        yield
        session.commit()
    except UNREACHABLE as error:
        session.rollback()
        raise _in_our_words(error) from error
    except DBAPIError as error:
        session.rollback()
        if lines.was_overtaken(error):
            raise Overtaken(str(error.orig)) from error
        raise
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["writing"] = False


def _given_up(error: Overtaken) -> Exception:
    """What stands in the way is not another writer: a key that is taken is said as on every database."""
    cause = error.__cause__
    return cause if isinstance(cause, IntegrityError) else CannotSave(str(error))


def _in_our_words(error: Exception) -> CannotSave:
    why = str(getattr(error, "orig", None) or error)
    if isinstance(error, DBAPIError):
        if lines.was_overtaken(error):
            return Overtaken(why)
        if lines.has_waited(error):
            return Busy(why)
    return CannotSave(why)


@contextmanager
def _turn(session: Session) -> Iterator[None]:
    """SQLite has one writer and no queue; we bring the queue. Other databases queue by themselves."""
    url = session.get_bind().engine.url
    if url.get_backend_name() != "sqlite" or not url.database:
        yield
        return
    turns = _turns.setdefault(url.database, Turns(Path(url.database)))
    try:
        with turns.mine(session.info.get("wait", 4.0)):
            yield
    except TimeoutError as error:
        raise Busy("other writers were before us") from error
